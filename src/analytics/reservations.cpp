// Reservations and payments as a profile shows them.
#include <algorithm>

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

/// A price times people; a source's absurd numbers stop at the largest amount instead of wrapping round.
Pesos times(Pesos price, std::int64_t count) {
  Pesos out = 0;
  return __builtin_mul_overflow(price, count, &out) ? std::numeric_limits<Pesos>::max() : out;
}

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
  return out;
}

Reservation current_reservation(const snapshot::Snapshot& snapshot, snapshot::Row sale) {
  const auto& current = snapshot.current();
  const auto& sales = current.sales;
  Reservation out{.source = "current",
                  .id = sales.id[sale],
                  .estado_pago = payment_state_name(sales.payment_state[sale]),
                  .estado_reserva = booking_state_name(sales.booking_state[sale]),
                  .pagado = sales.paid[sale],
                  .saldo_pendiente = sales.balance[sale],
                  .comentarios = maybe(sales.comment[sale])};
  for (const snapshot::Row row : snapshot.product_lines_of(sale)) {
    const auto& lines = current.product_lines;
    if (lines.product[row] >= current.products.size()) continue;
    const auto& product = current.products[lines.product[row]];
    out.productos.push_back(
        {product.id, product.nombre, lines.quantity[row], lines.unit_price[row], lines.delivered[row]});
  }
  return out;
}

Reservation legacy_reservation(const snapshot::Snapshot& snapshot, snapshot::Row visit) {
  const auto& visits = snapshot.legacy_visits();
  Reservation out{.source = "legacy"};
  if (visits.reservation[visit] >= 0) out.reserva = visits.reservation[visit];
  const snapshot::Row owner = visits.legacy_row[visit];
  if (owner < snapshot.legacy().size()) out.legacy_id = maybe(snapshot.legacy().legacy_id(owner));
  return out;
}

Reservation reservation(const snapshot::Snapshot& snapshot, snapshot::VisitRef ref, Moment at, Pesos money) {
  Reservation out =
      ref.legacy() ? legacy_reservation(snapshot, ref.legacy_visit()) : current_reservation(snapshot, ref.sale());
  out.fecha = at;
  out.total = money;
  out.servicios.reserve(4);
  for_each_line(snapshot, ref, [&](const Line& line) { out.servicios.push_back(reserved_service(snapshot, line)); });
  return out;
}

}  // namespace

std::vector<Reservation> recent_reservations(const snapshot::Snapshot& snapshot, snapshot::PersonId person,
                                             const View& view, std::size_t count) {
  const snapshot::VisitSpan visits = snapshot.visits(person);
  std::vector<Reservation> out;
  for (std::size_t i = visits.seen(view.as_of); i > 0 && out.size() < count; --i) {
    const snapshot::VisitRef ref = visits.ref[i - 1];
    if (!view.shows(ref)) continue;
    out.push_back(reservation(snapshot, ref, visits.at[i - 1], visits.money(i - 1)));
  }
  return out;
}

std::vector<Reservation> upcoming_reservations(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of,
                                               std::size_t count) {
  const snapshot::VisitSpan visits = snapshot.visits(snapshot.person_of_customer(customer));
  std::vector<Reservation> out;
  for (std::size_t i = visits.seen(as_of); i < visits.size() && out.size() < count; ++i) {
    if (booked_by(snapshot, visits.ref[i], as_of)) {
      out.push_back(reservation(snapshot, visits.ref[i], visits.at[i], visits.money(i)));
    }
  }
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
