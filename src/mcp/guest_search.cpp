#include "mcp/guest_search.h"

#include "operations/contact_question.h"

namespace aremko::mcp {

bool may_see_contact(Call& call) { return call.context().principal().may(store::Right::contacts); }

Result<CustomerSearch> find_guests(Call& call, const operations::SearchInput& input) {
  if (may_see_contact(call)) return operations::search_customers(call.context(), input);
  if (operations::more_than_a_name(input.query)) {
    return fail(error(Code::forbidden,
                      "Esta clave busca solo por nombre: por teléfono, RUT o e-mail busca una clave de alcance write. "
                      "Si el número es un customer_id, use get_customer.",
                      "This key searches by name alone: by phone, RUT or e-mail searches a key of scope write. If the number "
                      "is a customer_id, use get_customer."));
  }
  return operations::search_customers(call.context(), input);
}

}  // namespace aremko::mcp
