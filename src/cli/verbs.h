#pragma once
// Which verb of the command line is which operation. A verb may stand for several: the first whose selector is given.

#include <span>
#include <string_view>

#include "base/error.h"
#include "cli/render.h"
#include "operations/operation.h"

namespace aremko::cli {

struct Variant {
  std::string_view verb;
  std::string_view path;        // the operation's path under /api/v1/aremko, its fixed name in the contract
  std::string_view positional;  // the parameter that stands without a flag, or two with a space between; the verb's selector when `optional_id`
  bool optional_id = false;     // chosen only when the positional is given
  std::string_view flag{};      // chosen only when this flag is given, such as "matches"
  std::string_view operation{}; // its name, where several operations share the path
  /// How its answer is shown to a person; none: as tables.
  std::string (*show)(std::string_view json, const RenderOptions& options) = nullptr;
};

/// In the order in which a verb's variants are tried.
std::span<const Variant> variants();

/// One line for `--help`.
Text summary_of(std::string_view verb);

/// The operation at a variant's path; null when there is none (a fault of ours, found by a test).
const operations::Operation* operation_of(const Variant& variant, std::span<const operations::Operation> all);

}  // namespace aremko::cli
