#pragma once
#include "mcp/registry.h"

namespace aremko::mcp {

/// What this server offers to assistants: its tools, resources and prompts.
Registry product(const operations::Services& services);

}  // namespace aremko::mcp
