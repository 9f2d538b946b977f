// Reservations and payments as a profile shows them.
#include <algorithm>
#include <functional>

#include "analytics/lines.h"
#include "analytics/profile.h"

namespace aremko::analytics {

namespace {

std::string_view payment_state_name(sources::PaymentState state) {
  switch (state) {
    case sources::PaymentState::pendiente: return "pendiente";
    case sources::PaymentState::parcial: return "parcial";
    case sources::PaymentState::pagado: return "pagado";
    case sources::PaymentState::cancelado: return "cancelado";
    case sources::PaymentState::otro: return "otro";
  }
  return "otro";
}

std::string_view booking_state_name(sources::BookingState state) {
  switch (state) {
    case sources::BookingState::pendiente: return "pendiente";
    case sources::BookingState::checkin: return "checkin";
    case sources::BookingState::checkout: return "checkout";
    case sources::BookingState::otro: return "otro";
  }
  return "otro";
}

/// A price times people; both are 32 bits wide in the columns, so that it never wraps round.
Pesos times(Pesos price, std::int64_t count) { return price * count; }

ReservedService reserved_service(const snapshot::Snapshot& snapshot, const Line& line) {
  const sources::CatalogService& service = *line.service;
  ReservedService out{.servicio_nombre = service.nombre.empty() ? service.canonical : service.nombre,
                      .tipo_servicio = type_of(service),
                      .inicio = line.at};
  if (line.legacy) {
    const auto& file = *snapshot.legacy().services;
    out.cantidad_personas = file.quantity[line.row];
    out.valor = file.amount[line.row];
    return out;
  }
  const auto& lines = snapshot.current().service_lines;
  out.servicio_id = service.id;
  out.cantidad_personas = lines.people[line.row];
  out.precio_unitario = lines.unit_price[line.row];
  out.valor = times(lines.unit_price[line.row], lines.people[line.row]);
  const std::size_t provider = lines.provider[line.row];
  if (provider < snapshot.current().providers.size()) out.masajista = maybe(snapshot.current().providers[provider]);
  return out;
}

Reservation current_reservation(const snapshot::Snapshot& snapshot, snapshot::Row sale) {
  const auto& current = snapshot.current();
  const auto& sales = current.sales;
  Reservation out{.source = "current",
                  .id = sales.id[sale],
                  .estado_pago = payment_state_name(sales.payment_state[sale]),
                  .estado_reserva = booking_state_name(sales.booking_state[sale]),
                  .total = sales.total[sale],
                  .pagado = sales.paid[sale],
                  .saldo_pendiente = sales.balance[sale],
                  .comentarios = maybe(sales.comment[sale])};
  for (const snapshot::Row row : snapshot.product_lines_of(sale)) {
    const auto& lines = current.product_lines;
    if (lines.unit_price[row] < 0) out.descuento -= times(lines.unit_price[row], lines.quantity[row]);
    if (lines.product[row] >= current.products.size() || lines.unit_price[row] < 0) continue;
    const auto& product = current.products[lines.product[row]];
    out.productos.push_back(
        {product.id, product.nombre, lines.quantity[row], lines.unit_price[row], lines.delivered[row]});
  }
  for (const snapshot::Row row : snapshot.service_lines_of(sale)) {
    const auto& lines = current.service_lines;
    if (snapshot::is_adjustment(current, row)) out.descuento -= times(lines.unit_price[row], lines.people[row]);
  }
  const auto came = std::ranges::equal_range(current.companions, sale, {}, &sources::Companion::sale);
  for (const sources::Companion& companion : came) out.acompanantes.emplace_back(companion.name);
  return out;
}

Reservation legacy_reservation(const snapshot::Snapshot& snapshot, snapshot::Row visit) {
  const auto& visits = snapshot.legacy_visits();
  Reservation out{.source = "legacy", .total = visits.total[visit]};
  if (visits.reservation[visit] >= 0) out.reserva = visits.reservation[visit];
  const snapshot::Row owner = visits.legacy_row[visit];
  if (owner < snapshot.legacy().size()) out.legacy_id = maybe(snapshot.legacy().legacy_id(owner));
  return out;
}

Reservation reservation(const snapshot::Snapshot& snapshot, snapshot::VisitRef ref, Moment at) {
  Reservation out =
      ref.legacy() ? legacy_reservation(snapshot, ref.legacy_visit()) : current_reservation(snapshot, ref.sale());
  out.fecha = at;
  out.servicios.reserve(4);
  for_each_line(snapshot, ref, [&](const Line& line) { out.servicios.push_back(reserved_service(snapshot, line)); });
  return out;
}

}  // namespace

std::vector<Reservation> recent_reservations(const snapshot::Snapshot& snapshot, snapshot::PersonId person,
                                             const View& view, std::size_t count) {
  const snapshot::VisitSpan visits = snapshot.visits(person);
  std::vector<std::size_t> shown;
  for (std::size_t i = visits.seen(view.as_of); i > 0; --i) {
    if (!view.shows(visits.ref[i - 1])) continue;
    // A day's visits stand in the order in which they were seen: all of the last one shown are wanted.
    if (shown.size() >= count && visits.at[i - 1].date() != visits.at[shown.back()].date()) break;
    shown.push_back(i - 1);
  }
  std::ranges::sort(shown, [&](std::size_t a, std::size_t b) {
    return visits.at[a] != visits.at[b] ? visits.at[a] > visits.at[b] : a > b;
  });
  if (shown.size() > count) shown.resize(count);
  std::vector<Reservation> out;
  out.reserve(shown.size());
  for (const std::size_t i : shown) out.push_back(reservation(snapshot, visits.ref[i], visits.at[i]));
  return out;
}

std::vector<Reservation> upcoming_reservations(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                               std::size_t count) {
  std::vector<std::pair<Moment, snapshot::Row>> ahead;
  for_each_ahead(snapshot, snapshot.person_of_customer(customer), as_of,
                 [&](snapshot::Row sale, Moment at) { ahead.emplace_back(at, sale); });
  std::ranges::sort(ahead);
  if (ahead.size() > count) ahead.resize(count);
  std::vector<Reservation> out;
  for (const auto& [at, sale] : ahead) out.push_back(reservation(snapshot, snapshot::VisitRef{sale}, at));
  return out;
}

std::vector<Reservation> other_sales(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                     std::size_t count) {
  std::vector<std::pair<Moment, snapshot::Row>> found;
  for (const snapshot::Row sale : snapshot.sales_of(customer)) {
    if (snapshot.sale_kind(sale) != snapshot::SaleKind::nothing || snapshot.current().sales.total[sale] == 0) continue;
    if (!snapshot::has_money(snapshot.current(), sale) || snapshot.sale_moment(sale) > as_of.moment) continue;
    found.emplace_back(snapshot.sale_moment(sale), sale);
  }
  std::ranges::sort(found, std::greater{});
  if (found.size() > count) found.resize(count);
  std::vector<Reservation> out;
  for (const auto& [at, sale] : found) out.push_back(reservation(snapshot, snapshot::VisitRef{sale}, at));
  return out;
}

std::vector<PaymentMade> recent_payments(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                         std::size_t count) {
  struct Found {
    Moment at;
    snapshot::Row sale;
    snapshot::Row payment;
  };
  const auto& payments = snapshot.current().payments;
  std::vector<Found> found;
  for_each_payment(snapshot, customer, as_of, [&](snapshot::Row sale, snapshot::Row payment) {
    found.push_back({payments.at[payment], sale, payment});
  });
  // Of payments at one moment the one entered last stands first.
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    return a.at != b.at ? a.at > b.at : a.payment > b.payment;
  });
  if (found.size() > count) found.resize(count);

  const auto& methods = snapshot.current().payment_methods;
  std::vector<PaymentMade> out;
  out.reserve(found.size());
  for (const auto& [at, sale, payment] : found) {
    const std::uint8_t method = payments.method[payment];
    out.push_back({snapshot.current().sales.id[sale], payments.amount[payment],
                   method < methods.size() ? std::string_view(methods[method]) : std::string_view{}, at});
  }
  return out;
}

}  // namespace aremko::analytics
