// Mappings are of records, whose numbers may move with another export; over both engines.

#include "contract/store_house.h"
#include "store/migrate.h"

namespace aremko::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Found = RecordNow::Found;

class StoreRecords : public StoreHouse {
 protected:
  /// A store as the version before left it.
  void fill_version_two() const {
    if (sqlite()) std::filesystem::create_directories(directory_ + "/var");
    const auto db = connect();
    sql::Transaction transaction(*db);
    db->script("CREATE TABLE aremko_migration (version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)");
    for (const Migration& migration : migrations(GetParam())) {
      if (migration.version > 2) continue;
      db->script(migration.sql);
      db->query("INSERT INTO aremko_migration VALUES ($1, $2, $3, 0)", {migration.version, migration.name, migration.checksum});
    }
    db->script(
        "INSERT INTO aremko_tenant VALUES ('spa', 2, 2);"
        "INSERT INTO aremko_mapping VALUES"
        " ('m-active', 'spa', '1', 10, 95, 'active', 'phone_exact', 100, 100, NULL, NULL, NULL),"
        " ('m-accepted', 'spa', '2', 20, 80, 'accepted', 'name_exact', 100, 150, 'rosa', 150, 'es ella'),"
        " ('m-rejected', 'spa', '2', 21, 90, 'rejected', 'phone_exact', 100, 140, 'rosa', 140, NULL),"
        " ('m-gone', 'spa', '9', 90, 95, 'accepted', 'by_hand', 100, 150, 'rosa', 150, NULL);"
        "INSERT INTO aremko_audit VALUES ('spa', 1, 100, 'sync', 'mapping.create', 'm-active', '', '{}', ''),"
        " ('spa', 2, 150, 'rosa', 'mapping.accept', 'm-accepted', '{}', '{}', '');");
    transaction.commit();
  }
};

/// A file: number, record id, print.
struct File {
  struct Row {
    std::string number, record, print;
  };
  std::vector<Row> rows;

  Locate locate() const {
    return [this](const RecordRef& record) -> RecordNow {
      RecordNow out{.found = Found::gone};
      for (const Row& row : rows) {
        const bool same = record.print.empty() ? row.number == record.legacy_id
                                               : row.print == record.print && (row.record == record.record_id || row.number == record.legacy_id);
        if (same) return {Found::here, row.number, row.record, row.print};
        if (row.number == record.legacy_id || (!row.record.empty() && row.record == record.record_id)) out.found = Found::another;
      }
      return out;
    };
  }
  ProposedLink link(std::size_t row, std::int64_t current_id, double confidence = 95) const {
    return {rows[row].number, current_id, confidence, {"phone_exact"}, rows[row].record, rows[row].print};
  }
  SyncTerms terms() const { return {.locate = locate()}; }
};

const File before{{{"1", "RecAna", "a"}, {"2", "RecEva", "b"}, {"3", "RecLuz", "c"}}};
const File moved{{{"2", "RecAna", "a"}, {"3", "RecEva", "b"}, {"4", "RecLuz", "c"}}};

std::vector<ProposedLink> links_of(const File& file) { return {file.link(0, 10), file.link(1, 20), file.link(2, 30, 75)}; }

TEST_P(StoreRecords, AStoreOfTheVersionBeforeKeepsWhatItHadAndLearnsItsRecords) {
  fill_version_two();
  const auto store = open();
  EXPECT_THAT(store->migration().applied, ElementsAre("0003_records", "0004_staff", "0005_decisions", "0006_source_marks"));
  Mappings& mappings = store->mappings();
  EXPECT_EQ(mappings.find("spa", "m-active")->status, MappingStatus::active);
  EXPECT_EQ(mappings.find("spa", "m-accepted")->note, "es ella");
  EXPECT_EQ(mappings.live("spa").size(), 3U);
  EXPECT_EQ(mappings.live("spa")[0].print, "");
  EXPECT_EQ(store->audit().list("spa", {}, 10)->entries[0].legacy_id, "2") << "from before the audit had the number";

  const std::int64_t version = mappings.version("spa");
  mappings.adopt("spa", before.locate(), 200);
  EXPECT_GT(mappings.version("spa"), version) << "readers have to take the records in";
  EXPECT_EQ(mappings.find("spa", "m-active")->record_id, "RecAna");
  EXPECT_EQ(mappings.find("spa", "m-active")->print, "a");
  EXPECT_EQ(mappings.find("spa", "m-rejected")->record_id, "RecEva");
  EXPECT_EQ(mappings.find("spa", "m-gone")->print, "-") << "nobody can say any more which record it was";
  EXPECT_EQ(mappings.find("spa", "m-gone")->status, MappingStatus::accepted);
  // Once: the next file cannot change it.
  const std::int64_t adopted = mappings.version("spa");
  mappings.adopt("spa", moved.locate(), 300);
  EXPECT_EQ(mappings.version("spa"), adopted);
  EXPECT_EQ(mappings.find("spa", "m-active")->record_id, "RecAna");
  EXPECT_EQ(store->audit().list("spa", {}, 10)->entries.size(), 2U);
}

TEST_P(StoreRecords, MappingsFollowTheirRecordsToOtherNumbers) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links_of(before), "sync", 100, before.terms());
  const std::string ana = mappings.by_customer("spa", 10)[0].id;
  ASSERT_TRUE(mappings.decide("spa", ana, Decision::accept, "rosa", "", 110, before.locate()));
  const std::string eva = mappings.by_customer("spa", 20)[0].id;
  ASSERT_TRUE(mappings.decide("spa", eva, Decision::reject, "rosa", "", 110, before.locate()));

  // Every number is the next one's now: Ana's is where Eva's was.
  const SyncCounts counts = mappings.apply_sync("spa", links_of(moved), "sync", 200, moved.terms());
  EXPECT_EQ(counts, (SyncCounts{.moved = 3, .unchanged = 1, .decided = 2}));
  EXPECT_EQ(mappings.find("spa", ana)->legacy_id, "2");
  EXPECT_EQ(mappings.find("spa", ana)->status, MappingStatus::accepted);
  EXPECT_EQ(mappings.find("spa", eva)->legacy_id, "3");
  EXPECT_EQ(mappings.find("spa", eva)->status, MappingStatus::rejected);
  ASSERT_EQ(mappings.live("spa").size(), 1U);
  EXPECT_EQ(mappings.live("spa")[0].legacy_id, "2");
  EXPECT_EQ(mappings.live("spa")[0].made_as, "1");
  EXPECT_EQ(mappings.apply_sync("spa", links_of(moved), "sync", 300, moved.terms()), (SyncCounts{.unchanged = 1, .decided = 2}));

  const auto history = store->audit().list("spa", {.subject = ana}, 10)->entries;
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].action, "mapping.move");
  EXPECT_EQ(history[0].before, R"({"legacy_id":"1"})");
  EXPECT_EQ(history[0].after, R"({"legacy_id":"2"})");
  EXPECT_EQ(history[0].legacy_id, "2");
  EXPECT_EQ(history[1].action, "mapping.accept");
  EXPECT_EQ(history[1].legacy_id, "1") << "as it was shown then";
}

TEST_P(StoreRecords, AMappingWhoseRecordIsAnothersIsRetiredAndComesBackWithIt) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links_of(before), "sync", 100, before.terms());
  const std::string ana = mappings.by_customer("spa", 10)[0].id;
  ASSERT_TRUE(mappings.decide("spa", ana, Decision::accept, "rosa", "", 110, before.locate()));

  // Record ids were dealt out anew: Ana's is a stranger's, who is the same customer by chance and another's rival.
  const File dealt{{{"1", "RecAna", "z"}, {"2", "RecEva", "b"}}};
  const std::vector<ProposedLink> found{dealt.link(0, 10, 90), dealt.link(0, 11, 80), dealt.link(1, 20)};
  const SyncCounts counts = mappings.apply_sync("spa", found, "sync", 200, dealt.terms());
  EXPECT_EQ(counts, (SyncCounts{.created = 2, .created_high = 1, .created_medium = 1, .retired = 2, .unchanged = 1}));
  EXPECT_EQ(mappings.find("spa", ana)->status, MappingStatus::retired);
  EXPECT_EQ(mappings.find("spa", ana)->decided_by, "rosa") << "what she said of the record is kept";
  EXPECT_EQ(mappings.by_customer("spa", 10).size(), 2U);
  EXPECT_EQ(mappings.apply_sync("spa", found, "sync", 250, dealt.terms()).changes(), 0);

  const SyncCounts back = mappings.apply_sync("spa", links_of(before), "sync", 300, before.terms());
  EXPECT_EQ(back.returned, 1);
  EXPECT_EQ(mappings.find("spa", ana)->status, MappingStatus::accepted);
  ASSERT_EQ(mappings.live("spa").size(), 2U);
  EXPECT_EQ(store->audit().list("spa", {.subject = ana}, 10)->entries[0].action, "mapping.return");
  EXPECT_EQ(mappings.apply_sync("spa", links_of(before), "sync", 400, before.terms()).changes(), 0);
}

TEST_P(StoreRecords, ARecordThatLeftTheFileKeepsItsDecision) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links_of(before), "sync", 100, before.terms());
  const std::string ana = mappings.by_customer("spa", 10)[0].id;
  ASSERT_TRUE(mappings.decide("spa", ana, Decision::accept, "rosa", "", 110, before.locate()));
  const File fewer{{{"7", "RecLuz", "c"}}};
  const std::vector<ProposedLink> luz{fewer.link(0, 30, 75)};
  EXPECT_EQ(mappings.apply_sync("spa", luz, "sync", 200, fewer.terms()), (SyncCounts{.retired = 1, .moved = 1, .unchanged = 1}));
  EXPECT_EQ(mappings.find("spa", ana)->status, MappingStatus::accepted);
}

TEST_P(StoreRecords, RecordIdsThatGoRoundAmongRowsAreNoTrouble) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links_of(before), "sync", 100, before.terms());
  const File round{{{"1", "RecEva", "a"}, {"2", "RecLuz", "b"}, {"3", "RecAna", "c"}}};
  EXPECT_EQ(mappings.apply_sync("spa", links_of(round), "sync", 200, round.terms()), (SyncCounts{.unchanged = 3}));
  EXPECT_EQ(mappings.by_customer("spa", 10)[0].record_id, "RecEva");
  EXPECT_EQ(mappings.by_customer("spa", 30)[0].record_id, "RecAna");
  const File bare{{{"1", "", "a"}, {"2", "", "b"}, {"3", "", "c"}}};
  EXPECT_EQ(mappings.apply_sync("spa", links_of(bare), "sync", 300, bare.terms()), (SyncCounts{.unchanged = 3}));
  EXPECT_EQ(mappings.live("spa").size(), 2U);
}

TEST_P(StoreRecords, DecisionsBetweenAnExportAndItsSyncAreOfTheRecordAsItIsNow) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links_of(before), "sync", 100, before.terms());
  // Number 2 is Ana's now, and Eva's mapping, which still has it, is none of its rivals.
  const Mapping made = mappings.link_by_hand("spa", {"2", "RecAna", "a"}, 77, "rosa", "", 200, moved.locate()).value();
  EXPECT_EQ(made.record_id, "RecAna");
  EXPECT_EQ(mappings.by_customer("spa", 20)[0].status, MappingStatus::active);
  EXPECT_EQ(mappings.by_customer("spa", 10)[0].status, MappingStatus::retired);
  EXPECT_EQ(mappings.link_by_hand("spa", {"2", "RecAna", "a"}, 78, "rosa", "", 200, moved.locate()).error().code, Code::conflict);
  EXPECT_EQ(mappings.by_legacy("spa", "2", "RecAna").size(), 3U) << "both of Ana's, and Eva's by the number";
  const SyncCounts counts = mappings.apply_sync("spa", links_of(moved), "sync", 300, moved.terms());
  EXPECT_EQ(counts.moved, 3);
  EXPECT_EQ(mappings.find("spa", made.id)->status, MappingStatus::accepted);
}

TEST_P(StoreRecords, ASyncOfSomeRecordsGivesUpWhatIsAnothers) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", links_of(before), "sync", 100, before.terms());
  const File dealt{{{"8", "RecAna", "z"}}};
  const std::vector<ProposedLink> found{dealt.link(0, 10)};
  const std::vector<std::string_view> examined{"8"};
  SyncTerms terms = dealt.terms();
  terms.examined = examined;
  EXPECT_EQ(mappings.apply_sync("spa", found, "sync", 200, terms), (SyncCounts{.created = 1, .created_high = 1, .retired = 1}));
  EXPECT_EQ(mappings.by_customer("spa", 20)[0].status, MappingStatus::active) << "nobody looked at it";
}

INSTANTIATE_TEST_SUITE_P(Store, StoreRecords, testing::Values(sql::Engine::sqlite, sql::Engine::postgres), engine_name);

}  // namespace
}  // namespace aremko::store
