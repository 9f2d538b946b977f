#pragma once
#include "mcp/registry.h"

namespace aremko::mcp {

/// The guide's use cases as a person picks them from a menu.
void add_prompts(Registry& registry);

}  // namespace aremko::mcp
