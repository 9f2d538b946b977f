#include "operations/explanation.h"

#include <algorithm>

#include "analytics/profile.h"
#include "operations/context.h"
#include "operations/evidence_words.h"
#include "operations/legacy_records.h"
#include "operations/mappings.h"
#include "operations/mini_history.h"
#include "operations/who_is_who.h"

namespace aremko::operations {

namespace {

constexpr std::size_t most_rivals = 3;

Error not_compared_yet() {
  Error out = error(Code::unavailable, "Uno de los dos registros es de hace un momento y aún no se compara; inténtelo de nuevo.",
                    "One of the two records is of a moment ago and not compared yet; try again.");
  out.retry_after_s = 5;
  return out;
}

/// `customer_id` is the mapping's, which may be one that is merged into the customer of the row.
Result<MatchExplanation> explain(Context& context, snapshot::Row legacy, snapshot::Row current, std::int64_t customer_id) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  if (legacy >= snapshot.legacy().file_size()) {
    return fail(invalid_field("legacy_id", "Esta persona está solo en el archivo de servicios, con su nombre y nada más: no se vincula.",
                              "This person stands in the services file alone, with a name and no more: it is never linked."));
  }
  if ((snapshot.customers().contact.flags[current] & sources::is_staff) != 0) {
    return fail(invalid_field("customer_id", "Es una cuenta del personal: no se vincula con nadie.", "It is a staff account: it is linked with nobody."));
  }
  const auto decisions = context.store().mappings().decisions(context.tenant().name);
  auto engine = engine_of(context, decisions);
  if (!engine) return fail(engine.error());
  if (!(*engine)->legacy_row(snapshot, legacy) || !(*engine)->current_row(snapshot, customer_id)) {
    engine = engine_of(context, decisions, People::these);  // somebody of a moment ago
    if (!engine) return fail(engine.error());
  }
  const auto engine_legacy = (*engine)->legacy_row(snapshot, legacy), engine_current = (*engine)->current_row(snapshot, customer_id);
  if (!engine_legacy || !engine_current) return fail(not_compared_yet());
  const identity::Linker& linker = (*engine)->linker();
  const identity::Candidate found = linker.explain(*engine_legacy, *engine_current);
  MatchExplanation out;
  out.legacy_id = snapshot.legacy().legacy_id(legacy);
  out.current_id = customer_id;
  for (const store::Mapping& mapping : mappings_of(context, legacy)) {
    if (mapping.current_id == out.current_id) out.mapping = view_of(context, mapping);
  }
  out.legacy_customer = analytics::legacy_record(snapshot, legacy);
  out.customer = analytics::basic_info(snapshot, current);
  out.legacy_history = legacy_history(snapshot, legacy, context.as_of({}));
  out.customer_history = customer_history(snapshot, current, context.as_of({}), snapshot.customer_of(legacy) != current);
  out.confidence = found.confidence;
  for (const identity::Evidence& evidence : found.evidence) out.log_odds += evidence.log_odds;
  const auto names_beside = [&](snapshot::Row row) {
    return Names{snapshot.legacy().file->contact.nombre[legacy], snapshot.customers().contact.nombre[row]};
  };
  out.evidence = views_of(found, names_beside(current), context.language());
  const auto rejected = [&](std::int64_t id) {
    return std::ranges::any_of(decisions, [&](const store::DecidedLink& decision) {
      return !decision.accepted && decision.current_id == id && row_of(snapshot, decision.record()) == legacy;
    });
  };
  out.summary = summary_of(found, names_beside(current), rejected(customer_id)).in(context.language());
  for (const identity::Candidate& rival : linker.candidates(*engine_legacy)) {
    const auto other = (*engine)->customer(snapshot, rival.current);
    if (!other || *other == current) continue;
    const std::int64_t other_id = snapshot.customers().id[*other];
    if (std::ranges::find(out.rivals, other_id, &RivalView::current_id) != out.rivals.end()) continue;
    if (out.rivals.size() == most_rivals) break;
    RivalView& view = out.rivals.emplace_back();
    view.current_id = other_id;
    view.current_name = snapshot.customers().contact.nombre[*other];
    view.confidence = rival.confidence;
    view.rejected = rejected(view.current_id);
    view.evidence = views_of(linker.explain(*engine_legacy, rival.current), names_beside(*other), context.language());
  }
  out.kept = context.snapshot_ptr();
  return out;
}

}  // namespace

Result<MatchExplanation> explain_mapping(Context& context, const MappingIdInput& input) {
  const auto mapping = context.store().mappings().find(context.tenant().name, input.mapping_id);
  if (!mapping) return fail(mapping.error());
  const auto legacy = row_of(context.snapshot(), mapping->record());
  const auto current = context.snapshot().customer_row(mapping->current_id);
  if (!legacy || !current) {
    return fail(error(Code::not_found, "Uno de los dos registros de este mapping ya no está en las fuentes; no queda qué comparar.",
                      "One of this mapping's two records has left the sources; nothing is left to compare."));
  }
  return explain(context, *legacy, *current, mapping->current_id);
}

Result<MatchExplanation> explain_match(Context& context, const PairInput& input) {
  const AsOf now = context.as_of({});
  const auto legacy = context.legacy(input.legacy_id, now);
  if (!legacy) return fail(legacy.error());
  const auto current = context.customer(input.customer_id, now);
  if (!current) return fail(current.error());
  return explain(context, *legacy, *current, input.customer_id);
}

std::vector<Operation> explanation_operations() {
  std::vector<Operation> out;
  const Text sums{"Cada prueba con su peso en log-odds naturales, a favor (positivo) o en contra (negativo); su suma es la confianza: "
                  "`100 / (1 + e^−suma)`. También de las otras candidatas del mismo registro.",
                  "Each piece of evidence with its weight in natural log-odds, for (positive) or against (negative); their sum is the "
                  "confidence: `100 / (1 + e^−sum)`. Of the record's other candidates too."};
  out.push_back(declare(Declaration{.name = "explain_mapping",
                                    .group = "mappings",
                                    .summary = {"Por qué este mapping", "Why this mapping"},
                                    .description = sums,
                                    .path = "/api/v1/aremko/mappings/{mapping_id}/explanation",
                                    .cost = Cost::store,  // what people decided
                                    .notes = {{.name = "mapping_id",
                                               .about = {"El id del mapping.", "The mapping's id."},
                                               .where = Where::path,
                                               .min = 1,
                                               .max = 64,
                                               .example = "3f0c0a1e-5d2b-8c47-9a1e-0b6f2d7c4e55"}}},
                        &explain_mapping));
  out.push_back(declare(Declaration{.name = "explain_match",
                                    .group = "mappings",
                                    .summary = {"Por qué dos registros son, o no son, la misma persona", "Why two records are, or are not, one person"},
                                    .description = sums,
                                    .path = "/api/v1/aremko/legacy/customers/{legacy_id}/matches/{customer_id}",
                                    .cost = Cost::store,  // what people decided
                                    .notes = {legacy_id_note(), customer_id_note()}},
                        &explain_match));
  return out;
}

}  // namespace aremko::operations
