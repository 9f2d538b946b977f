// The office's verbs through the one way in: what they answer and refuse.
#include <gtest/gtest.h>

#include "operations/office.h"
#include "operations/people_table.h"
#include "operations/test_house.h"

namespace aremko::operations {
namespace {

class Office : public ::testing::Test {
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

TEST_F(Office, TheTableIsFilteredSortedAndPaged) {
  const auto all = answer("people_table");
  EXPECT_EQ(all.at("total_found"), 2);  // staff is nobody
  EXPECT_EQ(all.at("customers").at(0).at("id"), 123);
  const auto first = answer("people_table", {{"limit", "1", {}}, {"order", "nombre", {}}, {"descending", "false", {}}});
  EXPECT_EQ(first.at("customers").at(0).at("id"), 124);
  EXPECT_EQ(first.at("next"), 1);
  EXPECT_EQ(answer("people_table", {{"min_visits", "10", {}}}).at("total_found"), 1);
  EXPECT_EQ(answer("people_table", {{"since", "2010-01-01", {}}}).at("total_found"), 0) << "no day is known from which they were";
  EXPECT_EQ(answer("people_table", {{"since", "2024-03-13", {}}, {"was", "At Risk", {}}}).at("total_found"), 1);
  EXPECT_EQ(house.call("people_table", {{"was", "VIP", {}}}).error().fields.at(0).field, "was");
  EXPECT_EQ(answer("people_table", {{"ids", "124,123,999", {}}}).at("total_found"), 2);
  EXPECT_EQ(answer("people_table", {{"ids", "124", {}}, {"min_visits", "10", {}}}).at("total_found"), 0);
  EXPECT_EQ(answer("people_table", {{"ids", "999", {}}}).at("total_found"), 0);
  EXPECT_EQ(house.call("people_table", {{"ids", "1,x", {}}}).error().fields.at(0).field, "ids");
  EXPECT_TRUE(all.at("customers").at(0).at("priority_reasons").as_array().empty());
  EXPECT_FALSE(answer("people_table", {{"reasons", "true", {}}}).at("customers").at(0).at("priority_reasons").as_array().empty());
  EXPECT_EQ(answer("people_places").at("as_of"), all.at("as_of"));
  EXPECT_EQ(house.call("people_table", {{"recency", "6", {}}}).error().code, Code::invalid);
  EXPECT_EQ(house.call("people_table", {{"limit", "5001", {}}}).error().code, Code::invalid);
}

TEST_F(Office, TheMapTheMovesAndTheMonths) {
  const auto map = answer("segment_map");
  EXPECT_EQ(map.at("total_customers"), 2);
  EXPECT_EQ(map.at("pasos").at("dias").as_array().size(), 4U);
  EXPECT_EQ(map.at("pasos").at("visitas").at(0), 20);
  EXPECT_EQ(answer("segment_movement", {{"from", "2020-04-01", {}}}).at("from"), "2020-04-01");
  EXPECT_EQ(house.call("segment_movement").error().code, Code::invalid);
  const auto activity = answer("stats_activity");
  EXPECT_EQ(activity.at("visits_by_weekday_and_hour").as_array().size(), 7U);
  EXPECT_EQ(activity.at("months").as_array().back().at("month"), "2024-03");
}

TEST_F(Office, AnOfferIsForSomebody) {
  EXPECT_EQ(answer("customer_offer", {{"customer_id", "123", {}}}).at("descuento_porcentaje"), 15);
  EXPECT_EQ(house.call("customer_offer", {{"customer_id", "99", {}}}).error().code, Code::not_found);
}

TEST_F(Office, ASessionSaysWhoseKeyItIs) {
  const auto who = answer("session");
  EXPECT_EQ(who.at("tenant"), "aremko");
  EXPECT_EQ(who.at("scope"), "admin");
  EXPECT_EQ(who.at("now"), "2024-03-14T12:00:00");
  EXPECT_EQ(who.at("time_zone"), "America/Santiago");
  EXPECT_TRUE(who.at("booking_url").is_null());
  house.tenant().booking_url = "https://agenda.example.cl/nueva";
  EXPECT_EQ(answer("session").at("booking_url"), "https://agenda.example.cl/nueva");
}

}  // namespace
}  // namespace aremko::operations
