#pragma once
#include "assistants/protocol.h"

namespace aremko::assistants {

/// What this server offers to assistants: its tools, resources and prompts.
Registry product(const operations::Services& services);

}  // namespace aremko::assistants
