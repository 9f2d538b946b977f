#include "operations/business.h"

#include "analytics/best_guests.h"
#include "analytics/occupancy.h"
#include "analytics/services_report.h"
#include "operations/context.h"

namespace aremko::operations {

namespace {

constexpr int longest_days = 7320;  // twenty years

/// The twelve whole months before as_of's where nothing is said; one end alone is completed to a year.
Result<analytics::Span> span_of(const std::optional<Date>& from, const std::optional<Date>& to, AsOf as_of) {
  analytics::Span out = analytics::last_twelve_months(as_of);
  if (to) out = {to->plus_days(1).plus_months(-12), *to};
  if (from) out = {*from, to ? *to : from->plus_months(12).plus_days(-1)};
  if (out.from > out.to) return fail(invalid_field("from", "Debe ser el mismo día que «to» o antes.", "Must be the day of \"to\" or before."));
  if (out.to.days - out.from.days > longest_days) {
    return fail(invalid_field("from", "El período puede tener a lo más veinte años.", "The span may have twenty years at most."));
  }
  return out;
}

Note from_note() {
  Note out = as_of_note();
  out.name = "from";
  out.about = {"Primer día del período; por omisión, los doce meses completos anteriores.", "First day of the span; by default the twelve whole months before."};
  out.example = "2023-03-01";
  return out;
}

Note to_note() {
  Note out = as_of_note();
  out.name = "to";
  out.about = {"Último día del período.", "Last day of the span."};
  out.example = "2024-02-29";
  return out;
}

}  // namespace

Result<ServicesReport> stats_services(Context& context, const SpanInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto span = span_of(input.from, input.to, as_of);
  if (!span) return fail(span.error());
  ServicesReport out = analytics::services_report(context.snapshot(), *span, as_of);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<BestGuests> stats_best_guests(Context& context, const BestGuestsInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto span = span_of(input.from, input.to, as_of);
  if (!span) return fail(span.error());
  BestGuests out = analytics::best_guests(context.snapshot(), *context.census(as_of), *span, as_of, input.order,
                                          static_cast<std::size_t>(input.limit));
  out.kept = context.snapshot_ptr();
  return out;
}

Result<Occupancy> stats_occupancy(Context& context, const SpanInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto span = span_of(input.from, input.to, as_of);
  if (!span) return fail(span.error());
  Occupancy out = analytics::occupancy(context.snapshot(), *span, as_of);
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> business_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "stats_services",
                  .group = "stats",
                  .summary = {"Qué se vende: servicios, productos y combinaciones en un período", "What sells: services, products and what goes together in a span"},
                  .description = {"Ventas, visitas y personas de cada servicio, contra los mismos meses del año anterior, y qué se pide "
                                  "junto. Solo se comparan las fuentes que conocen los dos períodos enteros. `partes` va de los precios de "
                                  "las líneas a las ventas del período: descuentos, gift cards y devoluciones aparte.",
                                  "Sales, visits and people of every service against the same months of the year before, and what is had "
                                  "together. Only sources that know both spans whole are compared. `partes` goes from the lines' prices to "
                                  "the span's sales: discounts, gift cards and refunds apart."},
                  .path = "/api/v1/aremko/stats/services",
                  .cost = Cost::walk,  // walks every visit
                  .notes = {from_note(), to_note(), as_of_note()}},
      &stats_services));
  out.push_back(declare(
      Declaration{.name = "stats_best_guests",
                  .group = "stats",
                  .summary = {"Los mejores clientes de un período", "The best guests of a span"},
                  .description = {"Por lo que gastaron en el período, o por visitas; sin el personal, y cada persona una vez aunque tenga "
                                  "varias filas. `parte_del_diez` dice cuánto del dinero dejó la décima parte que más gastó.",
                                  "By what they spent in the span, or by visits; without staff, and each person once however many rows they "
                                  "have. `parte_del_diez` says how much of the money the tenth who spent most left."},
                  .path = "/api/v1/aremko/stats/best-guests",
                  .cost = Cost::walk,
                  .notes = {from_note(), to_note(), {.name = "order", .about = {"Por qué se ordena.", "What it is sorted by."}}, limit_note(500),
                            as_of_note()}},
      &stats_best_guests));
  out.push_back(declare(
      Declaration{.name = "stats_occupancy",
                  .group = "stats",
                  .summary = {"Ocupación por día de la semana y hora", "Occupancy by weekday and hour"},
                  .description = {"Reservas por día y hora, y de lo que se arrienda entero (tinas, cabañas) qué parte de las horas que ofrece se "
                                  "tomó, sin los días cerrados. De lo demás no se conoce la capacidad, y se dice cuántas reservas hay. El "
                                  "período puede llegar al futuro: entonces muestra las horas libres.",
                                  "Bookings by weekday and hour, and of what is let whole (tubs, cabins) which part of the hours it offers was "
                                  "taken, closed days left out. Of the rest no capacity is known, and the bookings are counted. The span may "
                                  "reach into the future: then it shows the free hours."},
                  .path = "/api/v1/aremko/stats/occupancy",
                  .cost = Cost::walk,
                  .notes = {from_note(), to_note(), as_of_note()}},
      &stats_occupancy));
  return out;
}

}  // namespace aremko::operations
