#include "analytics/people_table.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>

#include "analytics/history.h"
#include "analytics/priority.h"
#include "analytics/random_spa.h"
#include "analytics/segment_map.h"
#include "base/enum_values.h"
#include "normalize/text.h"

namespace aremko::analytics {
namespace {

using snapshot::Row;
using testing::end_of;

class Tables : public ::testing::TestWithParam<unsigned> {
 protected:
  snapshot::SnapshotPtr snapshot_ = testing::random_spa(GetParam()).build();
  AsOf as_of_ = end_of(2024, 3, 14);
  Census census_{*snapshot_, as_of_};

  PeopleTable page(const PeopleFilter& filter, PeopleOrder order, bool descending, std::size_t limit = 10'000, std::size_t offset = 0) {
    return people_table(*snapshot_, census_, as_of_, filter, order, descending, limit, offset);
  }
};
INSTANTIATE_TEST_SUITE_P(Seeds, Tables, ::testing::Range(0U, 8U));

TEST_P(Tables, EveryOrderHoldsEverybodyOnceAndSorted) {
  for (const PeopleOrder order : enum_values<PeopleOrder>) {
    const auto table = page({}, order, false);
    EXPECT_EQ(table.total_found, census_.customers());
    EXPECT_EQ(std::ssize(table.customers), census_.customers());
    std::set<std::int64_t> ids;
    for (std::size_t i = 0; i < table.customers.size(); ++i) {
      const PersonLine& b = table.customers[i];
      EXPECT_TRUE(ids.insert(b.id).second);
      if (i == 0) continue;
      const PersonLine& a = table.customers[i - 1];
      const auto key = [order](const PersonLine& line) -> std::pair<std::int64_t, std::string> {
        switch (order) {
          case PeopleOrder::nombre: return {0, normalize::fold(line.nombre)};
          case PeopleOrder::visitas: return {line.total_visitas, ""};
          case PeopleOrder::gastado: return {line.total_gastado, ""};
          case PeopleOrder::promedio: return {line.promedio_por_visita, ""};
          case PeopleOrder::ultima_visita: return {line.ultima_visita.days, ""};
          case PeopleOrder::prioridad: return {line.reactivation_priority, ""};
        }
        return {};
      };
      EXPECT_LE(key(a), key(b)) << json_name(order);
      if (key(a) == key(b)) EXPECT_LT(a.id, b.id);
    }
    auto backwards = page({}, order, true).customers;
    std::ranges::reverse(backwards);
    for (std::size_t i = 0; i < backwards.size(); ++i) EXPECT_EQ(backwards[i].id, table.customers[i].id);
  }
}

TEST_P(Tables, AFilterShowsExactlyThoseWhoPass) {
  std::mt19937 random(GetParam());
  const auto one_in = [&](unsigned count) { return random() % count == 0; };
  for (int turn = 0; turn < 60; ++turn) {
    PeopleFilter filter;
    if (one_in(3)) filter.segment = all_segments[random() % 9];
    if (one_in(4)) filter.recency = static_cast<int>(random() % 6);
    if (one_in(4)) filter.frequency = static_cast<int>(random() % 6);
    if (one_in(4)) filter.monetary = static_cast<int>(random() % 6);
    if (one_in(3)) filter.months = 1 + static_cast<int>(random() % 36);
    if (one_in(4)) filter.min_visits = random() % 6;
    if (one_in(4)) filter.min_spent = random() % 200'000;
    if (one_in(4)) filter.channel = enum_values<Channel>[random() % 3];
    std::set<std::int64_t> wanted;
    Pesos spent = 0;
    for (Row row = 0; row < census_.size(); ++row) {
      const RfmScores scores = census_.scores(row);
      const auto ways = channels(reach(*snapshot_, row, as_of_));
      const bool passes =
          census_.counted(row) && (!filter.segment || census_.segment(row) == *filter.segment) &&
          (!filter.recency || scores.recency == *filter.recency) && (!filter.frequency || scores.frequency == *filter.frequency) &&
          (!filter.monetary || scores.monetary == *filter.monetary) &&
          (!filter.months || (census_.days(row) != Census::no_days && census_.days(row) >= census_.days_of_months(*filter.months))) &&
          (!filter.min_visits || census_.visits(row) >= *filter.min_visits) && (!filter.min_spent || census_.spent(row) >= *filter.min_spent) &&
          (!filter.channel || std::ranges::find(ways, *filter.channel) != ways.end());
      if (!passes) continue;
      wanted.insert(snapshot_->customers().id[row]);
      spent += census_.person_spent(row);
    }
    std::set<std::int64_t> given;
    std::optional<std::int64_t> offset = 0;
    while (offset) {  // page by page comes to the same as all at once
      const auto table = page(filter, PeopleOrder::gastado, true, 7, static_cast<std::size_t>(*offset));
      EXPECT_EQ(table.total_found, std::ssize(wanted));
      EXPECT_EQ(table.ltv_total, spent);
      for (const PersonLine& line : table.customers) EXPECT_TRUE(given.insert(line.id).second);
      offset = table.next;
    }
    EXPECT_EQ(given, wanted);
  }
}

TEST(PeopleTable, ALineSaysWhatTheProfileSaysAndCitiesCompareFolded) {
  const auto snapshot = testing::guide_spa().build();
  const AsOf as_of = end_of(2024, 3, 14);
  const Census census(*snapshot, as_of);
  const auto table = people_table(*snapshot, census, as_of, {.ciudad = "PUERTO MÓNTT"}, PeopleOrder::gastado, true, 10);
  const auto maria = std::ranges::find(table.customers, 123, &PersonLine::id);
  ASSERT_NE(maria, table.customers.end());
  EXPECT_EQ(maria->total_visitas, 17);
  EXPECT_EQ(maria->total_gastado, 680'000);
  EXPECT_EQ(maria->promedio_por_visita, 40'000);
  EXPECT_EQ(maria->ultima_visita.iso(), "2020-03-15");
  EXPECT_EQ(maria->days_since_last_visit, 1460);
  EXPECT_EQ(maria->segment, Segment::at_risk);
  EXPECT_TRUE(maria->con_historia);
  EXPECT_EQ(maria->servicio_favorito, "Masaje Relajante");
  EXPECT_EQ(people_table(*snapshot, census, as_of, {.ciudad = "Osorno"}, PeopleOrder::gastado, true, 10).total_found, 0);
  EXPECT_EQ(people_table(*snapshot, census, as_of, {.ciudad = "montt"}, PeopleOrder::gastado, true, 10).total_found, table.total_found)
      << "a part of it";
}

TEST(PeopleTable, ReasonsAddUpToThePriority) {
  const auto snapshot = testing::guide_spa().build();
  const AsOf as_of = end_of(2024, 3, 14);
  const Census census(*snapshot, as_of);
  auto table = people_table(*snapshot, census, as_of, {}, PeopleOrder::prioridad, true, 100);
  for (const PersonLine& line : table.customers) EXPECT_TRUE(line.priority_reasons.empty()) << "not asked for";
  add_reasons(table, *snapshot, census, as_of, {});
  for (const PersonLine& line : table.customers) {
    int points = 0;
    for (const PriorityReason& one : line.priority_reasons) points += one.points;
    EXPECT_EQ(points, line.reactivation_priority) << line.nombre;
    EXPECT_EQ(line.priority_reasons.empty(), !line.days_since_last_visit) << line.nombre;
  }
}

TEST(PeopleTable, AMovementsPeopleAreThoseOfItsCell) {
  const auto snapshot = testing::guide_spa().build();
  const AsOf as_of = end_of(2024, 3, 14), from = end_of(2019, 3, 14);
  const Census after(*snapshot, as_of), before(*snapshot, from);
  std::int64_t all = 0;
  for (const SegmentMove& move : segment_movement(before, from, after, as_of).moves) {
    if (!move.to) continue;
    const auto table = people_table(*snapshot, after, as_of, {.segment = move.to, .before = &before, .was = move.from}, PeopleOrder::gastado, true, 10);
    EXPECT_EQ(table.total_found, move.customers);
    all += table.total_found;
  }
  EXPECT_EQ(all, after.customers());
}

TEST(PeopleTable, PlacesCountEverybodyWhoSaysOne) {
  const auto snapshot = testing::guide_spa().build();
  const AsOf as_of = end_of(2024, 3, 14);
  const Census census(*snapshot, as_of);
  const auto places = people_places(*snapshot, census, as_of);
  ASSERT_FALSE(places.ciudades.empty());
  for (const PlaceCount& place : places.ciudades) {
    const auto table = people_table(*snapshot, census, as_of, {.ciudad = std::string(place.nombre)}, PeopleOrder::gastado, true, 10);
    EXPECT_GE(table.total_found, place.customers) << place.nombre;
  }
  EXPECT_TRUE(std::ranges::is_sorted(places.ciudades, std::greater{}, &PlaceCount::customers));
}

}  // namespace
}  // namespace aremko::analytics
