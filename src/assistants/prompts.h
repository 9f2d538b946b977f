#pragma once
#include "assistants/protocol.h"

namespace aremko::assistants {

/// The guide's use cases as a person picks them from a menu.
void add_prompts(Registry& registry);

}  // namespace aremko::assistants
