#include "analytics/overview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analytics/people.h"
#include "analytics/profile.h"
#include "analytics/test_spa.h"
#include "base/json_write.h"

namespace aremko::analytics {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using testing::at;
using testing::end_of;

constexpr std::uint8_t mobile = sources::phone_valid | sources::phone_mobile;
constexpr std::uint8_t mail = sources::email_valid;

class Overviews : public ::testing::Test {
 protected:
  Overviews() {
    spa_.customers.push_back({.id = 1, .telefono = "+56987654321", .email = "a@example.cl", .flags = mobile | mail | sources::rut_valid});
    spa_.customers.push_back({.id = 2, .nombre = "Berta Prueba", .telefono = "+56987654321", .flags = mobile});
    spa_.customers.push_back({.id = 3, .telefono = "12", .flags = 0});
    spa_.customers.push_back({.id = 4, .nombre = "Clara Prueba", .telefono = "+56987654321", .flags = mobile | mail | sources::is_staff});
    spa_.services.push_back({13, "Masaje Antiguo", "masaje", false});
    spa_.legacy.push_back({"70", "Ana Uno", at(2015, 1, 5), mobile, "Puerto Montt"});
    spa_.legacy.push_back({"71", "Ana Dos", at(2020, 6, 23), mobile | mail, "Santiago"});
    spa_.legacy.push_back({"72", "Ana Tres", at(2019, 6, 23), 0, "Puerto Montt"});
    spa_.legacy.push_back({"73", "Ana Cuatro", at(2024, 6, 23), mobile, "Osorno"});
    spa_.legacy_lines.push_back({"Solo Servicios", "Masaje Relajante", at(2021, 3, 3), 1, 30'000});
    spa_.link("70", 1);
    spa_.sales.push_back({.id = 1, .customer = 1, .total = 90'000, .created = at(2022, 1, 1),
                          .lines = {{"Masaje Relajante", at(2022, 1, 1)}}});
    snapshot_ = spa_.build();
  }
  testing::Spa spa_;
  snapshot::SnapshotPtr snapshot_;
  AsOf as_of_ = end_of(2024, 3, 14);
};

TEST_F(Overviews, CountsPeopleNotStaff) {
  const auto out = overview(*snapshot_, Census(*snapshot_, as_of_), as_of_);
  EXPECT_EQ(json::to_json(out.current_database),
            R"({"total_customers":3,"duplicate_rows":0,"inactive_12_months":1,"services_available":5,"products_available":1,"top_cities":[["Puerto Montt",3]]})");
  EXPECT_EQ(json::to_json(out.data_completeness),
            R"({"current_with_email":1,"current_with_phone":2,"current_with_rut":1,"current_with_legacy":1})");
  EXPECT_EQ(out.staff_excluded, 1);
  ASSERT_EQ(out.segments.size(), 9U);
  std::int64_t customers = 0;
  for (const auto& [name, count] : out.segments) customers += count.customers;
  EXPECT_EQ(customers, 3);
  EXPECT_EQ(out.segments[7].first, "Lost");
  EXPECT_EQ(out.segments[7].second.ltv_total, 90'000);
}

TEST_F(Overviews, LegacyStatisticsAsTheConnectorGivesThem) {
  const auto out = legacy_stats(*snapshot_, as_of_);
  EXPECT_EQ(json::to_json(out),
            R"({"total_customers":3,"with_email":1,"with_phone":2,"email_percentage":33.3,"phone_percentage":66.7,)"
            R"("top_cities":[["Puerto Montt",2],["Santiago",1]],)"
            R"("date_range":{"earliest":"2015-01-05","latest":"2020-06-23"},"services_only":1})");
  EXPECT_EQ(legacy_stats(*snapshot_, end_of(2025, 1, 1)).total_customers, 4);
  EXPECT_EQ(legacy_stats(*snapshot_, end_of(2010, 1, 1)).total_customers, 0);
}

TEST_F(Overviews, SourcesSayHowTheyStand) {
  snapshot::BuildInput input;
  input.zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
  sources::LoadReport report;
  report.rows_refused = 3;
  for (const std::uint64_t line : {4U, 5U, 6U}) {
    report.refused.push_back({"Clientes.csv", line, "no_id", "Falta el número.", "The number is missing."});
  }
  input.states.push_back({.name = "clientes_legacy", .description = "Clientes.csv", .ok = false,
                          .detail_es = "No se encuentra.", .detail_en = "Not found.", .last_good = 1'710'000'000,
                          .report = report});
  input.states.emplace_back().name = "aremko_db";
  const auto snapshot = snapshot::Builder::build(std::move(input));
  const auto health = source_health(snapshot->source_states(), snapshot->zone(), 1'710'000'060, 2);
  ASSERT_EQ(health.size(), 2U);
  EXPECT_EQ(health[0].age_seconds, 60);
  EXPECT_EQ(health[0].last_good, snapshot->zone().local(1'710'000'000));
  EXPECT_EQ(health[0].rows_refused, 3);
  EXPECT_EQ(health[0].refused_rows.size(), 2U);
  EXPECT_EQ(health[0].detail, "No se encuentra.");
  EXPECT_EQ(health[1].age_seconds, std::nullopt);
  EXPECT_FALSE(health[1].last_good.known());
}

TEST_F(Overviews, Catalogues) {
  EXPECT_EQ(services(*snapshot_).total_found, 6);
  EXPECT_EQ(services(*snapshot_, true).total_found, 5);
  EXPECT_EQ(services(*snapshot_).services.front().nombre, "Masaje Relajante");
  EXPECT_EQ(services(*snapshot_).services.front().unidad, "por_persona");
  EXPECT_EQ(products(*snapshot_).total_found, 2);
  EXPECT_EQ(products(*snapshot_, true).products.at(0).nombre, "Aceite");
}

TEST_F(Overviews, CustomerPagesLeaveStaffOut) {
  const auto first = customers(*snapshot_, as_of_, {}, 2);
  EXPECT_EQ(first.total_found, 3);
  ASSERT_EQ(first.customers.size(), 2U);
  EXPECT_EQ(first.customers[0].id, 1);
  EXPECT_EQ(first.next, 2);
  const auto second = customers(*snapshot_, as_of_, {}, 2, 2);
  EXPECT_EQ(second.customers.at(0).id, 3);
  EXPECT_EQ(second.next, std::nullopt);
  EXPECT_TRUE(customers(*snapshot_, as_of_, {}, 2, 99).customers.empty());
}

TEST_F(Overviews, FiltersReadAnyShape) {
  EXPECT_EQ(customers(*snapshot_, as_of_, {.telefono = "9 8765 4321"}, 10).total_found, 3);  // staff too, when named
  EXPECT_EQ(customers(*snapshot_, as_of_, {.telefono = "987654321", .email = " A@Example.CL "}, 10).total_found, 1);
  EXPECT_EQ(customers(*snapshot_, as_of_, {.telefono = "12"}, 10).total_found, 1);
  EXPECT_EQ(customers(*snapshot_, as_of_, {.email = "nadie@example.cl"}, 10).total_found, 0);
  EXPECT_EQ(legacy_customers(*snapshot_, as_of_, {}, 10).total_found, 4);
  EXPECT_EQ(legacy_customers(*snapshot_, as_of_, {}, 10).customers.back().origin, "services_file");
}

TEST_F(Overviews, UndatedVisitsCountForMoneyAndNeverInTime) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1, .nombre = "Rosa Vera"});
  spa.legacy.push_back({.legacy_id = "7", .nombre = "Rosa Vera"});
  spa.link("7", 1);
  spa.legacy_lines.push_back({"Rosa Vera", "Masaje Relajante", Moment::none(), 1, 50'000});
  spa.legacy_lines.push_back({"Rosa Vera", "Masaje Relajante", Moment::none(), 2, 70'000});
  const auto only_undated = spa.build();
  const auto profile = analytics::profile(*only_undated, 0, {.as_of = as_of_});
  EXPECT_EQ(profile.statistics.total_visitas, 2);
  EXPECT_EQ(profile.statistics.visitas_sin_fecha, 2);
  EXPECT_EQ(profile.statistics.total_gastado, 120'000);
  EXPECT_FALSE(profile.statistics.ultima_visita.known());
  EXPECT_EQ(profile.rfm_analysis.days_since_last_visit, std::nullopt);
  EXPECT_EQ(profile.rfm_analysis.recency_score, 0);
  EXPECT_EQ(profile.rfm_analysis.segment, Segment::occasional);
  EXPECT_EQ(profile.service_preferences.at(0).veces_reservado, 2);
  EXPECT_EQ(profile.recent_reservations.size(), 2U);
  const Census census(*only_undated, as_of_);
  EXPECT_EQ(census.inactive_count(1), 0);
  EXPECT_EQ(census.totals(Segment::occasional).spent, 120'000);

  spa.sales.push_back({.id = 1, .customer = 1, .total = 1, .created = at(2024, 3, 1),
                       .lines = {{"Masaje Relajante", at(2024, 3, 1)}}});
  const auto came_again = analytics::profile(*spa.build(), 0, {.as_of = as_of_});
  EXPECT_EQ(came_again.rfm_analysis.segment, Segment::promising);  // a past without a date is a past: not New
  EXPECT_EQ(came_again.statistics.total_visitas, 3);
}

}  // namespace
}  // namespace aremko::analytics
