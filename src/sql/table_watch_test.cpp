// What moves a change token on PostgreSQL, and what does not.

#include <thread>

#include <gtest/gtest.h>

#include <functional>

#include "sql/change_watch.h"
#include "sql/connection.h"
#include "support/postgres.h"

namespace aremko::sql {
namespace {

class TableWatching : public testing::Test {
 protected:
  void SetUp() override {
    address_ = test::PostgresServer::shared().new_database();
    url_ = Url::parse(address_).value();
    writer_ = open(url_);
    writer_->script("CREATE TABLE ours (id bigint PRIMARY KEY, name text); CREATE TABLE other (id bigint)");
    writer_->query("INSERT INTO ours SELECT n, 'x' FROM generate_series(1, 1000) AS n");
  }
  std::unique_ptr<Connection> reader(const std::string& role = "postgres") const {
    Url url = url_;
    url.user = role;
    return open(url, {.read_only = true});
  }
  /// Each of these, and nothing before or between, moves the serial; seen at the next look.
  void expect_changes(std::initializer_list<const char*> statements) {
    const auto db = reader();
    TableWatch watch({"ours", "absent"});
    std::uint64_t before = watch.serial(*db);
    for (const char* statement : statements) {
      EXPECT_EQ(watch.serial(*db), before) << "before " << statement;
      writer_->script(statement);
      const std::uint64_t after = watch.serial(*db);
      EXPECT_GT(after, before) << statement;
      before = after;
    }
  }

  std::string address_;
  Url url_;
  std::unique_ptr<Connection> writer_;
};

/// The writer stays connected and commits more often than the server tells its counters, so that most of these show
/// in no counter yet.
TEST_F(TableWatching, EveryChangeOfTheRowsShowsAtOnce) {
  expect_changes({"INSERT INTO ours VALUES (2001, 'a')", "UPDATE ours SET name = 'b' WHERE id = 7",
                  "UPDATE ours SET name = name WHERE id = 7", "DELETE FROM ours WHERE id = 8",
                  "DELETE FROM ours WHERE id = 9; INSERT INTO ours VALUES (9, 'again')",
                  "COPY ours (id) FROM PROGRAM 'echo 3001'",
                  "TRUNCATE ours"});
}

TEST_F(TableWatching, EveryChangeOfTheTablesShowsAtOnce) {
  expect_changes({"ALTER TABLE ours ADD COLUMN email_opt_out boolean NOT NULL DEFAULT false",
                  "ALTER TABLE ours RENAME COLUMN email_opt_out TO baja", "ALTER TABLE ours DROP COLUMN baja",
                  "ALTER TABLE ours ALTER COLUMN name TYPE varchar(99)", "CREATE TABLE absent (id bigint)",
                  "INSERT INTO absent VALUES (1)", "DROP TABLE absent", "ALTER TABLE ours RENAME TO absent",
                  "GRANT SELECT ON absent TO PUBLIC", "CLUSTER absent USING ours_pkey"});
}

TEST_F(TableWatching, WhatIsCommittedElsewhereDoesNotShow) {
  const std::string elsewhere = test::PostgresServer::shared().new_database();
  const auto neighbour = open(Url::parse(elsewhere).value());
  neighbour->script("CREATE TABLE ours (id bigint)");
  const auto db = reader();
  TableWatch watch({"ours", "absent"});
  const std::uint64_t before = watch.serial(*db);
  for (int i = 0; i < 20; ++i) {
    writer_->query("INSERT INTO other VALUES (1)");
    neighbour->query("INSERT INTO ours VALUES (1)");
    writer_->script("CREATE TABLE made (id bigint); DROP TABLE made; ANALYZE ours");
    EXPECT_EQ(watch.serial(*db), before);
  }
}

TEST_F(TableWatching, ARolledBackChangeIsNone) {
  const auto db = reader();
  TableWatch watch({"ours"});
  const std::uint64_t before = watch.serial(*db);
  for (int i = 0; i < 3; ++i) {
    const Transaction dropped(*writer_);
    writer_->query("UPDATE ours SET name = 'never'");
  }
  writer_->query("INSERT INTO other VALUES (1)");
  writer_.reset();  // tells its counters
  EXPECT_EQ(watch.serial(*db), before);
}

TEST_F(TableWatching, ATransactionThatStaysOpenShowsWhenItCommits) {
  const auto db = reader();
  TableWatch watch({"ours"});
  const std::uint64_t before = watch.serial(*db);
  const auto slow = open(url_);
  Transaction open_long(*slow);
  slow->query("UPDATE ours SET name = 'late' WHERE id = 1");
  for (int i = 0; i < 5; ++i) {
    writer_->query("INSERT INTO other VALUES (1)");
    EXPECT_EQ(watch.serial(*db), before);
  }
  open_long.commit();
  EXPECT_GT(watch.serial(*db), before);
}

TEST_F(TableWatching, NobodyElseConnectedMeansThatCountersSuffice) {
  const auto neighbour = open(Url::parse(test::PostgresServer::shared().new_database()).value());
  neighbour->script("CREATE TABLE t (id bigint)");
  const auto db = reader();
  TableWatch watch({"ours"});
  writer_.reset();
  // Its backend ends a moment later.
  const auto others = [&] { return db->query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")[0].integer(0); };
  for (int i = 0; i < 500 && others() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  const std::uint64_t before = watch.serial(*db);
  const std::uint64_t scans = watch.scans();
  for (int i = 0; i < 10; ++i) {
    neighbour->query("INSERT INTO t VALUES (1)");
    EXPECT_EQ(watch.serial(*db), before);
  }
  EXPECT_EQ(watch.scans(), scans);
  open(url_)->query("UPDATE ours SET name = 'c' WHERE id = 3");
  EXPECT_GT(watch.serial(*db), before);
}

TEST_F(TableWatching, PartitionsAndChildrenCount) {
  writer_->script("CREATE TABLE parts (id bigint, day date) PARTITION BY RANGE (day);"
                  "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');"
                  "CREATE TABLE child () INHERITS (ours)");
  const auto db = reader();
  TableWatch watch({"ours", "parts"});
  std::uint64_t before = watch.serial(*db);
  for (const char* statement :
       {"INSERT INTO parts_1 VALUES (1, '2024-03-14')", "INSERT INTO parts VALUES (2, '2024-03-15')",
        "CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
        "TRUNCATE parts_1", "INSERT INTO child VALUES (5000, 'child')", "DELETE FROM ours WHERE id = 5000"}) {
    writer_->script(statement);
    const std::uint64_t after = watch.serial(*db);
    EXPECT_GT(after, before) << statement;
    before = after;
  }
}

TEST_F(TableWatching, ARoleThatMayOnlyReadSeesTheSame) {
  writer_->script("DROP ROLE IF EXISTS lector; CREATE ROLE lector LOGIN; GRANT SELECT ON ours TO lector;"
                  "CREATE TABLE hidden (id bigint)");
  const auto db = reader("lector");
  TableWatch watch({"ours", "hidden"});
  std::uint64_t before = watch.serial(*db);
  writer_->script("INSERT INTO hidden VALUES (1)");
  EXPECT_EQ(watch.serial(*db), before) << "what may not be read is not read";
  for (const char* statement : {"UPDATE ours SET name = 'd' WHERE id = 4", "GRANT SELECT ON hidden TO lector",
                                "INSERT INTO hidden VALUES (2)"}) {
    writer_->script(statement);
    const std::uint64_t after = watch.serial(*db);
    EXPECT_GT(after, before) << statement;
    before = after;
  }
  // Of some columns only there are no versions to be had: then every commit counts.
  writer_->script("REVOKE SELECT ON ours FROM lector; GRANT SELECT (id) ON ours TO lector");
  before = watch.serial(*db);
  writer_->query("INSERT INTO other VALUES (1)");
  EXPECT_GT(watch.serial(*db), before);
  writer_->script("DROP OWNED BY lector; DROP ROLE lector");
}

TEST_F(TableWatching, WithAViewEveryCommitCounts) {
  writer_->script("CREATE VIEW seen AS SELECT id FROM other");
  const auto db = reader();
  TableWatch watch({"ours", "seen"});
  const std::uint64_t before = watch.serial(*db);
  EXPECT_EQ(watch.serial(*db), before);
  writer_->query("INSERT INTO other VALUES (1)");
  EXPECT_GT(watch.serial(*db), before);
}

TEST_F(TableWatching, TheSchemaOfTheAddressIsWhereTablesAreLookedFor) {
  writer_->script("CREATE SCHEMA \"Otro Spa\"; CREATE TABLE \"Otro Spa\".ours (id bigint)");
  Url there = url_;
  there.schemas = {"Otro Spa"};
  const auto db = open(there, {.read_only = true});
  EXPECT_EQ(db->columns("ours").size(), 1U);
  EXPECT_TRUE(db->columns("other").empty());
  TableWatch watch({"ours"});
  const std::uint64_t before = watch.serial(*db);
  writer_->query("INSERT INTO public.ours VALUES (9001, 'x')");
  EXPECT_EQ(watch.serial(*db), before);
  writer_->query("INSERT INTO \"Otro Spa\".ours VALUES (1)");
  EXPECT_GT(watch.serial(*db), before);
  there.schemas = {"nowhere"};
  try {
    open(there);
    FAIL();
  } catch (const SqlError& problem) {
    EXPECT_EQ(problem.error().detail.en, "The database has no schema \"nowhere\".");
  }
}

}  // namespace
}  // namespace aremko::sql
