#include "operations/mappings.h"

#include "analytics/profile.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/legacy_records.h"
#include "operations/mapping_worth.h"

namespace aremko::operations {

MappingView view_of(const Context& context, const store::Mapping& mapping) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  MappingView out;
  out.id = mapping.id;
  const auto legacy = row_of(snapshot, mapping.record());
  out.legacy_id = legacy ? snapshot.legacy().legacy_id(*legacy) : std::string_view(mapping.legacy_id);
  out.record_id = legacy ? snapshot.legacy().record_id(*legacy) : std::string_view(mapping.record_id);
  out.current_id = mapping.current_id;
  out.confidence_score = mapping.confidence;
  out.status = mapping.status;
  out.created_at = context.tenant().zone->local(mapping.created_at);
  out.updated_at = context.tenant().zone->local(mapping.updated_at);
  out.metadata.match_reasons = mapping.reasons;
  if (legacy) out.metadata.legacy_name = snapshot.legacy().nombre(*legacy);
  if (const auto row = snapshot.customer_row(mapping.current_id)) {
    out.metadata.current_name = snapshot.customers().contact.nombre[*row];
  }
  out.worth = worth_of(snapshot, mapping.record(), mapping.confidence, mapping.status);
  if (mapping.decided_by && mapping.decided_at) {
    out.decision = MappingDecision{*mapping.decided_by, context.tenant().zone->local(*mapping.decided_at), mapping.note};
  }
  return out;
}

namespace {

std::optional<LegacyRecord> record_of(const Context& context, const RecordRef& record) {
  const auto row = row_of(context.snapshot(), record);
  if (!row) return std::nullopt;
  return analytics::legacy_record(context.snapshot(), *row);
}

std::vector<store::Mapping> mappings_of_person(const Context& context, snapshot::Row customer) {
  store::Mappings& mappings = context.store().mappings();
  auto out = mappings.by_customer(context.tenant().name, context.snapshot().customers().id[customer]);
  for (const snapshot::MergedRow& other : context.snapshot().merged_into(customer)) {
    auto theirs = mappings.by_customer(context.tenant().name, other.id);
    std::ranges::move(theirs, std::back_inserter(out));
  }
  std::ranges::stable_sort(out, std::greater<>(), [](const store::Mapping& one) { return std::pair(is_live(one.status), one.confidence); });
  return out;
}

}  // namespace

Result<CustomerMapping> customer_mapping(Context& context, const CustomerMappingInput& input) {
  const auto row = context.customer(input.customer_id, context.as_of({}));
  if (!row) return fail(row.error());
  CustomerMapping out;
  out.customer_id = context.snapshot().customers().id[*row];
  // Of all their numbers; live ones first, the most confident first.
  for (const store::Mapping& mapping : mappings_of_person(context, *row)) {
    out.mappings.push_back(view_of(context, mapping));
    if (!is_live(mapping.status)) continue;
    auto record = record_of(context, mapping.record());
    if (!out.mapping) {
      out.mapping = out.mappings.back();
      out.legacy_customer = record;
    }
    if (record) out.legacy_customers.push_back(*record);
  }
  out.has_legacy_data = out.mapping.has_value();
  out.kept = context.snapshot_ptr();
  return out;
}

Result<LegacyMapping> legacy_mapping(Context& context, const LegacyMappingInput& input) {
  const auto row = context.legacy(input.legacy_id, context.as_of({}));
  if (!row) return fail(row.error());
  const snapshot::Snapshot& snapshot = context.snapshot();
  LegacyMapping out;
  out.legacy_id = input.legacy_id;
  out.legacy_customer = analytics::legacy_record(snapshot, *row);
  for (const store::Mapping& mapping : mappings_of(context, *row)) {
    out.mappings.push_back(view_of(context, mapping));
    if (!is_live(mapping.status)) continue;
    out.mapping = out.mappings.back();
    if (const auto customer = snapshot.customer_row(mapping.current_id)) {
      out.customer = analytics::basic_info(snapshot, *customer);
    }
  }
  out.kept = context.snapshot_ptr();
  return out;
}

Result<MappingList> list_mappings(Context& context, const MappingsInput& input) {
  const bool waiting = input.status == MappingStatus::pending;
  store::MappingQuery query{.status = input.status,
                            .order = input.order.value_or(waiting ? MappingOrder::worth : MappingOrder::confidence),
                            .min_confidence = static_cast<double>(input.min_confidence),
                            .max_confidence = static_cast<double>(input.max_confidence),
                            .reason = input.reason.value_or("")};
  query.worth = [&snapshot = context.snapshot()](const RecordRef& record, double confidence, MappingStatus status) {
    return worth_of(snapshot, record, confidence, status).score;
  };
  store::Mappings& mappings = context.store().mappings();
  auto page = mappings.list(context.tenant().name, query, static_cast<std::size_t>(input.limit),
                            input.cursor.value_or(""));
  if (!page) return fail(std::move(page.error()));
  const auto counts = mappings.counts(context.tenant().name);
  MappingList out;
  out.counts = {counts[0], counts[1], counts[2], counts[3], counts[4]};
  out.order = query.order;
  for (const store::Mapping& mapping : page->mappings) out.mappings.push_back(view_of(context, mapping));
  if (!page->next.empty()) out.next = std::move(page->next);
  return out;
}

namespace {

std::optional<Text> check_reason(const Context&, std::string_view value) {
  const bool good = std::ranges::all_of(value, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (good) return std::nullopt;
  return Text{"Solo letras minúsculas, cifras y guiones bajos.", "Lower-case letters, digits and underscores only."};
}

}  // namespace

std::vector<Operation> mapping_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "customer_mapping",
                  .group = "mappings",
                  .summary = {"Mappings de un cliente", "A customer's mappings"},
                  .description = {"`mapping` es el vigente de mayor confianza; `mappings`, todos, también los pendientes y rechazados.",
                                  "`mapping` is the live one of the highest confidence; `mappings` are all, pending and rejected ones too."},
                  .path = "/api/v1/aremko/mappings/customer/{customer_id}",
                  .cost = Cost::store,
                  .example = examples::mapping,
                  .notes = {customer_id_note()}},
      &customer_mapping));
  out.push_back(declare(
      Declaration{.name = "legacy_mapping",
                  .group = "mappings",
                  .summary = {"Mappings de un registro histórico", "A legacy record's mappings"},
                  .description = {"`mapping` es el vigente; `mappings`, todos, también los pendientes y rechazados.",
                                  "`mapping` is the live one; `mappings` are all, pending and rejected ones too."},
                  .path = "/api/v1/aremko/mappings/legacy/{legacy_id}",
                  .cost = Cost::store,
                  .notes = {legacy_id_note()}},
      &legacy_mapping));
  out.push_back(declare(
      Declaration{.name = "list_mappings",
                  .group = "mappings",
                  .summary = {"Listar mappings, los que más conviene revisar primero",
                              "List mappings, what is most worth a review first"},
                  .description = {
                      "`worth.score` = `uncertainty` × (1 + `visits` + `total_spent` / 50.000), con `uncertainty` = 4·p·(1−p) "
                      "y las visitas y el gasto del registro histórico: lo que una decisión equivocada cuesta. Una decisión "
                      "entre dos páginas no salta ni repite a los demás.",
                      "`worth.score` = `uncertainty` × (1 + `visits` + `total_spent` / 50,000), `uncertainty` being 4·p·(1−p), "
                      "over the legacy record's visits and money: what a wrong decision costs. A decision between two pages "
                      "neither skips nor repeats another."},
                  .path = "/api/v1/aremko/mappings",
                  .cost = Cost::store,
                  .example = examples::mappings,
                  .refusals = {Code::malformed},
                  .notes = {{.name = "status",
                             .about = {"Solo los de este estado; `pending` espera a una persona.",
                                       "Of this status only; `pending` waits for a person."}},
                            {.name = "order",
                             .about = {"`worth` (lo que vale decidir), `confidence` o `recent` (último cambio); por omisión, `worth` para "
                                       "los pendientes y `confidence` para los demás.",
                                       "`worth` (of a decision), `confidence` or `recent` (last change); by default `worth` for what is "
                                       "pending, else `confidence`."}},
                            {.name = "min_confidence",
                             .about = {"Confianza mínima, en %.", "Least confidence, in %."},
                             .min = 0,
                             .max = 100},
                            {.name = "max_confidence",
                             .about = {"Confianza máxima, en %.", "Greatest confidence, in %."},
                             .min = 0,
                             .max = 100},
                            {.name = "reason",
                             .about = {"Parte de una de sus razones: `phone`, `conflict`, `by_hand`.",
                                       "A part of one of its reasons: `phone`, `conflict`, `by_hand`."},
                             .min = 1,
                             .max = 40,
                             .check = &check_reason},
                            limit_note(500),
                            {.name = "cursor",
                             .about = {"El `next` de la página anterior.", "The previous page's `next`."},
                             .min = 1,
                             .max = 200}}},
      &list_mappings));
  return out;
}

}  // namespace aremko::operations
