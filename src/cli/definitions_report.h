#pragma once
// What every figure means, as a Markdown text: `aremko definitions`, and docs/definitions.md.

#include <string>
#include <string_view>

#include "cli/render.h"

namespace aremko::cli {

std::string definitions_report(std::string_view json, const RenderOptions& options);

}  // namespace aremko::cli
