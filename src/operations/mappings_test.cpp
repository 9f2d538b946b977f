#include "operations/mappings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "operations/mapping_worth.h"
#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;
using testing::House;
using ::testing::HasSubstr;

class Review : public ::testing::Test {
 protected:
  value answer(std::string_view name, std::vector<Argument> arguments = {}, std::string_view language = "es") {
    const auto text = house.call(name, arguments, "aremko", language);
    EXPECT_TRUE(text) << name << ": " << (text ? "" : text.error().detail.es);
    return text ? *json::parse(*text) : value(boost::json::object{});
  }
  Error refusal(std::string_view name, std::vector<Argument> arguments) {
    const auto text = house.call(name, arguments);
    EXPECT_FALSE(text) << name;
    return text ? Error{} : text.error();
  }
  /// A sync's work without a sync: the registry as proposals would make it.
  std::string propose(std::string_view legacy_id, std::int64_t current_id, double confidence,
                      std::vector<std::string_view> reasons = {"phone_exact"}) {
    proposals.push_back({legacy_id, current_id, confidence, std::move(reasons)});
    house.store().mappings().apply_sync("aremko", proposals, "sync", 100);
    for (const auto& mapping : house.store().mappings().by_legacy("aremko", legacy_id)) {
      if (mapping.current_id == current_id) return mapping.id;
    }
    return {};
  }
  std::size_t audited() { return house.store().audit().list("aremko", {}, 1000)->entries.size(); }

  House house;
  std::vector<store::ProposedLink> proposals;
};

TEST_F(Review, TheWorthOfADecisionIsItsFormula) {
  const auto& snapshot = *house.tenant().holder.current();
  const DecisionWorth juan = worth_of(snapshot, {"1701"}, 75, MappingStatus::pending);
  EXPECT_EQ(juan.visits, 1);
  EXPECT_EQ(juan.total_spent, 30'000);
  EXPECT_DOUBLE_EQ(juan.uncertainty, 0.75);
  EXPECT_DOUBLE_EQ(juan.score, 1.95);  // 0.75 × (1 + 1 + 0.6)
  EXPECT_DOUBLE_EQ(worth_of(snapshot, {"1700"}, 75, MappingStatus::pending).score, 0.75);
  EXPECT_DOUBLE_EQ(worth_of(snapshot, {"1701"}, 75, MappingStatus::accepted).score, 0);
  EXPECT_DOUBLE_EQ(worth_of(snapshot, {"1701"}, 100, MappingStatus::active).score, 0);
  EXPECT_DOUBLE_EQ(worth_of(snapshot, {"gone"}, 50, MappingStatus::active).score, 1);
}

TEST_F(Review, PendingOnesComeByWorthAndTheRestByConfidence) {
  propose("1700", 124, 72, {"name_exact"});   // most uncertain, no history
  propose("1701", 123, 80);                   // a visit and 30,000 pesos
  propose("1657", 123, 95);
  const value pending = answer("list_mappings", {{"status", "pending", {}}});
  EXPECT_EQ(pending.at("order"), "worth");
  ASSERT_EQ(pending.at("mappings").as_array().size(), 2U);
  EXPECT_EQ(pending.at("mappings").at(0).at("legacy_id"), "1701");
  EXPECT_EQ(pending.at("mappings").at(0).at("worth").at("visits"), 1);
  EXPECT_GT(pending.at("mappings").at(0).at("worth").at("score").to_number<double>(),
            pending.at("mappings").at(1).at("worth").at("score").to_number<double>());
  EXPECT_EQ(answer("list_mappings").at("order"), "confidence");
  EXPECT_EQ(answer("list_mappings").at("mappings").at(0).at("legacy_id"), "1657");
  const auto ids = [&](std::vector<Argument> arguments) {
    std::vector<std::string> out;
    for (const auto& each : answer("list_mappings", std::move(arguments)).at("mappings").as_array()) {
      out.emplace_back(each.at("legacy_id").as_string());
    }
    return out;
  };
  using V = std::vector<std::string>;
  EXPECT_EQ(ids({{"min_confidence", "75", {}}, {"max_confidence", "90", {}}}), V{"1701"});
  EXPECT_EQ(ids({{"reason", "name", {}}}), V{"1700"});
  EXPECT_EQ(ids({{"reason", "name", {}}, {"order", "worth", {}}}), V{"1700"});
  EXPECT_EQ(ids({{"reason", "a_e", {}}, {"order", "recent", {}}}), V{});  // `_` stands for itself
  EXPECT_EQ(refusal("list_mappings", {{"reason", "Ñ%", {}}}).code, Code::invalid);
  EXPECT_EQ(refusal("list_mappings", {{"max_confidence", "101", {}}}).code, Code::invalid);
}

TEST_F(Review, AcceptingShowsInTheProfileAtOnce) {
  const std::string id = propose("1701", 123, 80);
  EXPECT_EQ(answer("customer_profile", {{"customer_id", "123", {}}}).at("statistics").at("total_visitas"), 17);
  const value accepted = answer("accept_mapping", {{"mapping_id", id, {}}, {"reason", "lo dijo ella", {}}});
  EXPECT_EQ(accepted.at("status"), "accepted");
  EXPECT_EQ(accepted.at("decision").at("decided_by"), "test");
  EXPECT_EQ(accepted.at("decision").at("reason"), "lo dijo ella");
  EXPECT_EQ(accepted.at("worth").at("score"), 0);
  EXPECT_EQ(answer("customer_profile", {{"customer_id", "123", {}}}).at("statistics").at("total_visitas"), 18);
  const std::size_t before = audited();
  EXPECT_EQ(answer("accept_mapping", {{"mapping_id", id, {}}, {"reason", "otra vez", {}}}), accepted);
  EXPECT_EQ(audited(), before);
  const Error otherwise = refusal("reject_mapping", {{"mapping_id", id, {}}});
  EXPECT_EQ(otherwise.code, Code::conflict);
  EXPECT_THAT(otherwise.detail.es, HasSubstr("son la misma persona, dijo test, el 14-03-2024 a las 12:00"));
  EXPECT_THAT(otherwise.detail.en, HasSubstr("said test, on 2024-03-14 at 12:00"));
  EXPECT_EQ(answer("undo_mapping", {{"mapping_id", id, {}}}).at("status"), "pending");
  EXPECT_EQ(answer("customer_profile", {{"customer_id", "123", {}}}).at("statistics").at("total_visitas"), 17);
  EXPECT_EQ(answer("undo_mapping", {{"mapping_id", id, {}}}).at("status"), "pending");
  EXPECT_EQ(audited(), before + 1);
}

TEST_F(Review, ARejectedPairNeverComesBackAndTheOthersMay) {
  static_cast<void>(answer("sync_legacy_to_current"));
  const value found = answer("legacy_mapping", {{"legacy_id", "1657", {}}});
  const std::string id(found.at("mapping").at("id").as_string());
  static_cast<void>(answer("reject_mapping", {{"mapping_id", id, {}}}));
  for (int i = 0; i < 2; ++i) {
    static_cast<void>(answer("sync_legacy_to_current"));
    const value now = answer("legacy_mapping", {{"legacy_id", "1657", {}}});
    EXPECT_TRUE(now.at("mapping").is_null());
    ASSERT_EQ(now.at("mappings").as_array().size(), 1U);
    EXPECT_EQ(now.at("mappings").at(0).at("status"), "rejected");
  }
  static_cast<void>(answer("undo_mapping", {{"mapping_id", id, {}}}));
  EXPECT_EQ(std::string(answer("legacy_mapping", {{"legacy_id", "1657", {}}}).at("mapping").at("id").as_string()), id);
}

TEST_F(Review, ALinkByHandStays) {
  const std::vector<Argument> link{{"legacy_id", "1701", {}}, {"current_id", "124", {}}, {"reason", "se casó", {}}};
  const value made = answer("link_by_hand", link);
  EXPECT_EQ(made.at("status"), "accepted");
  EXPECT_EQ(made.at("metadata").at("match_reasons").at(0), "by_hand");
  const std::size_t before = audited();
  EXPECT_EQ(answer("link_by_hand", link), made);
  EXPECT_EQ(audited(), before);
  static_cast<void>(answer("sync_legacy_to_current"));
  EXPECT_EQ(answer("legacy_mapping", {{"legacy_id", "1701", {}}}).at("customer").at("id"), 124);
  const Error elsewhere = refusal("link_by_hand", {{"legacy_id", "1701", {}}, {"current_id", "123", {}}});
  EXPECT_EQ(elsewhere.code, Code::conflict);
  EXPECT_THAT(elsewhere.detail.es, HasSubstr("ya fue aceptado para otro cliente (n.º 124) por test"));
}

TEST_F(Review, UnlinkingTakesAwayWhatIsLiveAndUndoingGivesItBack) {
  static_cast<void>(answer("sync_legacy_to_current"));
  const std::string by_sync(answer("legacy_mapping", {{"legacy_id", "1657", {}}}).at("mapping").at("id").as_string());
  EXPECT_EQ(answer("unlink_mapping", {{"mapping_id", by_sync, {}}, {"reason", "es su hermana", {}}}).at("status"), "rejected");
  EXPECT_TRUE(answer("customer_profile", {{"customer_id", "123", {}}}).at("legacy_data").is_null());
  EXPECT_EQ(answer("undo_mapping", {{"mapping_id", by_sync, {}}}).at("status"), "active");
  const value made = answer("link_by_hand", {{"legacy_id", "1701", {}}, {"current_id", "124", {}}, {"reason", "se casó", {}}});
  const std::string by_hand(made.at("id").as_string());
  EXPECT_EQ(answer("unlink_mapping", {{"mapping_id", by_hand, {}}}).at("status"), "rejected");
  EXPECT_EQ(refusal("accept_mapping", {{"mapping_id", by_hand, {}}}).code, Code::conflict);
  const value back = answer("undo_mapping", {{"mapping_id", by_hand, {}}});
  EXPECT_EQ(back.at("status"), "accepted");
  EXPECT_EQ(back.at("decision").at("reason"), "se casó");
  EXPECT_EQ(answer("undo_mapping", {{"mapping_id", by_hand, {}}}).at("status"), "retired");
  EXPECT_EQ(refusal("unlink_mapping", {{"mapping_id", by_hand, {}}}).code, Code::conflict);
}

TEST_F(Review, WhatCannotBeIsRefusedWithItsReason) {
  const auto field = [&](std::string_view legacy, std::string_view current) {
    const Error error = refusal("link_by_hand", {{"legacy_id", legacy, {}}, {"current_id", current, {}}});
    EXPECT_EQ(error.code, Code::invalid);
    return error.fields.empty() ? std::string() : error.fields[0].field;
  };
  EXPECT_EQ(field("nadie", "123"), "legacy_id");
  EXPECT_EQ(field("1657", "999"), "current_id");
  EXPECT_EQ(field("1657", "900"), "current_id");  // staff
  EXPECT_EQ(refusal("link_by_hand", {{"legacy_id", "1657", {}}}).fields.at(0).field, "current_id");
  EXPECT_EQ(refusal("accept_mapping", {{"mapping_id", "nada", {}}}).code, Code::not_found);
  const std::string gone = propose("1657", 777, 80), staff = propose("1657", 900, 81), lost = propose("9", 123, 80);
  for (const std::string& id : {gone, staff, lost}) {
    EXPECT_EQ(refusal("accept_mapping", {{"mapping_id", id, {}}}).code, Code::conflict);
    EXPECT_EQ(answer("reject_mapping", {{"mapping_id", id, {}}}).at("status"), "rejected");
  }
  const std::string long_why(501, 'x');
  const std::string wide_why = long_why + "ñ" + long_why;
  EXPECT_EQ(refusal("undo_mapping", {{"mapping_id", gone, {}}, {"reason", wide_why, {}}}).fields.at(0).field, "reason");
}

TEST_F(Review, TheAuditReadsWellAndCanBeFiltered) {
  const std::string id = propose("1701", 123, 80);
  propose("1700", 124, 90);
  static_cast<void>(answer("accept_mapping", {{"mapping_id", id, {}}, {"reason", "lo dijo ella", {}}}));
  for (const std::vector<Argument>& filter :
       {std::vector<Argument>{{"subject", id, {}}}, {{"legacy_id", "1701", {}}}, {{"customer_id", "123", {}}}}) {
    const value trail = answer("audit_trail", filter);
    ASSERT_EQ(trail.at("entries").as_array().size(), 2U) << filter[0].name;
    const value& last = trail.at("entries").at(0);
    EXPECT_EQ(last.at("summary"), "Se aceptó: el registro 1701 es el cliente 123.");
    EXPECT_EQ(last.at("reason"), "lo dijo ella");
    EXPECT_EQ(last.at("current_id"), 123);
    for (const auto& [action, many] : {std::pair<std::string_view, std::size_t>{"mapping.accept", 1}, {"people.export", 0}}) {
      EXPECT_EQ(answer("audit_trail", {filter[0], {"action", action, {}}}).at("entries").as_array().size(), many) << filter[0].name << action;
      EXPECT_EQ(answer("audit_trail", {{"action", action, {}}}).at("entries").as_array().size(), many) << action;
    }
  }
  EXPECT_TRUE(answer("audit_trail", {{"legacy_id", "1701", {}}, {"customer_id", "124", {}}}).at("entries").as_array().empty());
  EXPECT_EQ(answer("audit_trail", {{"limit", "1", {}}}, "en").at("entries").at(0).at("summary"),
            "Accepted: record 1701 is customer 123.");
}

TEST_F(Review, PagesNeitherSkipNorRepeatWhileDecisionsAreMade) {
  std::vector<std::string> ids;
  for (int i = 0; i < 120; ++i) ids.push_back(fmt::format("L{}", i));
  std::vector<store::ProposedLink> links;
  for (int i = 0; i < 120; ++i) links.push_back({ids[static_cast<std::size_t>(i)], 123, 70.0 + i % 7, {"phone_exact"}});
  house.store().mappings().apply_sync("aremko", links, "sync", 100);
  for (const std::string_view order : {"worth", "confidence", "recent"}) {
    std::set<std::string> seen;
    std::size_t decided = 0;
    std::string cursor;
    for (int page = 0; page < 40; ++page) {
      std::vector<Argument> arguments{{"status", "pending", {}}, {"order", order, {}}, {"limit", "7", {}}};
      if (!cursor.empty()) arguments.push_back({"cursor", cursor, {}});
      const value list = answer("list_mappings", arguments);
      for (const auto& mapping : list.at("mappings").as_array()) {
        EXPECT_TRUE(seen.insert(std::string(mapping.at("id").as_string())).second) << order;
      }
      if (list.at("next").is_null()) break;
      cursor = list.at("next").as_string();
      const std::string first(list.at("mappings").at(0).at("id").as_string());
      static_cast<void>(answer("reject_mapping", {{"mapping_id", first, {}}}));
      ++decided;
    }
    EXPECT_EQ(seen.size(), 120U) << order;
    EXPECT_GT(decided, 10U);
    for (const std::string& id : seen) static_cast<void>(answer("undo_mapping", {{"mapping_id", id, {}}}));
  }
}

}  // namespace
}  // namespace aremko::operations
