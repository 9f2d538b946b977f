#include "analytics/today.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

#include "analytics/guest_extras.h"
#include "analytics/guest_notice.h"
#include "analytics/history.h"
#include "analytics/lines.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr std::size_t most_old_notes = 3;

bool is_staff(const snapshot::Snapshot& snapshot, Row customer) {
  return (snapshot.customers().contact.flags[customer] & sources::is_staff) != 0;
}

/// Rows of sales that have something on a day, ascending.
std::vector<Row> sales_on(const snapshot::Snapshot& snapshot, Date day) {
  std::vector<Row> out;
  const auto& lines = snapshot.current().service_lines;
  for (Row line = 0; line < lines.size(); ++line) {
    if (lines.day[line] == day && lines.sale[line] != snapshot::no_row) out.push_back(lines.sale[line]);
  }
  const Row sales = snapshot.current().sales.size();
  for (Row sale = 0; sale < sales; ++sale) {
    if (snapshot.sale_moment(sale).date() == day) out.push_back(sale);
  }
  std::ranges::sort(out);
  const auto repeats = std::ranges::unique(out);
  out.erase(repeats.begin(), repeats.end());
  return out;
}

/// Whether somebody comes, or came, with a sale.
bool comes(const snapshot::Snapshot& snapshot, Row sale, AsOf as_of, bool is_past) {
  if (snapshot.current().sales.created[sale] > as_of.moment) return false;
  switch (snapshot.sale_kind(sale)) {
    case snapshot::SaleKind::nothing: return false;
    case snapshot::SaleKind::visit: return true;
    case snapshot::SaleKind::unpaid: return !is_past;
  }
  return false;
}

/// The services of a sale on a day; those without a day belong to its first.
std::vector<ArrivalService> services_on(const snapshot::Snapshot& snapshot, Row sale, Date day) {
  const auto& current = snapshot.current();
  std::vector<ArrivalService> out;
  for_each_line(snapshot, snapshot::VisitRef{sale}, [&](const Line& line) {
    const Date of_line = line.at.known() ? line.at.date() : snapshot.sale_moment(sale).date();
    if (of_line != day) return;
    const std::int16_t minute = current.service_lines.start_minute[line.row];
    const std::size_t provider = current.service_lines.provider[line.row];
    out.push_back({.servicio_nombre = line.service->nombre.empty() ? line.service->canonical : line.service->nombre,
                   .tipo_servicio = type_of(*line.service),
                   .inicio = minute >= 0 ? line.at : Moment{},
                   .cantidad_personas = current.service_lines.people[line.row],
                   .masajista = provider < current.providers.size() ? maybe(current.providers[provider]) : MaybeText{}});
  });
  std::ranges::sort(out, [](const ArrivalService& a, const ArrivalService& b) {
    return std::tuple(!a.inicio.known(), a.inicio, a.servicio_nombre) < std::tuple(!b.inicio.known(), b.inicio, b.servicio_nombre);
  });
  return out;
}

/// How many people a booking is for. What is charged whole bears its capacity instead of who comes: it tells only where
/// nothing else does. What is only added (a decoration, a further towel) is for nobody.
std::int64_t party(const snapshot::Snapshot& snapshot, Row sale) {
  std::int64_t told = 0, at_most = 0;
  for_each_line(snapshot, snapshot::VisitRef{sale}, [&](const Line& line) {
    const std::int64_t people = snapshot.current().service_lines.people[line.row];
    if (people > 100 || !is_preference(*line.service)) return;
    std::int64_t& most = line.service->unit == sources::PriceUnit::per_person ? told : at_most;
    most = std::max(most, people);
  });
  return std::max<std::int64_t>(1, told > 0 ? told : at_most);
}

/// Visits of the person before a day.
std::int64_t visits_before(const snapshot::Snapshot& snapshot, Row customer, Date day) {
  const auto count = [&](Row row) {
    const snapshot::VisitSpan visits = snapshot.visits(snapshot.person_of_customer(row));
    const std::size_t seen = visits.seen(AsOf::end_of(day.plus_days(-1)));
    return static_cast<std::int64_t>(std::ranges::count_if(visits.at.first(seen), [&](Moment at) { return !at.known() || at.date() < day; }));
  };
  const auto twins = snapshot.person_ties().twins.of(customer);
  if (twins.empty()) return count(customer);
  std::int64_t out = 0;
  for (const Row row : twins) out += count(row);
  return out;
}

void put_notes(const snapshot::Snapshot& snapshot, Row customer, Row sale, AsOf as_of, Arrival& out) {
  out.comentario = maybe(snapshot.current().sales.comment[sale]);
  if (out.comentario) out.comentario_tipo = note_kind(*out.comentario);
  for (const GuestNote& note : notes(snapshot, customer, as_of)) {
    if (note.reserva == out.reserva || note.tipo == "nota" || note.texto == out.comentario.value_or("")) continue;
    if (out.notas.size() < most_old_notes) out.notas.push_back(note);
  }
}

Arrival arrival(const snapshot::Snapshot& snapshot, Row sale, Date day, AsOf as_of, bool is_past, const RfmThresholds& thresholds) {
  const auto& current = snapshot.current();
  const Row customer = current.sales.customer[sale];
  const auto& contact = snapshot.customers().contact;
  Arrival out{.reserva = current.sales.id[sale],
              .llego = is_past || snapshot::checked_in(current, sale),
              .customer_id = snapshot.customers().id[customer],
              .nombre = contact.nombre[customer],
              .telefono = maybe(contact.telefono[customer]),
              .servicios = services_on(snapshot, sale, day),
              .visitas_previas = visits_before(snapshot, customer, day)};
  for (const ArrivalService& service : out.servicios) {
    if (service.inicio.known() && (!out.hora.known() || service.inicio < out.hora)) out.hora = service.inicio;
  }
  out.personas = party(snapshot, sale);
  const auto came = std::ranges::equal_range(current.companions, sale, {}, &sources::Companion::sale);
  for (const sources::Companion& companion : came) out.acompanantes.emplace_back(companion.name);
  out.primera_vez = out.visitas_previas == 0;
  out.segment = rfm(tally(snapshot, snapshot.person_of_customer(customer), {.as_of = as_of}), as_of, thresholds).segment;
  out.saldo = std::max<Pesos>(0, current.sales.balance[sale]);
  for (const Row other : snapshot.sales_of(customer)) out.debe += other == sale ? 0 : owed_for(snapshot, other, as_of);
  const SpendableCards cards = spendable_cards(snapshot, customer, as_of);
  out.saldo_gift_cards = cards.balance;
  out.gift_card_vence = cards.first_to_expire;
  put_notes(snapshot, customer, sale, as_of, out);
  const GuestNotice known = notice(snapshot, customer, as_of);
  out.encuesta_nps = known.encuesta_nps;
  out.encuesta_texto = known.encuesta_texto;
  return out;
}

bool has_special_note(const Arrival& one) {
  return !one.notas.empty() || one.comentario_tipo == "salud" || one.comentario_tipo == "celebracion";
}

void add_up(const std::vector<Arrival>& arrivals, Date day, TodayTotals& out) {
  std::unordered_set<std::int64_t> told;  // what somebody owes from before counts once, however often they come
  for (const Arrival& one : arrivals) {
    ++out.llegan;
    out.llegaron += one.llego;
    out.personas += one.personas;
    const Pesos due = one.saldo + (told.insert(one.customer_id).second ? one.debe : 0);
    out.deben += due > 0;
    out.deben_monto += due;
    out.gift_cards += one.gift_card_vence.known() && one.gift_card_vence <= day.plus_days(card_days);
    out.primera_vez += one.primera_vez;
    out.con_notas += has_special_note(one);
  }
}

}  // namespace

bool first_timer(const snapshot::Snapshot& snapshot, Row customer, Date before) { return visits_before(snapshot, customer, before) == 0; }

Today today(const snapshot::Snapshot& snapshot, Date day, AsOf as_of, bool is_past, const RfmThresholds& thresholds,
            std::size_t most_of_a_kind) {
  Today out{.date = day, .as_of = as_of};
  for (const Row sale : sales_on(snapshot, day)) {
    if (!comes(snapshot, sale, as_of, is_past)) continue;
    if (is_staff(snapshot, snapshot.current().sales.customer[sale])) {
      ++out.totales.cuentas_de_la_casa;
      continue;
    }
    out.llegadas.push_back(arrival(snapshot, sale, day, as_of, is_past, thresholds));
    if (out.llegadas.back().servicios.empty()) out.llegadas.pop_back();  // its services are on other days
  }
  std::ranges::sort(out.llegadas, [](const Arrival& a, const Arrival& b) {
    return std::tuple(!a.hora.known(), a.hora, a.reserva) < std::tuple(!b.hora.known(), b.hora, b.reserva);
  });
  add_up(out.llegadas, day, out.totales);
  if (day == as_of.date()) to_do(snapshot, as_of, out, most_of_a_kind);
  return out;
}

}  // namespace aremko::analytics
