#pragma once
// The dashboard: the files that web/ was built into, read once at start and served from memory.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/router.h"

namespace aremko::rest {

struct WebFile {
  using Body = std::shared_ptr<const std::string>;
  std::string path;               // "/assets/index-B1c2.js"
  std::string_view content_type;
  Body plain;
  Body gzip;                      // null: not worth it
  Body brotli;
};

/// Every file under `folder`, each with its `.gz` and `.br` neighbour. Empty when the folder or its index.html is not
/// there: the dashboard is a build of its own (scripts/web), and the API does without.
std::vector<WebFile> read_web(const std::filesystem::path& folder);

/// Adds the files' routes, and at every page's own address its HTML, or else index.html. Names under /assets/ carry their content's
/// hash, so browsers may keep them for ever. False when there is no dashboard: nothing is added.
bool add_web(net::Router& router, const std::filesystem::path& folder);

}  // namespace aremko::rest
