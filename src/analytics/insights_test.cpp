#include "analytics/insights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analytics/preferences.h"
#include "analytics/profile.h"
#include "analytics/test_spa.h"

namespace aremko::analytics {
namespace {

using ::testing::ElementsAre;
using testing::at;
using testing::end_of;

/// So many dated visits over so many days, the last at as_of.
Tally over(std::int64_t visits, int days, Pesos spent = 0) {
  const Moment last = at(2024, 3, 14);
  return {.visits = visits, .spent = spent, .first = {last.minutes - days * 1440}, .last = last};
}

TEST(VisitFrequency, ByMeanDaysBetweenVisits) {
  const std::pair<int, std::string_view> table[] = {
      {0, "Muy frecuente (2+ veces/mes)"},    {15, "Muy frecuente (2+ veces/mes)"}, {16, "Frecuente (1 vez/mes)"},
      {45, "Frecuente (1 vez/mes)"},          {46, "Regular (cada 2 meses)"},       {90, "Regular (cada 2 meses)"},
      {91, "Ocasional (cada 4 meses)"},       {150, "Ocasional (cada 4 meses)"},
      {151, "Esporádico (< 1 vez/trimestre)"}, {900, "Esporádico (< 1 vez/trimestre)"}};
  for (const auto& [days, words] : table) EXPECT_EQ(visit_frequency(over(2, days)), words) << days;
  EXPECT_EQ(visit_frequency(over(3, 90)), "Frecuente (1 vez/mes)");
  EXPECT_EQ(visit_frequency(over(3, 91)), "Regular (cada 2 meses)");  // 45.5 is more than 45
}

TEST(VisitFrequency, FewVisits) {
  EXPECT_EQ(visit_frequency({}), "Sin visitas");
  EXPECT_EQ(visit_frequency(over(1, 0)), "Una sola visita");
  EXPECT_EQ(visit_frequency({.visits = 1, .undated = 1}), "Una sola visita");
  EXPECT_EQ(visit_frequency({.visits = 3, .undated = 3}), "Datos insuficientes");
  Tally mixed = over(3, 0);
  mixed.undated = 2;
  EXPECT_EQ(visit_frequency(mixed), "Datos insuficientes");
}

std::array<std::int64_t, 12> months(std::int64_t summer, std::int64_t winter, std::int64_t others) {
  return {summer, 0, others, 0, 0, 0, winter, 0, 0, 0, 0, 0};
}

TEST(Seasonality, SummerAndWinter) {
  EXPECT_EQ(seasonality_pattern(months(3, 2, 0)), "Sin preferencia estacional");  // 3 is not more than 1.5 × 2
  EXPECT_EQ(seasonality_pattern(months(4, 2, 0)), "Prefiere verano");
  EXPECT_EQ(seasonality_pattern(months(2, 4, 0)), "Prefiere invierno");
  EXPECT_EQ(seasonality_pattern(months(2, 3, 0)), "Sin preferencia estacional");
  EXPECT_EQ(seasonality_pattern(months(0, 0, 9)), "Sin preferencia estacional");
  EXPECT_EQ(seasonality_pattern(months(1, 0, 2)), "Prefiere verano");
  EXPECT_EQ(seasonality_pattern(months(1, 0, 1)), "Datos insuficientes");
  for (const std::size_t month : {11U, 0U, 1U}) {
    std::array<std::int64_t, 12> counts{};
    counts[month] = 3;
    EXPECT_EQ(seasonality_pattern(counts), "Prefiere verano");
  }
  for (const std::size_t month : {5U, 6U, 7U}) {
    std::array<std::int64_t, 12> counts{};
    counts[month] = 3;
    EXPECT_EQ(seasonality_pattern(counts), "Prefiere invierno");
  }
}

TEST(Seasonality, BestMonthsMostVisitsThenTheMoreRecent) {
  MonthCounts counts;
  for (const Moment visit : {at(2020, 5, 1), at(2021, 5, 1), at(2022, 3, 1), at(2023, 8, 1), at(2021, 10, 1)}) {
    counts.add(visit);
  }
  counts.add(Moment::none());
  EXPECT_EQ(counts.total(), 5);
  const Seasonality out = seasonality(counts);
  EXPECT_THAT(out.best_months, ElementsAre("Mayo", "Agosto", "Marzo"));
  EXPECT_EQ(out.month_counts.size(), 3U);
  EXPECT_EQ(out.visits_by_month.size(), 12U);
  EXPECT_TRUE(seasonality({}).best_months.empty());
}

TEST(ChurnRisk, ByTheTable) {
  const AsOf as_of = end_of(2024, 3, 14);
  const auto last_on = [](Date day) {
    return Tally{.visits = 9, .first = at(2015, 1, 1), .last = Moment::at(day, 9, 0)};
  };
  EXPECT_EQ(churn_risk(Segment::hibernating, 1, {}, as_of), "Alto");
  EXPECT_EQ(churn_risk(Segment::lost, 1, {}, as_of), "Alto");
  EXPECT_EQ(churn_risk(Segment::at_risk, 1, last_on(Date::of(2022, 3, 13)), as_of), "Alto");
  EXPECT_EQ(churn_risk(Segment::at_risk, 1, last_on(Date::of(2022, 3, 14)), as_of), "Medio-Alto");
  EXPECT_EQ(churn_risk(Segment::occasional, 2, {}, as_of), "Medio-Alto");
  EXPECT_EQ(churn_risk(Segment::vip, 5, {.last_year = 2}, as_of), "Bajo");
  EXPECT_EQ(churn_risk(Segment::promising, 4, {.last_year = 1}, as_of), "Medio");
  EXPECT_EQ(churn_risk(Segment::loyal, 3, {.last_year = 9}, as_of), "Medio");
  EXPECT_EQ(churn_risk(Segment::occasional, 0, {}, as_of), "Medio");
}

TEST(Upsell, ByTheTable) {
  constexpr std::string_view high = "Alto (probar nuevos servicios)";
  constexpr std::string_view low = "Bajo (ya es buen cliente)";
  constexpr std::string_view ticket = "Medio (aumentar ticket promedio)";
  EXPECT_EQ(upsell_potential(over(5, 900, 100'000), 2), high);
  EXPECT_EQ(upsell_potential(over(4, 900, 40'000), 2), "Medio");
  EXPECT_EQ(upsell_potential(over(25, 1920, 1'200'000), 3), low);
  EXPECT_EQ(upsell_potential(over(25, 1920, 1'200'000), 2), high);        // the first that holds
  EXPECT_EQ(upsell_potential(over(9, 1095, 1'000'000), 3), low);          // just 3 a year
  EXPECT_EQ(upsell_potential(over(9, 1096, 999'999), 9), low);            // a ticket of 111,111 with many services
  EXPECT_EQ(upsell_potential(over(20, 3000, 1'000'000), 3), ticket);      // 2.4 a year, 50,000 a visit
  EXPECT_EQ(upsell_potential(over(3, 20, 1'000'000), 1), low);            // a year is counted at least
  EXPECT_EQ(upsell_potential(over(2, 20, 1'000'000), 1), "Medio");
  EXPECT_EQ(upsell_potential(over(3, 900, 180'000), 3), low);
  EXPECT_EQ(upsell_potential(over(3, 900, 180'000), 2), ticket);          // 60,000 exactly
  EXPECT_EQ(upsell_potential(over(3, 900, 180'003), 2), "Medio");
  EXPECT_EQ(upsell_potential(over(3, 900, 90'000), 3), ticket);
  EXPECT_EQ(upsell_potential(over(3, 900, 89'999), 3), "Medio");
  EXPECT_EQ(upsell_potential({}, 0), "Medio");
}

TEST(Preferences, OneAVisitAndServiceOverBothSources) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1, .nombre = "Rosa Vera"});
  spa.legacy.push_back({.legacy_id = "7", .nombre = "Rosa Vera"});
  spa.link("7", 1);
  // Two lines and a party of six are one time; extras and cancelled services are none.
  spa.sales.push_back({.id = 1, .customer = 1, .total = 100, .created = at(2023, 1, 1),
                       .lines = {{"Tina Caliente Premium", at(2023, 1, 10), 6},
                                 {"Tina Caliente Premium", at(2023, 1, 10), 2},
                                 {"Desayuno", at(2023, 1, 10)}}});
  spa.sales.push_back({.id = 2, .customer = 1, .total = 100, .created = at(2023, 1, 1),
                       .lines = {{"Masaje Relajante", at(2023, 2, 10)}}, .state = sources::PaymentState::cancelado});
  spa.legacy_lines.push_back({"Rosa Vera", "Tina Caliente Premium", at(2021, 5, 5), 9, 10'000, 4});
  spa.legacy_lines.push_back({"Rosa Vera", "tina caliente premium", at(2021, 5, 5), 9, 10'000, 4});
  spa.legacy_lines.push_back({"Rosa Vera", "Servicio Anulado", at(2021, 6, 5), 10, 0});
  spa.legacy_lines.push_back({"Rosa Vera", "Paseo en Kayak", Moment::none(), 11, 5'000});
  const auto snapshot = spa.build();
  const auto preferences = service_preferences(*snapshot, 0, {.as_of = end_of(2024, 1, 1)});
  ASSERT_EQ(preferences.size(), 2U);
  EXPECT_EQ(preferences[0].servicio_id, 8);
  EXPECT_EQ(preferences[0].veces_reservado, 2);
  EXPECT_EQ(preferences[0].ultima_reserva, at(2023, 1, 10));
  EXPECT_EQ(preferences[1].servicio_id, std::nullopt);
  EXPECT_EQ(preferences[1].veces_reservado, 1);  // undated rows count here
  EXPECT_FALSE(preferences[1].ultima_reserva.known());
}

TEST(Preferences, TiesGoToTheMoreRecent) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  for (const auto& [id, service, when] :
       {std::tuple{1, "Masaje Relajante", at(2023, 1, 10)}, {2, "Tina Caliente Premium", at(2023, 5, 10)},
        {3, "Alojamiento Weekend", at(2022, 5, 10)}}) {
    spa.sales.push_back({.id = id, .customer = 1, .total = 1, .created = when, .lines = {{service, when}}});
  }
  const auto snapshot = spa.build();
  const View view{.as_of = end_of(2024, 1, 1)};
  const auto preferences = service_preferences(*snapshot, 0, view);
  ASSERT_EQ(preferences.size(), 3U);
  EXPECT_EQ(preferences[0].servicio_id, 8);
  EXPECT_EQ(preferences[1].servicio_id, 5);
  EXPECT_EQ(preferences[2].servicio_id, 11);
  EXPECT_THAT(insights(*snapshot, 0, view).preferred_service_types, ElementsAre("tina", "masaje", "cabana"));
}

TEST(Preferences, ALineAfterAsOfIsNotSeenThoughItsVisitHasBegun) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  spa.sales.push_back({.id = 1, .customer = 1, .total = 1, .created = at(2023, 1, 1),
                       .lines = {{"Alojamiento Weekend", at(2023, 1, 10)}, {"Masaje Relajante", at(2023, 1, 12)}}});
  const auto snapshot = spa.build();
  EXPECT_EQ(service_preferences(*snapshot, 0, {.as_of = end_of(2023, 1, 11)}).size(), 1U);
  EXPECT_EQ(service_preferences(*snapshot, 0, {.as_of = end_of(2023, 1, 12)}).size(), 2U);
}

TEST(Payments, AllOfThemButDiscounts) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  spa.sales.push_back({.id = 1, .customer = 1, .total = 1, .created = at(2023, 1, 1),
                       .lines = {{"Masaje Relajante", at(2023, 1, 10)}},
                       .payments = {{"descuento", at(2023, 1, 1)}, {"flow", at(2023, 1, 1)},
                                    {"efectivo", at(2023, 1, 2)}, {"tarjeta", at(2025, 1, 1)}}});
  spa.sales.push_back({.id = 2, .customer = 1, .total = 1, .created = at(2023, 3, 1),
                       .lines = {{"Masaje Relajante", at(2023, 3, 10)}},
                       .payments = {{"descuento", at(2023, 3, 1)}, {"webpay", Moment::none()}},
                       .state = sources::PaymentState::cancelado});
  const auto snapshot = spa.build();
  const auto behavior = payment_behavior(*snapshot, 0, end_of(2024, 1, 1));
  EXPECT_THAT(behavior.payment_methods_used, ElementsAre("efectivo", "flow", "webpay"));
  EXPECT_EQ(behavior.preferred_method, "efectivo");
  EXPECT_EQ(payment_behavior(*snapshot, 0, end_of(2022, 1, 1)).preferred_method, std::nullopt);
  EXPECT_EQ(recent_payments(*snapshot, 0, end_of(2024, 1, 1)).size(), 5U);
}

TEST(Insights, WhatWasTriedOnceIsNoPreferenceBesideWhatCameAgain) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  int id = 0;
  for (const auto* service : {"Masaje Relajante", "Masaje Relajante", "Tina Caliente Premium"}) {
    const Moment when = at(2023, ++id, 10);
    spa.sales.push_back({.id = id, .customer = 1, .total = 1, .created = when, .lines = {{service, when}}});
  }
  const auto snapshot = spa.build();
  const auto preferred = [&](int year) {
    return insights(*snapshot, 0, {.as_of = end_of(year, 1, 1)}).preferred_services;
  };
  EXPECT_THAT(preferred(2024), ElementsAre("Masaje Relajante"));
  EXPECT_THAT(preferred(2022), ElementsAre());
}

}  // namespace
}  // namespace aremko::analytics
