#pragma once
// Spas made from a seed: every kind of row the rules speak of, around 2015–2025.

#include <map>
#include <random>

#include "analytics/test_spa.h"

namespace aremko::analytics::testing {

using sources::BookingState;
using sources::PaymentState;

class SpaMaker {
 public:
  explicit SpaMaker(unsigned seed) : random_(seed) {}

  Spa make(int customers) {
    for (int i = 0; i < customers; ++i) add_customer(i);
    for (int i = 0; i < customers / 3; ++i) add_legacy(i, customers);
    std::map<std::int64_t, std::vector<sources::Message>> messages;  // by customer's id
    for (const Customer& customer : spa_.customers) {
      auto& theirs = messages[customer.id];
      for (int k = one_in(4) ? below(3) : 0; k > 0; --k) {
        theirs.push_back({.at = moment(), .way = sources::Message::Way::whatsapp, .inbound = one_in(3)});
      }
      std::ranges::sort(theirs, {}, &sources::Message::at);
    }
    std::vector<sources::RefusedEmail> refused;
    for (int k = 0; k < customers / 10; ++k) {
      refused.push_back({.email = fmt::format("persona{}@ejemplo.cl", below(customers)), .until = one_in(2) ? moment() : Moment{}});
    }
    spa_.more = [messages, refused](sources::CurrentBatch& batch) {
      for (Row row = 0; row < batch.customers.size(); ++row) {
        for (sources::Message message : messages.at(batch.customers.id[row])) {
          message.customer = row;
          batch.messages.push_back(message);
        }
      }
      batch.refused_emails = refused;
    };
    return std::move(spa_);
  }

 private:
  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  bool one_in(int count) { return below(count) == 0; }
  /// Mostly around March 2024, some hours apart, so that as_of falls between things.
  Moment moment() {
    if (one_in(4)) return Moment::at(Date::of(2024, 3, 10).plus_days(below(9)), below(24), below(60));
    return Moment::at(Date::of(2015, 1, 1).plus_days(below(3900)), 9 + below(12), 30 * below(2));
  }
  Moment before(Moment when) { return {when.minutes - 60 * below(24 * 40)}; }
  std::string service() {
    return spa_.services[static_cast<std::size_t>(below(static_cast<int>(spa_.services.size())))].nombre;
  }

  void add_customer(int i) {
    Customer customer{.id = 10 + 3 * i, .nombre = "Persona " + name(i)};
    customer.flags = static_cast<std::uint8_t>(random_() % 64);
    if (!one_in(6)) customer.flags &= static_cast<std::uint8_t>(~sources::is_staff);
    if (!one_in(5)) customer.created = moment();
    if (one_in(5)) customer.no_contact_before = moment().date();
    if (one_in(4)) customer.last_outbound = moment().date();
    customer.refusals = one_in(4) ? static_cast<std::uint16_t>(1U << below(6)) : std::uint16_t{0};
    customer.email = fmt::format("persona{}@ejemplo.cl", i);
    if (i > 0 && one_in(8)) {  // another row of the one before, or somebody of the same household
      customer.telefono = fmt::format("+569{:08}", 10'000'000 + spa_.customers.back().id);
      if (one_in(2)) customer.nombre = "Otra " + name(i);
    }
    const int visits = one_in(3) ? below(30) : below(4);
    for (int k = 0; k < visits; ++k) add_sale(customer.id);
    spa_.customers.push_back(std::move(customer));
  }

  void add_sale(std::int64_t customer) {
    Sale sale{.id = ++last_sale_, .customer = customer, .total = 1000 * below(90)};
    const Moment when = moment();
    sale.created = before(when);
    for (int k = below(4); k > 0; --k) {
      sale.lines.push_back({service(), {when.minutes + (one_in(3) ? 1440 * below(3) : 30 * below(4))}, 1 + below(5)});
    }
    if (one_in(8)) sale.lines.push_back({"Descuento_Servicios", {when.minutes - 1440 * below(9)}, 1000 * (1 + below(20)), -1});
    if (one_in(8)) sale.products.push_back({one_in(3) ? "Descuento -1000" : "Aceite", 1 + below(3), one_in(3) ? -1000 : 9'000});
    if (one_in(10)) sale.total = -sale.total;
    const PaymentState states[] = {PaymentState::pagado, PaymentState::pagado, PaymentState::parcial, PaymentState::pendiente,
                                   PaymentState::cancelado};
    sale.state = states[below(5)];
    const BookingState bookings[] = {BookingState::checkout, BookingState::checkin, BookingState::pendiente};
    sale.booking = bookings[below(3)];
    const bool owing = sale.state == PaymentState::pendiente;
    sale.paid = owing ? 0 : sale.total;
    const char* const methods[] = {"transferencia", "efectivo", "descuento", "flow", "giftcard"};
    for (int k = below(4); k > 0; --k) {
      // What is paid to a sale that still owes everything was paid when it was made: its state says nothing of when.
      const Moment paid{sale.created.minutes + (owing ? 0 : 60 * below(2000))};
      const Pesos amount = 500 * below(40) * (one_in(3) ? -1 : 1);
      sale.payments.push_back({methods[below(5)], one_in(9) ? Moment{} : paid, amount});
    }
    spa_.sales.push_back(std::move(sale));
  }

  void add_legacy(int i, int customers) {
    const std::string nombre = "Persona " + name(1000 + i);
    if (!one_in(4)) {
      spa_.legacy.push_back({.legacy_id = std::to_string(i), .nombre = nombre, .created = moment()});
      if (!one_in(3)) spa_.link(std::to_string(i), 10 + 3 * below(customers));
    }
    for (int k = below(6); k > 0; --k) {
      const char* const services[] = {"Masaje Relajante", "Tina Tronador", "Servicio Anulado", "Desayuno"};
      spa_.legacy_lines.push_back({nombre, services[below(4)], one_in(5) ? Moment::none() : moment(), below(50),
                                   1000 * below(60), 1 + below(4)});
    }
  }

  static std::string name(int number) {
    std::string out = "A";
    for (; number > 0; number /= 26) out += static_cast<char>('a' + number % 26);
    return out;
  }

  std::mt19937 random_;
  Spa spa_;
  std::int64_t last_sale_ = 0;
};

inline Spa random_spa(unsigned seed, int customers = 150) { return SpaMaker(seed).make(customers); }

}  // namespace aremko::analytics::testing
