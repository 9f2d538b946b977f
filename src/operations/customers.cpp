#include "operations/customers.h"

#include <algorithm>

#include "analytics/insights.h"
#include "analytics/people.h"
#include "analytics/profile.h"
#include "operations/contact_question.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/paging.h"
#include "snapshot/search_text.h"

namespace aremko::operations {

namespace {

snapshot::SearchScope scope_of(SearchSource source) {
  switch (source) {
    case SearchSource::current: return snapshot::SearchScope::current;
    case SearchSource::legacy: return snapshot::SearchScope::legacy;
    case SearchSource::all: return snapshot::SearchScope::all;
  }
  return snapshot::SearchScope::current;
}

std::size_t count(std::int64_t value) { return static_cast<std::size_t>(value); }  // checked to be >= 0

Note include_legacy_note() {
  return {.name = "include_legacy",
          .about = {"Contar también la historia de los archivos antiguos.", "Count the legacy files' history too."}};
}

Note contact_note(std::string_view name, Text about, std::string_view example) {
  // No field of a source is longer than 254 (Django's e-mail).
  return {.name = name, .about = std::move(about), .min = 1, .max = 254, .example = example};
}

/// Whether the search would take it, or a part of it, for something else than a name, in whatever digits and signs it is
/// written.
bool more_than_a_name(std::string_view query) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const snapshot::SearchText read = snapshot::read_search(query);
  return query.contains('@') || std::ranges::any_of(query, digit) || std::ranges::any_of(read.folded, digit) ||
         !read.numbers.empty() || !read.emails.empty() || read.bare_domain;
}

}  // namespace

Result<CustomerSearch> search_customers(Context& context, const SearchInput& input) {
  const bool by_name_alone = !shows_contacts(context);
  if (by_name_alone && more_than_a_name(input.query)) return fail(asks_for_contacts());
  // A single word is looked for at the beginning of e-mails and among documents, too; of two, one of which is no letter of
  // any name, none is. So nothing is found, or counted, that has to be hidden.
  const std::string query = by_name_alone ? "_ " + input.query : input.query;
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  CustomerSearch out = analytics::search(context.snapshot(), query, scope_of(input.source), start->as_of,
                                         count(input.limit), start->offset, context.thresholds());
  if (by_name_alone) {
    const auto by_contact = [](const auto& match) { return match.matched_on != "nombre"; };
    std::erase_if(out.current_matches, by_contact);
    std::erase_if(out.legacy_matches, by_contact);
  }
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<CustomerList> list_customers(Context& context, const CustomersInput& input) {
  if (!shows_contacts(context) && (input.telefono || input.email || input.documento_identidad)) return fail(asks_for_contacts());
  const analytics::ContactFilter filter{input.telefono.value_or(""), input.email.value_or(""),
                                        input.documento_identidad.value_or("")};
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  CustomerList out = analytics::customers(context.snapshot(), start->as_of, filter, count(input.limit), start->offset);
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<CustomerProfile> customer_profile(Context& context, const ProfileInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto row = context.customer(input.customer_id, as_of);
  if (!row) return fail(row.error());
  CustomerProfile out = analytics::profile(context.snapshot(), *row, {as_of, input.include_legacy}, context.thresholds());
  out.kept = context.snapshot_ptr();
  return out;
}

Result<CustomerInsights> customer_insights(Context& context, const ProfileInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto row = context.customer(input.customer_id, as_of);
  if (!row) return fail(row.error());
  CustomerInsights out =
      analytics::insights(context.snapshot(), *row, {as_of, input.include_legacy}, context.thresholds());
  out.kept = context.snapshot_ptr();
  return out;
}

Result<CustomerVisits> customer_visits(Context& context, const VisitsInput& input) {
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  const AsOf as_of = start->as_of;
  const auto row = context.customer(input.customer_id, as_of);
  if (!row) return fail(row.error());
  const snapshot::Snapshot& snapshot = context.snapshot();
  const analytics::View view{as_of, input.include_legacy};
  const auto person = snapshot.person_of_customer(*row);
  const std::size_t skip = start->offset;

  CustomerVisits out;
  out.customer_id = input.customer_id;
  out.as_of = as_of;
  out.total_visitas = analytics::tally(snapshot, person, view).visits;
  out.visits = analytics::recent_reservations(snapshot, person, view, skip + count(input.limit));
  out.visits.erase(out.visits.begin(), out.visits.begin() + static_cast<std::ptrdiff_t>(std::min(skip, out.visits.size())));
  if (skip == 0) out.upcoming = analytics::upcoming_reservations(snapshot, *row, as_of);
  const auto end = static_cast<std::int64_t>(skip + out.visits.size());
  if (!out.visits.empty() && end < out.total_visitas) out.next = end;
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> customer_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{
          .name = "search_customers",
          .group = "customers",
          .summary = {"Buscar clientes en las dos fuentes", "Search customers in both sources"},
          .description = {"Por cualquier parte del nombre en cualquier orden, con faltas, sin acentos o a medio escribir; por "
                          "teléfono en cualquier forma o sus últimos 4 dígitos o más; por RUT con o sin puntos; por e-mail o su "
                          "comienzo.",
                          "By any part of a name in any order, with typos, without accents or half typed; by phone in any shape or "
                          "its last 4 or more digits; by RUT with or without points; by e-mail or its beginning."},
          .path = "/api/v1/aremko/customers/search",
          .cost = Cost::quick,  // a misspelt name among millions takes a millisecond or two
          .example = examples::search,
          .refusals = {Code::conflict},
          .notes = {{.name = "query",
                     .about = {"Nombre, teléfono, e-mail o RUT.", "Name, phone, e-mail or RUT."},
                     .required = true,
                     .min = 1,
                     .max = 200,
                     .example = "María González"},
                    {.name = "source", .about = {"Dónde buscar.", "Where to search."}},
                    limit_note(100),
                    offset_note(),
                    cursor_note(),
                    as_of_note()}},
      &search_customers));
  out.push_back(declare(
      Declaration{
          .name = "list_customers",
          .group = "customers",
          .summary = {"Listar clientes, con filtros exactos", "List customers, with exact filters"},
          .path = "/api/v1/aremko/customers",
          .cost = Cost::walk,  // a filter walks everybody
          .refusals = {Code::conflict},
          .notes = {contact_note("telefono", {"Teléfono, en cualquier forma.", "Phone, in any shape."}, "987654321"),
                    contact_note("email", {"E-mail completo.", "Whole e-mail."}, "maria@gmail.com"),
                    contact_note("documento_identidad", {"RUT u otro documento.", "RUT or other document."}, "12.345.678-5"),
                    limit_note(500), offset_note(), cursor_note(), as_of_note()}},
      &list_customers));
  out.push_back(declare(
      Declaration{.name = "customer_profile",
                  .group = "customers",
                  .summary = {"Perfil 360° de un cliente", "A customer's 360° profile"},
                  .path = "/api/v1/aremko/customers/{customer_id}/profile",
                  .example = examples::profile,
                  .notes = {customer_id_note(), include_legacy_note(), as_of_note()}},
      &customer_profile));
  out.push_back(declare(
      Declaration{.name = "customer_insights",
                  .group = "customers",
                  .summary = {"Comportamiento e insights de un cliente", "A customer's behaviour and insights"},
                  .path = "/api/v1/aremko/customers/{customer_id}/insights",
                  .example = examples::insights,
                  .notes = {customer_id_note(), include_legacy_note(), as_of_note()}},
      &customer_insights));
  out.push_back(declare(
      Declaration{.name = "customer_visits",
                  .group = "customers",
                  .summary = {"Todas las visitas de un cliente, de las dos fuentes", "All of a customer's visits, of both sources"},
                  .path = "/api/v1/aremko/customers/{customer_id}/visits",
                  .refusals = {Code::conflict},
                  .notes = {customer_id_note(), include_legacy_note(), limit_note(200), offset_note(), cursor_note(), as_of_note()}},
      &customer_visits));
  return out;
}

}  // namespace aremko::operations
