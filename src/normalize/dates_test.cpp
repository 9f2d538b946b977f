#include "normalize/dates.h"

#include <initializer_list>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalize/test_shapes.h"

namespace aremko::normalize {
namespace {

constexpr DateOrder us = DateOrder::month_first;
constexpr DateOrder cl = DateOrder::day_first;

void expect(std::string_view raw, DateOrder order, std::string_view iso) {
  const Moment got = moment(raw, order);
  ASSERT_TRUE(got.known()) << raw;
  EXPECT_EQ(got.iso(), iso) << raw;
}

TEST(Dates, EveryShape) {
  expect("2/25/2020 18:05", us, "2020-02-25T18:05:00");
  expect("3/4/2024 9:07", us, "2024-03-04T09:07:00");
  expect("03/04/2024", us, "2024-03-04T00:00:00");
  expect("03/04/2024", cl, "2024-04-03T00:00:00");
  expect("25/2/2020", us, "2020-02-25T00:00:00");  // no such month: the other order
  expect("2/25/2020", cl, "2020-02-25T00:00:00");
  expect("2024-03-14", us, "2024-03-14T00:00:00");
  expect("2024-03-14T15:09", us, "2024-03-14T15:09:00");
  expect("2024-03-14T15:09:26.535", us, "2024-03-14T15:09:00");
  expect("2024-03-14 15:09:26", us, "2024-03-14T15:09:00");
  expect("2024-03-14T15:09:26Z", us, "2024-03-14T15:09:00");
  expect("2024-03-14T15:09:26-03:00", us, "2024-03-14T15:09:00");
  expect("2024-03-14 15:09:26+00", us, "2024-03-14T15:09:00");
  expect("2024-03-14 15:09:26.5 +0000", us, "2024-03-14T15:09:00");
  expect("2024/3/4", us, "2024-03-04T00:00:00");
  expect("14-03-2024", cl, "2024-03-14T00:00:00");
  expect("14.03.24", cl, "2024-03-14T00:00:00");
  expect("3/4/24", us, "2024-03-04T00:00:00");
  expect("3/4/75", us, "1975-03-04T00:00:00");
  expect("14/03/2024 2:30 p.m.", cl, "2024-03-14T14:30:00");
  expect("3/14/2024 12:05 AM", us, "2024-03-14T00:05:00");
  expect("20240314", us, "2024-03-14T00:00:00");
  expect(" 2020-02-29 ", us, "2020-02-29T00:00:00");
}

TEST(Dates, AMonthByItsName) {
  for (const DateOrder order : {us, cl}) {
    expect("15-mar-2023", order, "2023-03-15T00:00:00");
    expect("15-Mar-23 18:05", order, "2023-03-15T18:05:00");
    expect("15 de marzo de 2023", order, "2023-03-15T00:00:00");
    expect("1 de Septiembre del 2023, 9:07", order, "2023-09-01T09:07:00");
    expect("2/ene/2024", order, "2024-01-02T00:00:00");
    expect("2 sept. 2024", order, "2024-09-02T00:00:00");
    expect("March 15, 2023 2:30 PM", order, "2023-03-15T14:30:00");
    expect("Dec 31 2023", order, "2023-12-31T00:00:00");
    for (const std::string_view raw : {"31-feb-2023", "15-ma-2023", "15-marzos-2023", "mar-2023", "15 de marzo", "15 y marzo 2023"}) {
      EXPECT_FALSE(moment(raw, order).known()) << raw;
    }
  }
}

TEST(Dates, Impossible) {
  for (const std::string_view raw :
       {"", "hola", "2023-02-29", "13/13/2024", "0/0/0", "2024-13-01", "1/1/1", "2024-03-14T25:00", "2024-03-14x", "#N/A",
        "99999999", "1/2/34567", "2024-03", "12345", "99999", "43831x", "43831.x", "2024-03-14 15:09 mañana", "-1/2/2024", "31/02/2024", "0000-00-00",
        "1/1/0001", "2024-1-1-1"}) {
    EXPECT_FALSE(moment(raw, us).known()) << raw;
    EXPECT_FALSE(moment(raw, cl).known()) << raw;
  }
}

TEST(Dates, ASpreadsheetsDays) {
  expect("43886", us, "2020-02-25T00:00:00");
  expect("43886.75", cl, "2020-02-25T18:00:00");
  expect("43886,753472", us, "2020-02-25T18:05:00");
  expect("43886.0", us, "2020-02-25T00:00:00");
}

TEST(Dates, TheColumnSaysWhichIsTheMonth) {
  const auto decided = [](std::initializer_list<std::string_view> column, DateOrder usual) {
    DateOrderVotes votes;
    for (const std::string_view raw : column) votes.count(read_moment(raw));
    return std::pair(votes.decide(usual), votes.undecided());
  };
  EXPECT_EQ(decided({"1/2/2024", "3/4/2024", "13/4/2024"}, us), std::pair(cl, std::uint64_t{0}));
  EXPECT_EQ(decided({"1/2/2024", "3/14/2024 18:05", "2024-03-14"}, cl), std::pair(us, std::uint64_t{0}));
  EXPECT_EQ(decided({"1/2/2024", "3/4/2024", "2024-03-14", "", "hola"}, us), std::pair(us, std::uint64_t{2}));
  EXPECT_EQ(decided({"1/2/2024", "3/4/2024", "5/5/2024"}, cl), std::pair(cl, std::uint64_t{2}));
  EXPECT_EQ(decided({"13/1/2024", "1/13/2024", "1/2/2024"}, us), std::pair(us, std::uint64_t{1}));
  EXPECT_EQ(decided({"13/1/2024", "14/1/2024", "1/13/2024", "2/3/2024"}, us), std::pair(us, std::uint64_t{1})) << "two to one decide nothing";
  DateOrderVotes one_slip;
  for (int day = 13; day <= 31; ++day) one_slip.count(read_moment(fmt::format("{}/1/2024 10:00", day)));
  one_slip.count(read_moment("31/3/2024"));
  one_slip.count(read_moment("2/25/2024"));
  EXPECT_EQ(one_slip.decide(us), cl);
  EXPECT_FALSE(read_moment("2/25/2024").day_first.known());
  EXPECT_EQ(read_moment("2/3/2024 6:05 PM").day_first.iso(), "2024-03-02T18:05:00");
  EXPECT_EQ(read_moment("2/3/24").month_first.iso(), "2024-02-03T00:00:00");
}

TEST(Dates, TimeOfDay) {
  EXPECT_EQ(minute_of_day("14:30"), 870);
  EXPECT_EQ(minute_of_day("14:30:00"), 870);
  EXPECT_EQ(minute_of_day("2:30:00 p.m."), 870);
  EXPECT_EQ(minute_of_day("2:30:00 p.\u00A0m."), 870);
  EXPECT_EQ(minute_of_day("2:30:00\u202Fp. m."), 870);
  EXPECT_EQ(minute_of_day("2:30 PM"), 870);
  EXPECT_EQ(minute_of_day("2:30pm"), 870);
  EXPECT_EQ(minute_of_day("12:00 a.m."), 0);
  EXPECT_EQ(minute_of_day("12:00 p.m."), 720);
  EXPECT_EQ(minute_of_day("12:30 AM"), 30);
  EXPECT_EQ(minute_of_day("9 am"), 540);
  EXPECT_EQ(minute_of_day("14.30"), 870);
  EXPECT_EQ(minute_of_day("14h30"), 870);
  EXPECT_EQ(minute_of_day("14:30 hrs."), 870);
  EXPECT_EQ(minute_of_day("00:00"), 0);
  EXPECT_EQ(minute_of_day("23:59"), 1439);
  EXPECT_EQ(minute_of_day("14:30 p.m."), 870);
  EXPECT_EQ(minute_of_day("1430"), 870);
  EXPECT_EQ(minute_of_day("930"), 570);
  EXPECT_EQ(minute_of_day("0.604166666666667"), 870);
  EXPECT_EQ(minute_of_day("0,5"), 720);
  EXPECT_EQ(minute_of_day("0.30"), 30);
  EXPECT_EQ(minute_of_day("0.9999"), 1439);
  for (const std::string_view raw : {"", "24:00", "14:60", "14", "hola", "25:00", "-1:30", "14:3", "1:30:99", "pm", "12:", "2430", "1475", "99", "1.5", "0."}) {
    EXPECT_EQ(minute_of_day(raw), std::nullopt) << raw;
  }
}

RC_GTEST_PROP(Dates, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *rc::gen::oneOf(
      shapes::bytes(), rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789/-:. TapmZ"))));
  for (const DateOrder order : {us, cl}) {
    const Moment once = moment(raw, order);
    if (once.known()) RC_ASSERT(moment(once.iso(), order) == once);
  }
  const auto minute = minute_of_day(raw);
  if (minute) RC_ASSERT(*minute >= 0 && *minute < 1440);
}

RC_GTEST_PROP(Dates, EveryDayIsReadInEveryShape, ()) {
  const Date day{*rc::gen::inRange(0, 40000)};
  const auto [year, month, of_month] = day.ymd();
  const int minute = *rc::gen::inRange(0, 1440);
  const Moment wanted = Moment::at(day, minute / 60, minute % 60);
  RC_ASSERT(moment(fmt::format("{}/{}/{} {}:{:02}", month, of_month, year, minute / 60, minute % 60), us) == wanted);
  RC_ASSERT(moment(fmt::format("{:02}/{:02}/{} {:02}:{:02}", of_month, month, year, minute / 60, minute % 60), cl) == wanted);
  RC_ASSERT(moment(wanted.iso(), us) == wanted);
  const int hour = minute / 60 % 12 == 0 ? 12 : minute / 60 % 12;
  RC_ASSERT(minute_of_day(fmt::format("{}:{:02}:00 {}.m.", hour, minute % 60, minute < 720 ? 'a' : 'p')) == minute);
}

}  // namespace
}  // namespace aremko::normalize
