#pragma once
// The interactive page at /docs: files of src/rest/docs/, built into the program so that it works offline.

#include <span>
#include <string_view>

namespace aremko::rest {

struct DocsFile {
  std::string_view path;
  std::string_view content_type;
  std::string_view bytes;
};

std::span<const DocsFile> docs_files();

}  // namespace aremko::rest
