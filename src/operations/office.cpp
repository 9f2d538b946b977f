#include "operations/office.h"

#include "analytics/activity.h"
#include "analytics/offer.h"
#include "analytics/segment_map.h"
#include "operations/context.h"

namespace aremko::operations {

std::string signature(std::string name) {
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

Result<SegmentMap> segment_map(Context& context, const AsOfInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  SegmentMap out = analytics::segment_map(*context.census(as_of), as_of);
  const auto& steps = context.thresholds();
  out.pasos = {{steps.recency_days.begin(), steps.recency_days.end()},
               {steps.visits.begin(), steps.visits.end()},
               {steps.money.begin(), steps.money.end()}};
  return out;
}

Result<SegmentMovement> segment_movement(Context& context, const MovementInput& input) {
  const AsOf from = AsOf::end_of(input.from), as_of = context.as_of(input.as_of);
  return analytics::segment_movement(*context.census(from), from, *context.census(as_of), as_of);
}

Result<Activity> stats_activity(Context& context, const AsOfInput& input) {
  return analytics::activity(context.snapshot(), context.as_of(input.as_of));
}

Result<CustomerOffer> customer_offer(Context& context, const OfferInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto row = context.customer(input.customer_id, as_of);
  if (!row) return fail(row.error());
  CustomerOffer out =
      analytics::offer(context.snapshot(), *row, as_of, signature(context.tenant().name), context.thresholds());
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> office_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "segment_map",
                  .group = "stats",
                  .summary = {"El mapa de la base: cuánta gente y cuánto dinero en cada puntaje RFM",
                              "The base as a map: how many people and how much money at each RFM score"},
                  .path = "/api/v1/aremko/stats/rfm",
                  .cost = Cost::walk,  // a new as_of counts everybody
                  .notes = {as_of_note()}},
      &segment_map));
  Note from = as_of_note();
  from.name = "from";
  from.about = {"El día anterior con que se compara.", "The earlier day to compare with."};
  from.required = true;
  from.example = "2023-03-14";
  out.push_back(declare(
      Declaration{.name = "segment_movement",
                  .group = "stats",
                  .summary = {"Quién cambió de segmento entre dos días", "Who changed segment between two days"},
                  .description = {"Cuántas personas pasaron de cada segmento a cada otro; `from` nulo es quien todavía no era cliente.",
                                  "How many people went from each segment to each other; a null `from` is who was no customer yet."},
                  .path = "/api/v1/aremko/stats/movement",
                  .cost = Cost::walk,
                  .notes = {from, as_of_note()}},
      &segment_movement));
  out.push_back(declare(
      Declaration{.name = "stats_activity",
                  .group = "stats",
                  .summary = {"El negocio en el tiempo: visitas y ventas por mes, por día y hora",
                              "The business over time: visits and sales by month, by weekday and hour"},
                  .path = "/api/v1/aremko/stats/activity",
                  .cost = Cost::walk,  // walks every visit
                  .notes = {as_of_note()}},
      &stats_activity));
  out.push_back(declare(
      Declaration{.name = "customer_offer",
                  .group = "customers",
                  .summary = {"Qué proponerle a un cliente, con un mensaje listo", "What to propose to a customer, with a message ready"},
                  .description = {"Sus servicios favoritos que hoy se venden, un descuento según su segmento y su gasto, y el texto para "
                                  "enviar. `channels` vacío: ahora no se le debe escribir.",
                                  "Their favourite services still sold, a discount by segment and spending, and the text to send. Empty "
                                  "`channels`: they are not to be written to now."},
                  .path = "/api/v1/aremko/customers/{customer_id}/offer",
                  .notes = {customer_id_note(), as_of_note()}},
      &customer_offer));
  return out;
}

}  // namespace aremko::operations
