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

TEST(Spoken, SpansAreCompleteByTheCalendar) {
  const auto since = [](const char* from, const char* to, std::string_view language = "es") {
    const Date end = *Date::parse_iso(to);
    return how_long(end.days - Date::parse_iso(from)->days, end, language);
  };
  EXPECT_EQ(since("2024-03-14", "2024-03-14"), "0 días");
  EXPECT_EQ(since("2024-03-13", "2024-03-14"), "1 día");
  EXPECT_EQ(since("2024-02-15", "2024-03-14"), "28 días");  // a month is reached on its day, not before it
  EXPECT_EQ(since("2024-02-14", "2024-03-14"), "1 mes");
  EXPECT_EQ(since("2024-01-31", "2024-02-29"), "1 mes");
  EXPECT_EQ(since("2024-01-15", "2024-03-14", "en"), "1 month");
  EXPECT_EQ(since("2023-03-16", "2024-03-14"), "11 meses");
  EXPECT_EQ(since("2023-03-15", "2024-03-14"), "1 año");  // tomorrow it is
  EXPECT_EQ(since("2022-03-16", "2024-03-14"), "1 año");
  EXPECT_EQ(since("2022-03-14", "2024-03-14", "en"), "2 years");
  EXPECT_EQ(since("2020-03-16", "2024-03-14"), "3 años");
  EXPECT_EQ(since("2020-03-15", "2024-03-14"), "4 años");  // the guide's María
  EXPECT_EQ(since("2014-03-17", "2024-03-14"), "9 años");
  EXPECT_EQ(since("2004-03-19", "2024-03-14"), "19 años");
  EXPECT_EQ(since("2020-02-29", "2021-02-27"), "1 año");
  EXPECT_EQ(since("2023-01-01", "2023-12-31"), "1 año");
  EXPECT_EQ(how_long(1461, Date::none(), "es"), "4 años");
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
