// The day's desk and the owner's questions, as short as a conversation wants them.

#include <algorithm>
#include <tuple>

#include "assistants/business_shapes.h"
#include "assistants/tool_maker.h"
#include "assistants/tools.h"
#include "base/spoken.h"
#include "operations/business.h"
#include "operations/context.h"
#include "operations/today.h"

namespace aremko::assistants {

namespace {

std::string clock_of(Moment at) { return at.known() ? fmt::format("{:02}:{:02}", at.minute_of_day() / 60, at.minute_of_day() % 60) : "--:--"; }

ArrivalLine line_of(const Arrival& arrival) {
  ArrivalLine out{.customer_id = arrival.customer_id,
                  .nombre = arrival.nombre,
                  .hora = arrival.hora,
                  .llego = arrival.llego,
                  .personas = arrival.personas,
                  .primera_vez = arrival.primera_vez,
                  .por_pagar = arrival.saldo + arrival.debe,
                  .saldo_gift_cards = arrival.saldo_gift_cards,
                  .gift_card_vence = arrival.gift_card_vence};
  for (const ArrivalService& service : arrival.servicios) out.servicios.push_back(service.servicio_nombre);
  if (arrival.comentario) out.notas.push_back(*arrival.comentario);
  for (const GuestNote& note : arrival.notas) {
    if (out.notas.size() < 3) out.notas.push_back(note.texto);
  }
  return out;
}

Result<DayCard> day(Call& call, const DayArguments& input) {
  const auto found = operations::today(call.context(), {.date = input.date});
  if (!found) return fail(found.error());
  const auto most = static_cast<std::size_t>(input.limit);
  DayCard out{.date = found->date, .totales = found->totales, .truncated = found->llegadas.size() > most, .kept = found->kept};
  for (const Arrival& arrival : found->llegadas) {
    if (out.llegadas.size() < most) out.llegadas.push_back(line_of(arrival));
  }
  for (const Todo& todo : found->por_hacer) out.por_hacer.push_back({todo.tipo, todo.customer_id, todo.nombre, todo.monto, todo.vence});
  return out;
}

std::string day_words(const DayCard& card, std::string_view language) {
  const TodayTotals& all = card.totales;
  std::string out = fmt::format(fmt::runtime(say(language, "{}: llegan {} ({} ya llegaron), {} personas; {} deben {}; {} por primera vez.\n",
                                                 "{}: {} come ({} are here), {} people; {} owe {}; {} for the first time.\n")),
                                short_date(card.date, language), all.llegan, all.llegaron, all.personas, all.deben,
                                spoken_money(all.deben_monto, language), all.primera_vez);
  for (const ArrivalLine& line : card.llegadas) {
    out += fmt::format("- {} {} ({}) ×{} · {}", clock_of(line.hora), line.nombre, line.customer_id, line.personas, fmt::join(line.servicios, ", "));
    if (line.primera_vez) out += say(language, " · primera vez", " · first time");
    if (line.por_pagar > 0) out += fmt::format(fmt::runtime(say(language, " · por pagar {}", " · to pay {}")), spoken_money(line.por_pagar, language));
    for (const std::string_view note : line.notas) out += fmt::format(" · «{}»", note);
    out += '\n';
  }
  for (const TodoLine& line : card.por_hacer) out += fmt::format("* {}: {}\n", json_name(line.tipo), line.nombre);
  return out;
}

Result<BusinessAnswer> services(Call& call, const BusinessArguments& input) {
  const auto found = operations::stats_services(call.context(), {.from = input.from, .to = input.to, .as_of = input.as_of});
  if (!found) return fail(found.error());
  BusinessAnswer out{.desde = found->desde, .hasta = found->hasta, .ventas = found->ventas, .visitas = found->visitas, .cambio = found->cambio,
                     .comparadas = found->comparacion.fuentes, .kept = found->kept};
  for (const SoldService& service : found->servicios) {
    if (std::ssize(out.servicios) == input.limit) break;
    out.servicios.push_back({service.servicio_nombre, service.ventas, service.visitas, service.cambio});
  }
  out.combinaciones = found->combinaciones;
  if (out.combinaciones.size() > 5) out.combinaciones.resize(5);
  return out;
}

Result<BusinessAnswer> guests(Call& call, const BusinessArguments& input) {
  const auto found = operations::stats_best_guests(
      call.context(), {.from = input.from, .to = input.to, .limit = input.limit, .as_of = input.as_of});
  if (!found) return fail(found.error());
  BusinessAnswer out{.desde = found->desde, .hasta = found->hasta, .ventas = found->total_gastado, .parte_del_diez = found->parte_del_diez,
                     .kept = found->kept};
  for (const BestGuest& guest : found->guests) {
    out.clientes.push_back({guest.customer_id, guest.nombre, guest.gastado, guest.visitas});
    out.visitas += guest.visitas;
  }
  return out;
}

Result<BusinessAnswer> hours(Call& call, const BusinessArguments& input) {
  const auto found = operations::stats_occupancy(call.context(), {.from = input.from, .to = input.to, .as_of = input.as_of});
  if (!found) return fail(found.error());
  BusinessAnswer out{.desde = found->desde, .hasta = found->hasta, .kept = found->kept};
  for (const KindOccupancy& kind : found->tipos) {
    out.visitas += kind.reservas;
    for (const HourOfWeek& hour : kind.horas) {
      HourLine line{kind.tipo_servicio, hour.dia, hour.hora, hour.por_dia, {}};
      if (hour.cupos > 0) line.ocupacion = static_cast<double>(1000 * hour.tomados / hour.cupos) / 10.0;
      out.horas.push_back(line);
    }
  }
  std::ranges::sort(out.horas, [](const HourLine& a, const HourLine& b) {
    return std::tuple(b.ocupacion.value_or(-1), b.por_dia, a.dia, a.hora, a.tipo_servicio) <
           std::tuple(a.ocupacion.value_or(-1), a.por_dia, b.dia, b.hora, b.tipo_servicio);
  });
  if (std::ssize(out.horas) > input.limit) out.horas.resize(static_cast<std::size_t>(input.limit));
  return out;
}

Result<BusinessAnswer> business(Call& call, const BusinessArguments& input) {
  switch (input.question) {
    case BusinessQuestion::services: return services(call, input);
    case BusinessQuestion::best_guests: return guests(call, input);
    case BusinessQuestion::occupancy: return hours(call, input);
  }
  return services(call, input);
}

std::string changed(std::optional<double> percent) { return percent ? fmt::format(" ({:+} %)", *percent) : ""; }

std::string business_words(const BusinessAnswer& answer, std::string_view language) {
  std::string out = fmt::format("{} – {}: {}{}\n", answer.desde.iso(), answer.hasta.iso(), spoken_money(answer.ventas, language), changed(answer.cambio));
  for (const ServiceSales& service : answer.servicios) {
    out += fmt::format(fmt::runtime(say(language, "- {}: {}, {} visitas{}\n", "- {}: {}, {} visits{}\n")), service.nombre,
                       spoken_money(service.ventas, language), service.visitas, changed(service.cambio));
  }
  for (const ServicePair& pair : answer.combinaciones) out += fmt::format("+ {} + {}: {}\n", pair.uno, pair.otro, pair.visitas);
  for (const GuestSpending& guest : answer.clientes) {
    out += fmt::format(fmt::runtime(say(language, "- {}: {}, {} visitas\n", "- {}: {}, {} visits\n")), guest.nombre,
                       spoken_money(guest.gastado, language), guest.visitas);
  }
  for (const HourLine& hour : answer.horas) {
    const std::string full = hour.ocupacion ? fmt::format("{} %", *hour.ocupacion) : std::string(say(language, "sin capacidad conocida", "no known capacity"));
    out += fmt::format(fmt::runtime(say(language, "- {} día {} {}:00: {} reservas por día, {}\n", "- {} day {} {}:00: {} bookings a day, {}\n")),
                       hour.tipo_servicio, hour.dia, hour.hora, hour.por_dia, full);
  }
  return out;
}

Note day_note(std::string_view name, Text about) {
  Note out = operations::as_of_note();
  out.name = name;
  out.about = std::move(about);
  return out;
}

}  // namespace

void add_business_tools(Registry& registry) {
  registry.add(make_tool<DayArguments, DayCard>(
      {.name = "get_today",
       .title = {"Quién llega hoy", "Who comes today"},
       .description = {"Las reservas de un día por hora, con lo que conviene saber y lo que falta pagar, y lo que hay por hacer hoy.",
                       "A day's bookings by hour, with what to know and what is left to pay, and what is to be done today."},
       .notes = {day_note("date", {"El día; hoy por omisión.", "The day; today by default."}), limit_note(100)},
       .cost = Cost::quick},  // looks at the day of every service line
      &day, &day_words));
  registry.add(make_tool<BusinessArguments, BusinessAnswer>(
      {.name = "get_business",
       .title = {"Qué se vende, a quién y cuándo", "What sells, to whom and when"},
       .description = {"En un período: servicios y combinaciones que más venden contra el año anterior, los mejores clientes, o las horas más llenas.",
                       "Of a span: services and pairs that sell most against the year before, the best guests, or the fullest hours."},
       .notes = {{.name = "question", .about = {"Qué se quiere saber.", "What is wanted."}},
                 day_note("from", {"Primer día; por omisión, doce meses completos.", "First day; by default twelve whole months."}),
                 day_note("to", {"Último día.", "Last day."}), limit_note(50), operations::as_of_note()},
       .cost = Cost::walk},  // walks every visit
      &business, &business_words));
}

}  // namespace aremko::assistants
