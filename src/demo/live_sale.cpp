#include "demo/live_sale.h"

#include <algorithm>
#include <array>

namespace aremko::demo {

namespace {

enum class Shape { emptied, adjustment, gift_card, products_only, visit };

class LiveSale {
 public:
  LiveSale(const World& world, const PlannedSale& planned, Sale lines, std::string_view method)
      : world_(world),
        planned_(planned),
        method_(method == "giftcard" ? "webpay" : method),
        rng_(world.seed(), Stream::live, planned.person, planned.number),
        sale_(std::move(lines)) {}

  Sale make() {
    sale_.booking_state = "pendiente";
    sale_.came = false;
    sale_.reserved = planned_.created;
    switch (shape()) {
      case Shape::emptied: empty(); break;
      case Shape::adjustment: adjust(); break;
      case Shape::gift_card: sell_gift_card(); break;
      case Shape::products_only: sell_products(); break;
      case Shape::visit: visit(); break;
    }
    close();
    return std::move(sale_);
  }

 private:
  Shape shape() {
    using namespace live_share;
    constexpr int others = emptied + adjustment + gift_card + products_only;
    return static_cast<Shape>(rng_.weighted({emptied, adjustment, gift_card, products_only, 1000 - others}));
  }
  Pesos lines_total() const {
    Pesos total = 0;
    for (const ServiceLine& line : sale_.services) total += line.amount();
    for (const ProductLine& line : sale_.products) total += line.amount();
    return total;
  }
  void pay(Pesos amount, Moment at, std::string_view method) {
    if (amount != 0) sale_.payments.push_back({amount, method, at});
  }
  /// Some days after the sale was made, but not tomorrow.
  Moment later() {
    const Moment day = Moment::at(planned_.created.date().plus_days(rng_.between(0, 6)), rng_.between(10, 19), rng_.between(0, 59));
    return std::max(planned_.created, std::min(day, Moment::at(world_.today(), 9, 0)));
  }

  void empty() {
    const Pesos deposit = lines_total() / 2;
    sale_.services.clear();
    sale_.products.clear();
    if (!rng_.chance(400)) return;
    pay(deposit, planned_.created, method_);
    if (rng_.chance(750)) pay(-deposit, later(), method_);
  }
  void adjust() {
    constexpr std::array<std::string_view, 4> reasons{"Ajuste por mala atención.", "Se cobró dos veces la tina.",
                                                      "Devolución de un servicio no realizado.", "Compensación."};
    constexpr std::array<Pesos, 5> amounts{5'000, 10'000, 15'000, 20'000, 40'000};
    sale_.services.clear();
    sale_.products.clear();
    take_off(rng_.pick(amounts), planned_.created.date());
    sale_.comment = rng_.pick(reasons);
  }
  void sell_gift_card() {
    constexpr std::array<Pesos, 6> amounts{30'000, 50'000, 60'000, 80'000, 100'000, 120'000};
    sale_.services.clear();
    sale_.products.clear();
    const Pesos amount = rng_.pick(amounts);
    sale_.gift_card = GiftCardSold{amount, amount, rng_.chance(850)};
    pay(amount, planned_.created, method_);
  }
  void sell_products() {
    sale_.services.clear();
    if (sale_.products.empty()) sale_.products.push_back({rng_.between(1, products_sold), rng_.between(1, 3)});
    pay(lines_total(), planned_.created, method_);
  }

  void take_off(Pesos pesos, Date day) {
    if (pesos <= 0) return;
    const ServiceLine line{descuento_servicios, day, 0, static_cast<int>(pesos), -1};
    // It stands before the services as often as behind them.
    sale_.services.insert(rng_.chance(300) ? sale_.services.begin() : sale_.services.end(), line);
  }
  void visit() {
    sale_.reserved = Moment::at(planned_.day, 0, first_service(sale_)->start_minute);
    add_extras();
    name_masseuses();
    add_discounts();
    if (planned_.day > world_.today()) return book();
    if (planned_.day == world_.today()) {
      if (!rng_.chance(live_share::today_checked_in)) return book();
      sale_.came = true;
      sale_.booking_state = "checkin";
      return settle();
    }
    if (rng_.chance(live_share::never_came)) return;
    sale_.came = true;
    sale_.booking_state = "checkout";
    if (rng_.chance(live_share::not_checked_out)) sale_.booking_state = "checkin";
    if (rng_.chance(live_share::never_checked_in)) sale_.booking_state = "pendiente";
    settle();
  }
  void add(int id, int people, int start_minute) { sale_.services.push_back({id, planned_.day, start_minute, people}); }
  void add_extras() {
    const ServiceLine first = *first_service(sale_);
    bool tub = false;
    bool night = false;
    for (const ServiceLine& line : sale_.services) {
      tub = tub || service(line.service).kind == Kind::tina;
      night = night || service(line.service).kind == Kind::cabana;
    }
    if (tub && rng_.chance(live_share::child_tub)) add(tina_nino, rng_.between(1, 2), first.start_minute);
    if (tub && rng_.chance(live_share::cold_tub)) add(tina_fria, 2, first.start_minute);
    if (night && rng_.chance(live_share::extra_person)) add(persona_adicional, 1, first.start_minute);
    if (rng_.chance(live_share::crowd)) {
      add(desayuno, 100, start_minutes(Kind::otro).front());
      take_off(1'080'000, planned_.day);
    }
  }
  void name_masseuses() {
    for (ServiceLine& line : sale_.services) {
      if (service(line.service).kind != Kind::masaje) continue;
      if (rng_.chance(live_share::masseuse_named)) line.provider = rng_.between(1, masseuses);
      if (line.people == 2 && rng_.chance(live_share::companion_named)) sale_.companion = true;
    }
  }
  void add_discounts() {
    constexpr std::array<Pesos, 6> amounts{5'000, 10'000, 15'000, 20'000, 25'000, 35'000};
    if (rng_.chance(live_share::discount_line)) {
      const Pesos off = std::min(rng_.pick(amounts), lines_total() / 2);
      take_off(off, rng_.chance(live_share::typed_elsewhere) ? planned_.created.date() : planned_.day);
    }
    if (rng_.chance(live_share::discount_product)) {
      const bool five = lines_total() > 30'000 && rng_.chance(500);
      sale_.products.push_back({five ? descuento_5000 : descuento_1000, rng_.between(1, five ? 2 : 5)});
    }
    if (rng_.chance(live_share::discount_payment)) pay(lines_total() / 10 / 1000 * 1000, planned_.created, "descuento");
  }

  Pesos due() const {
    Pesos off = 0;
    for (const Payment& payment : sale_.payments) off += payment.method == "descuento" ? payment.amount : 0;
    return lines_total() - off;
  }
  /// What is paid before the day.
  void book() {
    const std::uint32_t how = rng_.below(1000);
    if (how < 350) return;
    pay(how < 750 ? due() / 2 : due(), planned_.created, method_);
  }
  void settle() {
    using namespace live_share;
    const Pesos total = due();
    const Moment arrival{std::max(sale_.reserved.minutes - 10, planned_.created.minutes)};
    constexpr int rest = 1000 - owed - part_paid - by_gift_card - paid_anew - part_refunded - overpaid;
    switch (rng_.weighted({owed, part_paid, by_gift_card, paid_anew, part_refunded, overpaid, rest})) {
      case 0: sale_.booking_state = "checkin"; return;
      case 1: return pay(total / 2, planned_.created, method_);
      case 2: return pay(total, planned_.created, "giftcard");
      case 3:
        pay(total, planned_.created, "mercadopago_link");
        pay(-total, planned_.created, "mercadopago_link");
        return pay(total, later(), "transferencia");
      case 4:
        pay(total, planned_.created, method_);
        return pay(-(total / 4 / 1000 * 1000), later(), method_);
      case 5:
        pay(total + 10'000, planned_.created, method_);
        return pay(-10'000, later(), "transferencia");
      default: break;
    }
    const bool deposit = rng_.chance(350);
    if (deposit) pay(total / 2, planned_.created, method_);
    pay(deposit ? total - total / 2 : total, deposit || rng_.chance(400) ? arrival : planned_.created, method_);
  }

  /// The booking system's own sums and states.
  void close() {
    sale_.total = due() + (sale_.gift_card ? sale_.gift_card->amount : 0);
    for (const Payment& payment : sale_.payments) sale_.paid += payment.method == "descuento" ? 0 : payment.amount;
    sale_.payment_state = sale_.paid >= sale_.total ? "pagado" : sale_.paid > 0 ? "parcial" : "pendiente";
  }

  const World& world_;
  const PlannedSale& planned_;
  std::string_view method_;
  Rng rng_;
  Sale sale_;
};

}  // namespace

Sale live_sale(const World& world, const PlannedSale& planned, Sale lines, std::string_view method) {
  return LiveSale(world, planned, std::move(lines), method).make();
}

}  // namespace aremko::demo
