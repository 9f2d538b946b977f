#include <gtest/gtest.h>

#include "base/spoken.h"

namespace aremko {
namespace {

TEST(Spoken, Money) {
  EXPECT_EQ(spoken_money(0, "es"), "$0");
  EXPECT_EQ(spoken_money(990, "es"), "$990");
  EXPECT_EQ(spoken_money(45'000, "es"), "$45.000");
  EXPECT_EQ(spoken_money(1'200'000, "en"), "$1,200,000");
  EXPECT_EQ(spoken_money(-1'500, "es"), "-$1.500");
}

TEST(Spoken, Dates) {
  EXPECT_EQ(short_date(Date::of(2020, 3, 5), "es"), "5 mar 2020");
  EXPECT_EQ(long_date(Date::of(2020, 9, 15), "es"), "15 de septiembre de 2020");
  EXPECT_EQ(long_date(Date::of(2020, 9, 15), "en"), "15 September 2020");
  EXPECT_EQ(short_date(Date::none(), "es"), "");
}

TEST(Spoken, Spans) {
  EXPECT_EQ(how_long(1, "es"), "1 día");
  EXPECT_EQ(how_long(13, "es"), "13 días");
  EXPECT_EQ(how_long(14, "es"), "2 semanas");
  EXPECT_EQ(how_long(450, "es"), "15 meses");
  EXPECT_EQ(how_long(1459, "es"), "4 años");  // the guide's María
  EXPECT_EQ(how_long(1460, "en"), "4 years");
}

}  // namespace
}  // namespace aremko
