#include "mcp/guest_search.h"

#include <algorithm>

#include "snapshot/search_text.h"

namespace aremko::mcp {

namespace {

/// Whether the search would take it, or a part of it, for something else than a name.
bool more_than_a_name(std::string_view query) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const snapshot::SearchText read = snapshot::read_search(query);
  return query.contains('@') || std::ranges::any_of(query, digit) || std::ranges::any_of(read.folded, digit) ||
         !read.numbers.empty() || !read.emails.empty() || read.bare_domain;
}

template <class Matches>
void keep_named(Matches& matches) {
  std::erase_if(matches, [](const auto& match) { return match.matched_on != "nombre" && match.matched_on != "id"; });
}

}  // namespace

bool may_see_contact(Call& call) { return call.context().principal().may(store::Right::contacts); }

Result<CustomerSearch> find_guests(Call& call, operations::SearchInput input) {
  if (may_see_contact(call)) return operations::search_customers(call.context(), input);
  if (more_than_a_name(input.query)) {
    return fail(error(Code::forbidden,
                      "Esta clave busca solo por nombre: por teléfono, RUT o e-mail busca una clave de alcance write. "
                      "Si el número es un customer_id, use get_customer.",
                      "This key searches by name alone: by phone, RUT or e-mail searches a key of scope write. If the number "
                      "is a customer_id, use get_customer."));
  }
  // A single word is looked for at the beginning of e-mails and among documents, too; of two, one of which is no letter of
  // any name, none is. So what is left out below shadows nobody's name.
  input.query = "_ " + input.query;
  auto found = operations::search_customers(call.context(), input);
  if (!found) return found;
  keep_named(found->current_matches);
  keep_named(found->legacy_matches);
  return found;
}

}  // namespace aremko::mcp
