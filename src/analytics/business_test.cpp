#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "analytics/activity.h"
#include "analytics/best_guests.h"
#include "analytics/history.h"
#include "analytics/occupancy.h"
#include "analytics/random_spa.h"
#include "analytics/services_report.h"

namespace aremko::analytics {
namespace {

using snapshot::Row;
using sources::BookingState;
using sources::PaymentState;
using testing::at;
using testing::end_of;
using ::testing::ElementsAre;

const Span january{Date::of(2024, 1, 1), Date::of(2024, 1, 31)};

TEST(Spans, TheYearBeforeKeepsMonthsWhole) {
  const Span february{Date::of(2025, 2, 1), Date::of(2025, 2, 28)};
  EXPECT_EQ(february.year_before().to, Date::of(2024, 2, 29));
  EXPECT_EQ(last_twelve_months(end_of(2024, 3, 14)).from, Date::of(2023, 3, 1));
  EXPECT_EQ(last_twelve_months(end_of(2024, 3, 14)).to, Date::of(2024, 2, 29));
}

/// The file ends in January 2024; the booking system knows both years.
testing::Spa two_sources() {
  testing::Spa spa;
  spa.customers = {{.id = 1, .nombre = "Ana"}, {.id = 2, .nombre = "Berta"}};
  std::int64_t id = 1;
  for (int year : {2023, 2024}) {
    for (int month = 1; month <= 12; ++month) {
      for (int i = 0; i < (year == 2023 ? 2 : 3); ++i) {
        const Moment when = at(year, month, 5 + i, 15);
        spa.sales.push_back({.id = id++, .customer = 1 + i % 2, .total = 20'000, .created = when, .lines = {{"Masaje Relajante", when, 1}}});
      }
      if (year == 2023 || month == 1) {
        spa.legacy_lines.push_back({.cliente = "Vieja Conocida", .service = "Tina Caliente Premium", .at = at(year, month, 20, 18), .reservation = id, .amount = 90'000});
      }
    }
  }
  return spa;
}

TEST(Activity, ComparesOnlySourcesThatKnowBothYears) {
  const auto snapshot = two_sources().build();
  const Activity given = activity(*snapshot, end_of(2025, 1, 10));
  EXPECT_EQ(given.archivos_hasta, Date::of(2024, 1, 20));
  const YearOnYear& year = given.doce_meses;
  EXPECT_EQ(year.desde, Date::of(2024, 1, 1));
  EXPECT_THAT(year.comparacion.fuentes, ElementsAre("current"));
  EXPECT_THAT(year.comparacion.sin_comparar, ElementsAre("legacy"));
  EXPECT_EQ(year.visitas, 37) << "all of them";
  EXPECT_EQ(year.cambio_visitas, 50.0) << "36 against 24: the file's thirteen are in neither";
  EXPECT_EQ(year.cambio_ventas, 50.0);
  EXPECT_FALSE(given.months.back().completo);
  EXPECT_TRUE(given.months[given.months.size() - 2].completo);
}

TEST(Activity, MonthsOfTheYearAreMeansOfWholeYears) {
  const auto snapshot = two_sources().build();
  const Seasons in_june = activity(*snapshot, end_of(2024, 6, 10)).temporadas;
  EXPECT_THAT(in_june.anos, ElementsAre(2023));
  ASSERT_EQ(in_june.meses.size(), 12U);
  EXPECT_EQ(in_june.meses[0].media, 3.0);
  EXPECT_EQ(in_june.meses[0].este_ano, 4);
  EXPECT_EQ(in_june.meses[4].este_ano, 3);
  EXPECT_FALSE(in_june.meses[5].este_ano) << "June is still running";
  const Seasons later = activity(*snapshot, end_of(2025, 1, 10)).temporadas;
  EXPECT_THAT(later.anos, ElementsAre(2023, 2024));
  EXPECT_FALSE(in_june.solo_agenda) << "one year of the booking system is no mean";
  EXPECT_TRUE(later.solo_agenda) << "the files end in January 2024";
  EXPECT_EQ(later.meses[0].media, 2.5);
  EXPECT_EQ(later.meses[0].minimo, 2);
  EXPECT_EQ(later.meses[0].maximo, 3);
  EXPECT_EQ(later.meses[11].media, 2.5);
}

class Totals : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Totals, ::testing::Range(0U, 8U));

TEST_P(Totals, PartsGuestsAndMonthsAddUpToTheSameMoney) {
  const auto snapshot = testing::random_spa(GetParam()).build();
  const AsOf as_of = end_of(2024, 3, 14);
  const Census census(*snapshot, as_of);
  const Activity months = activity(*snapshot, as_of);
  const Span span{Date::of(2023, 1, 1), Date::of(2023, 12, 31)};
  Pesos wanted = 0;
  std::int64_t visits = 0;
  for (const ActivityMonth& month : months.months) {
    if (!month.month.starts_with("2023")) continue;
    wanted += month.gastado;
    visits += month.visitas;
    EXPECT_LE(month.visitas_legacy, month.visitas);
  }
  const ServicesReport sold = services_report(*snapshot, span, as_of);
  EXPECT_EQ(sold.ventas, wanted);
  EXPECT_EQ(sold.visitas, visits);
  EXPECT_EQ(std::accumulate(sold.partes.begin(), sold.partes.end(), Pesos{0}, [](Pesos sum, const SalesPart& part) { return sum + part.monto; }), wanted);
  const BestGuests best = best_guests(*snapshot, census, span, as_of, GuestOrder::gastado, 100'000);
  EXPECT_EQ(best.total_gastado, wanted);
  EXPECT_EQ(std::accumulate(best.guests.begin(), best.guests.end(), Pesos{0}, [](Pesos sum, const BestGuest& one) { return sum + one.gastado; }), wanted);
  EXPECT_TRUE(std::ranges::is_sorted(best.guests, std::ranges::greater{}, &BestGuest::gastado));
  // The months and the customers' figures differ by what is told.
  Pesos customers = 0;
  for (const Segment segment : all_segments) customers += census.totals(segment).spent;
  // Somebody whose visit was entered later is no customer yet, and was there all the same.
  for (Row row = 0; row < census.size(); ++row) {
    if (!of_the_business(*snapshot, row) || census.counted(row) || census.folded(row)) continue;
    customers += tally(*snapshot, row, {.as_of = as_of}).spent;
  }
  EXPECT_EQ(months.total_gastado - months.gastado_sin_cliente + months.gastado_sin_fecha, customers);
}

TEST(Services, CountLinesOfVisitsAndLeaveDiscountsApart) {
  testing::Spa spa;
  spa.customers = {{.id = 1}, {.id = 2, .nombre = "Caja"}};
  spa.customers[1].flags |= sources::is_staff;
  spa.sales = {
      {.id = 1, .customer = 1, .total = 95'000, .created = at(2024, 1, 2),
       .lines = {{"Masaje Relajante", at(2024, 1, 5, 15), 2, 40'000}, {"Tina Caliente Premium", at(2024, 1, 5, 17), 1, 25'000},
                 {"Descuento_Servicios", at(2024, 1, 5), 10'000, -1}}},
      {.id = 2, .customer = 1, .total = 18'000, .created = at(2024, 1, 9), .lines = {}, .products = {{"Aceite", 2, 9'000}}},
      {.id = 3, .customer = 1, .total = 40'000, .created = at(2024, 1, 9), .lines = {{"Masaje Relajante", at(2024, 1, 10)}}, .state = PaymentState::cancelado},
      {.id = 4, .customer = 1, .total = 40'000, .created = at(2024, 1, 9), .lines = {{"Masaje Relajante", at(2024, 1, 11)}}, .state = PaymentState::pendiente,
       .booking = BookingState::pendiente, .paid = 0},
      {.id = 5, .customer = 2, .total = 70'000, .created = at(2024, 1, 9), .lines = {{"Masaje Relajante", at(2024, 1, 12)}}},
      {.id = 6, .customer = 1, .total = 30'000, .created = at(2024, 1, 12), .lines = {{"Masaje Relajante", at(2024, 1, 20), 1, 30'000}},
       .payments = {{"giftcard", at(2024, 1, 20), 30'000}}}};
  const auto snapshot = spa.build();
  const ServicesReport given = services_report(*snapshot, january, end_of(2024, 2, 1));
  ASSERT_EQ(given.servicios.size(), 2U);
  EXPECT_EQ(given.servicios[0].servicio_nombre, "Masaje Relajante");
  EXPECT_EQ(given.servicios[0].ventas, 110'000);
  EXPECT_EQ(given.servicios[0].visitas, 2);
  EXPECT_EQ(given.servicios[0].personas, 3);
  EXPECT_EQ(given.servicios[1].ventas, 25'000);
  EXPECT_EQ(given.productos.at(0).unidades, 2);
  EXPECT_EQ(given.ventas, 95'000 + 18'000);
  std::map<std::string_view, Pesos> parts;
  for (const SalesPart& part : given.partes) parts[part.codigo] = part.monto;
  EXPECT_EQ(parts, (std::map<std::string_view, Pesos>{{"servicios", 135'000}, {"productos", 18'000}, {"descuentos", -10'000}, {"con_gift_card", -30'000}}));
  ASSERT_EQ(given.combinaciones.size(), 1U);
  EXPECT_EQ(given.combinaciones[0].visitas, 1);
  EXPECT_EQ(given.combinaciones[0].participacion, 100.0);
  EXPECT_TRUE(given.comparacion.fuentes.empty()) << "nothing is known of the January before";
}

TEST(BestGuests, OnePersonOfTwoRowsIsOneLine) {
  testing::Spa spa;
  const std::string phone = "+56987654321";
  spa.customers = {{.id = 1, .nombre = "Ana Rojas Soto", .telefono = phone}, {.id = 2, .nombre = "Ana Rojas Soto", .telefono = phone}, {.id = 3, .nombre = "Luz Vera"}};
  spa.sales = {{.id = 1, .customer = 1, .total = 30'000, .created = at(2024, 1, 2), .lines = {{"Masaje Relajante", at(2024, 1, 5)}}},
               {.id = 2, .customer = 2, .total = 50'000, .created = at(2024, 1, 2), .lines = {{"Masaje Relajante", at(2024, 1, 9)}}},
               {.id = 3, .customer = 3, .total = 60'000, .created = at(2024, 1, 2), .lines = {{"Masaje Relajante", at(2024, 1, 8)}}}};
  const auto snapshot = spa.build();
  const AsOf as_of = end_of(2024, 2, 1);
  const BestGuests given = best_guests(*snapshot, Census(*snapshot, as_of), january, as_of, GuestOrder::gastado, 10);
  ASSERT_EQ(given.guests.size(), 2U);
  EXPECT_EQ(given.guests[0].customer_id, 2) << "the row that came last stands for her";
  EXPECT_EQ(given.guests[0].gastado, 80'000);
  EXPECT_EQ(given.guests[0].visitas, 2);
  EXPECT_EQ(given.guests[0].promedio, 40'000);
  EXPECT_EQ(given.total_personas, 2);
}

TEST(Occupancy, CountsHoursOfWhatIsLetWholeAndOnlyBookingsOfTheRest) {
  testing::Spa spa;
  spa.services[1].unit = sources::PriceUnit::whole;
  spa.services[1].duracion = 120;
  spa.customers = {{.id = 1}};
  const auto book = [&](std::int64_t id, const std::string& service, Moment when, PaymentState state, BookingState booking) {
    spa.sales.push_back({.id = id, .customer = 1, .total = 10'000, .created = at(2024, 1, 1), .lines = {{service, when, 2}}, .state = state, .booking = booking,
                         .paid = state == PaymentState::pagado ? 10'000 : 0});
  };
  book(1, "Tina Caliente Premium", at(2024, 1, 8, 16, 30), PaymentState::pagado, BookingState::checkout);     // Monday; into the hour of 18:00 too
  book(2, "Tina Caliente Premium", at(2024, 1, 9, 12), PaymentState::pendiente, BookingState::pendiente);     // never came
  book(3, "Tina Caliente Premium", at(2024, 1, 20, 12), PaymentState::pendiente, BookingState::pendiente);    // ahead, a Saturday
  book(4, "Masaje Relajante", at(2024, 1, 8, 16, 0), PaymentState::pagado, BookingState::checkout);
  book(5, "Masaje Relajante", at(2024, 1, 8, 16, 0), PaymentState::pagado, BookingState::checkout);
  spa.more = [](sources::CurrentBatch& batch) {
    batch.services[1].slots = {{0x7F, 12 * 60}, {0x7F, 16 * 60}, {0x7F, 18 * 60}};
    batch.services[0].slots = {{0x7F, 16 * 60}};
    batch.closures = {{.service = 1, .from = Date::of(2024, 1, 10), .to = Date::of(2024, 1, 11), .reason = {}}};
  };
  const auto snapshot = spa.build();
  const Occupancy given = occupancy(*snapshot, {Date::of(2024, 1, 8), Date::of(2024, 1, 21)}, AsOf{at(2024, 1, 15, 12)});
  EXPECT_THAT(given.dias, ElementsAre(2, 2, 2, 2, 2, 2, 2));
  ASSERT_EQ(given.tipos.size(), 2U);
  const KindOccupancy& tubs = given.tipos[0];
  EXPECT_EQ(tubs.tipo_servicio, "tina");
  EXPECT_EQ(tubs.reservas, 2);
  EXPECT_EQ(tubs.cupos, 3 * 14 - 3 * 2) << "two days it was closed";
  EXPECT_EQ(tubs.tomados, 3);
  EXPECT_EQ(tubs.ocupacion, 8.3);
  const KindOccupancy& massages = given.tipos[1];
  EXPECT_EQ(massages.reservas, 2);
  EXPECT_EQ(massages.cupos, 0) << "as many as there are hands";
  EXPECT_FALSE(massages.ocupacion);
  ASSERT_EQ(massages.horas.size(), 1U);
  EXPECT_EQ(massages.horas[0].dia, 0);
  EXPECT_EQ(massages.horas[0].hora, 16);
  EXPECT_EQ(massages.horas[0].por_dia, 1.0);
  EXPECT_EQ(massages.horas[0].mas, 2);
}

}  // namespace
}  // namespace aremko::analytics
