#include "demo/sale.h"

#include <algorithm>
#include <array>

#include "demo/guide_people.h"
#include "demo/live_sale.h"

namespace aremko::demo {

namespace {

/// What somebody likes, the same on every visit.
struct Taste {
  std::array<int, 3> favourite;  // a service of each kind: tina, masaje, cabana
  std::array<int, 5> weights;    // tina, masaje, both, cabaña, cabaña and tina
  int people;                    // they mostly come as so many
  int method;                    // their usual payment method
};

constexpr std::array<std::string_view, 8> methods{"transferencia", "tarjeta",     "webpay",   "efectivo",
                                                  "flow",          "mercadopago", "giftcard", "tarjeta"};

Taste taste_of(const World& world, Person person) {
  Rng rng(world.seed(), Stream::sale, person, 1u << 20);
  constexpr std::array<int, 6> tinas{1, 2, 3, 4, tina_premium, hidromasaje};
  constexpr std::array<int, 3> masajes{masaje_relajante, masaje_terapeutico, 7};
  constexpr std::array<int, 3> cabanas{alojamiento_weekend, 10, 11};
  Taste taste{{rng.pick(tinas), rng.pick(masajes), rng.pick(cabanas)}, {44, 22, 14, 10, 6}, 2, 0};
  taste.weights[rng.below(4)] += 70;
  taste.people = rng.chance(700) ? 2 : rng.chance(450) ? 1 : rng.between(3, 6);
  taste.method = static_cast<int>(rng.weighted({38, 20, 14, 10, 7, 5, 2, 4}));
  return taste;
}

class SaleMaker {
 public:
  SaleMaker(const World& world, const PlannedSale& planned)
      : world_(world),
        planned_(planned),
        taste_(taste_of(world, planned.person)),
        rng_(world.seed(), Stream::sale, planned.person, planned.number) {}

  Sale make() {
    add_services();
    add_products();
    if (is_live(world_, planned_)) return live_sale(world_, planned_, std::move(sale_), method());
    if (rng_.per_myriad(130)) add_gift_card();
    for (const ServiceLine& line : sale_.services) sale_.total += line.amount();
    for (const ProductLine& line : sale_.products) sale_.total += line.amount();
    if (sale_.gift_card) sale_.total += sale_.gift_card->amount;
    const ServiceLine* first = sale_.services.empty() ? nullptr : &sale_.services.front();
    sale_.reserved = Moment::at(planned_.day, 0, first == nullptr ? 12 * 60 : first->start_minute);
    settle();
    if (rng_.chance(70)) sale_.comment = rng_.pick(comments);
    return std::move(sale_);
  }

 private:
  static constexpr std::array<std::string_view, 10> comments{
      "Llegan tarde, avisaron por WhatsApp.", "Celebran aniversario.",       "Pide la tina con agua menos caliente.",
      "Alergia a los frutos secos.",          "Viene con su mamá.",          "Reagendada por temporal.",
      "Cumpleaños, avisar a cocina.",         "Embarazada: masaje suave.",   "Paga el saldo al llegar.",
      "Recomendada por una amiga."};

  void add_line(int id, int start_minute, int people) {
    const Service& sold = service(id);
    ServiceLine line{id, planned_.day, start_minute, std::clamp(people, 1, sold.most_people)};
    if (sold.whole) line.people = sold.most_people;
    if (rng_.chance(620)) line.unit_price = price_in(sold.price, planned_.day.year());
    sale_.services.push_back(line);
  }
  int usual_or_other(std::size_t kind, int first, int last) {
    return rng_.chance(620) ? taste_.favourite[kind] : rng_.between(first, last);
  }
  int tina() {
    const int id = usual_or_other(0, 1, 4);
    return id;
  }
  void add_services() {
    const std::size_t what = rng_.weighted(taste_.weights);
    const int people = rng_.chance(800) ? taste_.people : rng_.between(1, 4);
    const bool bath = what == 0 || what == 2 || what == 4;
    int next = bath ? rng_.pick(start_minutes(Kind::tina)) : rng_.pick(start_minutes(Kind::masaje));
    if (what >= 3) {
      add_line(usual_or_other(2, 9, 11), start_minutes(Kind::cabana).front(), people);
      next = std::max(next, 17 * 60);
    }
    if (bath) add_line(tina(), next, people);
    if (what == 1 || what == 2) add_line(usual_or_other(1, 5, 7), std::min(next + (bath ? 135 : 0), 23 * 60), people);
    const int start = sale_.services.front().start_minute;
    if (what >= 3 && rng_.chance(600)) add_line(desayuno, start, people);
    if (rng_.chance(110)) add_line(ambientacion, start, 1);
    if (rng_.chance(60)) add_line(tabla_quesos, start, 1);
  }
  void add_products() {
    if (!rng_.chance(180)) return;
    for (int i = rng_.between(1, 3); i > 0; --i) {
      ProductLine line{rng_.between(1, products_sold), rng_.chance(800) ? 1 : rng_.between(2, 4)};
      if (rng_.chance(700)) line.delivered = planned_.day;
      if (rng_.chance(300)) line.unit_price = products()[static_cast<std::size_t>(line.product - 1)].price;
      sale_.products.push_back(line);
    }
  }
  void add_gift_card() {
    constexpr std::array<Pesos, 5> amounts{30'000, 50'000, 60'000, 80'000, 100'000};
    const Pesos amount = rng_.pick(amounts);
    const Pesos left = rng_.chance(450) ? amount : rng_.chance(700) ? 0 : amount / 2;
    sale_.gift_card = GiftCardSold{amount, left, rng_.chance(600)};
  }

  void pay(Pesos amount, Moment at, std::string_view method) {
    if (amount <= 0) return;
    sale_.payments.push_back({amount, method, at});
    if (method != "descuento") sale_.paid += amount;
  }
  std::string_view method() {
    const std::size_t usual = static_cast<std::size_t>(taste_.method);
    return rng_.chance(700) ? methods[usual] : methods[rng_.weighted({38, 20, 14, 10, 7, 5, 2, 4})];
  }
  void settle() {
    const bool upcoming = planned_.day > world_.today();
    if (!upcoming && rng_.chance(25)) {
      const Pesos off = sale_.total / 10 / 1000 * 1000;
      pay(off, planned_.created, "descuento");
      sale_.total -= off;
    }
    const std::uint32_t state = rng_.below(1000);
    const Moment arrival{sale_.reserved.minutes - 10};
    if (state < 60) {
      sale_.payment_state = "cancelado";
      sale_.booking_state = "pendiente";
      if (rng_.chance(150)) pay(sale_.total / 2, planned_.created, method());
    } else if (upcoming) {
      sale_.booking_state = "pendiente";
      if (state < 500) pay(sale_.total / 2, planned_.created, method());
      if (state >= 500 && state < 700) pay(sale_.total, planned_.created, method());
    } else if (state < 80) {
      pay(sale_.total / 2, planned_.created, method());
    } else if (state < 95) {
      sale_.booking_state = "checkin";
    } else if (rng_.chance(350)) {
      pay(sale_.total / 2, planned_.created, method());
      pay(sale_.total - sale_.total / 2, std::max(arrival, planned_.created), method());
    } else {
      pay(sale_.total, rng_.chance(600) ? planned_.created : std::max(arrival, planned_.created), method());
    }
    sale_.came = !sale_.cancelled() && !upcoming;
    if (sale_.cancelled()) return;
    sale_.payment_state = sale_.paid >= sale_.total ? "pagado" : sale_.paid > 0 ? "parcial" : "pendiente";
  }

  const World& world_;
  const PlannedSale& planned_;
  Taste taste_;
  Rng rng_;
  Sale sale_;
};

Sale guide_sale(const PlannedSale& planned) {
  const FixedVisit& visit = guide_visit(planned);
  Sale sale;
  if (visit.extra_minute >= 0) {
    sale.services.push_back({ambientacion, visit.day, visit.extra_minute, 1, visit.extra_price});
  }
  sale.services.push_back({visit.service, visit.day, visit.start_minute, 1, visit.price});
  sale.total = sale.paid = visit.price + visit.extra_price;
  sale.reserved = Moment::at(visit.day, 0, sale.services.front().start_minute);
  if (!visit.deposit.empty()) sale.payments.push_back({sale.total / 2, visit.deposit, planned.created});
  const Pesos rest = visit.deposit.empty() ? sale.total : sale.total - sale.total / 2;
  sale.payments.push_back({rest, visit.balance, Moment{sale.reserved.minutes - 10}});
  return sale;
}

}  // namespace

Sale sale_of(const World& world, const PlannedSale& planned) {
  if (World::is_guide(planned.person)) return guide_sale(planned);
  return SaleMaker(world, planned).make();
}

const ServiceLine* first_service(const Sale& sale) {
  const auto first = std::ranges::find_if(sale.services, [](const ServiceLine& line) { return line.service != descuento_servicios; });
  return first == sale.services.end() ? nullptr : &*first;
}

Kind main_kind(const Sale& sale) {
  const ServiceLine* first = first_service(sale);
  return first == nullptr ? Kind::otro : service(first->service).kind;
}

}  // namespace aremko::demo
