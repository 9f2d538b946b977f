// What people say of two of today's customers, and the list of all that they decided, over both engines.

#include <thread>

#include "contract/store_house.h"

namespace aremko::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StoreMerges : public StoreHouse {};

TEST_P(StoreMerges, AWordIsKeptToldAndTakenBack) {
  const auto store = open();
  Merges& merges = store->merges();
  const std::int64_t before = store->mappings().version("spa");
  const Merge made = merges.decide("spa", 10, 4, MergeVerdict::same, "rosa", "mismo RUT", 100).value();
  EXPECT_EQ(made.first_id, 4);
  EXPECT_EQ(made.second_id, 10);
  EXPECT_EQ(made.kept_id, 10);
  EXPECT_EQ(made.other_id(), 4);
  EXPECT_EQ(made.note, "mismo RUT");
  EXPECT_EQ(merges.find("spa", made.id).value(), made);
  EXPECT_EQ(merges.of_pair("spa", 4, 10), made);
  EXPECT_THAT(merges.live("spa"), ElementsAre(LiveMerge{10, 4}));
  EXPECT_THAT(merges.live("other"), IsEmpty());
  EXPECT_GT(store->mappings().version("spa"), before) << "readers have to take it in";
  EXPECT_EQ(store->audit().list("spa", {}, 10)->entries.at(0).action, "people.same");

  const Merge undone = merges.undo("spa", made.id, "luis", "", 200).value();
  EXPECT_EQ(undone.verdict, MergeVerdict::undone);
  EXPECT_EQ(undone.decided_by, "luis");
  EXPECT_THAT(merges.live("spa"), IsEmpty());
  EXPECT_EQ(merges.undo("spa", made.id, "luis", "", 300).value(), undone);
  EXPECT_EQ(store->audit().list("spa", {}, 10)->entries.size(), 2U);
  EXPECT_EQ(merges.decide("spa", 4, 10, MergeVerdict::same, "luis", "", 400)->kept_id, 4);
  EXPECT_EQ(merges.undo("spa", "no such", "x", "", 1).error().code, Code::not_found);
  EXPECT_EQ(merges.undo("other", made.id, "x", "", 1).error().code, Code::not_found);
}

TEST_P(StoreMerges, ASecondWordIsRefusedAndSoIsAContradiction) {
  const auto store = open();
  Merges& merges = store->merges();
  const Merge made = merges.decide("spa", 1, 2, MergeVerdict::same, "rosa", "", 100).value();
  EXPECT_EQ(merges.decide("spa", 2, 1, MergeVerdict::same, "rosa", "", 200).value(), made) << "the same by the same changes nothing";
  EXPECT_EQ(merges.decide("spa", 1, 2, MergeVerdict::same, "luis", "", 200).error().code, Code::conflict);
  EXPECT_EQ(merges.decide("spa", 1, 2, MergeVerdict::different, "rosa", "", 200).error().code, Code::conflict);
  ASSERT_TRUE(merges.decide("spa", 2, 3, MergeVerdict::same, "rosa", "", 200));
  const Error through = merges.decide("spa", 1, 3, MergeVerdict::different, "rosa", "", 300).error();
  EXPECT_THAT(through.detail.es, HasSubstr("son la misma persona"));
  ASSERT_TRUE(merges.decide("spa", 3, 9, MergeVerdict::different, "rosa", "", 300));
  const Error joined = merges.decide("spa", 9, 1, MergeVerdict::same, "rosa", "", 400).error();
  EXPECT_EQ(joined.code, Code::conflict);
  EXPECT_THAT(joined.detail.es, HasSubstr("3 y 9 son personas distintas"));
  EXPECT_EQ(merges.decide("spa", 5, 5, MergeVerdict::same, "rosa", "", 1).error().fields.at(0).field, "other_id");
  EXPECT_EQ(merges.decide("spa", 5, 6, MergeVerdict::same, "rosa", std::string(1'001, 'x'), 1).error().fields.at(0).field, "reason");
}

TEST_P(StoreMerges, OfManyWhoDecideAtOnceOneIsFirst) {
  const auto store = open();
  store->mappings().apply_sync("spa", kLinks, "sync", 50);
  const std::string pair = store->mappings().by_legacy("spa", "2000")[0].id;
  std::atomic<int> said = 0, refused = 0, merged = 0, not_merged = 0;
  {
    std::vector<std::jthread> people;
    for (int i = 0; i < 6; ++i) {
      people.emplace_back([&, i] {
        const std::string who = "p" + std::to_string(i);
        const auto one = store->mappings().decide("spa", pair, i % 2 == 0 ? Decision::accept : Decision::reject, who, "", 100);
        ++(one ? said : refused);
        ++(store->merges().decide("spa", 1, 2, i % 2 == 0 ? MergeVerdict::same : MergeVerdict::different, who, "", 100) ? merged : not_merged);
      });
    }
  }
  EXPECT_EQ(said, 1);
  EXPECT_EQ(refused, 5);
  EXPECT_EQ(merged, 1);
  EXPECT_EQ(not_merged, 5);
  EXPECT_EQ(store->decisions().list("spa", {}, 10)->entries.size(), 2U);
}

TEST_P(StoreMerges, AllDecisionsStandInOneListWithWhetherTheyHold) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  const NewKey key = store->keys().create("spa", Scope::write, "recepción", "cli", 5).value();
  mappings.apply_sync("spa", kLinks, "sync", 50);
  const std::string maria = mappings.by_legacy("spa", "1657")[0].id, other = mappings.by_legacy("spa", "2000")[0].id;
  ASSERT_TRUE(mappings.decide("spa", maria, Decision::unlink, "rosa", "no es ella", 100));
  ASSERT_TRUE(mappings.decide("spa", other, Decision::accept, key.info.key_id, "", 110));
  ASSERT_TRUE(mappings.decide("spa", maria, Decision::undo, "luis", "", 120));
  const Merge merge = store->merges().decide("spa", 7, 8, MergeVerdict::different, "rosa", "", 130).value();
  const auto actions = [&](const DecisionFilter& filter) {
    std::vector<std::string> out;
    for (const DecisionEntry& entry : store->decisions().list("spa", filter, 100)->entries) out.push_back(entry.action + (entry.stands ? "!" : ""));
    return out;
  };
  EXPECT_THAT(actions({}), ElementsAre("people.different!", "mapping.undo", "mapping.accept!", "mapping.unlink"));
  EXPECT_THAT(actions({.kind = DecisionKind::yes}), ElementsAre("mapping.accept!"));
  EXPECT_THAT(actions({.kind = DecisionKind::no}), ElementsAre("people.different!", "mapping.unlink"));
  EXPECT_THAT(actions({.kind = DecisionKind::undone}), ElementsAre("mapping.undo"));
  EXPECT_THAT(actions({.actor = "rosa"}), ElementsAre("people.different!", "mapping.unlink"));
  EXPECT_THAT(actions({.standing = true}), ElementsAre("people.different!", "mapping.accept!"));
  const auto all = store->decisions().list("spa", {}, 100)->entries;
  EXPECT_EQ(all[0].subject, merge.id);
  EXPECT_EQ(all[0].first_id, 7);
  EXPECT_EQ(all[0].kept_id, 7);
  EXPECT_EQ(all[2].actor_label, "recepción");
  EXPECT_EQ(all[3].legacy_id, "1657");
  EXPECT_EQ(all[3].current_id, 123);
  EXPECT_EQ(all[3].reason, "no es ella");
  EXPECT_THAT(all[3].before, HasSubstr("active"));
  const DecisionPage first = store->decisions().list("spa", {}, 3).value();
  EXPECT_EQ(store->decisions().list("spa", {}, 3, first.next)->entries.at(0).action, "mapping.unlink");
  EXPECT_EQ(store->decisions().list("spa", {}, 3, "no").error().code, Code::malformed);
  EXPECT_THAT(store->decisions().list("other", {}, 3)->entries, IsEmpty());
}

TEST_P(StoreMerges, UnlinkingWhatAPersonAcceptedIsTakenBackWhole) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  const Mapping made = mappings.link_by_hand("spa", {"9"}, 500, "rosa", "lo dijo ella", 100).value();
  EXPECT_EQ(mappings.decide("spa", made.id, Decision::unlink, "luis", "era otra", 200)->status, MappingStatus::rejected);
  EXPECT_THAT(mappings.live("spa"), IsEmpty());
  const Mapping back = mappings.decide("spa", made.id, Decision::undo, "ana", "", 300).value();
  EXPECT_EQ(back.status, MappingStatus::accepted);
  EXPECT_EQ(back.decided_by, "rosa");
  EXPECT_EQ(back.decided_at, 100);
  EXPECT_EQ(back.note, "lo dijo ella");
  EXPECT_EQ(mappings.find("spa", made.id).value(), back);
  EXPECT_EQ(mappings.decide("spa", made.id, Decision::undo, "ana", "", 400)->status, MappingStatus::retired);
  EXPECT_EQ(mappings.decide("spa", made.id, Decision::unlink, "ana", "", 500).error().code, Code::conflict);
}

INSTANTIATE_TEST_SUITE_P(Store, StoreMerges, testing::Values(sql::Engine::sqlite, sql::Engine::postgres), engine_name);

}  // namespace
}  // namespace aremko::store
