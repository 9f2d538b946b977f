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

TEST(Spoken, SpansAreComplete) {
  EXPECT_EQ(how_long(0, "es"), "0 días");
  EXPECT_EQ(how_long(1, "es"), "1 día");
  EXPECT_EQ(how_long(30, "es"), "30 días");
  EXPECT_EQ(how_long(31, "es"), "1 mes");
  EXPECT_EQ(how_long(60, "en"), "1 month");
  EXPECT_EQ(how_long(364, "es"), "11 meses");
  EXPECT_EQ(how_long(365, "es"), "1 año");
  EXPECT_EQ(how_long(729, "es"), "1 año");
  EXPECT_EQ(how_long(730, "en"), "2 years");
  EXPECT_EQ(how_long(1459, "es"), "3 años");
  EXPECT_EQ(how_long(1460, "es"), "4 años");  // the guide's María
}

TEST(Spoken, DurationsAsPeopleSayThem) {
  EXPECT_EQ(spoken_duration(50, "es"), "50 minutos");
  EXPECT_EQ(spoken_duration(1, "es"), "1 minuto");
  EXPECT_EQ(spoken_duration(60, "es"), "1 hora");
  EXPECT_EQ(spoken_duration(90, "es"), "1 hora y 30 minutos");
  EXPECT_EQ(spoken_duration(90, "en"), "1 hour and 30 minutes");
  EXPECT_EQ(spoken_duration(120, "es"), "2 horas");
  EXPECT_EQ(spoken_duration(1200, "es"), "1 noche");
  EXPECT_EQ(spoken_duration(1440, "en"), "1 night");
  EXPECT_EQ(spoken_duration(2880, "es"), "2 noches");
}

}  // namespace
}  // namespace aremko
