// The tables with millions of rows: every instruction here is executed as often.

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"
#include "normalize/dates.h"
#include "sources/cells.h"
#include "sources/column_sets.h"
#include "sources/contact.h"
#include "sources/django_load.h"

namespace aremko::sources {

namespace {

constexpr Reason no_id{"no_id", "La fila no tiene identificador.", "The row has no id."};
constexpr Reason bad_amount{"bad_amount", "El monto no es un número posible: infinito o desmedido.",
                            "The amount is no possible number: infinite or beyond measure."};
constexpr Reason orphan_service{"orphan", "La línea de esta venta nombra un servicio que no existe.",
                                "This sale's line names a service that does not exist."};
constexpr Reason orphan_product{"orphan", "La línea de esta venta nombra un producto que no existe.",
                                "This sale's line names a product that does not exist."};

/// Above this an estimate of the server's is not believed, and columns grow by themselves.
constexpr std::uint64_t max_reserve = 50'000'000;
constexpr std::size_t max_comment = 1'000;
constexpr std::int64_t max_people = 1'000;

std::size_t room_for(const TablePlan& plan) {
  return plan.rows > max_reserve ? 0 : static_cast<std::size_t>(plan.rows + plan.rows / 16);
}

/// Refunds, credit notes and discounts are below zero.
bool possible(Pesos amount) { return amount >= -max_sale_amount && amount <= max_sale_amount; }

PaymentState payment_state(std::string_view text) {
  if (text == "pagado") return PaymentState::pagado;
  if (text == "pendiente") return PaymentState::pendiente;
  if (text == "parcial") return PaymentState::parcial;
  if (text == "cancelado") return PaymentState::cancelado;
  const std::string lower = ascii_lower(trim(text));
  return lower.empty() || lower == text ? PaymentState::otro : payment_state(lower);
}

BookingState booking_state(std::string_view text) {
  if (text == "checkout") return BookingState::checkout;
  if (text == "pendiente") return BookingState::pendiente;
  if (text == "checkin") return BookingState::checkin;
  const std::string lower = ascii_lower(trim(text));
  return lower.empty() || lower == text ? BookingState::otro : booking_state(lower);
}

/// `HH:MM`, with seconds too; −1 when it is none.
std::int16_t start_minute(std::string_view text) {
  const auto digit = [&](std::size_t at) { return static_cast<unsigned>(text[at]) - '0'; };
  if (text.size() == 4 && text[1] == ':') {  // "9:30"
    if (digit(0) > 9 || digit(2) > 5 || digit(3) > 9) return -1;
    return static_cast<std::int16_t>(digit(0) * 60 + digit(2) * 10 + digit(3));
  }
  if (text.size() < 5 || text[2] != ':' || (text.size() > 5 && text[5] != ':')) return -1;
  if (digit(0) > 2 || digit(1) > 9 || digit(3) > 5 || digit(4) > 9) return -1;
  const unsigned hour = digit(0) * 10 + digit(1);
  return hour > 23 ? std::int16_t{-1} : static_cast<std::int16_t>(hour * 60 + digit(3) * 10 + digit(4));
}

/// region_geografica is a category of the system's own, and a region only where somebody wrote one into it.
std::string_view written_region(std::string_view text) {
  constexpr std::array<std::string_view, 8> categories = {"sur",   "norte",    "nacional",      "extranjero",
                                                          "local", "regional", "internacional", "sin_clasificar"};
  const std::string_view written = trim(text);
  return std::ranges::find(categories, ascii_lower(written)) == categories.end() ? written : std::string_view{};
}

/// Reads an instant; unknown, and counted, when it is impossible.
Moment moment(sql::RowReader& row, std::size_t column, const LocalTime& time, Doubts& doubts, std::string_view doubt,
              std::int64_t id) {
  if (row.is_null(column)) return {};
  const UnixSeconds at = row.instant(column);
  const Moment local = row.take_bad() ? Moment{} : time.local(at);
  if (!local.known()) [[unlikely]] doubts.count(doubt, static_cast<std::uint64_t>(id));
  return local;
}

Date day(sql::RowReader& row, std::size_t column, Doubts& doubts, std::string_view doubt, std::int64_t id) {
  if (row.is_null(column)) return {};
  Date date = plausible(row.date(column));
  if (row.take_bad()) date = {};
  if (!date.known()) [[unlikely]] doubts.count(doubt, static_cast<std::uint64_t>(id));
  return date;
}

/// From 1 to `most`; 1, and counted, when it is anything else.
std::int32_t count_of(sql::RowReader& row, std::size_t column, std::int64_t most, Doubts& doubts, std::string_view doubt,
                      std::int64_t id) {
  if (row.is_null(column)) return 1;
  const std::int64_t count = row.integer(column);
  if (!row.take_bad() && count >= 1 && count <= most) [[likely]] return static_cast<std::int32_t>(count);
  doubts.count(doubt, static_cast<std::uint64_t>(id));
  return 1;
}

/// The line's own price, or the catalogue's. Of what takes money off below zero, however it was written.
template <class Sold>
Pesos unit_price(sql::RowReader& row, std::size_t column, const Sold& sold, Doubts& doubts, std::string_view doubt,
                 std::int64_t id) {
  const Pesos from_catalogue = sold.precio_base;
  if (row.is_null(column)) return from_catalogue;
  const Pesos price = row.pesos(column);
  if (!row.take_bad() && possible(price)) [[likely]] return sold.adjustment ? -std::abs(price) : price;
  doubts.count(doubt, static_cast<std::uint64_t>(id));
  return from_catalogue;
}

}  // namespace

/// A day that cannot be read, or is beyond 2099, closes for good: somebody wrote that nobody may write. Of "3/4/2024", the
/// later of what it may mean.
Date DjangoLoad::no_contact_before(sql::RowReader& row, std::size_t column, std::int64_t id) {
  if (row.is_null(column)) return {};
  const Date date = row.date(column);
  const bool unreadable = row.take_bad() || !date.known();
  if (!unreadable && date < never_again) return plausible(date);
  if (unreadable) {
    const normalize::DateReading typed = normalize::read_moment(row.text(column));
    const Moment latest = std::max(typed.day_first, typed.month_first);
    if (!row.take_bad() && latest.known() && latest.date() < never_again) return plausible(latest.date());
  }
  customers_part_.doubts.count("ventas_cliente.proximo_contacto_no_antes_de: fecha imposible, se toma como para siempre",
                               static_cast<std::uint64_t>(id));
  return never_again;
}

void DjangoLoad::read_customers(sql::Connection& database, LoadProgress& progress) {
  enum : std::size_t { id, nombre, telefono, email, documento, pais, ciudad, created, region, comuna, opt_out,
                       no_contact, staff, region_text, outbound };
  Part& part = customers_part_;
  CustomerColumns& into = batch_.customers;
  ContactBuilder contacts(into.contact);
  Cleaner cleaner;
  const std::size_t room = room_for(customers_);
  reserve_rows(into, room);
  const auto reader = database.read(customers_.select);
  sql::RowReader& row = *reader;
  while (row.next()) {
    progress.row(customers_.table, row.rows());
    const std::int64_t key = row.integer(id);
    if (row.take_bad() || row.is_null(id)) [[unlikely]] {
      refuse(part.report, customers_.table, row.rows(), no_id);
      continue;
    }
    RawContact raw{.nombre = row.text(nombre), .telefono = row.text(telefono), .email = row.text(email),
                   .documento = row.text(documento), .place = row.text(ciudad), .comuna = {}, .region = {},
                   .where = static_cast<std::uint64_t>(key)};
    if (!row.is_null(comuna)) {
      if (const auto place = comunas_by_id_.find(row.integer(comuna)); place != comunas_by_id_.end()) {
        raw.comuna = place->second.name;
        if (const auto above = regions_by_id_.find(place->second.region); above != regions_by_id_.end()) {
          raw.region = above->second.name;
        }
      }
    }
    if (!row.is_null(region)) {
      if (const auto place = regions_by_id_.find(row.integer(region)); place != regions_by_id_.end()) {
        raw.region = place->second.name;
      }
    }
    if (raw.region.empty()) raw.region = written_region(row.text(region_text));
    const bool no_whatsapp = customers_.has[opt_out] && said(row, opt_out) != Said::no;
    row.take_bad();
    const auto flags = static_cast<std::uint8_t>((no_whatsapp ? opted_out : 0) | (row.boolean(staff) ? is_staff : 0));
    row.take_bad();
    const bool abroad = ascii_lower(trim(row.text(region_text))) == "extranjero";
    const Moment at = moment(row, created, time_, part.doubts,
                             "ventas_cliente.created_at: fecha imposible, se toma como desconocida", key);
    contacts.add(raw, at, ContactBuilder::Nobody::keep, flags);
    const auto added = static_cast<Row>(into.id.size());
    if (staff_.has(into.contact.nombre[added])) into.contact.flags[added] |= is_staff;
    into.id.push_back(key);
    into.pais.push(trim(clip(cleaner.clean(row.text(pais)), 80)));
    into.no_contact_before.push_back(no_contact_before(row, no_contact, key));
    into.refusals.push_back(
        static_cast<std::uint16_t>((no_whatsapp ? refuses_whatsapp : 0) | (abroad ? lives_abroad : 0)));
    into.last_outbound.push_back(day(
        row, outbound, part.doubts,
        "ventas_cliente.ultimo_contacto_outbound: fecha imposible, se toma como desconocida", key));
  }
  part.report.rows_read = row.rows();
  part.report.texts_repaired = contacts.repaired() + cleaner.repaired();
  contacts.write_counts(part.report);
}

void DjangoLoad::read_sales(sql::Connection& database, LoadProgress& progress) {
  enum : std::size_t { id, customer, total, paid, balance, created, reserved, pay_state, book_state, comment };
  Part& part = sales_part_;
  SaleColumns& into = batch_.sales;
  Cleaner cleaner;
  const std::size_t room = room_for(sales_);
  reserve_rows(into, room);
  customer_of_sale_.reserve(room);
  const auto reader = database.read(sales_.select);
  sql::RowReader& row = *reader;
  while (row.next()) {
    progress.row(sales_.table, row.rows());
    const std::int64_t key = row.integer(id);
    if (row.take_bad() || row.is_null(id)) [[unlikely]] {
      refuse(part.report, sales_.table, row.rows(), no_id);
      continue;
    }
    const Pesos amount = row.pesos(total);
    if (row.take_bad() || !possible(amount)) [[unlikely]] {
      refuse(part.report, sales_.table, static_cast<std::uint64_t>(key), bad_amount);
      refused_sales_.push_back(key);
      continue;
    }
    // A null customer is id 0, which nobody has.
    customer_of_sale_.push_back(row.integer(customer));
    into.id.push_back(key);
    into.total.push_back(amount);
    Pesos paid_amount = row.pesos(paid);
    Pesos open_amount = row.pesos(balance);
    if (row.take_bad() || !possible(paid_amount) || !possible(open_amount)) [[unlikely]] {
      part.doubts.count("ventas_ventareserva: pagado o saldo_pendiente imposible, se toma como 0",
                        static_cast<std::uint64_t>(key));
      if (!possible(paid_amount)) paid_amount = 0;
      if (!possible(open_amount)) open_amount = 0;
    }
    into.paid.push_back(paid_amount);
    into.balance.push_back(open_amount);
    into.created.push_back(moment(row, created, time_, part.doubts,
                                  "ventas_ventareserva.fecha_creacion: fecha imposible, se toma como desconocida",
                                  key));
    into.reserved.push_back(moment(row, reserved, time_, part.doubts,
                                   "ventas_ventareserva.fecha_reserva: fecha imposible, se toma como desconocida",
                                   key));
    into.payment_state.push_back(payment_state(row.text(pay_state)));
    into.booking_state.push_back(booking_state(row.text(book_state)));
    into.comment.push(clip(cleaner.clean(row.text(comment)), max_comment));
  }
  part.report.rows_read = row.rows();
  part.report.texts_repaired = cleaner.repaired();
}

void DjangoLoad::read_service_lines(sql::Connection& database, LoadProgress& progress) {
  enum : std::size_t { sale, service, date, hour, people, price, provider };
  Part& part = service_lines_part_;
  ServiceLineColumns& into = batch_.service_lines;
  reserve_rows(into, room_for(service_lines_));
  sale_of_service_line_.reserve(room_for(service_lines_));
  const auto reader = database.read(service_lines_.select);
  sql::RowReader& row = *reader;
  while (row.next()) {
    progress.row(service_lines_.table, row.rows());
    const std::int64_t key = row.integer(sale);
    const Row catalogue = service_of_.find(row.integer(service));
    if (catalogue == no_row) [[unlikely]] {
      refuse(part.report, service_lines_.table, static_cast<std::uint64_t>(key), orphan_service);
      continue;
    }
    sale_of_service_line_.push_back(key);
    into.service.push_back(catalogue);
    into.day.push_back(day(row, date, part.doubts,
                           "ventas_reservaservicio.fecha_agendamiento: fecha imposible, se toma como desconocida",
                           key));
    const CatalogService& sold = batch_.services[catalogue];
    const Pesos each = unit_price(row, price, sold, part.doubts,
                                  "ventas_reservaservicio.precio_unitario_venta: imposible, vale el del catálogo", key);
    const bool off = sold.adjustment || each < 0;
    const std::string_view at = row.text(hour);
    const std::int16_t minute = start_minute(at);
    if (minute <= 0 && !off && !at.empty()) [[unlikely]] {
      part.doubts.count(minute == 0 ? "ventas_reservaservicio.hora_inicio: 00:00, se toma como hora desconocida"
                                    : "ventas_reservaservicio.hora_inicio: no es una hora, se toma como desconocida",
                        static_cast<std::uint64_t>(key));
    }
    // Nobody comes at midnight: it is what a line typed without an hour has.
    into.start_minute.push_back(minute == 0 ? std::int16_t{-1} : minute);
    into.people.push_back(
        off ? count_of(row, people, max_sale_amount, part.doubts,
                       "ventas_reservaservicio.cantidad_personas: de un descuento fuera de 1 a 1.000.000.000, se toma como 1", key)
            : count_of(row, people, max_people, part.doubts,
                       "ventas_reservaservicio.cantidad_personas: fuera de 1 a 1.000, se toma como 1", key));
    into.unit_price.push_back(each);
    into.provider.push_back(0);
    if (!row.is_null(provider)) {
      const Row who = provider_of_.find(row.integer(provider));
      if (!row.take_bad() && who != no_row) into.provider.back() = static_cast<std::uint16_t>(who + 1);
    }
  }
  part.report.rows_read = row.rows();
}

void DjangoLoad::read_product_lines(sql::Connection& database, LoadProgress& progress) {
  enum : std::size_t { sale, product, quantity, delivered, price };
  Part& part = product_lines_part_;
  ProductLineColumns& into = batch_.product_lines;
  const auto reader = database.read(product_lines_.select);
  sql::RowReader& row = *reader;
  while (row.next()) {
    progress.row(product_lines_.table, row.rows());
    const std::int64_t key = row.integer(sale);
    const Row catalogue = product_of_.find(row.integer(product));
    if (catalogue == no_row) [[unlikely]] {
      refuse(part.report, product_lines_.table, static_cast<std::uint64_t>(key), orphan_product);
      continue;
    }
    sale_of_product_line_.push_back(key);
    into.product.push_back(catalogue);
    const CatalogProduct& sold = batch_.products[catalogue];
    const Pesos each = unit_price(row, price, sold, part.doubts,
                                  "ventas_reservaproducto.precio_unitario_venta: imposible, vale el del catálogo", key);
    into.quantity.push_back(
        count_of(row, quantity, each < 0 ? max_sale_amount : max_people, part.doubts,
                 "ventas_reservaproducto.cantidad: fuera de 1 a 1.000, se toma como 1", key));
    into.unit_price.push_back(each);
    into.delivered.push_back(day(row, delivered, part.doubts,
                                 "ventas_reservaproducto.fecha_entrega: fecha imposible, se toma como desconocida",
                                 key));
  }
  part.report.rows_read = row.rows();
}

/// The method's row; after 255 different ones the rest goes under the last.
std::uint8_t DjangoLoad::method(std::string_view raw) {
  for (const auto& [written, known] : methods_) {
    if (written == raw) [[likely]] return known;
  }
  Cleaner cleaner;
  std::string name = ascii_lower(trim(clip(cleaner.clean(raw), 80)));
  if (name.empty()) name = "otro";
  auto& all = batch_.payment_methods;
  auto found = std::ranges::find(all, name);
  if (found == all.end()) {
    if (all.size() < 254) {
      all.push_back(std::move(name));
    } else if (all.size() == 254) {
      all.emplace_back("otro");
    }
    found = all.end() - 1;
  }
  const auto row = static_cast<std::uint8_t>(found - all.begin());
  if (methods_.size() < 1'000) methods_.emplace_back(raw, row);
  return row;
}

void DjangoLoad::read_payments(sql::Connection& database, LoadProgress& progress) {
  enum : std::size_t { sale, amount, how, when, card };
  Part& part = payments_part_;
  PaymentColumns& into = batch_.payments;
  reserve_rows(into, room_for(payments_));
  sale_of_payment_.reserve(room_for(payments_));
  const auto reader = database.read(payments_.select);
  sql::RowReader& row = *reader;
  while (row.next()) {
    progress.row(payments_.table, row.rows());
    const std::int64_t key = row.integer(sale);
    const Pesos paid = row.pesos(amount);
    if (row.take_bad() || !possible(paid)) [[unlikely]] {
      refuse(part.report, payments_.table, static_cast<std::uint64_t>(key), bad_amount);
      continue;
    }
    sale_of_payment_.push_back(key);
    into.amount.push_back(paid);
    into.method.push_back(method(row.text(how)));
    into.at.push_back(moment(row, when, time_, part.doubts,
                             "ventas_pago.fecha_pago: fecha imposible, se toma como desconocida", key));
    if (row.is_null(card)) continue;
    const std::int64_t used = row.integer(card);
    if (!row.take_bad()) batch_.card_uses.push_back({.card = used, .at = into.at.back(), .amount = paid});
  }
  std::ranges::sort(batch_.card_uses, {}, &CardUse::card);
  part.report.rows_read = row.rows();
}

}  // namespace aremko::sources
