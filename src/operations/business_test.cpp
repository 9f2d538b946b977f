// The day's desk and the owner's questions through the one way in: what they answer, refuse and hide.
#include <gtest/gtest.h>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

class Business : public ::testing::Test {
 protected:
  boost::json::value answer(std::string_view name, std::vector<Argument> arguments = {}) {
    const auto text = house.call(name, std::move(arguments));
    if (!text) {
      ADD_FAILURE() << name << ": " << text.error().detail.en;
      return {};
    }
    return *json::parse(*text);
  }
  testing::House house;
};

TEST_F(Business, ADayIsToldByItsDate) {
  EXPECT_EQ(answer("today").at("date"), "2024-03-14");
  const auto day = answer("today", {{"date", "2024-03-01", {}}});
  ASSERT_EQ(day.at("llegadas").as_array().size(), 1U);
  EXPECT_EQ(day.at("llegadas").at(0).at("customer_id"), 124);
  EXPECT_EQ(day.at("llegadas").at(0).at("primera_vez"), true);
  EXPECT_EQ(day.at("llegadas").at(0).at("telefono"), "+56911112222");
  EXPECT_EQ(house.call("today", {{"date", "mañana", {}}}).error().code, Code::invalid);
  EXPECT_EQ(house.call("today", {{"as_of", "2024-03-01", {}}}).error().code, Code::invalid);
}

TEST_F(Business, TheSpanIsTwelveWholeMonthsUnlessItIsSaid) {
  const auto sold = answer("stats_services");
  EXPECT_EQ(sold.at("desde"), "2023-03-01");
  EXPECT_EQ(sold.at("hasta"), "2024-02-29");
  const auto march = answer("stats_services", {{"from", "2024-03-01", {}}, {"to", "2024-03-14", {}}});
  EXPECT_EQ(march.at("ventas"), 60'000);
  EXPECT_EQ(march.at("visitas"), 1);
  EXPECT_EQ(answer("stats_occupancy", {{"to", "2024-03-14", {}}}).at("desde"), "2023-03-15");
  for (const char* name : {"stats_services", "stats_best_guests", "stats_occupancy"}) {
    const auto wrong = house.call(name, {{"from", "2024-03-02", {}}, {"to", "2024-03-01", {}}});
    ASSERT_FALSE(wrong) << name;
    EXPECT_EQ(wrong.error().code, Code::invalid);
    EXPECT_EQ(wrong.error().fields.at(0).field, "from");
    EXPECT_FALSE(house.call(name, {{"from", "1990-01-01", {}}, {"to", "2024-03-01", {}}})) << name;
  }
}

TEST_F(Business, TheBestGuestsAreNamed) {
  const auto best = answer("stats_best_guests", {{"from", "2016-01-01", {}}, {"to", "2024-03-14", {}}, {"limit", "1", {}}});
  EXPECT_EQ(best.at("total_personas"), 3) << "María, Ana, and Juan of the old file";
  ASSERT_EQ(best.at("guests").as_array().size(), 1U);
  EXPECT_EQ(best.at("guests").at(0).at("customer_id"), 123);
  EXPECT_EQ(house.call("stats_best_guests", {{"limit", "501", {}}}).error().code, Code::invalid);
}

}  // namespace
}  // namespace aremko::operations
