#include "operations/reactivation.h"

#include "analytics/reactivation.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/paging.h"

namespace aremko::operations {

Result<InactiveCustomers> inactive_customers(Context& context, const InactiveInput& input) {
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  const AsOf as_of = start->as_of;
  const auto census = context.census(as_of);
  InactiveCustomers out = analytics::inactive_customers(
      context.snapshot(), *census, as_of, static_cast<int>(input.months), static_cast<std::size_t>(input.limit),
      start->offset, context.thresholds());
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<SegmentCustomers> segment_customers(Context& context, const SegmentInput& input) {
  const auto start = page_start(context, input);
  if (!start) return fail(start.error());
  const AsOf as_of = start->as_of;
  const auto census = context.census(as_of);
  SegmentCustomers out = analytics::segment_customers(
      context.snapshot(), *census, as_of, input.segment, static_cast<std::size_t>(input.limit),
      start->offset, context.thresholds());
  end_page(context, *start, out);
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> reactivation_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "inactive_customers",
                  .group = "campaigns",
                  .summary = {"Clientes inactivos, por prioridad de reactivación", "Inactive customers, by reactivation priority"},
                  .description = {"Prioridad 80–100 alta, 60–79 media, 0–59 baja; `priority_reasons` da sus partes. Quien no tiene "
                                  "ningún canal permitido tiene 0.",
                                  "Priority 80–100 high, 60–79 medium, 0–59 low; `priority_reasons` gives its parts. Somebody with no "
                                  "allowed channel has 0."},
                  .path = "/api/v1/aremko/campaigns/inactive-customers",
                  .cost = Cost::walk,  // a new as_of counts everybody
                  .example = examples::inactive,
                  .refusals = {Code::conflict},
                  .notes = {{.name = "months", .about = {"Meses de inactividad.", "Months of inactivity."}, .min = 1, .max = 36},
                            limit_note(500), offset_note(), cursor_note(), as_of_note()}},
      &inactive_customers));
  out.push_back(declare(
      Declaration{.name = "segment_customers",
                  .group = "campaigns",
                  .summary = {"Clientes de un segmento RFM", "Customers of an RFM segment"},
                  .path = "/api/v1/aremko/campaigns/segments/{segment}",
                  .cost = Cost::walk,
                  .example = examples::segment,
                  .refusals = {Code::conflict},
                  .notes = {{.name = "segment",
                             .about = {"Segmento, sin distinguir mayúsculas; `at_risk` vale por `At Risk`.",
                                       "Segment, in any case; `at_risk` stands for `At Risk`."},
                             .where = Where::path,
                             .example = "At Risk"},
                            limit_note(500), offset_note(), cursor_note(), as_of_note()}},
      &segment_customers));
  return out;
}

}  // namespace aremko::operations
