#include "operations/legacy.h"

#include "analytics/offer.h"
#include "analytics/overview.h"
#include "analytics/people.h"
#include "analytics/profile.h"
#include "operations/contact_question.h"
#include "operations/context.h"
#include "operations/office.h"
#include "operations/paging.h"
#include "operations/people_records.h"
#include "operations/who_is_who.h"

namespace aremko::operations {

namespace {

constexpr std::size_t most_candidates = 50;

}  // namespace

Result<LegacyCustomerList> list_legacy_customers(Context& context, const LegacyCustomersInput& input) {
  if (!may(context, Right::contacts) && (input.telefono || input.email || input.documento_identidad)) return fail(asks_for_contacts());
  const analytics::ContactFilter filter{input.telefono.value_or(""), input.email.value_or(""),
                                        input.documento_identidad.value_or("")};
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  LegacyCustomerList out = analytics::legacy_customers(context.snapshot(), start->as_of, filter,
                                                       static_cast<std::size_t>(input.limit), start->offset);
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<LegacyProfile> legacy_customer(Context& context, const LegacyCustomerInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto row = context.legacy(input.legacy_id, as_of);
  if (!row) return fail(row.error());
  LegacyProfile out = analytics::legacy_profile(context.snapshot(), *row, as_of, context.thresholds());
  out.kept = context.snapshot_ptr();
  return out;
}

Result<CustomerOffer> legacy_offer(Context& context, const LegacyCustomerInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto row = context.legacy(input.legacy_id, as_of);
  if (!row) return fail(row.error());
  CustomerOffer out = analytics::legacy_offer(context.snapshot(), *row, as_of, signature(context.tenant().name), context.thresholds());
  out.kept = context.snapshot_ptr();
  return out;
}

Result<LegacyMatches> legacy_matches(Context& context, const LegacyCustomerInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto row = context.legacy(input.legacy_id, as_of);
  if (!row) return fail(row.error());
  const snapshot::Snapshot& snapshot = context.snapshot();
  const auto engine = engine_of(context, context.store().mappings().decisions(context.tenant().name));
  if (!engine) return fail(engine.error());
  const identity::Linker& linker = (*engine)->linker();
  const auto known = (*engine)->legacy_row(snapshot, *row);

  LegacyMatches out;
  out.legacy_id = input.legacy_id;
  out.legacy_customer = analytics::legacy_record(snapshot, *row);
  for (const identity::Candidate& candidate :
       known ? linker.candidates(*known) : linker.find(legacy_record_of(snapshot, *row), most_candidates)) {
    const auto current = (*engine)->customer(snapshot, candidate.current);
    if (!current || !analytics::known_customer(snapshot, *current, as_of)) continue;
    PotentialMatch& match = out.matches.emplace_back();
    match.customer = analytics::basic_info(snapshot, *current);
    match.confidence = candidate.confidence;
    for (const std::string_view reason : identity::reasons_of(candidate)) match.reasons.emplace_back(reason);
  }
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> legacy_operations() {
  std::vector<Operation> out;
  const auto exact = [](std::string_view name, Text about) {
    return Note{.name = name, .about = std::move(about), .min = 1, .max = 254};
  };
  out.push_back(declare(
      Declaration{.name = "list_legacy_customers",
                  .group = "legacy",
                  .summary = {"Listar las personas de los archivos históricos", "List the people of the legacy files"},
                  .path = "/api/v1/aremko/legacy/customers",
                  .cost = Cost::walk,  // a filter walks everybody
                  .refusals = {Code::conflict},
                  .notes = {exact("telefono", {"Teléfono, en cualquier forma.", "Phone, in any shape."}),
                            exact("email", {"E-mail completo.", "Whole e-mail."}),
                            exact("documento_identidad", {"RUT u otro documento.", "RUT or other document."}),
                            limit_note(500), offset_note(), cursor_note(), as_of_note()}},
      &list_legacy_customers));
  out.push_back(declare(
      Declaration{.name = "legacy_customer",
                  .group = "legacy",
                  .summary = {"Perfil de una persona histórica por sí sola", "A legacy person's profile by themselves"},
                  .path = "/api/v1/aremko/legacy/customers/{legacy_id}",
                  .notes = {legacy_id_note(), as_of_note()}},
      &legacy_customer));
  out.push_back(declare(
      Declaration{.name = "legacy_offer",
                  .group = "legacy",
                  .summary = {"Qué proponerle a una persona histórica, con un mensaje listo", "What to propose to a legacy person, with a message ready"},
                  .description = {"De sus visitas en los archivos. `channels` es de sus propios contactos, cerrados donde un cliente de hoy con el "
                                  "mismo teléfono o e-mail no acepta mensajes.",
                                  "From their visits in the files. `channels` is of their own contacts, closed where a customer of today with the "
                                  "same phone or e-mail accepts no messages."},
                  .path = "/api/v1/aremko/legacy/customers/{legacy_id}/offer",
                  .notes = {legacy_id_note(), as_of_note()}},
      &legacy_offer));
  out.push_back(declare(
      Declaration{.name = "legacy_matches",
                  .group = "legacy",
                  .summary = {"Clientes actuales que podrían ser esta persona histórica",
                              "Current customers who may be this legacy person"},
                  .description = {"Cada candidato con su confianza (probabilidad en %) y sus razones, también bajo el umbral de un "
                                  "mapping.",
                                  "Each candidate with its confidence (a probability in %) and its reasons, below the threshold of a "
                                  "mapping too."},
                  .path = "/api/v1/aremko/legacy/customers/{legacy_id}/matches",
                  .cost = Cost::store,  // what people decided
                  .notes = {legacy_id_note(), as_of_note()}},
      &legacy_matches));
  return out;
}

}  // namespace aremko::operations
