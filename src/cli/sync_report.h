#pragma once
// What a sync did, on one screen: its counts and a few of the links.

#include <string>
#include <string_view>

#include "cli/render.h"

namespace aremko::cli {

std::string sync_report(std::string_view json, const RenderOptions& options);

}  // namespace aremko::cli
