// What a reviewer's lists and the audit's filters promise, over both engines.

#include <set>

#include "contract/store_house.h"

namespace aremko::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoreReview : public StoreHouse {};

double by_length(const RecordRef& record, double confidence, MappingStatus) {
  return static_cast<double>(record.legacy_id.size()) * 1000 - confidence;
}

std::vector<std::string> ids_of(const MappingPage& page) {
  std::vector<std::string> out;
  for (const Mapping& mapping : page.mappings) out.push_back(mapping.legacy_id);
  return out;
}

TEST_P(StoreReview, EveryDecidedPairIsToldOnce) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", kLinks, "sync", 100);
  EXPECT_THAT(mappings.decisions("spa"), IsEmpty());
  const std::string maria = mappings.by_legacy("spa", "1657")[0].id;
  ASSERT_TRUE(mappings.decide("spa", maria, Decision::reject, "rosa", "", 150));
  ASSERT_TRUE(mappings.link_by_hand("spa", {"1000"}, 500, "rosa", "", 160));
  EXPECT_THAT(mappings.decisions("spa"), ElementsAre(DecidedLink{"1000", 500, true, 160}, DecidedLink{"1657", 123, false, 150}));
  EXPECT_THAT(mappings.decisions("other"), IsEmpty());
  ASSERT_TRUE(mappings.decide("spa", maria, Decision::undo, "rosa", "", 170));
  EXPECT_THAT(mappings.decisions("spa"), ElementsAre(DecidedLink{"1000", 500, true, 160}));
}

TEST_P(StoreReview, ListsAreOrderedAndFilteredAsAsked) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  const std::vector<ProposedLink> links{{"1", 10, 71, {"phone_exact"}}, {"22", 11, 84, {"name_exact"}},
                                        {"333", 12, 80, {"phone_exact", "name_conflict"}}, {"4", 13, 95, {"rut_exact"}}};
  mappings.apply_sync("spa", links, "sync", 100);
  const MappingQuery worth{.status = MappingStatus::pending, .order = MappingOrder::worth, .worth = by_length};
  EXPECT_THAT(ids_of(mappings.list("spa", worth, 10).value()), ElementsAre("333", "22", "1"));
  EXPECT_THAT(ids_of(mappings.list("spa", {}, 10).value()), ElementsAre("4", "22", "333", "1"));
  EXPECT_THAT(ids_of(mappings.list("spa", {.min_confidence = 80, .max_confidence = 84}, 10).value()), ElementsAre("22", "333"));
  EXPECT_THAT(ids_of(mappings.list("spa", {.reason = "name"}, 10).value()), ElementsAre("22", "333"));
  EXPECT_THAT(ids_of(mappings.list("spa", {.reason = "a_e"}, 10).value()), IsEmpty());
  ASSERT_TRUE(mappings.decide("spa", mappings.by_legacy("spa", "22")[0].id, Decision::accept, "rosa", "", 200));
  EXPECT_THAT(ids_of(mappings.list("spa", {.order = MappingOrder::recent}, 1).value()), ElementsAre("22"));
  MappingQuery filtered = worth;
  filtered.reason = "conflict";
  filtered.max_confidence = 80;
  EXPECT_THAT(ids_of(mappings.list("spa", filtered, 10).value()), ElementsAre("333"));
  filtered.status.reset();
  EXPECT_THAT(ids_of(mappings.list("spa", filtered, 10).value()), ElementsAre("333"));
  const MappingPage page = mappings.list("spa", worth, 1).value();
  EXPECT_EQ(mappings.list("spa", {}, 1, page.next).error().code, Code::malformed);  // another order's cursor
  const Mapping whole = mappings.list("spa", worth, 1).value().mappings.at(0);
  EXPECT_EQ(whole, mappings.find("spa", whole.id).value());
}

TEST_P(StoreReview, PagesOfEveryOrderGoOnBehindTheLastRow) {
  const auto store = open();
  std::vector<std::string> ids;
  for (int i = 0; i < 200; ++i) ids.push_back(std::to_string(i * 7));
  std::vector<ProposedLink> links;
  for (int i = 0; i < 200; ++i) links.push_back({ids[static_cast<std::size_t>(i)], i, 70 + i % 5 / 3.0, {"x"}});
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links, "sync", 100);
  for (const MappingOrder order : {MappingOrder::worth, MappingOrder::confidence, MappingOrder::recent}) {
    const MappingQuery query{.status = MappingStatus::pending, .order = order, .worth = by_length};
    std::set<std::string> seen;
    std::string cursor;
    do {
      const MappingPage page = mappings.list("spa", query, 17, cursor).value();
      for (const Mapping& mapping : page.mappings) EXPECT_TRUE(seen.insert(mapping.id).second) << json_name(order);
      cursor = page.next;
      // The one that was shown last is decided, and is no longer in the list.
      ASSERT_TRUE(mappings.decide("spa", page.mappings.back().id, Decision::reject, "rosa", "", 200));
    } while (!cursor.empty());
    EXPECT_EQ(seen.size(), 200U) << json_name(order);
    for (const std::string& id : seen) ASSERT_TRUE(mappings.decide("spa", id, Decision::undo, "rosa", "", 100));
  }
}

TEST_P(StoreReview, TheAuditIsFilteredByPairRecordAndCustomer) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  const NewKey key = store->keys().create("spa", Scope::write, "recepción", "cli", 5).value();
  mappings.apply_sync("spa", kLinks, "sync", 100);
  const std::string maria = mappings.by_legacy("spa", "1657")[0].id;
  ASSERT_TRUE(mappings.decide("spa", maria, Decision::accept, key.info.key_id, "es ella", 150));
  Audit& audit = store->audit();
  for (const AuditFilter& filter :
       {AuditFilter{.subject = maria}, AuditFilter{.legacy_id = "1657"}, AuditFilter{.current_id = 123},
        AuditFilter{.subject = maria, .legacy_id = "1657", .current_id = 123}}) {
    const auto entries = audit.list("spa", filter, 10)->entries;
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].action, "mapping.accept");
    EXPECT_EQ(entries[0].actor_label, "recepción");
    EXPECT_EQ(entries[0].legacy_id, "1657");
    EXPECT_EQ(entries[0].current_id, 123);
    EXPECT_EQ(entries[1].actor_label, "");
  }
  EXPECT_THAT(audit.list("spa", {.subject = maria, .legacy_id = "2000"}, 10)->entries, IsEmpty());
  EXPECT_THAT(audit.list("spa", {.legacy_id = "1657", .current_id = 456}, 10)->entries, IsEmpty());
  EXPECT_THAT(audit.list("spa", {.legacy_id = std::string("\xff")}, 10)->entries, IsEmpty());
  const AuditPage first = audit.list("spa", {.legacy_id = "1657"}, 1).value();
  EXPECT_EQ(audit.list("spa", {.legacy_id = "1657"}, 1, first.next)->entries.at(0).action, "mapping.create");
  EXPECT_EQ(audit.list("spa", {}, 10)->entries.size(), 4U);
}

INSTANTIATE_TEST_SUITE_P(Store, StoreReview, testing::Values(sql::Engine::sqlite, sql::Engine::postgres), engine_name);

}  // namespace
}  // namespace aremko::store
