// The small parts of a load that stand for themselves.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sources/id_index.h"
#include "sources/local_time.h"

namespace aremko::sources {
namespace {

RC_GTEST_PROP(LocalTimeTable, SaysWhatTheZoneSays, ()) {
  static const Zone zone = Zone::load("America/Santiago").value();
  static const LocalTime time(zone);
  const auto utc = *rc::gen::inRange<UnixSeconds>(946'684'800, 4'102'444'800);
  RC_ASSERT(time.local(utc) == zone.local(utc));
}

TEST(LocalTimeTable, ClockChangesAndTheEndsOfTheRange) {
  const Zone zone = Zone::load("America/Santiago").value();
  const LocalTime time(zone);
  for (UnixSeconds utc = 1'680'400'000; utc < 1'680'500'000; utc += 600) {  // 2023-04-02, the clock goes back
    ASSERT_EQ(time.local(utc), zone.local(utc));
  }
  EXPECT_FALSE(time.local(946'684'799).known());
  EXPECT_FALSE(time.local(4'102'444'800).known());
  EXPECT_FALSE(time.local(-1).known());
  EXPECT_TRUE(time.local(946'684'800).known());
  EXPECT_FALSE(plausible(Date::of(1999, 12, 31)).known());
  EXPECT_FALSE(plausible(Date::of(2100, 1, 1)).known());
  EXPECT_TRUE(plausible(Date::of(2099, 12, 31)).known());
}

RC_GTEST_PROP(Ids, AreFoundWhereTheyFirstStand, (const std::vector<std::int64_t>& wide, bool dense)) {
  std::vector<std::int64_t> ids = wide;
  if (dense) {
    for (std::int64_t& id : ids) id = id % 100 - 50;
  }
  const IdIndex index(ids);
  for (const std::int64_t id : ids) {
    RC_ASSERT(index.find(id) == static_cast<Row>(std::ranges::find(ids, id) - ids.begin()));
  }
  const auto other = *rc::gen::arbitrary<std::int64_t>();
  if (std::ranges::find(ids, other) == ids.end()) RC_ASSERT(index.find(other) == no_row);
}

TEST(Ids, ExtremesAndNone) {
  const std::vector<std::int64_t> ids = {INT64_MAX, INT64_MIN, 0};
  const IdIndex index(ids);
  EXPECT_EQ(index.find(INT64_MIN), 1U);
  EXPECT_EQ(index.find(INT64_MAX), 0U);
  EXPECT_EQ(index.find(1), no_row);
  EXPECT_EQ(IdIndex().find(0), no_row);
  EXPECT_EQ(IdIndex(std::vector<std::int64_t>{}).find(0), no_row);
}

}  // namespace
}  // namespace aremko::sources
