// What the store promises on a good day, over both of its engines.

#include <set>
#include <thread>

#include "contract/store_house.h"
#include "store/key_ring.h"

namespace aremko::store {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

class StoreContract : public StoreHouse {};

// ---- migrations

TEST_P(StoreContract, MigratesOnceAndOnlyOnce) {
  EXPECT_THAT(open()->migration().applied, ElementsAre("0001_start", "0002_jobs", "0003_records", "0004_staff", "0005_decisions", "0006_source_marks"));
  EXPECT_TRUE(open()->migration().applied.empty());
  EXPECT_EQ(connect()->query("SELECT count(*) FROM aremko_migration")[0].integer(0), 6);
}

TEST_P(StoreContract, ASourcesMostRowsOutliveTheProcess) {
  {
    const auto store = open();
    EXPECT_FALSE(store->source_marks().most("spa", "aremko_db"));
    store->source_marks().note("spa", "aremko_db", 300'000, 1);
    store->source_marks().note("spa", "clientes_legacy", 5, 1);
    store->source_marks().note("otro", "aremko_db", 7, 1);
  }
  const auto store = open();
  EXPECT_EQ(store->source_marks().most("spa", "aremko_db"), 300'000U);
  store->source_marks().note("spa", "aremko_db", 12, 2);
  EXPECT_EQ(store->source_marks().most("spa", "aremko_db"), 12U) << "less too: a person said that it is on purpose";
  EXPECT_EQ(store->source_marks().most("spa", "clientes_legacy"), 5U);
  EXPECT_EQ(store->source_marks().most("otro", "aremko_db"), 7U);
}

TEST_P(StoreContract, ProcessesThatStartTogetherMigrateOnce) {
  std::atomic<int> applied = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&] { applied += static_cast<int>(open()->migration().applied.size()); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(applied, 6);
}

TEST_P(StoreContract, ANewerStoreIsRefusedAndLeftAlone) {
  open();
  connect()->query("INSERT INTO aremko_migration VALUES (99, 'future', 'x', 0)");
  try {
    open();
    FAIL();
  } catch (const Outage& problem) {
    EXPECT_THAT(problem.error().detail.es, testing::HasSubstr("más nueva (99)"));
  }
}

TEST_P(StoreContract, AnAlteredMigrationIsRefused) {
  open();
  connect()->query("UPDATE aremko_migration SET checksum = 'other'");
  EXPECT_THROW(open(), Outage);
}

TEST_P(StoreContract, AMigrationThatFailsLeavesNothing) {
  if (sqlite()) std::filesystem::create_directories(directory_ + "/var");
  connect()->script("CREATE TABLE aremko_mapping (in_the_way text)");
  EXPECT_THROW(open(), Outage);
  EXPECT_TRUE(connect()->columns("aremko_tenant").empty());
  EXPECT_TRUE(connect()->columns("aremko_migration").empty());
}

// ---- keys

TEST_P(StoreContract, AKeyIsShownOnceAndKeptAsAHash) {
  const auto store = open();
  const NewKey key = store->keys().create("spa", Scope::write, "recepción", "cli", 5).value();
  EXPECT_EQ(key.text.size(), 45U);
  EXPECT_EQ(key.text.substr(0, 4), "ark_");
  EXPECT_EQ(key_id_of(key.text), key.info.key_id);
  const std::string secret = key.text.substr(13);
  for (const auto row : connect()->query("SELECT key_id, tenant, scope, label, hash FROM aremko_api_key")) {
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(row.text(i).find(secret), std::string_view::npos);
    EXPECT_EQ(row.text(4).size(), 64U);
  }
  const auto audit = store->audit().list("spa", {}, 10).value();
  ASSERT_EQ(audit.entries.size(), 1U);
  EXPECT_EQ(audit.entries[0].action, "key.create");
  EXPECT_EQ(audit.entries[0].subject, key.info.key_id);
  EXPECT_EQ(audit.entries[0].after.find(secret), std::string::npos);
}

TEST_P(StoreContract, KeysAuthenticateTheirOwnTenantAndScope) {
  const auto store = open();
  const NewKey reader = store->keys().create("a", Scope::read, "x", "cli", 5).value();
  const NewKey admin = store->keys().create("b", Scope::admin, "y", "cli", 6).value();
  KeyRing ring(store->keys());
  EXPECT_EQ(ring.authenticate(reader.text).value(), (Principal{reader.info.key_id, "a", Scope::read, "x"}));
  EXPECT_EQ(ring.authenticate(admin.text)->tenant, "b");
  EXPECT_TRUE(covers(Scope::admin, Scope::write));
  EXPECT_FALSE(covers(Scope::read, Scope::write));
  std::string wrong = reader.text;
  wrong.back() = wrong.back() == 'a' ? 'b' : 'a';
  for (const std::string& bad :
       {wrong, std::string(), std::string("ark_"), std::string(45, 'x'), reader.text + "x"}) {
    const auto refused = ring.authenticate(bad);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::unauthorized);
    EXPECT_TRUE(bad.empty() || refused.error().detail.es.find(bad) == std::string::npos);
  }
}

TEST_P(StoreContract, AKeyOfAnotherProcessLivesAtOnceAndDiesInTwoSeconds) {
  const auto ours = open();
  const auto theirs = open();
  KeyRing ring(ours->keys(), milliseconds(100));
  const NewKey key = theirs->keys().create("a", Scope::read, "x", "cli", 5).value();
  EXPECT_FALSE(ring.check(key.text).has_value());  // unknown, not refused
  EXPECT_TRUE(ring.authenticate(key.text).has_value());
  EXPECT_TRUE(ring.check(key.text)->has_value());
  ASSERT_TRUE(theirs->keys().revoke("a", key.info.key_id, "cli", 9).has_value());
  bool dead = false;
  for (int i = 0; i < 40 && !dead; ++i) {
    std::this_thread::sleep_for(milliseconds(50));
    const auto known = ring.check(key.text);
    dead = !known || !known->has_value();
  }
  EXPECT_TRUE(dead);
  EXPECT_FALSE(ring.authenticate(key.text).has_value());
}

TEST_P(StoreContract, GuessingKeysDoesNotLoadTheStore) {
  const auto store = open();
  KeyRing ring(store->keys(), std::chrono::hours(1));
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20'000; ++i) {
    EXPECT_FALSE(ring.authenticate(fmt::format("ark_{:08}_{:032}", i, i)).has_value());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

TEST_P(StoreContract, RevokingIsForTheOwnTenantAndDoneOnce) {
  const auto store = open();
  const NewKey key = store->keys().create("a", Scope::read, "", "cli", 5).value();
  EXPECT_EQ(store->keys().revoke("b", key.info.key_id, "cli", 6).error().code, Code::not_found);
  EXPECT_EQ(store->keys().revoke("a", "nothere", "cli", 6).error().code, Code::not_found);
  EXPECT_EQ(store->keys().revoke({}, std::string("\0\xff", 2), "cli", 6).error().code, Code::not_found);
  EXPECT_EQ(store->keys().revoke({}, key.info.key_id, "cli", 7)->revoked_at, 7);
  EXPECT_EQ(store->keys().revoke("a", key.info.key_id, "cli", 8)->revoked_at, 7);
  EXPECT_EQ(store->audit().list("a", {}, 10)->entries.size(), 2U);
  EXPECT_EQ(store->keys().list("a").size(), 1U);
  EXPECT_EQ(store->keys().list().size(), 1U);
  EXPECT_TRUE(store->keys().list("b").empty());
  EXPECT_FALSE(store->keys().create("a", Scope::read, std::string(101, 'x'), "cli", 5).has_value());
}

// ---- mappings

TEST_P(StoreContract, ASecondSyncCreatesAndAuditsNothing) {
  const auto store = open();
  const SyncCounts first = store->mappings().apply_sync("spa", kLinks, "sync", 100);
  EXPECT_EQ(first, (SyncCounts{.created = 2, .created_high = 1, .created_medium = 1}));
  const std::int64_t version = store->mappings().version("spa");
  EXPECT_EQ(store->mappings().apply_sync("spa", kLinks, "sync", 200), (SyncCounts{.unchanged = 2}));
  EXPECT_EQ(store->mappings().version("spa"), version);
  EXPECT_EQ(store->audit().list("spa", {}, 10)->entries.size(), 2U);

  const std::vector<Mapping> maria = store->mappings().by_legacy("spa", "1657");
  ASSERT_EQ(maria.size(), 1U);
  EXPECT_EQ(maria[0].current_id, 123);
  EXPECT_EQ(maria[0].confidence, 95);
  EXPECT_EQ(maria[0].status, MappingStatus::active);
  EXPECT_THAT(maria[0].reasons, ElementsAre("phone_exact", "name_exact"));
  EXPECT_EQ(maria[0].created_at, 100);
  EXPECT_EQ(store->mappings().by_customer("spa", 123), maria);
  EXPECT_EQ(store->mappings().find("spa", maria[0].id).value(), maria[0]);
  EXPECT_EQ(store->mappings().find("other", maria[0].id).error().code, Code::not_found);
  EXPECT_EQ(store->mappings().by_customer("spa", 456)[0].confidence, 75.5);
  const std::vector<LiveLink> live = store->mappings().live("spa");
  ASSERT_EQ(live.size(), 1U);
  EXPECT_EQ(live[0].legacy_id, "1657");
  EXPECT_EQ(live[0].mapping_id, maria[0].id);
  EXPECT_TRUE(store->mappings().live("other").empty());
  EXPECT_EQ(store->mappings().version("other"), 0);
}

TEST_P(StoreContract, ASyncWritesTheDifference) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", kLinks, "sync", 100);
  const std::int64_t version = mappings.version("spa");
  const std::vector<ProposedLink> later{{"1657", 124, 96, {"rut_exact"}}, {"2000", 456, 90, {"phone_exact"}}};
  EXPECT_EQ(mappings.apply_sync("spa", later, "sync", 200),
            (SyncCounts{.created = 1, .created_high = 1, .updated = 1, .retired = 1}));
  EXPECT_GT(mappings.version("spa"), version);
  EXPECT_EQ(mappings.by_legacy("spa", "1657")[0].current_id, 124);
  EXPECT_EQ(mappings.by_legacy("spa", "1657")[1].status, MappingStatus::retired);
  EXPECT_EQ(mappings.by_legacy("spa", "2000")[0].status, MappingStatus::active);
  // And back again: the retired row lives again, under its old id.
  EXPECT_EQ(mappings.apply_sync("spa", kLinks, "sync", 300),
            (SyncCounts{.updated = 2, .retired = 1}));
  EXPECT_EQ(mappings.by_legacy("spa", "1657")[0].current_id, 123);
  const std::vector<std::int64_t> expected{1, 1, 0, 0, 1};
  EXPECT_EQ(mappings.counts("spa"), expected);
}

TEST_P(StoreContract, ASyncOfSomeRecordsRetiresOnlyAmongThem) {
  const auto store = open();
  store->mappings().apply_sync("spa", kLinks, "sync", 100);
  const std::vector<std::string_view> examined{"2000", "9999"};
  EXPECT_EQ(store->mappings().apply_sync("spa", {}, "sync", 200, {.examined = examined}), (SyncCounts{.retired = 1}));
  EXPECT_EQ(store->mappings().live("spa").size(), 1U);
}

TEST_P(StoreContract, OneLiveMappingForALegacyRecord) {
  const auto store = open();
  const std::vector<ProposedLink> rivals{{"1", 10, 91, {}}, {"1", 11, 93, {}}, {"1", 12, 93, {}}, {"1", 12, 50, {}}};
  EXPECT_EQ(store->mappings().apply_sync("spa", rivals, "sync", 100).created, 3);
  ASSERT_EQ(store->mappings().live("spa").size(), 1U);
  EXPECT_EQ(store->mappings().live("spa")[0].current_id, 11);
  EXPECT_EQ(thrown_kind([&] { connect()->query("UPDATE aremko_mapping SET status = 'accepted'"); }),
            sql::Kind::constraint);
}

TEST_P(StoreContract, WhatPeopleDecideSurvivesEverySync) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", kLinks, "sync", 100);
  const std::string maria = mappings.by_legacy("spa", "1657")[0].id;
  const std::string pending = mappings.by_legacy("spa", "2000")[0].id;
  const Mapping rejected = mappings.decide("spa", maria, Decision::reject, "rosa", "no es ella", 150).value();
  EXPECT_EQ(rejected.status, MappingStatus::rejected);
  EXPECT_EQ(rejected.decided_by, "rosa");
  EXPECT_EQ(rejected.note, "no es ella");
  EXPECT_EQ(mappings.find("spa", maria).value(), rejected);
  EXPECT_EQ(mappings.decide("spa", pending, Decision::accept, "rosa", "", 150)->status, MappingStatus::accepted);
  EXPECT_EQ(mappings.live("spa").size(), 1U);

  EXPECT_EQ(mappings.apply_sync("spa", kLinks, "sync", 200), (SyncCounts{.decided = 2}));
  EXPECT_EQ(mappings.apply_sync("spa", {}, "sync", 300), SyncCounts{});
  const std::vector<ProposedLink> rival{{"2000", 999, 99, {"rut_exact"}}};
  EXPECT_EQ(mappings.apply_sync("spa", rival, "sync", 400), (SyncCounts{.decided = 1}));
  EXPECT_EQ(mappings.live("spa")[0].current_id, 456);

  const std::size_t audited = store->audit().list("spa", {}, 100)->entries.size();
  mappings.decide("spa", maria, Decision::reject, "rosa", "", 500).value();
  EXPECT_EQ(mappings.decide("spa", maria, Decision::reject, "otra", "", 500).error().code, Code::conflict);
  EXPECT_EQ(mappings.decide("spa", maria, Decision::accept, "rosa", "", 500).error().code, Code::conflict);
  EXPECT_EQ(store->audit().list("spa", {}, 100)->entries.size(), audited);
  EXPECT_EQ(mappings.decide("spa", maria, Decision::undo, "rosa", "", 600)->status, MappingStatus::active);
  EXPECT_EQ(mappings.decide("spa", pending, Decision::undo, "rosa", "", 600)->status, MappingStatus::pending);
  EXPECT_FALSE(mappings.find("spa", maria)->decided_by.has_value());
  const auto history = store->audit().list("spa", {.subject = maria}, 100)->entries;
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[1].action, "mapping.reject");
  EXPECT_EQ(history[1].reason, "no es ella");
  EXPECT_THAT(history[1].before, testing::HasSubstr("\"active\""));
  EXPECT_EQ(mappings.decide("spa", "no such", Decision::accept, "x", "", 1).error().code, Code::not_found);
  EXPECT_EQ(mappings.decide("other", maria, Decision::accept, "x", "", 1).error().code, Code::not_found);
  EXPECT_EQ(mappings.decide("spa", maria, Decision::accept, "x", "\xff", 1).error().code, Code::invalid);
}

TEST_P(StoreContract, AcceptingOneCandidateSetsTheOthersAside) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  const std::vector<ProposedLink> rivals{{"1", 10, 95, {}}, {"1", 11, 80, {}}, {"1", 12, 75, {}}};
  mappings.apply_sync("spa", rivals, "sync", 100);
  const std::string chosen = mappings.by_customer("spa", 11)[0].id;
  ASSERT_TRUE(mappings.decide("spa", chosen, Decision::accept, "rosa", "", 200).has_value());
  ASSERT_EQ(mappings.live("spa").size(), 1U);
  EXPECT_EQ(mappings.live("spa")[0].current_id, 11);
  const std::string other = mappings.by_customer("spa", 10)[0].id;
  EXPECT_EQ(mappings.decide("spa", other, Decision::accept, "rosa", "", 300).error().code, Code::conflict);
  EXPECT_EQ(mappings.link_by_hand("spa", {"1"}, 77, "rosa", "", 300).error().code, Code::conflict);
  EXPECT_EQ(mappings.apply_sync("spa", rivals, "sync", 400).changes(), 0);
}

TEST_P(StoreContract, LinksMadeByHand) {
  const auto store = open();
  Mappings& mappings = store->mappings();
  mappings.apply_sync("spa", kLinks, "sync", 100);
  const Mapping made = mappings.link_by_hand("spa", {"1657"}, 500, "rosa", "es su hermana", 200).value();
  EXPECT_EQ(made.status, MappingStatus::accepted);
  EXPECT_THAT(made.reasons, ElementsAre("by_hand"));
  EXPECT_EQ(mappings.find("spa", made.id).value(), made);
  EXPECT_EQ(mappings.live("spa")[0].current_id, 500);
  EXPECT_EQ(mappings.link_by_hand("spa", {"1657"}, 500, "rosa", "", 300).value(), made);
  EXPECT_EQ(mappings.link_by_hand("spa", {"1657"}, 500, "otra", "", 300).error().code, Code::conflict);
  mappings.apply_sync("spa", kLinks, "sync", 400);
  EXPECT_EQ(mappings.live("spa")[0].current_id, 500);
  EXPECT_EQ(mappings.decide("spa", made.id, Decision::undo, "rosa", "", 500)->status, MappingStatus::retired);
  EXPECT_FALSE(mappings.link_by_hand("spa", {}, 1, "x", "", 1).has_value());
  EXPECT_FALSE(mappings.link_by_hand("spa", {std::string_view("a\0", 2)}, 1, "x", "", 1).has_value());
}

TEST_P(StoreContract, ListsGoPageByPageWithoutGapOrRepeat) {
  const auto store = open();
  std::vector<std::string> ids;
  for (int i = 0; i < 250; ++i) ids.push_back(std::to_string(i));
  std::vector<ProposedLink> links;
  for (int i = 0; i < 250; ++i) links.push_back({ids[static_cast<std::size_t>(i)], i, 70 + i % 30 / 3.0, {"x"}});
  store->mappings().apply_sync("spa", links, "sync", 100);
  for (const auto status : {std::optional<MappingStatus>{}, std::optional(MappingStatus::pending)}) {
    std::set<std::string> seen;
    std::string cursor;
    double last = 100;
    do {
      const MappingPage page = store->mappings().list("spa", {.status = status}, 33, cursor).value();
      for (const Mapping& mapping : page.mappings) {
        EXPECT_TRUE(seen.insert(mapping.id).second);
        EXPECT_LE(mapping.confidence, last);
        last = mapping.confidence;
      }
      cursor = page.next;
    } while (!cursor.empty());
    EXPECT_EQ(seen.size(), 250U);
  }
  EXPECT_EQ(store->mappings().list("spa", {}, 0).error().code, Code::invalid);
  for (const char* bad :
       {"x", "_", "c90_", "90_00000000-0000-0000-0000-000000000000", "w90_00000000-0000-0000-0000-000000000000", "cabc_00000000-0000-0000-0000-000000000000", "cnan_00000000-0000-0000-0000-000000000000"}) {
    EXPECT_EQ(store->mappings().list("spa", {}, 10, bad).error().code, Code::malformed) << bad;
  }
  std::string cursor;
  std::int64_t expected = 250;
  do {
    const AuditPage page = store->audit().list("spa", {}, 100, cursor).value();
    for (const AuditEntry& entry : page.entries) EXPECT_EQ(entry.id, expected--);
    cursor = page.next;
  } while (!cursor.empty());
  EXPECT_EQ(expected, 0);
  EXPECT_EQ(store->audit().list("spa", {.action = "mapping.create"}, 100)->entries.size(), 100U);
  EXPECT_TRUE(store->audit().list("spa", {.action = "mapping.accept"}, 100)->entries.empty());
  EXPECT_EQ(store->audit().list("spa", {}, 10, "x").error().code, Code::malformed);
}

TEST_P(StoreContract, TheAuditCannotBeRewritten) {
  const auto store = open();
  store->mappings().apply_sync("spa", kLinks, "sync", 100);
  const auto db = connect();
  EXPECT_EQ(thrown_kind([&] { db->query("UPDATE aremko_audit SET actor = 'x'"); }), sql::Kind::constraint);
  EXPECT_EQ(thrown_kind([&] { db->query("DELETE FROM aremko_audit"); }), sql::Kind::constraint);
  EXPECT_EQ(store->audit().list("spa", {}, 10)->entries.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Store, StoreContract, testing::Values(sql::Engine::sqlite, sql::Engine::postgres),
                         engine_name);

}  // namespace
}  // namespace aremko::store
