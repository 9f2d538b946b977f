#include "operations/today.h"

#include "analytics/today.h"
#include "operations/context.h"

namespace aremko::operations {

Result<Today> today(Context& context, const TodayInput& input) {
  const AsOf now{context.local_now()};
  const Date day = input.date.value_or(now.date());
  const bool is_past = day < now.date();
  // A day that is over is told as it ended; one to come as it is known now.
  Today out = analytics::today(context.snapshot(), day, is_past ? AsOf::end_of(day) : now, is_past, context.thresholds(),
                               static_cast<std::size_t>(input.todo_limit));
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> today_operations() {
  std::vector<Operation> out;
  Note date = as_of_note();
  date.name = "date";
  date.about = {"El día que se mira; hoy por omisión.", "The day looked at; today by default."};
  out.push_back(declare(
      Declaration{.name = "today",
                  .group = "customers",
                  .summary = {"Quién llega hoy y qué hay por hacer", "Who comes today, and what is to be done"},
                  .description = {"Las reservas del día por hora, con cuántas personas, sus servicios, lo que conviene saber, lo que falta "
                                  "pagar, sus gift cards y si es su primera vez. El día de hoy trae además lo que hay por hacer. Una "
                                  "reserva es de hoy hasta que pasa su día: nunca una visita antes de llegar.",
                                  "The day's bookings by hour, with how many people, their services, what to know, what is left to pay, "
                                  "their gift cards, and whether it is their first time. Today also brings what is to be done. A booking "
                                  "is for today until its day has passed: never a visit before they arrive."},
                  .path = "/api/v1/aremko/today",
                  .cost = Cost::quick,  // looks at the day of every service line
                  .notes = {date,
                            {.name = "todo_limit", .about = {"Cuánto por hacer de cada cosa, a lo más.", "How much to do of a kind, at most."}, .min = 1, .max = 1'000}}},
      &today));
  return out;
}

}  // namespace aremko::operations
