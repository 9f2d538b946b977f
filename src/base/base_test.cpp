#include <gtest/gtest.h>

#include "base/civil.h"
#include "base/clock.h"
#include "base/text.h"

namespace aremko {
namespace {

TEST(Date, ReadsAndWritesIso) {
  const auto date = Date::parse_iso("2024-02-29");
  ASSERT_TRUE(date);
  EXPECT_EQ(date->iso(), "2024-02-29");
  EXPECT_FALSE(Date::parse_iso("2023-02-29"));
  EXPECT_FALSE(Date::parse_iso("2024-2-29"));
  EXPECT_FALSE(Date::parse_iso("2024-02-2x"));
}

TEST(Date, MonthsAreCutToTheMonthsLength) {
  EXPECT_EQ(Date::of(2024, 3, 31).plus_months(-1).iso(), "2024-02-29");
  EXPECT_EQ(Date::of(2024, 1, 31).plus_months(13).iso(), "2025-02-28");
}

TEST(Date, TheGuidesFourYearsAre1460Days) {
  EXPECT_EQ(Date::of(2024, 3, 14).days - Date::of(2020, 3, 15).days, 1460);
}

TEST(Moment, BeforeTheEpochStillFallsOnItsDay) {
  const Moment moment = Moment::at(Date::of(1969, 12, 31), 23, 59);
  EXPECT_EQ(moment.date().iso(), "1969-12-31");
  EXPECT_EQ(moment.iso(), "1969-12-31T23:59:00");
}

TEST(Zone, SantiagoKeepsItsDaylightSaving) {
  const auto zone = Zone::load("America/Santiago");
  ASSERT_TRUE(zone);
  const UnixSeconds winter = 1720000000;  // 2024-07-03T09:46:40Z
  EXPECT_EQ(zone->local(winter).iso(), "2024-07-03T05:46:00");
  const UnixSeconds summer = 1705000000;  // 2024-01-11T19:06:40Z
  EXPECT_EQ(zone->local(summer).iso(), "2024-01-11T16:06:00");
  for (UnixSeconds utc = 1500000000; utc < 1800000000; utc += 86399 * 3) {
    const UnixSeconds minute = utc - utc % 60;
    EXPECT_EQ(zone->local(zone->utc(zone->local(minute))), zone->local(minute));
  }
  EXPECT_FALSE(Zone::load("America/Frutillar"));
}

TEST(Text, Utf8IsChecked) {
  EXPECT_TRUE(valid_utf8("María"));
  EXPECT_FALSE(valid_utf8("Mar\xED" "a"));
  EXPECT_FALSE(valid_utf8("\xC0\x80"));
  EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));
}

TEST(Text, NumbersAreWholeOrNothing) {
  EXPECT_EQ(parse_int("-12"), -12);
  EXPECT_FALSE(parse_int("12x"));
  EXPECT_FALSE(parse_int(""));
  EXPECT_FALSE(parse_int("99999999999999999999"));
}

}  // namespace
}  // namespace aremko
