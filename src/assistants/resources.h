#pragma once
// What assistants can read without a tool: a guest, a segment, the state of the data.

#include "assistants/protocol.h"

namespace aremko::assistants {

void add_resources(Registry& registry);

/// Names of guests that begin or sound like `value`, each with its id: "María González (123)".
Result<Completion> complete_customer(Call& call, std::string_view value);
/// The id in "María González (123)" or "123"; nothing in any other text.
std::optional<std::int64_t> customer_in(std::string_view text);
Result<Completion> complete_segment(Call& call, std::string_view value);

}  // namespace aremko::assistants
