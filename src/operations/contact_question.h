#pragma once
// Whose is this number? A question for whoever may see the answer.

#include "base/error.h"

namespace aremko::operations {

/// `forbidden`, for a key that asks whose a contact is and may not see contacts (contacts.h): digit by digit, the answers
/// would spell it.
Error asks_for_contacts();

}  // namespace aremko::operations
