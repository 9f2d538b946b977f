#pragma once
// Spas made from a seed: every kind of row the rules speak of, around 2015–2025.

#include <random>

#include "analytics/test_spa.h"

namespace aremko::analytics::testing {

class SpaMaker {
 public:
  explicit SpaMaker(unsigned seed) : random_(seed) {}

  Spa make(int customers) {
    for (int i = 0; i < customers; ++i) add_customer(i);
    for (int i = 0; i < customers / 3; ++i) add_legacy(i, customers);
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
    const char* const methods[] = {"transferencia", "efectivo", "descuento", "flow"};
    for (int k = below(3); k > 0; --k) {
      sale.payments.push_back({methods[below(4)], {sale.created.minutes + 60 * below(2000)}, 500 * below(40)});
    }
    if (one_in(8)) sale.state = sources::PaymentState::cancelado;
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
