#include "operations/duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;
using testing::House;
using ::testing::HasSubstr;

/// The guide's spa, in which María (123) stands a second time as 130, with a visit of 50,000 and the same phone.
class Doubles : public ::testing::Test {
 protected:
  Doubles() {
    house.tenant().publish_links = [this](bool) {
      publish();
      return true;
    };
    publish();
  }
  void publish() {
    auto spa = testing::guide_spa();
    auto& current = spa.current;
    const auto row = current.customer(901, {"María González Rivas", "+56987654321", "maria@gmail.com", ""});
    const Moment when = testing::at(2023, 5, 5, 12);
    const auto sale = current.sale(row, 50'000, when, when);
    current.service_line(sale, 1, when.date(), 720);
    snapshot::BuildInput input;
    input.version = ++version;
    input.zone = house.tenant().zone;
    input.current = current.batch;
    input.legacy = spa.legacy.batch;
    input.services = spa.services.batch;
    input.links = house.store().mappings().live("aremko");
    input.merges = house.store().merges().live("aremko");
    house.tenant().holder.publish(snapshot::Builder::build(std::move(input), 1));
  }
  value answer(std::string_view name, std::vector<Argument> arguments = {}) {
    const auto text = house.call(name, std::move(arguments));
    EXPECT_TRUE(text) << name << ": " << (text ? "" : text.error().detail.es);
    return text ? *json::parse(*text) : value(boost::json::object{});
  }
  Error refusal(std::string_view name, std::vector<Argument> arguments) {
    const auto text = house.call(name, std::move(arguments));
    EXPECT_FALSE(text) << name;
    return text ? Error{} : text.error();
  }
  value merge(std::string_view verdict = "same") {
    return answer("decide_duplicate", {{"kept_id", "123", {}}, {"other_id", "901", {}}, {"verdict", verdict, {}}, {"reason", "mismo correo", {}}});
  }

  House house;
  std::uint64_t version = 100;
};

TEST_F(Doubles, ThePairIsInTheQueueWithBothHistoriesAndItsEvidence) {
  const value list = answer("list_duplicates");
  EXPECT_TRUE(list.at("ready").as_bool());
  ASSERT_EQ(list.at("pairs").as_array().size(), 1U);
  const value& pair = list.at("pairs").at(0);
  EXPECT_EQ(pair.at("kept").at("customer").at("id"), 123) << "who has more visits keeps the number";
  EXPECT_EQ(pair.at("other").at("customer").at("id"), 901);
  EXPECT_EQ(pair.at("kept").at("history").at("total_visitas"), 17);
  EXPECT_EQ(pair.at("other").at("history").at("total_gastado"), 50'000);
  EXPECT_GT(pair.at("confidence").to_number<double>(), 50);
  EXPECT_FALSE(pair.at("evidence").as_array().empty());
  const value own = answer("customer_duplicates", {{"customer_id", "901", {}}});
  EXPECT_EQ(own.at("pairs").as_array().size(), 1U);
  EXPECT_TRUE(answer("customer_duplicates", {{"customer_id", "124", {}}}).at("pairs").as_array().empty());
}

TEST_F(Doubles, MergedTheyAreOneEverywhereAndUndoneTheyAreAsBefore) {
  const auto facts = [&] {
    const value profile = answer("customer_profile", {{"customer_id", "123", {}}});
    const value people = answer("list_customers");
    return std::tuple(profile.at("statistics").at("total_visitas").as_int64(), profile.at("statistics").at("total_gastado").to_number<double>(),
                      profile.at("rfm_analysis").at("frequency_score").as_int64(), people.at("total_found").as_int64());
  };
  const auto before = facts();
  EXPECT_EQ(before, std::tuple(17, 680'000.0, 4, 3));
  const value made = merge();
  EXPECT_EQ(made.at("kept_id"), 123);
  EXPECT_EQ(made.at("decided_by_name"), "test");
  EXPECT_EQ(facts(), std::tuple(18, 730'000.0, 4, 2));
  const value other = answer("customer_profile", {{"customer_id", "901", {}}});
  EXPECT_EQ(other.at("customer_id"), 123) << "the other number answers for the same person, and says so";
  ASSERT_EQ(other.at("fichas_unidas").as_array().size(), 1U);
  EXPECT_EQ(other.at("fichas_unidas").at(0).at("id"), 901);
  const value found = answer("search_customers", {{"query", "maria gonzalez", {}}});
  EXPECT_EQ(found.at("current_matches").as_array().size(), 1U);
  EXPECT_TRUE(answer("list_duplicates").at("pairs").as_array().empty());
  EXPECT_EQ(answer("customer_duplicates", {{"customer_id", "901", {}}}).at("decisions").as_array().size(), 1U);
  const std::string id(made.at("id").as_string());
  const value undone = answer("undo_duplicate", {{"merge_id", id, {}}});
  EXPECT_EQ(undone.at("verdict"), "undone");
  EXPECT_EQ(facts(), before);
  EXPECT_EQ(answer("list_duplicates").at("pairs").as_array().size(), 1U);
}

TEST_F(Doubles, TwoPeopleAreNotProposedAgain) {
  static_cast<void>(merge("different"));
  const value list = answer("list_duplicates");
  EXPECT_TRUE(list.at("pairs").as_array().empty());
  EXPECT_EQ(list.at("different"), 1);
  const value why = answer("explain_duplicate", {{"customer_id", "123", {}}, {"other_id", "901", {}}});
  EXPECT_EQ(why.at("decision").at("verdict"), "different");
  const Error second = refusal("decide_duplicate", {{"kept_id", "123", {}}, {"other_id", "901", {}}, {"verdict", "same", {}}});
  EXPECT_EQ(second.code, Code::conflict);
  EXPECT_THAT(second.detail.es, HasSubstr("son personas distintas, dijo test, el 14-03-2024"));
}

TEST_F(Doubles, WhatCannotBeIsRefused) {
  const auto field = [&](std::string_view kept, std::string_view other) {
    const Error error = refusal("decide_duplicate", {{"kept_id", kept, {}}, {"other_id", other, {}}, {"verdict", "same", {}}});
    return error.fields.empty() ? std::string() : error.fields[0].field;
  };
  EXPECT_EQ(field("123", "777"), "other_id");
  EXPECT_EQ(field("900", "123"), "kept_id");  // staff
  EXPECT_EQ(field("123", "123"), "other_id");
  EXPECT_EQ(refusal("list_duplicates", {{"cursor", "x", {}}}).code, Code::malformed);
}

TEST_F(Doubles, ASyncSaysTheSameOfTheOldRecordsWhoeverIsMerged) {
  static_cast<void>(answer("sync_legacy_to_current"));
  static_cast<void>(merge());
  const value again = answer("sync_legacy_to_current");
  EXPECT_EQ(again.at("mappings_created"), 0);
  EXPECT_EQ(again.at("mappings_retired"), 0);
}

TEST_F(Doubles, AllDecisionsAreListedAndTakenBackTogether) {
  static_cast<void>(merge());
  static_cast<void>(answer("link_by_hand", {{"legacy_id", "1701", {}}, {"current_id", "124", {}}, {"reason", "se casó", {}}}));
  const value list = answer("list_decisions");
  ASSERT_EQ(list.at("decisions").as_array().size(), 2U);
  const value& link = list.at("decisions").at(0);
  EXPECT_EQ(link.at("about"), "record");
  EXPECT_EQ(link.at("legacy_name"), "Juan Soto Vera");
  EXPECT_EQ(link.at("customer_name"), "Ana Rojas Pérez");
  EXPECT_EQ(link.at("reason"), "se casó");
  EXPECT_EQ(link.at("by_name"), "test");
  EXPECT_TRUE(link.at("stands").as_bool());
  const value& people = list.at("decisions").at(1);
  EXPECT_EQ(people.at("about"), "people");
  EXPECT_EQ(people.at("other_id"), 901);
  EXPECT_EQ(people.at("other_name"), "María González Rivas");
  const std::string both = std::string(link.at("subject").as_string()) + "," + std::string(people.at("subject").as_string()) + ",no-such";
  const value report = answer("undo_decisions", {{"subjects", both, {}}});
  EXPECT_EQ(report.at("undone"), 2);
  EXPECT_EQ(report.at("refused").as_array().size(), 1U);
  EXPECT_EQ(answer("list_decisions", {{"standing", "true", {}}}).at("decisions").as_array().size(), 0U);
  EXPECT_EQ(answer("list_decisions", {{"kind", "undone", {}}}).at("decisions").as_array().size(), 2U);
}

}  // namespace
}  // namespace aremko::operations
