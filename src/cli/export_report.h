#pragma once
// `aremko export`: the file goes into the folder one stands in, and what is in it is told in a sentence.

#include <string>
#include <string_view>

#include "cli/render.h"

namespace aremko::cli {

std::string export_report(std::string_view json, const RenderOptions& options);

}  // namespace aremko::cli
