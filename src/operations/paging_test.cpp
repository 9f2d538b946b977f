// Walks over lists while the data move.
#include <gtest/gtest.h>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;
using testing::House;

class Paging : public ::testing::Test {
 protected:
  value page(std::string_view name, std::vector<Argument> arguments) {
    const auto text = house.call(name, std::move(arguments));
    if (!text) {
      ADD_FAILURE() << name << ": " << text.error().detail.en;
      return {};
    }
    return *json::parse(*text);
  }
  Error refusal(std::string_view name, std::vector<Argument> arguments) {
    const auto text = house.call(name, std::move(arguments));
    EXPECT_FALSE(text) << name;
    return text ? Error{} : text.error();
  }
  static std::string cursor_of(const value& page) { return std::string(page.at("next_cursor").as_string()); }

  House house;
};

TEST_F(Paging, ACursorWalksOverTheWholeList) {
  std::set<std::int64_t> seen;
  std::string cursor;
  for (int round = 0; round < 5; ++round) {
    std::vector<Argument> arguments{{"limit", "1", {}}};
    if (!cursor.empty()) arguments.push_back({"cursor", cursor, {}});
    const value given = page("list_customers", arguments);
    EXPECT_EQ(given.at("version"), 1);
    for (const value& customer : given.at("customers").as_array()) EXPECT_TRUE(seen.insert(customer.at("id").as_int64()).second);
    if (given.at("next_cursor").is_null()) break;
    cursor = cursor_of(given);
  }
  EXPECT_EQ(seen, (std::set<std::int64_t>{123, 124}));
}

TEST_F(Paging, EveryListHasOne) {
  for (const auto& [name, more] : std::vector<std::pair<std::string, std::vector<Argument>>>{
           {"list_customers", {}}, {"list_legacy_customers", {}}, {"people_table", {}},
           {"customer_visits", {{"customer_id", "123", {}}}}, {"inactive_customers", {{"months", "1", {}}}},
           {"search_customers", {{"query", "maria", {}}, {"source", "all", {}}}}, {"segment_customers", {{"segment", "At Risk", {}}}}}) {
    auto arguments = more;
    arguments.push_back({"limit", "1", {}});
    const value given = page(name, arguments);
    EXPECT_EQ(given.at("version"), 1) << name;
    EXPECT_EQ(given.at("next").is_null(), given.at("next_cursor").is_null()) << name;
  }
}

TEST_F(Paging, WhenTheDataMovedOneBeginsAgain) {
  const std::string cursor = cursor_of(page("list_customers", {{"limit", "1", {}}}));
  house.publish("aremko");
  const Error moved = refusal("list_customers", {{"limit", "1", {}}, {"cursor", cursor, {}}});
  EXPECT_EQ(moved.code, Code::conflict);
  EXPECT_EQ(moved.fields.at(0).field, "cursor");
  EXPECT_NE(moved.detail.es.find("empiece de nuevo"), std::string::npos);
  // An offset goes on as it always did.
  EXPECT_EQ(page("list_customers", {{"limit", "1", {}}, {"offset", "1", {}}}).at("version"), 2);
}

TEST_F(Paging, TheInstantStaysOverAWalk) {
  const std::string cursor = cursor_of(page("customer_visits", {{"customer_id", "123", {}}, {"limit", "5", {}}}));
  house.clock().set(house.clock().now() + 10LL * 365 * 86'400);
  const value second = page("customer_visits", {{"customer_id", "123", {}}, {"limit", "5", {}}, {"cursor", cursor, {}}});
  EXPECT_EQ(second.at("as_of"), "2024-03-14");
  const std::string past = cursor_of(page("customer_visits", {{"customer_id", "123", {}}, {"limit", "2", {}}, {"as_of", "2017-12-31", {}}}));
  EXPECT_EQ(page("customer_visits", {{"customer_id", "123", {}}, {"cursor", past, {}}}).at("as_of"), "2017-12-31");
  EXPECT_EQ(refusal("customer_visits", {{"customer_id", "123", {}}, {"cursor", past, {}}, {"as_of", "2018-12-31", {}}}).code, Code::invalid);
}

TEST_F(Paging, ACursorIsOfItsOwnQuestion) {
  const std::string cursor = cursor_of(page("people_table", {{"limit", "1", {}}}));
  const auto refused = [&](std::string_view name, std::vector<Argument> arguments) {
    const Error fault = refusal(name, std::move(arguments));
    EXPECT_EQ(fault.code, Code::invalid);
    ASSERT_FALSE(fault.fields.empty());
    EXPECT_EQ(fault.fields[0].field, "cursor");
  };
  refused("people_table", {{"limit", "1", {}}, {"cursor", cursor, {}}, {"order", "nombre", {}}});
  refused("list_customers", {{"limit", "1", {}}, {"cursor", cursor, {}}});
  for (const char* made_up : {"p", "p1-2-3", "o20", "p1-65f2e5c0-1b2-1-0", "pz-z-z-z-z", "más"}) {
    refused("people_table", {{"limit", "1", {}}, {"cursor", made_up, {}}});
  }
  EXPECT_EQ(refusal("people_table", {{"limit", "1", {}}, {"cursor", cursor, {}}, {"offset", "1", {}}}).fields.at(0).field, "offset");
}

}  // namespace
}  // namespace aremko::operations
