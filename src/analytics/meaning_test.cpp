// What a visit, a booking ahead and spent money are: examples with their right values, and every customer of made-up
// spas against a plain reading of the rules, sale by sale.
#include <gtest/gtest.h>

#include "analytics/history.h"
#include "analytics/profile.h"
#include "analytics/random_spa.h"

namespace aremko::analytics {
namespace {

using sources::BookingState;
using sources::PaymentState;
using testing::at;
using testing::end_of;

const std::string massage = "Masaje Relajante";

CustomerProfile of_one(std::vector<testing::Sale> sales, AsOf as_of) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  for (testing::Sale& sale : sales) sale.customer = 1;
  spa.sales = std::move(sales);
  static std::vector<snapshot::SnapshotPtr> kept;  // the profile's texts are views into it
  kept.push_back(spa.build());
  return profile(*kept.back(), 0, {.as_of = as_of});
}

testing::Sale visit(Pesos total, Moment when, std::vector<testing::SalePayment> payments = {}) {
  return {.id = 1, .total = total, .created = {when.minutes - 1440}, .lines = {{massage, when, 1, total}}, .payments = std::move(payments)};
}

TEST(Meaning, ASaleEmptiedOfItsLinesIsNoVisit) {
  testing::Sale emptied{.id = 2, .total = 0, .created = at(2024, 3, 10), .paid = 0};
  const auto given = of_one({visit(50'000, at(2021, 3, 1, 16)), emptied}, end_of(2024, 3, 14));
  EXPECT_EQ(given.statistics.total_visitas, 1);
  EXPECT_EQ(given.statistics.ultima_visita, at(2021, 3, 1, 16));
  EXPECT_EQ(given.rfm_analysis.segment, Segment::lost);
}

TEST(Meaning, ADiscountLineHasNoMomentAndIsNoService) {
  testing::Sale sale{.id = 1, .total = 95'000, .created = at(2024, 1, 5),
                     .lines = {{"Descuento_Servicios", at(2024, 1, 5, 0), 35'000, -1}, {massage, at(2024, 2, 25, 16), 2, 65'000}}};
  const auto given = of_one({sale}, end_of(2024, 3, 14));
  EXPECT_EQ(given.statistics.ultima_visita, at(2024, 2, 25, 16));
  EXPECT_EQ(given.statistics.total_gastado, 95'000);
  ASSERT_EQ(given.recent_reservations.size(), 1U);
  EXPECT_EQ(given.recent_reservations[0].servicios.size(), 1U);
  EXPECT_EQ(given.recent_reservations[0].descuento, 35'000);
  EXPECT_EQ(given.service_preferences.size(), 1U);
}

TEST(Meaning, ASaleOfDiscountsProductsOrGiftCardsIsMoneyAndNoVisit) {
  testing::Sale adjustment{.id = 2, .total = -15'000, .created = at(2024, 3, 5), .lines = {{"Descuento_Servicios", at(2024, 3, 5, 0), 15'000, -1}}};
  testing::Sale products{.id = 3, .total = 18'000, .created = at(2024, 3, 6), .products = {{"Aceite", 2, 9'000}}};
  testing::Sale card{.id = 4, .total = 120'000, .created = at(2024, 3, 7)};
  const auto given = of_one({visit(50'000, at(2024, 3, 1, 16)), adjustment, products, card}, end_of(2024, 3, 14));
  EXPECT_EQ(given.statistics.total_visitas, 1);
  EXPECT_EQ(given.statistics.ultima_visita, at(2024, 3, 1, 16));
  EXPECT_EQ(given.statistics.total_gastado, 50'000 - 15'000 + 18'000 + 120'000);
  ASSERT_EQ(given.otras_ventas.size(), 3U);
  EXPECT_EQ(given.otras_ventas[0].total, 120'000);
  EXPECT_EQ(given.otras_ventas[2].total, -15'000);
  EXPECT_EQ(given.otras_ventas[2].descuento, 15'000);
}

TEST(Meaning, WhatWasPaidWithAGiftCardItsBuyerSpent) {
  const auto given = of_one({visit(120'000, at(2024, 3, 10), {{"giftcard", at(2024, 3, 5), 100'000}, {"efectivo", at(2024, 3, 10), 20'000}})},
                            end_of(2024, 3, 14));
  EXPECT_EQ(given.statistics.total_gastado, 20'000);
  EXPECT_EQ(given.statistics.total_visitas, 1);
  EXPECT_EQ(given.recent_reservations[0].total, 120'000);
}

TEST(Meaning, AGiftCardTakesOffNoMoreThanItsSaleCost) {
  const auto spent = [](std::vector<testing::SalePayment> payments) {
    return of_one({visit(40'000, at(2024, 3, 10), std::move(payments))}, end_of(2024, 3, 14)).statistics.total_gastado;
  };
  const Moment day = at(2024, 3, 10);
  EXPECT_EQ(spent({{"giftcard", day, 60'000}}), 0);
  EXPECT_EQ(spent({{"descuento", day, 10'000}, {"giftcard", day, 40'000}}), 0);
  for (const std::string method : {"giftcard", "gift_card", "gift card", "GiftCard", "descuentos", "Descuento"}) {
    EXPECT_EQ(spent({{method, day, 30'000}, {"efectivo", day, 10'000}}), 10'000) << method;
  }
}

TEST(Meaning, ADiscountPaymentIsTakenOffOnce) {
  const std::vector<testing::SalePayment> payments{{"descuento", at(2024, 3, 1), 10'000}, {"efectivo", at(2024, 3, 1), 40'000}};
  testing::Sale whole = visit(50'000, at(2024, 3, 1), payments);
  testing::Sale less = visit(40'000, at(2024, 3, 1), payments);
  less.lines[0].price = 50'000;  // the total has it off, as the booking system writes it
  EXPECT_EQ(of_one({whole}, end_of(2024, 3, 14)).statistics.total_gastado, 40'000);
  EXPECT_EQ(of_one({less}, end_of(2024, 3, 14)).statistics.total_gastado, 40'000);
}

TEST(Meaning, MoneyGivenBackWasNotSpent) {
  const Moment day = at(2024, 3, 1, 12);
  const auto spent = [&](Pesos total, std::vector<Pesos> amounts, int until = 14) {
    std::vector<testing::SalePayment> payments;
    for (std::size_t i = 0; i < amounts.size(); ++i) payments.push_back({"tarjeta", {day.minutes + 1440 * static_cast<int>(i)}, amounts[i]});
    return of_one({visit(total, day, payments)}, end_of(2024, 3, until)).statistics.total_gastado;
  };
  EXPECT_EQ(spent(80'000, {80'000, -80'000}), 0);
  EXPECT_EQ(spent(80'000, {80'000, -30'000}), 50'000);
  EXPECT_EQ(spent(200'000, {200'000, -200'000, 200'000}), 200'000);
  EXPECT_EQ(spent(200'000, {200'000, -200'000, 200'000}, 2), 0) << "on the day between";
  EXPECT_EQ(spent(80'000, {100'000, -20'000}), 80'000) << "too much had been paid";
  EXPECT_EQ(spent(80'000, {80'000, -500'000}), -420'000) << "more than it cost, as it is written";
}

TEST(Meaning, MoneyGivenBackIsNoDebt) {
  const auto money = [](Pesos total, PaymentState state, std::vector<Pesos> amounts, bool comes = true) {
    testing::Sale sale = visit(total, at(2024, 3, 1));
    sale.state = state;
    sale.paid = 0;
    if (!comes) sale.lines.clear();
    for (const Pesos amount : amounts) {
      sale.payments.push_back({"tarjeta", at(2024, 3, 1), amount});
      *sale.paid += amount;
    }
    const auto given = of_one({sale}, end_of(2024, 3, 14));
    return std::pair(given.statistics.total_gastado, given.debe);
  };
  EXPECT_EQ(money(40'000, PaymentState::pendiente, {40'000, -40'000}), std::pair(Pesos{0}, Pesos{0}));
  EXPECT_EQ(money(60'000, PaymentState::pagado, {60'000, -60'000}, false), std::pair(Pesos{0}, Pesos{0})) << "a gift card";
  EXPECT_EQ(money(100'000, PaymentState::parcial, {60'000, -20'000}), std::pair(Pesos{80'000}, Pesos{40'000}));
  EXPECT_EQ(money(100'000, PaymentState::parcial, {60'000}), std::pair(Pesos{100'000}, Pesos{40'000}));
  EXPECT_EQ(money(100'000, PaymentState::pagado, {120'000, -20'000}), std::pair(Pesos{100'000}, Pesos{0}));
}

TEST(Meaning, ABookingOfTodayIsAheadUntilSomebodyChecksIn) {
  testing::Sale booked = visit(50'000, at(2024, 3, 14, 10));
  booked.booking = BookingState::pendiente;
  const auto today = of_one({booked}, end_of(2024, 3, 14));
  EXPECT_EQ(today.statistics.total_visitas, 0);
  EXPECT_EQ(today.statistics.total_gastado, 0);
  EXPECT_EQ(today.statistics.proxima_visita, at(2024, 3, 14, 10));
  ASSERT_EQ(today.upcoming_reservations.size(), 1U);
  EXPECT_EQ(today.upcoming_reservations[0].total, 50'000);
  const auto tomorrow = of_one({booked}, end_of(2024, 3, 15));
  EXPECT_EQ(tomorrow.statistics.ultima_visita, at(2024, 3, 14, 10));
  EXPECT_EQ(tomorrow.statistics.total_gastado, 50'000);
  EXPECT_TRUE(tomorrow.upcoming_reservations.empty());
  booked.booking = BookingState::checkin;
  EXPECT_EQ(of_one({booked}, {at(2024, 3, 14, 9, 59)}).statistics.total_visitas, 0);
  EXPECT_EQ(of_one({booked}, {at(2024, 3, 14, 10)}).statistics.total_visitas, 1);
}

TEST(Meaning, WhoNeverPaidAndNeverCheckedInNeverCame) {
  testing::Sale unpaid = visit(50'000, at(2024, 3, 12, 10));
  unpaid.state = PaymentState::pendiente;
  unpaid.booking = BookingState::pendiente;
  unpaid.paid = 0;
  EXPECT_EQ(of_one({unpaid}, end_of(2024, 3, 12)).upcoming_reservations.size(), 1U);
  const auto after = of_one({unpaid}, end_of(2024, 3, 13));
  EXPECT_EQ(after.statistics.total_visitas, 0);
  EXPECT_EQ(after.statistics.total_gastado, 0);
  EXPECT_FALSE(after.statistics.proxima_visita.known());
  unpaid.payments = {{"efectivo", at(2024, 3, 12), 10'000}};
  EXPECT_EQ(of_one({unpaid}, end_of(2024, 3, 13)).statistics.total_visitas, 1) << "something was paid";
  unpaid.payments.push_back({"efectivo", at(2024, 3, 12), -10'000});
  EXPECT_EQ(of_one({unpaid}, end_of(2024, 3, 13)).statistics.total_visitas, 0) << "and given back";
  unpaid.booking = BookingState::checkout;
  const auto owing = of_one({unpaid}, end_of(2024, 3, 13));
  EXPECT_EQ(owing.statistics.total_visitas, 1);
  EXPECT_EQ(owing.statistics.total_gastado, 0) << "neither pagado nor parcial";
}

TEST(Meaning, APartlyPaidBookingWhoseMoneyWentBackNeverCame) {
  testing::Sale reversed = visit(40'000, at(2024, 3, 12, 10), {{"efectivo", at(2024, 3, 1), 10'000}, {"efectivo", at(2024, 3, 2), -10'000}});
  reversed.state = PaymentState::parcial;
  reversed.booking = BookingState::pendiente;
  reversed.paid = 0;
  EXPECT_EQ(of_one({reversed}, end_of(2024, 3, 12)).upcoming_reservations.size(), 1U);
  const auto after = of_one({reversed}, end_of(2024, 3, 13));
  EXPECT_EQ(after.statistics.total_visitas, 0);
  EXPECT_EQ(after.statistics.total_gastado, 0);
  EXPECT_EQ(after.debe, 0);
  ASSERT_TRUE(after.gasto_explicado);
  EXPECT_EQ(after.gasto_explicado->gasto_total_reservas + after.gasto_explicado->diferencia, 0);
  reversed.booking = BookingState::checkin;
  EXPECT_EQ(of_one({reversed}, end_of(2024, 3, 13)).statistics.total_visitas, 1) << "somebody came";
  reversed.booking = BookingState::pendiente;
  reversed.payments[1].amount = -4'000;
  reversed.paid = 6'000;
  EXPECT_EQ(of_one({reversed}, end_of(2024, 3, 13)).statistics.total_visitas, 1) << "something stayed paid";
}

TEST(Meaning, WhatWasPaidBackWholeNeverCameWhateverItsColumnsSay) {
  testing::Sale back = visit(50'000, at(2024, 3, 12, 10), {{"efectivo", at(2024, 3, 1), 50'000}, {"efectivo", at(2024, 3, 2), -50'000}});
  back.booking = BookingState::pendiente;
  back.paid = 50'000;
  const auto given = of_one({back}, end_of(2024, 3, 13));
  EXPECT_EQ(given.statistics.total_visitas, 0);
  EXPECT_EQ(given.statistics.total_gastado, 0);
  ASSERT_TRUE(given.gasto_explicado);
  ASSERT_EQ(given.gasto_explicado->partes.size(), 1U);
  EXPECT_EQ(given.gasto_explicado->partes[0].texto, "Reservas a las que nadie vino, sin pago o con lo pagado devuelto.");
  back.booking = BookingState::checkin;
  EXPECT_EQ(of_one({back}, end_of(2024, 3, 13)).statistics.total_visitas, 1) << "somebody came";
  back.booking = BookingState::pendiente;
  back.payments[1].at = at(2024, 3, 14);
  EXPECT_EQ(of_one({back}, end_of(2024, 3, 13)).statistics.total_visitas, 1) << "given back after its day";
  back.payments.erase(back.payments.begin());
  back.payments[0] = {"efectivo", at(2024, 3, 2), -20'000};
  EXPECT_EQ(of_one({back}, end_of(2024, 3, 13)).statistics.total_visitas, 1) << "paid as nobody wrote down, and some of it given back";
  back.payments.clear();
  EXPECT_EQ(of_one({back}, end_of(2024, 3, 13)).statistics.total_visitas, 1);
}

TEST(Meaning, WithinADayTheLastVisitIsTheLatestHour) {
  testing::Sale morning = visit(10, at(2024, 3, 1, 9));
  testing::Sale evening = visit(20, at(2024, 3, 1, 19));
  morning.booking = BookingState::pendiente;  // seen after the other one
  const auto given = of_one({morning, evening}, end_of(2024, 3, 14));
  EXPECT_EQ(given.statistics.ultima_visita, at(2024, 3, 1, 19));
  EXPECT_EQ(given.statistics.primera_visita, at(2024, 3, 1, 9));
  EXPECT_EQ(given.recent_reservations[0].fecha, at(2024, 3, 1, 19));
}

/// The rules read once more, from the rows and with no column, index or order of the snapshot.
struct Plain {
  std::int64_t visits = 0;
  Pesos spent = 0;
  Moment last{};
  Moment next{};

  void read(const testing::Spa& spa, std::int64_t customer, AsOf as_of) {
    for (const testing::Sale& sale : spa.sales) {
      if (sale.customer == customer) one(spa, sale, as_of);
    }
  }

  static bool is_service(const testing::Spa& spa, const testing::SaleLine& line) {
    for (const auto& service : spa.services) {
      if (service.nombre == line.service) return !service.adjustment && line.price >= 0;
    }
    return false;
  }

  void one(const testing::Spa& spa, const testing::Sale& sale, AsOf as_of) {
    bool service = false;
    Moment when{};
    Pesos lines = 0, discounts = 0, all_paid = 0, paid_by_then = 0, given_back = 0;
    for (const auto& line : sale.lines) {
      lines += line.price * line.people;
      if (!is_service(spa, line)) continue;
      service = true;
      if (line.at.known() && (!when.known() || line.at < when)) when = line.at;
    }
    for (const auto& product : sale.products) lines += product.price * product.quantity;
    if (!when.known()) when = sale.created;
    for (const auto& payment : sale.payments) {
      if (payment.method == "descuento") discounts += payment.amount;
      else all_paid += payment.amount;
      if (payment.method == "descuento" || (payment.at.known() ? payment.at : sale.created).date() > when.date()) continue;
      paid_by_then += payment.amount;
      if (payment.amount < 0) given_back -= payment.amount;
    }
    const bool came = sale.booking != BookingState::pendiente;
    const bool open = sale.state == PaymentState::pendiente || sale.state == PaymentState::parcial;
    const Pesos column = sale.paid.value_or(sale.total);
    const bool never = !came && ((open && column <= 0 && all_paid <= 0) || (paid_by_then <= 0 && given_back > 0 && given_back >= column));
    const bool booking = service && sale.state != PaymentState::cancelado;
    const bool ahead = came ? when > as_of.moment : when.date() >= as_of.date();
    if (booking && ahead && sale.created <= as_of.moment && (!next.known() || when < next)) next = when;
    if (booking && !ahead && !never) {
      ++visits;
      last = std::max(last, when);
    }
    const bool counts = sale.state == PaymentState::pagado || sale.state == PaymentState::parcial;
    if (!counts || (booking ? ahead || never : when > as_of.moment)) return;
    spent += sale.total;
    const bool net = discounts != 0 && sale.total == lines - discounts;
    Pesos paid = 0, refunds = 0, taken_off = 0;
    for (const auto& payment : sale.payments) {
      if ((payment.at.known() ? payment.at : sale.created) > as_of.moment) continue;
      if (net && payment.method == "descuento") continue;
      if (payment.method == "descuento" || payment.method == "giftcard") taken_off += payment.amount;
      paid += payment.amount;
      if (payment.amount < 0 && payment.method != "descuento") refunds -= payment.amount;
    }
    spent -= std::min(taken_off, std::max<Pesos>(0, sale.total));
    spent -= std::min(refunds, std::max<Pesos>(0, sale.total - paid));
  }
};

class Readings : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Readings, ::testing::Range(0U, 12U));

TEST_P(Readings, EveryCustomerAsThePlainReadingHasThem) {
  const testing::Spa spa = testing::random_spa(GetParam());
  const auto snapshot = spa.build();
  Pesos money = 0;
  std::int64_t ahead = 0;
  for (const AsOf as_of : {end_of(2024, 3, 14), AsOf{at(2024, 3, 14, 11, 30)}, end_of(2018, 6, 1)}) {
    for (snapshot::Row row = 0; row < snapshot->customers().size(); ++row) {
      Plain plain;
      plain.read(spa, snapshot->customers().id[row], as_of);
      const Tally sums = tally(*snapshot, row, {.as_of = as_of, .include_legacy = false});
      ASSERT_EQ(sums.visits, plain.visits) << row;
      ASSERT_EQ(sums.spent, plain.spent) << row;
      ASSERT_EQ(sums.last, plain.last) << row;
      ASSERT_EQ(next_visit(*snapshot, row, as_of), plain.next) << row;
      money += plain.spent;
      ahead += plain.next.known();
    }
  }
  EXPECT_GT(money, 0);
  EXPECT_GT(ahead, 5);
}

}  // namespace
}  // namespace aremko::analytics
