#include "assistants/guest_search.h"

namespace aremko::assistants {

bool may_see_contact(Call& call) { return call.context().principal().may(store::Right::contacts); }

Result<CustomerSearch> find_guests(Call& call, const operations::SearchInput& input) {
  auto found = operations::search_customers(call.context(), input);
  if (!found && found.error().code == Code::forbidden) {
    return fail(error(Code::forbidden,
                      "Esta clave busca solo por nombre: por teléfono, RUT o e-mail busca una clave de alcance write. "
                      "Si el número es un customer_id, use get_customer.",
                      "This key searches by name alone: by phone, RUT or e-mail searches a key of scope write. If the number "
                      "is a customer_id, use get_customer."));
  }
  return found;
}

}  // namespace aremko::assistants
