#pragma once
// What the command line needs of the process around it; `app` provides it, tests provide their own.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "operations/operation.h"
#include "store/store.h"

namespace aremko::cli {

/// Flags that stand before or behind any verb.
struct Globals {
  std::filesystem::path env_file = ".env";
  std::string tenant = "aremko";
  std::string language = "es";
  bool json = false;
};

struct ServeOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8000;
  unsigned threads = 0;  // 0 = one a processor
};

/// What is being done, how far, out of how much (0 = unknown).
using Progress = std::function<void(std::string_view phase, std::uint64_t done, std::uint64_t total)>;

class Program {
 public:
  virtual ~Program() = default;

  /// Reads the tenant's sources, then calls; the answer is JSON.
  virtual Result<std::string> call(const Globals& globals, const operations::Operation& operation,
                                   const operations::Arguments& arguments, const Progress& progress) = 0;
  /// The store, migrated.
  virtual Result<std::shared_ptr<store::Store>> open_store(const Globals& globals) = 0;
  /// Names of the configured tenants.
  virtual Result<std::vector<std::string>> tenants(const Globals& globals) = 0;
  /// The OpenAPI document, without reading anything.
  virtual std::string openapi(std::string_view language) const = 0;
  /// Serves until told to stop; `ready` is called once with the port in use.
  virtual Result<void> serve(const Globals& globals, const ServeOptions& options,
                             const std::function<void(std::uint16_t)>& ready) = 0;
  /// Speaks the Model Context Protocol over standard input and output until the input ends.
  virtual Result<void> assist(const Globals& globals) = 0;
};

}  // namespace aremko::cli
