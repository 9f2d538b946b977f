#pragma once
// Searching guests as a key may.

#include "assistants/protocol.h"
#include "operations/customers.h"

namespace aremko::assistants {

/// As operations::search_customers, for a key that may see contact details. Any other finds by name alone, and is told
/// nothing about whose a phone, RUT or e-mail is, nor by a part of one: `forbidden` for a text that holds a digit or an
/// address, whether it is somebody's or not.
Result<CustomerSearch> find_guests(Call& call, const operations::SearchInput& input);

/// Whether this key may see contact details: scope write.
bool may_see_contact(Call& call);

}  // namespace aremko::assistants
