// What PostgreSQL and SQLite must do alike.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "sql/change_watch.h"
#include "sql/connection.h"
#include "sql/pool.h"
#include "support/postgres.h"

namespace aremko::sql {
namespace {

Url url_of(const std::string& text) { return Url::parse(text).value(); }

/// What a call threw, as its kind; `other` never stands for "nothing".
template <class Call>
std::optional<Kind> thrown_kind(Call call) {
  try {
    call();
  } catch (const SqlError& problem) {
    return problem.kind();
  }
  return std::nullopt;
}

class BothEngines : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::postgres) {
      url_ = url_of(test::PostgresServer::shared().new_database());
    } else {
      std::string pattern = (std::filesystem::temp_directory_path() / "aremko-sql-XXXXXX").string();
      directory_ = mkdtemp(pattern.data());
      url_ = url_of("sqlite:///" + directory_ + "/test.db");
    }
  }
  void TearDown() override {
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }
  std::unique_ptr<Connection> connect(const Options& options = {}) const { return open(url_, options); }

  Url url_;
  std::string directory_;
};

TEST_P(BothEngines, ParametersKeepTheirValuesAndTypes) {
  const auto db = connect();
  db->script("CREATE TABLE t (a bigint, b double precision, c text)");
  db->query("INSERT INTO t (c, a, b) VALUES ($3, $1, $2)", {std::int64_t{9'007'199'254'740'993}, 0.1, "ñ'\"\\"});
  db->query("INSERT INTO t (a, b, c) VALUES ($1, $2, $3)", {nullptr, std::optional<double>{}, std::string()});
  const Rows rows = db->query("SELECT a, b, c FROM t ORDER BY a IS NULL");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].integer(0), 9'007'199'254'740'993);
  EXPECT_EQ(rows[0].real(1), 0.1);
  EXPECT_EQ(rows[0].text(2), "ñ'\"\\");
  EXPECT_TRUE(rows[1].is_null(0));
  EXPECT_TRUE(rows[1].is_null(1));
  EXPECT_FALSE(rows[1].is_null(2));
  EXPECT_EQ(thrown_kind([&] { rows[0].integer(2); }), Kind::bad_value);
}

TEST_P(BothEngines, AParameterMayStandTwiceAndInAnyOrder) {
  const auto db = connect();
  const Rows rows = db->query("SELECT CAST($2 AS bigint), CAST($1 AS bigint), CAST($2 AS bigint)", {1, 2});
  EXPECT_EQ(rows[0].integer(0), 2);
  EXPECT_EQ(rows[0].integer(1), 1);
  EXPECT_EQ(rows[0].integer(2), 2);
}

TEST_P(BothEngines, UpsertAndReturning) {
  const auto db = connect();
  db->script("CREATE TABLE t (id bigint PRIMARY KEY, n bigint NOT NULL)");
  const char* upsert =
      "INSERT INTO t (id, n) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n RETURNING n";
  EXPECT_EQ(db->query(upsert, {1, 5})[0].integer(0), 5);
  EXPECT_EQ(db->query(upsert, {1, 5})[0].integer(0), 10);
  EXPECT_EQ(db->query("UPDATE t SET n = 0").affected(), 1);
  EXPECT_EQ(db->query("DELETE FROM t WHERE id = 77").affected(), 0);
}

TEST_P(BothEngines, ErrorsHaveKindsAndShowNoValues) {
  const auto db = connect();
  db->script("CREATE TABLE t (id bigint PRIMARY KEY, name text NOT NULL)");
  db->query("INSERT INTO t VALUES (1, $1)", {"secreto"});
  try {
    db->query("INSERT INTO t VALUES (1, $1)", {"secreto"});
    FAIL();
  } catch (const SqlError& problem) {
    EXPECT_EQ(problem.kind(), Kind::constraint);
    EXPECT_EQ(problem.error().code, Code::conflict);
    EXPECT_FALSE(problem.sqlstate().empty());
    for (const std::string& text : {std::string(problem.what()), problem.error().detail.es, problem.sqlstate()}) {
      EXPECT_EQ(text.find("secreto"), std::string::npos);
      EXPECT_EQ(text.find("(id)"), std::string::npos);
    }
  }
  EXPECT_EQ(thrown_kind([&] { db->query("INSERT INTO t VALUES (2, NULL)"); }), Kind::constraint);
  EXPECT_EQ(thrown_kind([&] { db->query("SELECT x FROM missing"); }), Kind::undefined);
  EXPECT_EQ(thrown_kind([&] { db->query("SELECT missing FROM t"); }), Kind::undefined);
  EXPECT_EQ(thrown_kind([&] { db->query("SELEC 1"); }), Kind::other);
  EXPECT_EQ(thrown_kind([&] { db->query("SELECT CAST($1 AS text)", {std::string("a\0b", 3)}); }), Kind::bad_value);
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 1);  // it goes on working
}

TEST_P(BothEngines, ATypoInANamedQueryStopsTheOpening) {
  auto queries = std::make_shared<QuerySet>();
  queries->add("-- name: good\nSELECT CAST($1 AS bigint);\n");
  EXPECT_EQ(connect({.queries = queries})->run("good", {7})[0].integer(0), 7);
  queries = std::make_shared<QuerySet>();
  queries->add("-- name: bad\nSELECT column_x FROM nowhere;\n");
  EXPECT_EQ(thrown_kind([&] { connect({.queries = queries}); }), Kind::undefined);
}

TEST_P(BothEngines, TransactionsCommitOrVanish) {
  const auto db = connect();
  db->script("CREATE TABLE t (id bigint)");
  {
    Transaction transaction(*db);
    db->query("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 0);
  {
    Transaction transaction(*db);
    db->query("INSERT INTO t VALUES (1)");
    transaction.commit();
  }
  EXPECT_EQ(connect()->query("SELECT count(*) FROM t")[0].integer(0), 1);
  EXPECT_EQ(thrown_kind([&] {
              Transaction transaction(*db);
              db->query("INSERT INTO t VALUES (2)");
              try {
                db->query("INSERT INTO missing VALUES (2)");
              } catch (const SqlError&) {
              }
              db->query("INSERT INTO missing VALUES (2)");
            }).has_value(),
            true);
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 1);
}

TEST_P(BothEngines, ASnapshotSeesNoLaterCommit) {
  const auto reader = connect();
  const auto writer = connect();
  writer->script("CREATE TABLE t (id bigint); INSERT INTO t VALUES (1)");
  Transaction transaction(*reader, Isolation::snapshot);
  writer->query("INSERT INTO t VALUES (2)");
  EXPECT_EQ(reader->query("SELECT count(*) FROM t")[0].integer(0), 1);
  if (GetParam() == Engine::postgres) {
    const auto second = connect();
    Transaction shared(*second, Isolation::snapshot, reader->export_snapshot().value());
    EXPECT_EQ(second->query("SELECT count(*) FROM t")[0].integer(0), 1);
    EXPECT_EQ(thrown_kind([&] { reader->query("INSERT INTO t VALUES (3)"); }), Kind::read_only);
  } else {
    EXPECT_FALSE(reader->export_snapshot().has_value());
  }
}

TEST_P(BothEngines, ReadOnlyConnectionsWriteNothing) {
  connect()->script("CREATE TABLE t (id bigint)");
  const auto db = connect({.read_only = true});
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 0);
  EXPECT_EQ(thrown_kind([&] { db->query("INSERT INTO t VALUES (1)"); }), Kind::read_only);
}

TEST_P(BothEngines, ColumnsAreLookedUpInTheCatalogue) {
  const auto db = connect();
  EXPECT_TRUE(db->columns("t").empty());
  db->script("CREATE TABLE t (id bigint, \"Año\" varchar(5), x double precision); ALTER TABLE t DROP COLUMN x");
  const std::vector<Column> columns = db->columns("t");
  ASSERT_EQ(columns.size(), 2U);
  EXPECT_EQ(columns[0].name, "id");
  EXPECT_EQ(columns[1].name, "Año");
  EXPECT_EQ(columns[0].type, GetParam() == Engine::postgres ? "int8" : "bigint");
  db->script("CREATE VIEW v AS SELECT id FROM t");
  EXPECT_EQ(db->columns("v").size(), 1U);
  EXPECT_TRUE(db->columns("T\" --").empty());
  const auto all = db->columns_of({"v", "gone", "t"});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].size(), 1U);
  EXPECT_TRUE(all[1].empty());
  ASSERT_EQ(all[2].size(), 2U);
  EXPECT_EQ(all[2][1].name, "Año");
  EXPECT_TRUE(all[2][1].readable);
}

TEST_P(BothEngines, BulkRoundTrip) {
  const auto db = connect();
  db->script(
      "CREATE TABLE t (id bigint, flag boolean, x double precision, name varchar(100), day date, at timestamp, "
      "amount numeric(10,0))");
  constexpr int kRows = 5'000;
  {
    Transaction transaction(*db);
    const auto writer = db->write("t", {"id", "flag", "x", "name", "day", "at", "amount"});
    for (int i = 0; i < kRows; ++i) {
      writer->integer(i);
      writer->boolean(i % 2 == 1);
      writer->real(i / 8.0);
      if (i % 3 == 0) {
        writer->null();
      } else {
        writer->text(std::string("ñandú\t\\N\r\n") + std::to_string(i));
      }
      writer->date(i == 0 ? Date::none() : Date{i});
      writer->instant(i * 1'000'003LL - 86'400);
      writer->integer(i * 1000);
      writer->end_row();
    }
    EXPECT_EQ(writer->finish(), kRows);
    transaction.commit();
  }
  const auto reader =
      db->read("SELECT id, flag, x, name, day, at, amount FROM t WHERE id >= $1 AND $2 = 'it''s' ORDER BY id",
               {0, std::string("it's")});
  int i = 0;
  for (; reader->next(); ++i) {
    EXPECT_EQ(reader->integer(0), i);
    EXPECT_EQ(reader->boolean(1), i % 2 == 1);
    EXPECT_EQ(reader->real(2), i / 8.0);
    EXPECT_EQ(reader->is_null(3), i % 3 == 0);
    if (i % 3 != 0) EXPECT_EQ(reader->text(3), std::string("ñandú\t\\N\r\n") + std::to_string(i));
    EXPECT_EQ(reader->date(4), i == 0 ? Date::none() : Date{i});
    EXPECT_EQ(reader->instant(5), i * 1'000'003LL - 86'400);
    EXPECT_EQ(reader->pesos(6), i * 1000);
    EXPECT_EQ(reader->bad_column(), -1);
  }
  EXPECT_EQ(i, kRows);
  EXPECT_FALSE(reader->next());
}

TEST_P(BothEngines, ABulkWriteThatFailsLeavesNothing) {
  const auto db = connect();
  db->script("CREATE TABLE t (id bigint PRIMARY KEY)");
  EXPECT_EQ(thrown_kind([&] {
              Transaction transaction(*db);
              const auto writer = db->write("t", {"id"});
              for (int i = 0; i < 200'000; ++i) {
                writer->integer(i == 3 ? 1 : i);
                writer->end_row();
              }
              writer->finish();
              transaction.commit();
            }),
            Kind::constraint);
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 0);
  {
    Transaction transaction(*db);
    const auto writer = db->write("t", {"id"});
    writer->integer(1);
    writer->end_row();  // neither finish() nor commit()
  }
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 0);
}

TEST_P(BothEngines, AReaderLeftEarlyFreesItsConnection) {
  const auto db = connect();
  db->script("CREATE TABLE t (id bigint)");
  db->query("INSERT INTO t SELECT n FROM (WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < "
            "200000) SELECT n FROM r) AS numbers");
  for (int i = 0; i < 3; ++i) {
    const auto reader = db->read("SELECT id, id, id, id FROM t");
    ASSERT_TRUE(reader->next());
    ASSERT_TRUE(reader->next());
  }
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 200'000);
}

TEST_P(BothEngines, ManyOfOneStatement) {
  auto queries = std::make_shared<QuerySet>();
  queries->add("-- name: insert_t\nINSERT INTO t (id, name) VALUES ($1, $2)");
  connect()->script("CREATE TABLE t (id bigint PRIMARY KEY, name text)");
  const auto db = connect({.queries = queries});
  const auto insert = [&](int from, int to) {
    Transaction transaction(*db);
    db->run_many("insert_t", static_cast<std::size_t>(to - from), [&](std::size_t i, std::vector<Param>& params) {
      params.emplace_back(from + static_cast<int>(i));
      params.emplace_back("x");
    });
    transaction.commit();
  };
  insert(0, 1'000);
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 1'000);
  EXPECT_EQ(thrown_kind([&] { insert(999, 3'000); }), Kind::constraint);
  EXPECT_EQ(db->query("SELECT count(*) FROM t")[0].integer(0), 1'000);
}

TEST_P(BothEngines, TheTokenChangesWithEveryCommitOfAnotherAndOnlyThen) {
  const auto writer = connect();
  writer->script("CREATE TABLE t (id bigint)");
  ChangeWatch watch(url_, {.read_only = true}, {"t"});
  const std::string first = watch.token();
  EXPECT_EQ(watch.token(), first);
  writer->query("INSERT INTO t VALUES (1)");
  const std::string second = watch.token();
  EXPECT_NE(second, first);
  EXPECT_EQ(watch.token(), second);
  {
    Transaction transaction(*writer);
    writer->query("INSERT INTO t VALUES (2)");
    const std::string during = watch.token();
    transaction.commit();
    EXPECT_NE(watch.token(), during);
  }
}

TEST_P(BothEngines, ThePoolIsBoundedAndTakesBackDirtyConnections) {
  Pool pool(url_, {}, 2);
  auto first = std::make_unique<Pool::Lease>(pool.acquire());
  (*first)->script("CREATE TABLE t (id bigint)");
  const Pool::Lease second = pool.acquire();
  EXPECT_EQ(thrown_kind([&] { pool.acquire(std::chrono::milliseconds(20)); }), Kind::timeout);
  (*first)->begin(Isolation::write, {});
  (*first)->query("INSERT INTO t VALUES (1)");
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    first.reset();
  });
  const Pool::Lease third = pool.acquire(std::chrono::seconds(5));
  later.join();
  EXPECT_FALSE(third->in_transaction());
  EXPECT_EQ(third->query("SELECT count(*) FROM t")[0].integer(0), 0);
}

INSTANTIATE_TEST_SUITE_P(Sql, BothEngines, testing::Values(Engine::sqlite, Engine::postgres),
                         [](const auto& param) { return param.param == Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace
}  // namespace aremko::sql
