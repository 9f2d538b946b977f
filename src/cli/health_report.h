#pragma once
// The answer of `aremko health` as a report to read: what is wrong, worst first, and what to do.

#include <string>
#include <string_view>

#include "cli/render.h"

namespace aremko::cli {

/// `json` is the data_health operation's answer. Text that is none is returned as it is.
std::string health_report(std::string_view json, const RenderOptions& options);

}  // namespace aremko::cli
