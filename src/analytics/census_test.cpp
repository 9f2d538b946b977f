#include "analytics/census.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>

#include "analytics/history.h"
#include "analytics/people.h"
#include "analytics/preferences.h"
#include "analytics/priority.h"
#include "analytics/random_spa.h"
#include "analytics/reactivation.h"

namespace aremko::analytics {
namespace {

using snapshot::Row;
using testing::at;
using testing::end_of;

class RandomSpas : public ::testing::TestWithParam<unsigned> {
 protected:
  testing::Spa spa_ = testing::random_spa(GetParam());
  snapshot::SnapshotPtr snapshot_ = spa_.build();
  AsOf as_of_ = end_of(2024, 3, 14);
};
INSTANTIATE_TEST_SUITE_P(Seeds, RandomSpas, ::testing::Range(0U, 12U));

TEST_P(RandomSpas, TheCensusSaysWhatIsSaidOfEachPerson) {
  const Census census(*snapshot_, as_of_);
  for (Row row = 0; row < census.size(); ++row) {
    const Tally sums = tally(*snapshot_, row, {.as_of = as_of_});
    const RfmAnalysis scores = rfm(sums, as_of_);
    const auto days = sums.days_since_last(as_of_);
    EXPECT_EQ(census.days(row), days.value_or(Census::no_days));
    EXPECT_EQ(census.visits(row), sums.visits);
    EXPECT_EQ(census.spent(row), sums.spent);
    EXPECT_EQ(census.scores(row), (RfmScores{scores.recency_score, scores.frequency_score, scores.monetary_score}));
    const bool staff = (snapshot_->customers().contact.flags[row] & sources::is_staff) != 0;
    EXPECT_EQ(census.counted(row) || census.folded(row), !staff && known_customer(*snapshot_, row, as_of_));
    if (!census.counted(row)) continue;
    EXPECT_EQ(census.segment(row), scores.segment);
    const Reach open = reach(*snapshot_, row, as_of_);
    EXPECT_EQ(census.reachable(row), open.reachable());
    const bool booked = booked_ahead(*snapshot_, row, as_of_).known();
    const int points = days && !booked ? priority(*days, sums.visits, sums.spent, open.reachable()).total() : 0;
    EXPECT_EQ(census.priority(row), points);
  }
}

TEST_P(RandomSpas, SegmentsPartitionTheCustomers) {
  const Census census(*snapshot_, as_of_);
  std::vector<int> times(census.size());
  std::int64_t customers = 0;
  for (const Segment segment : all_segments) {
    Pesos spent = 0;
    const auto members = census.members(segment);
    for (std::size_t i = 0; i < members.size(); ++i) {
      ++times[members[i]];
      EXPECT_EQ(census.segment(members[i]), segment);
      spent += census.spent(members[i]);
      if (i == 0) continue;
      EXPECT_GE(census.spent(members[i - 1]), census.spent(members[i]));
      if (census.spent(members[i - 1]) == census.spent(members[i])) {
        EXPECT_LT(members[i - 1], members[i]);
      }
    }
    EXPECT_EQ(census.totals(segment).customers, static_cast<std::int64_t>(members.size()));
    for (const Row member : members) {
      for (const Row row : snapshot_->person_ties().twins.of(member)) spent += census.folded(row) ? census.spent(row) : 0;
    }
    EXPECT_EQ(census.totals(segment).spent, spent);
    customers += census.totals(segment).customers;
  }
  EXPECT_EQ(customers, census.customers());
  for (Row row = 0; row < census.size(); ++row) EXPECT_EQ(times[row], census.counted(row) ? 1 : 0);
}

TEST_P(RandomSpas, TheInactiveAreThoseAwayForSoManyMonthsInOrder) {
  const Census census(*snapshot_, as_of_);
  for (const int months : {1, 6, 12, 36}) {
    const Date cutoff = as_of_.date().plus_months(-months);
    std::vector<Row> expected;
    for (Row row = 0; row < census.size(); ++row) {
      const Moment last = tally(*snapshot_, row, {.as_of = as_of_}).last;
      if (census.counted(row) && last.known() && last.date() <= cutoff) expected.push_back(row);
    }
    std::ranges::sort(expected, [&](Row a, Row b) {
      if (census.priority(a) != census.priority(b)) return census.priority(a) > census.priority(b);
      return census.spent(a) != census.spent(b) ? census.spent(a) > census.spent(b) : a < b;
    });
    EXPECT_EQ(census.inactive_count(months), static_cast<std::int64_t>(expected.size()));
    EXPECT_EQ(census.inactive(months, 10'000), expected);
    for (const std::size_t offset : {std::size_t{3}, expected.size()}) {
      const auto from = expected.begin() + static_cast<std::ptrdiff_t>(std::min(offset, expected.size()));
      std::vector<Row> page(from, from + std::min<std::ptrdiff_t>(5, expected.end() - from));
      EXPECT_EQ(census.inactive(months, 5, offset), page);
    }
  }
}

/// What a census says of everybody, to be compared.
std::string everything(const Census& census) {
  std::string out;
  for (Row row = 0; row < census.size(); ++row) {
    const RfmScores scores = census.scores(row);
    out += fmt::format("{} {} {} {} {}{}{} {} {} {};", census.counted(row), census.days(row), census.visits(row),
                       census.spent(row), scores.recency, scores.frequency, scores.monetary,
                       json_name(census.segment(row)), census.priority(row), census.reachable(row));
  }
  return out;
}

TEST_P(RandomSpas, ValidUntilTheNextThingThatHappensByItself) {
  AsOf now{at(2024, 3, 14, 7, 0)};
  std::mt19937 random(GetParam());
  for (int i = 0; i < 20; ++i) {
    const Census census(*snapshot_, now);
    const std::string said = everything(census);
    ASSERT_GT(census.valid_until(), now.moment);
    EXPECT_LE(census.valid_until(), Moment::start_of(now.date().plus_days(1)));
    const int span = census.valid_until().minutes - now.moment.minutes;
    const AsOf later{{now.moment.minutes + static_cast<int>(random() % static_cast<unsigned>(span))}};
    EXPECT_TRUE(census.answers(snapshot_->version(), later));
    EXPECT_EQ(everything(Census(*snapshot_, later)), said);
    EXPECT_FALSE(census.answers(snapshot_->version(), {census.valid_until()}));
    now = {census.valid_until()};
  }
}

TEST(Census, OneThreadOrMoreSayTheSame) {
  const auto snapshot = testing::random_spa(1, 21'000).build();
  const Census one(*snapshot, end_of(2024, 3, 14), {}, 1);
  const Census three(*snapshot, end_of(2024, 3, 14), {}, 3);
  EXPECT_EQ(everything(one), everything(three));
  EXPECT_EQ(one.valid_until(), three.valid_until());
  EXPECT_EQ(one.customers(), three.customers());
}

TEST_P(RandomSpas, HabitsCountEachVisitAndServiceOnce) {
  const Census census(*snapshot_, as_of_);
  for (const Segment segment : all_segments) {
    std::map<std::string_view, std::int64_t> services;
    std::int64_t dated = 0;
    for (const Row row : census.members(segment)) {
      for (const auto& preference : service_preferences(*snapshot_, row, {.as_of = as_of_})) {
        services[preference.servicio_nombre] += preference.veces_reservado;
      }
      dated += tally(*snapshot_, row, {.as_of = as_of_}).dated();
    }
    const auto answer = segment_customers(*snapshot_, census, as_of_, segment, 5);
    std::int64_t shown = 0;
    for (const auto& [month, visits] : answer.summary.visits_by_month) shown += visits;
    EXPECT_EQ(shown, dated);
    EXPECT_EQ(answer.summary.top_services.size(), std::min<std::size_t>(10, services.size()));
    for (const TopService& service : answer.summary.top_services) {
      EXPECT_EQ(service.veces_reservado, services[service.servicio_nombre]) << service.servicio_nombre;
    }
  }
}

TEST(Census, StaffAndPeopleOfLaterAreNotCounted) {
  testing::Spa spa;
  const std::uint8_t flags = sources::phone_valid | sources::phone_mobile;
  spa.customers.push_back({.id = 1, .created = at(2024, 1, 1)});
  spa.customers.push_back({.id = 2, .flags = flags | sources::is_staff, .created = at(2020, 1, 1)});
  spa.customers.push_back({.id = 3, .created = at(2025, 1, 1)});
  spa.customers.push_back({.id = 4, .created = at(2025, 1, 1)});  // the column came later than the customer
  spa.customers.push_back({.id = 5});
  spa.sales.push_back({.id = 1, .customer = 4, .total = 5, .created = at(2023, 1, 1),
                       .lines = {{"Masaje Relajante", at(2023, 1, 2)}}});
  spa.sales.push_back({.id = 2, .customer = 2, .total = 5, .created = at(2021, 1, 1),
                       .lines = {{"Masaje Relajante", at(2021, 1, 2)}}});
  const auto snapshot = spa.build();
  const Census census(*snapshot, end_of(2024, 3, 14));
  EXPECT_EQ(census.customers(), 3);
  EXPECT_EQ(census.staff(), 1);
  EXPECT_FALSE(census.counted(1));
  EXPECT_FALSE(census.counted(2));
  EXPECT_TRUE(census.counted(3));
  EXPECT_TRUE(census.counted(4));
  EXPECT_EQ(census.inactive_count(12), 1);
}

TEST(Census, OfNobody) {
  const auto snapshot = testing::Spa{}.build();
  const Census census(*snapshot, end_of(2024, 3, 14));
  EXPECT_EQ(census.size(), 0U);
  EXPECT_EQ(census.inactive_count(1), 0);
  EXPECT_TRUE(census.inactive(1, 5).empty());
  const auto answer = segment_customers(*snapshot, census, end_of(2024, 3, 14), Segment::vip, 5);
  EXPECT_TRUE(answer.summary.top_services.empty());
}

TEST(Census, AYearAgoIsInactiveForTwelveMonths) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  spa.customers.push_back({.id = 2});
  spa.sales.push_back({.id = 1, .customer = 1, .total = 5, .created = at(2023, 1, 1),
                       .lines = {{"Masaje Relajante", at(2023, 3, 14, 23, 30)}}});
  spa.sales.push_back({.id = 2, .customer = 2, .total = 5, .created = at(2023, 1, 1),
                       .lines = {{"Masaje Relajante", at(2023, 3, 15, 0, 0)}}});
  const auto snapshot = spa.build();
  const AsOf as_of = end_of(2024, 3, 14);
  EXPECT_EQ(Census(*snapshot, as_of).inactive(12, 5), std::vector<Row>{0});
  EXPECT_EQ(statistics(*snapshot, 0, {.as_of = as_of}).visitas_ultimo_ano, 0);
  EXPECT_EQ(statistics(*snapshot, 1, {.as_of = as_of}).visitas_ultimo_ano, 1);
}

TEST(CensusCache, TakesOneAndReusesItWhileItHolds) {
  testing::Spa spa = testing::guide_spa();
  const auto snapshot = spa.build();
  CensusCache cache({}, 2);
  const auto first = cache.get(*snapshot, {at(2024, 3, 14, 10)});
  EXPECT_EQ(cache.get(*snapshot, {at(2024, 3, 14, 10)}), first);
  EXPECT_EQ(cache.get(*snapshot, {at(2024, 3, 14, 22)}), first);
  EXPECT_NE(cache.get(*snapshot, {at(2024, 3, 15, 0, 0)}), first);
  EXPECT_EQ(cache.get(*snapshot, {at(2024, 3, 14, 11)}), first);
  spa.version = 2;
  const auto next = spa.build();
  EXPECT_NE(cache.get(*next, {at(2024, 3, 14, 10)}), first);
  EXPECT_EQ(cache.get(*snapshot, {at(2024, 3, 14, 10)}), first);  // last used, kept
  EXPECT_NE(cache.get(*snapshot, {at(2024, 3, 15, 0, 0)}), nullptr);
}

TEST(CensusCache, ManyWhoAskAtOnceGetOne) {
  const auto snapshot = testing::random_spa(3, 3'000).build();
  CensusCache cache;
  std::vector<std::shared_ptr<const Census>> got(6);
  {
    std::vector<std::jthread> threads;
    for (auto& one : got) {
      threads.emplace_back([&] {
        one = cache.get(*snapshot, end_of(2024, 3, 14));
        EXPECT_GE(one->inactive_count(12), 0);
        EXPECT_LE(one->habits(*snapshot, Segment::lost).top_services.size(), 10U);
      });
    }
  }
  for (const auto& one : got) EXPECT_EQ(one, got[0]);
}

}  // namespace
}  // namespace aremko::analytics
