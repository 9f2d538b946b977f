#pragma once
// Whose is this number? A question for whoever may see the answer.

#include <string_view>

#include "base/error.h"

namespace aremko::operations {

/// `forbidden`, for a key that asks whose a contact is and may not see contacts (contacts.h): digit by digit, the answers
/// would spell it.
Error asks_for_contacts();

/// Whether the search would take it, or a part of it, for something else than a name, in whatever digits and signs it is
/// written. Who may not see contacts is not told how many it would find either.
bool more_than_a_name(std::string_view query);

}  // namespace aremko::operations
