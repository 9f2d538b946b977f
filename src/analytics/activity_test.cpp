#include "analytics/activity.h"

#include <gtest/gtest.h>

#include <map>

#include "analytics/history.h"
#include "analytics/random_spa.h"

namespace aremko::analytics {
namespace {

using snapshot::Row;
using testing::at;
using testing::end_of;

class Months : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Months, ::testing::Range(0U, 8U));

TEST_P(Months, EveryDatedVisitOfEverybodyButStaffCountsOnceInItsMonth) {
  const auto snapshot = testing::random_spa(GetParam()).build();
  const AsOf as_of = end_of(2024, 3, 14);
  std::map<std::string, std::pair<std::int64_t, Pesos>> wanted;
  const Row customers = snapshot->customers().size();
  for (Row person = 0; person < snapshot->person_count(); ++person) {
    const bool skipped = person < customers ? (snapshot->customers().contact.flags[person] & sources::is_staff) != 0
                                            : snapshot->customer_of(person - customers) != snapshot::no_row;
    if (skipped) continue;
    for_each_seen(*snapshot, person, {.as_of = as_of}, [&](std::size_t, Moment when, Pesos money, snapshot::VisitRef) {
      if (!when.known()) return;
      auto& month = wanted[when.date().iso().substr(0, 7)];
      ++month.first;
      month.second += money;
    });
    for_each_charge(*snapshot, person, {.as_of = as_of}, [&](Moment when, Pesos money, snapshot::ChargeKind) {
      if (when.known()) wanted[when.date().iso().substr(0, 7)].second += money;
    });
  }
  const Activity given = activity(*snapshot, as_of);
  std::int64_t visits = 0;
  for (const ActivityMonth& month : given.months) {
    EXPECT_EQ(month.visitas, wanted[month.month].first) << month.month;
    EXPECT_EQ(month.gastado, wanted[month.month].second) << month.month;
    EXPECT_LE(month.personas_nuevas, month.visitas);
    EXPECT_LE(month.visitas_legacy, month.visitas);
    visits += month.visitas;
  }
  EXPECT_EQ(given.total_visitas, visits);
  EXPECT_EQ(given.months.back().month, "2024-03");
  std::int64_t by_month = 0;
  for (const auto& [name, count] : given.visits_by_month) by_month += count;
  EXPECT_EQ(by_month, visits);
}

TEST(Activity, HoursStandAtTheirWeekdayMondayFirst) {
  testing::Spa spa;
  spa.customers = {{.id = 1}};
  spa.sales = {{.id = 1, .customer = 1, .total = 30'000, .created = at(2024, 3, 1),
                .lines = {{.service = "Masaje Relajante", .at = at(2024, 3, 14, 15, 30)}}}};  // a Thursday
  const Activity given = activity(*spa.build(), end_of(2024, 3, 31));
  ASSERT_EQ(given.months.size(), 1U);
  EXPECT_EQ(given.months[0].personas_nuevas, 1);
  EXPECT_EQ(given.visits_by_weekday_and_hour[3][15], 1);
  EXPECT_TRUE(activity(*spa.build(), end_of(2024, 3, 13)).months.empty());
}

}  // namespace
}  // namespace aremko::analytics
