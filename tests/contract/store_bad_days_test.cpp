// Several processes at once, and days on which the store is killed, full, locked, read-only or no store at all.

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "contract/store_house.h"
#include "store/key_ring.h"

namespace aremko::store {
namespace {

using std::chrono::milliseconds;

class StoreBadDays : public StoreHouse {};

TEST_P(StoreBadDays, SeveralProcessesWriteOneStore) {
  const auto first = open();
  const auto second = open();
  std::vector<std::string> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(std::to_string(i));
  const auto work = [&](Store& store, int from) {
    for (int round = 0; round < 10; ++round) {
      std::vector<ProposedLink> links;
      for (int i = 0; i < 40; ++i) links.push_back({ids[static_cast<std::size_t>(i)], from + round % 3, 90, {"x"}});
      store.mappings().apply_sync("spa", links, "sync", 100);
      const auto some = store.mappings().by_legacy("spa", ids[static_cast<std::size_t>(round)]);
      (void)store.mappings().decide("spa", some[0].id, Decision::accept, "rosa", "", 100);
    }
  };
  std::thread one([&] { work(*first, 100); });
  std::thread two([&] { work(*second, 200); });
  one.join();
  two.join();
  EXPECT_EQ(first->mappings().live("spa").size(), 40U);
  EXPECT_EQ(first->mappings().version("spa"), second->mappings().version("spa"));
  std::int64_t expected = -1;
  std::string cursor;
  do {
    const AuditPage page = first->audit().list("spa", {}, 1'000, cursor).value();
    for (const AuditEntry& entry : page.entries) {
      if (expected >= 0) EXPECT_EQ(entry.id, expected);
      expected = entry.id - 1;
    }
    cursor = page.next;
  } while (!cursor.empty());
  EXPECT_EQ(expected, 0);
}

std::vector<std::string> numbered(int count) {
  std::vector<std::string> out;
  for (int i = 0; i < count; ++i) out.push_back(std::to_string(i));
  return out;
}

std::vector<ProposedLink> many_links(const std::vector<std::string>& ids, double confidence) {
  std::vector<ProposedLink> out;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    out.push_back({ids[i], static_cast<std::int64_t>(i), confidence, {"phone_exact", "name_exact"}});
  }
  return out;
}

/// What a whole, sound registry looks like after either of two syncs, with its audit.
void expect_whole(Store& store, std::size_t before, std::size_t after) {
  const auto live = store.mappings().live("spa");
  EXPECT_TRUE(live.size() == before || live.size() == after) << live.size();
  const auto newest = store.audit().list("spa", {}, 1)->entries;
  EXPECT_EQ(newest.empty() ? 0 : newest[0].id, static_cast<std::int64_t>(live.size()));
}

TEST_P(StoreBadDays, AKilledProcessLeavesNothingHalfWritten) {
  open();
  const std::vector<std::string> ids = numbered(20'000);
  for (int round = 0; round < 6; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      try {
        open()->mappings().apply_sync("spa", many_links(ids, 95), "sync", 100);
      } catch (...) {
      }
      _exit(0);
    }
    std::this_thread::sleep_for(milliseconds(15 + 45 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    expect_whole(*open(), 0, ids.size());
  }
  const auto store = open();
  store->mappings().apply_sync("spa", many_links(ids, 95), "sync", 100);
  EXPECT_EQ(store->mappings().live("spa").size(), ids.size());
}

TEST_P(StoreBadDays, AServerThatDiesInTheMiddle) {
  if (sqlite()) GTEST_SKIP() << "there is no server";
  const auto store = open();
  const std::vector<std::string> ids = numbered(20'000);
  KeyRing ring(store->keys(), milliseconds(50));
  const NewKey key = store->keys().create("other", Scope::read, "x", "cli", 1).value();
  ASSERT_TRUE(ring.authenticate(key.text).has_value());
  for (const int wait : {20, 80, 160}) {
    std::optional<sql::Kind> thrown;
    std::thread syncing([&] {
      thrown = thrown_kind([&] { store->mappings().apply_sync("spa", many_links(ids, 95), "sync", 100); });
    });
    std::this_thread::sleep_for(milliseconds(wait));
    test::PostgresServer::shared().kill();
    syncing.join();
    if (thrown) EXPECT_EQ(*thrown, sql::Kind::unavailable);
    const auto refused = thrown_kind([&] { store->mappings().live("spa"); });
    EXPECT_EQ(refused, sql::Kind::unavailable);
    EXPECT_TRUE(ring.authenticate(key.text).has_value());  // known keys go on working
    test::PostgresServer::shared().start();
    expect_whole(*store, 0, ids.size());  // without opening it again
  }
}

TEST_P(StoreBadDays, AFileThatIsRemovedOrReplacedIsNeitherReadNorWritten) {
  if (!sqlite()) GTEST_SKIP() << "a server watches its files itself";
  namespace fs = std::filesystem;
  for (const std::string tail : {"", "-wal"}) {
    const auto store = open();
    store->mappings().apply_sync("spa", many_links(numbered(10), 95), "sync", 100);
    KeyRing ring(store->keys(), milliseconds(20));
    const auto faulty = [&] {
      for (int i = 0; i < 100 && !ring.store_fault(); ++i) std::this_thread::sleep_for(milliseconds(20));
      return ring.store_fault().has_value();
    };
    const fs::path file = url_.path + tail, aside = url_.path + ".aside";
    fs::rename(file, aside);
    EXPECT_EQ(thrown_kind([&] { store->mappings().live("spa"); }), sql::Kind::unavailable);
    EXPECT_EQ(thrown_kind([&] { (void)store->keys().create("spa", Scope::read, "x", "cli", 1); }), sql::Kind::unavailable);
    EXPECT_TRUE(faulty());
    fs::copy_file(aside, file);  // the same bytes, and another file
    EXPECT_EQ(thrown_kind([&] { store->mappings().live("spa"); }), sql::Kind::unavailable);
    fs::rename(aside, file);
    EXPECT_EQ(store->mappings().live("spa").size(), 10U);
    for (int i = 0; i < 100 && ring.store_fault(); ++i) std::this_thread::sleep_for(milliseconds(20));
    EXPECT_FALSE(ring.store_fault());
  }
}

TEST_P(StoreBadDays, AFileThatIsCutShortIsNeitherReadNorWritten) {
  if (!sqlite()) GTEST_SKIP() << "a server watches its files itself";
  namespace fs = std::filesystem;
  for (const bool empty : {false, true}) {
    const auto store = open();
    store->mappings().apply_sync("spa", many_links(numbered(2'000), 95), "sync", 100);
    connect()->query("PRAGMA wal_checkpoint(TRUNCATE)");
    KeyRing ring(store->keys(), milliseconds(20));
    connect()->script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    EXPECT_EQ(store->mappings().live("spa").size(), 2'000U) << "smaller, and whole";
    const auto bytes = fs::file_size(url_.path);
    fs::resize_file(url_.path, empty ? 0 : bytes / 2);
    EXPECT_EQ(thrown_kind([&] { store->mappings().live("spa"); }), sql::Kind::unavailable);
    for (int i = 0; i < 100 && !ring.store_fault(); ++i) std::this_thread::sleep_for(milliseconds(20));
    EXPECT_TRUE(ring.store_fault());
    fs::resize_file(url_.path, bytes);
    EXPECT_EQ(thrown_kind([&] { (void)store->keys().create("spa", Scope::read, "x", "cli", 1); }), sql::Kind::unavailable) << "until a restart";
    for (const char* tail : {"", "-wal", "-shm"}) fs::remove(url_.path + tail);
  }
}

TEST_P(StoreBadDays, AStoreThatStandsStillIsNotWaitedForByAnUnknownKey) {
  const auto store = open();
  KeyRing ring(store->keys(), std::chrono::hours(1));
  const auto blocker = connect();
  const auto hold = [&] {
    // SQLite's readers wait for nobody; what stands still there is the disk, which a test cannot stop.
    sql::Transaction transaction(*blocker);
    blocker->script("LOCK TABLE aremko_api_key IN ACCESS EXCLUSIVE MODE");
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 4; ++i) {
      const auto refused = ring.authenticate(fmt::format("ark_{:08}_{:032}", i, i));
      ASSERT_FALSE(refused.has_value());
      EXPECT_EQ(refused.error().code, Code::unavailable);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(2'000));
    transaction.commit();
  };
  if (!sqlite()) hold();
  bool well = false;
  for (int i = 0; i < 100 && !well; ++i) {
    std::this_thread::sleep_for(milliseconds(100));
    const auto refused = ring.authenticate(fmt::format("ark_{:08}_{:032}", i, i));
    well = refused.error().code == Code::unauthorized;
  }
  EXPECT_TRUE(well);
}

TEST_P(StoreBadDays, AFullStoreRefusesWholeAndSaysSo) {
  if (!sqlite()) GTEST_SKIP() << "needs a disk of its own; the SQLSTATE is covered beside the layer";
  open();
  sql::Pool pool(url_, store_options(), 1);
  Mappings mappings(pool);
  pool.acquire()->query("PRAGMA max_page_count = 40");
  try {
    mappings.apply_sync("spa", many_links(numbered(5'000), 95), "sync", 100);
    FAIL();
  } catch (const sql::SqlError& problem) {
    EXPECT_EQ(problem.kind(), sql::Kind::full);
    EXPECT_EQ(problem.error().code, Code::unavailable);
    EXPECT_EQ(problem.error().detail.es, "El almacén no tiene más espacio; no se escribió nada.");
  }
  pool.acquire()->query("PRAGMA max_page_count = 1000000");
  EXPECT_TRUE(mappings.live("spa").empty());
  EXPECT_EQ(mappings.apply_sync("spa", kLinks, "sync", 100).created, 2);
}

TEST_P(StoreBadDays, ALockedStoreRefusesWholeAndSaysSo) {
  open();
  sql::Options options = store_options();
  options.busy_timeout_ms = 50;
  sql::Pool pool(url_, options, 2);
  Mappings mappings(pool);
  mappings.apply_sync("spa", kLinks, "sync", 100);
  const auto other = connect();
  {
    sql::Transaction holding(*other);
    other->query("UPDATE aremko_tenant SET audit_seq = audit_seq");
    EXPECT_EQ(thrown_kind([&] { mappings.apply_sync("spa", {}, "sync", 200); }), sql::Kind::busy);
    EXPECT_EQ(mappings.live("spa").size(), 1U);  // reading goes on
  }
  EXPECT_EQ(mappings.apply_sync("spa", {}, "sync", 200).retired, 2);
}

/// Root may write anything; these tests want somebody who may not.
class AsNobody {
 public:
  AsNobody() : was_root_(geteuid() == 0) {
    if (was_root_ && seteuid(65'534) != 0) std::abort();
  }
  ~AsNobody() {
    if (was_root_ && seteuid(0) != 0) std::abort();
  }

 private:
  bool was_root_;
};

TEST_P(StoreBadDays, AReadOnlyStoreIsReadAndRefusesToBeWritten) {
  std::unique_ptr<Store> store = open();
  store->mappings().apply_sync("spa", kLinks, "sync", 100);
  store.reset();
  if (!sqlite()) {
    const std::string name = url_.database;
    connect()->query("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
    sql::Options options = store_options();
    options.read_only = true;  // as a standby is
    sql::Pool pool(url_, options, 1);
    EXPECT_EQ(Mappings(pool).live("spa").size(), 1U);
    EXPECT_EQ(thrown_kind([&] { Mappings(pool).apply_sync("spa", {}, "sync", 200); }), sql::Kind::read_only);
    return;
  }
  using std::filesystem::perms;
  std::filesystem::permissions(url_.path, perms{0444});
  std::filesystem::permissions(directory_, perms{0755});
  std::filesystem::permissions(directory_ + "/var", perms{0555});
  {
    const AsNobody nobody;
    store = open();
    EXPECT_EQ(store->mappings().live("spa").size(), 1U);
    try {
      store->mappings().apply_sync("spa", {}, "sync", 200);
      ADD_FAILURE();
    } catch (const sql::SqlError& problem) {
      EXPECT_EQ(problem.kind(), sql::Kind::read_only);
      EXPECT_EQ(problem.error().detail.es, "El almacén es de solo lectura; no se escribió nada.");
      EXPECT_EQ(problem.error().detail.en, "The store is read-only; nothing was written.");
    }
    EXPECT_EQ(store->mappings().live("spa").size(), 1U);
  }
  std::filesystem::permissions(directory_ + "/var", perms{0755});
}

TEST_P(StoreBadDays, AFileThatIsNoDatabaseIsRefusedWithAReason) {
  if (!sqlite()) GTEST_SKIP();
  std::filesystem::create_directories(directory_ + "/var");
  std::ofstream(url_.path) << std::string(10'000, 'x');
  try {
    open();
    FAIL();
  } catch (const sql::SqlError& problem) {
    EXPECT_EQ(problem.kind(), sql::Kind::unavailable);
    EXPECT_THAT(problem.error().detail.es, testing::HasSubstr("no es una base de datos SQLite"));
  }
}

INSTANTIATE_TEST_SUITE_P(Store, StoreBadDays, testing::Values(sql::Engine::sqlite, sql::Engine::postgres),
                         engine_name);

}  // namespace
}  // namespace aremko::store
