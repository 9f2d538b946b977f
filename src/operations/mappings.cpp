#include "operations/mappings.h"

#include "analytics/profile.h"
#include "operations/context.h"
#include "operations/examples.h"

namespace aremko::operations {

MappingView view_of(const Context& context, const store::Mapping& mapping) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  MappingView out;
  out.id = mapping.id;
  out.legacy_id = mapping.legacy_id;
  out.current_id = mapping.current_id;
  out.confidence_score = mapping.confidence;
  out.status = mapping.status;
  out.created_at = context.tenant().zone->local(mapping.created_at);
  out.updated_at = context.tenant().zone->local(mapping.updated_at);
  out.metadata.match_reasons = mapping.reasons;
  if (const auto row = snapshot.legacy_row(mapping.legacy_id)) out.metadata.legacy_name = snapshot.legacy().nombre(*row);
  if (const auto row = snapshot.customer_row(mapping.current_id)) {
    out.metadata.current_name = snapshot.customers().contact.nombre[*row];
  }
  return out;
}

namespace {

std::optional<LegacyRecord> record_of(const Context& context, std::string_view legacy_id) {
  const auto row = context.snapshot().legacy_row(legacy_id);
  if (!row) return std::nullopt;
  return analytics::legacy_record(context.snapshot(), *row);
}

}  // namespace

Result<CustomerMapping> customer_mapping(Context& context, const CustomerMappingInput& input) {
  const auto row = context.customer(input.customer_id, context.as_of({}));
  if (!row) return fail(row.error());
  CustomerMapping out;
  out.customer_id = input.customer_id;
  // Live ones come first, the most confident first.
  for (const store::Mapping& mapping : context.store().mappings().by_customer(context.tenant().name, input.customer_id)) {
    out.mappings.push_back(view_of(context, mapping));
    if (!is_live(mapping.status)) continue;
    auto record = record_of(context, mapping.legacy_id);
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
  for (const store::Mapping& mapping : context.store().mappings().by_legacy(context.tenant().name, input.legacy_id)) {
    if (!is_live(mapping.status)) continue;
    out.mapping = view_of(context, mapping);
    if (const auto customer = snapshot.customer_row(mapping.current_id)) {
      out.customer = analytics::basic_info(snapshot, *customer);
    }
    break;
  }
  out.kept = context.snapshot_ptr();
  return out;
}

Result<MappingList> list_mappings(Context& context, const MappingsInput& input) {
  store::Mappings& mappings = context.store().mappings();
  auto page = mappings.list(context.tenant().name, input.status, static_cast<std::size_t>(input.limit),
                            input.cursor.value_or(""));
  if (!page) return fail(std::move(page.error()));
  const auto counts = mappings.counts(context.tenant().name);
  MappingList out;
  out.counts = {counts[0], counts[1], counts[2], counts[3], counts[4]};
  for (const store::Mapping& mapping : page->mappings) out.mappings.push_back(view_of(context, mapping));
  if (!page->next.empty()) out.next = std::move(page->next);
  return out;
}

std::vector<Operation> mapping_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "customer_mapping",
                  .group = "mappings",
                  .summary = {"Mappings de un cliente", "A customer's mappings"},
                  .description = {"`mapping` es el vigente de mayor confianza; `mappings`, todos, también los pendientes y rechazados.",
                                  "`mapping` is the live one of the highest confidence; `mappings` are all, pending and rejected ones too."},
                  .path = "/api/v1/aremko/mappings/customer/{customer_id}",
                  .cost = Cost::heavy,
                  .example = examples::mapping,
                  .notes = {customer_id_note()}},
      &customer_mapping));
  out.push_back(declare(
      Declaration{.name = "legacy_mapping",
                  .group = "mappings",
                  .summary = {"El mapping vigente de un registro histórico", "A legacy record's live mapping"},
                  .path = "/api/v1/aremko/mappings/legacy/{legacy_id}",
                  .cost = Cost::heavy,
                  .notes = {legacy_id_note()}},
      &legacy_mapping));
  out.push_back(declare(
      Declaration{.name = "list_mappings",
                  .group = "mappings",
                  .summary = {"Listar mappings por estado", "List mappings by status"},
                  .path = "/api/v1/aremko/mappings",
                  .cost = Cost::heavy,
                  .refusals = {Code::malformed},
                  .notes = {{.name = "status",
                             .about = {"Solo los de este estado; `pending` espera a una persona.",
                                       "Of this status only; `pending` waits for a person."}},
                            limit_note(500),
                            {.name = "cursor",
                             .about = {"El `next` de la página anterior.", "The previous page's `next`."},
                             .min = 1,
                             .max = 200}}},
      &list_mappings));
  return out;
}

}  // namespace aremko::operations
