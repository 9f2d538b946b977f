// Values as they come from real databases: nulls, infinities, wrong types, decimals; and servers that go away.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "sql/change_watch.h"
#include "sql/connection.h"
#include "support/postgres.h"

namespace aremko::sql {
namespace {

template <class Call>
std::optional<Kind> thrown_kind(Call call) {
  try {
    call();
  } catch (const SqlError& problem) {
    return problem.kind();
  }
  return std::nullopt;
}

std::unique_ptr<Connection> postgres(const Options& options = {}) {
  return open(Url::parse(test::PostgresServer::shared().new_database()).value(), options);
}

std::unique_ptr<Connection> memory() { return open(Url::parse("sqlite://").value()); }

enum class As { integer, boolean, real, text, date, instant, pesos };

/// One value asked for in one form: how it reads as text, or "bad", or "null".
std::string read_as(Connection& db, const std::string& expression, As as) {
  const auto reader = db.read("SELECT " + expression);
  EXPECT_TRUE(reader->next());
  std::string out;
  switch (as) {
    case As::integer: out = std::to_string(reader->integer(0)); break;
    case As::boolean: out = reader->boolean(0) ? "true" : "false"; break;
    case As::real: out = fmt::format("{}", reader->real(0)); break;
    case As::text: out = std::string(reader->text(0)); break;
    case As::date: {
      const Date date = reader->date(0);
      out = date.known() ? date.iso() : "none";
      break;
    }
    case As::instant: out = std::to_string(reader->instant(0)); break;
    case As::pesos: out = std::to_string(reader->pesos(0)); break;
  }
  if (reader->bad_column() == 0) out = "bad";
  if (reader->is_null(0)) out = "null";
  EXPECT_FALSE(reader->next());
  return out;
}

struct Case {
  const char* expression;
  As as;
  const char* expected;
};

TEST(PostgresValues, EveryTypeInEveryFormAsked) {
  const auto db = postgres();
  db->script("CREATE TYPE mood AS ENUM ('bien', 'mal'); CREATE DOMAIN phone AS varchar(20)");
  const std::vector<Case> cases{
      {"NULL::bigint", As::integer, "null"},
      {"(-5)::int2", As::integer, "-5"},
      {"(-5)::int4", As::integer, "-5"},
      {"9223372036854775807::int8", As::integer, "9223372036854775807"},
      {"'12'::text", As::integer, "12"},
      {"'abc'::text", As::integer, "bad"},
      {"true", As::integer, "1"},
      {"1.5::numeric", As::integer, "bad"},
      {"true", As::boolean, "true"},
      {"0::int4", As::boolean, "false"},
      {"7::int4", As::boolean, "bad"},
      {"0.1::float8", As::real, "0.1"},
      {"0.5::float4", As::real, "0.5"},
      {"12345.678::numeric", As::real, "12345.678"},
      {"3::int4", As::real, "3"},
      {"'ñandú'::varchar(9)", As::text, "ñandú"},
      {"''::text", As::text, ""},
      {"'mal'::mood", As::text, "mal"},
      {"'+56'::phone", As::text, "+56"},
      {"42::int8", As::text, "42"},
      {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", As::text, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
      {"date '2024-02-29'", As::text, "2024-02-29"},
      {"point '(1,2)'", As::text, "bad"},
      {"date '2024-02-29'", As::date, "2024-02-29"},
      {"date '0001-01-01'", As::date, "0001-01-01"},
      {"date '9999-12-31'", As::date, "9999-12-31"},
      {"date 'infinity'", As::date, "bad"},
      {"date '-infinity'", As::date, "bad"},
      {"date '0044-03-15 BC'", As::date, "bad"},
      {"date '12000-01-01'", As::date, "bad"},
      {"'2024-02-29'::text", As::date, "2024-02-29"},
      {"timestamptz '2024-03-14 23:30:00-03'", As::date, "2024-03-15"},
      {"NULL::date", As::date, "null"},
      {"timestamptz '2024-03-14 12:30:00.999+00'", As::instant, "1710419400"},
      {"timestamp '2024-03-14 12:30:00'", As::instant, "1710419400"},
      {"timestamptz '1969-12-31 23:59:59.5+00'", As::instant, "-1"},
      {"date '1970-01-02'", As::instant, "86400"},
      {"timestamptz 'infinity'", As::instant, "bad"},
      {"timestamptz '-infinity'", As::instant, "bad"},
      {"timestamptz '0044-03-15 BC'", As::instant, "bad"},
      {"date 'infinity'", As::instant, "bad"},
      {"0::numeric", As::pesos, "0"},
      {"40000.00::numeric(10,2)", As::pesos, "40000"},
      {"0.5::numeric", As::pesos, "1"},
      {"(-0.5)::numeric", As::pesos, "-1"},
      {"0.49999999::numeric", As::pesos, "0"},
      {"0.00005::numeric", As::pesos, "0"},
      {"9999.5::numeric", As::pesos, "10000"},
      {"99999999.5::numeric", As::pesos, "100000000"},
      {"1e15::numeric", As::pesos, "1000000000000000"},
      {"9223372036854775807::numeric", As::pesos, "9223372036854775807"},
      {"9223372036854775807.5::numeric", As::pesos, "bad"},
      {"1e30::numeric", As::pesos, "bad"},
      {"'NaN'::numeric", As::pesos, "bad"},
      {"'infinity'::numeric", As::pesos, "bad"},
      {"2.5::float8", As::pesos, "3"},
      {"'nan'::float8", As::pesos, "bad"},
      {"1e300::float8", As::pesos, "bad"},
      {"7::int2", As::pesos, "7"},
      {"'1500.5'::text", As::pesos, "1501"},
      {"'gratis'::text", As::pesos, "bad"}};
  for (const Case& c : cases) EXPECT_EQ(read_as(*db, c.expression, c.as), c.expected) << c.expression;
}

TEST(PostgresValues, NumericsRoundAsTheServerDoes) {
  const auto db = postgres();
  db->script("SELECT setseed(0.42); CREATE TABLE n AS SELECT round((random() * 2 - 1)::numeric * "
             "power(10::numeric, (random() * 17)::int), (random() * 6)::int) AS x FROM generate_series(1, 20000)");
  const auto reader = db->read("SELECT x, round(x)::int8 FROM n");
  while (reader->next()) ASSERT_EQ(reader->pesos(0), reader->integer(1));
  EXPECT_EQ(reader->rows(), 20'000U);
}

TEST(SqliteValues, TypesAreCheckedNotGuessed) {
  const auto db = memory();
  const std::vector<Case> cases{{"NULL", As::integer, "null"},
                                {"5", As::integer, "5"},
                                {"5.0", As::integer, "5"},
                                {"5.5", As::integer, "bad"},
                                {"'abc'", As::integer, "bad"},
                                {"'12'", As::integer, "12"},
                                {"''", As::integer, "bad"},
                                {"x'00'", As::integer, "bad"},
                                {"1e300", As::integer, "bad"},
                                {"1", As::boolean, "true"},
                                {"2", As::boolean, "bad"},
                                {"'t'", As::boolean, "bad"},
                                {"0.1", As::real, "0.1"},
                                {"'x'", As::real, "bad"},
                                {"'ñ'", As::text, "ñ"},
                                {"7", As::text, "7"},
                                {"x'ff'", As::text, "bad"},
                                {"'2024-02-29'", As::date, "2024-02-29"},
                                {"'2024-02-29 10:00:00'", As::date, "2024-02-29"},
                                {"'2023-02-29'", As::date, "bad"},
                                {"20240229", As::date, "bad"},
                                {"'2024-03-14 12:30:00.5'", As::instant, "1710419400"},
                                {"'ayer'", As::instant, "bad"},
                                {"1710419400", As::instant, "bad"},
                                {"40000", As::pesos, "40000"},
                                {"40000.5", As::pesos, "40001"},
                                {"-0.5", As::pesos, "-1"},
                                {"'40000.50'", As::pesos, "40001"},
                                {"'gratis'", As::pesos, "bad"},
                                {"9e99", As::pesos, "bad"},
                                {"x'01'", As::pesos, "bad"}};
  for (const Case& c : cases) EXPECT_EQ(read_as(*db, c.expression, c.as), c.expected) << c.expression;
}

TEST(RowReaderTest, BadColumnsAreOfTheRowTheyStandIn) {
  const auto db = memory();
  const auto reader = db->read("SELECT 1, 'x' UNION ALL SELECT 'y', 'z' UNION ALL SELECT 3, 4");
  const std::vector<int> expected{1, 0, -1};
  for (const int column : expected) {
    ASSERT_TRUE(reader->next());
    reader->integer(0);
    reader->integer(1);
    EXPECT_EQ(reader->bad_column(), column);
  }
  EXPECT_FALSE(reader->next());
}

// ---- servers that go away

TEST(PostgresOutage, AConnectionComesBackByItselfOutsideTransactions) {
  test::PostgresServer& server = test::PostgresServer::shared();
  auto queries = std::make_shared<QuerySet>();
  queries->add("-- name: count_t\nSELECT count(*) FROM t");
  const Url url = Url::parse(server.new_database()).value();
  open(url)->script("CREATE TABLE t (id bigint); INSERT INTO t SELECT generate_series(1, 300000)");
  const auto db = open(url, {.queries = queries});
  ChangeWatch watch(url, {.read_only = true}, {"t"});
  const std::string token = watch.token();

  const auto reader = db->read("SELECT id, id, id FROM t");
  ASSERT_TRUE(reader->next());
  server.kill();
  EXPECT_EQ(thrown_kind([&] { while (reader->next()) {} }), Kind::unavailable);
  EXPECT_EQ(thrown_kind([&] { db->run("count_t"); }), Kind::unavailable);
  EXPECT_EQ(thrown_kind([&] { watch.token(); }), Kind::unavailable);
  EXPECT_EQ(thrown_kind([&] { open(url); }), Kind::unavailable);
  server.start();
  EXPECT_EQ(db->run("count_t")[0].integer(0), 300'000);
  EXPECT_NE(watch.token(), token);

  // Killed while idle, and back before anybody asked: nobody notices.
  server.kill();
  server.start();
  EXPECT_EQ(db->run("count_t")[0].integer(0), 300'000);

  // In a transaction it is an error, and the transaction is gone.
  db->begin(Isolation::write, {});
  db->query("DELETE FROM t");
  server.kill();
  server.start();
  EXPECT_EQ(thrown_kind([&] { db->commit(); }), Kind::unavailable);
  db->rollback();
  EXPECT_EQ(db->run("count_t")[0].integer(0), 300'000);
}

TEST(PostgresOutage, AStatementEndsAtItsLimit) {
  const auto slow = postgres({.statement_timeout_ms = 100});
  EXPECT_EQ(thrown_kind([&] { slow->query("SELECT pg_sleep(5)"); }), Kind::timeout);
  EXPECT_EQ(thrown_kind([&] {
              const auto reader = slow->read("SELECT pg_sleep(1) FROM generate_series(1, 9)");
              while (reader->next()) {}
            }),
            Kind::timeout);
  EXPECT_EQ(slow->query("SELECT 1")[0].integer(0), 1);
}

TEST(PostgresOutage, ACommitOfAFailedTransactionIsAnError) {
  const auto db = postgres();
  db->begin(Isolation::write, {});
  EXPECT_EQ(thrown_kind([&] { db->query("SELECT nothing_here"); }), Kind::undefined);
  EXPECT_TRUE(thrown_kind([&] { db->commit(); }).has_value());
  EXPECT_FALSE(db->in_transaction());
}

TEST(PostgresOutage, NobodyListensThere) {
  EXPECT_EQ(thrown_kind([] { open(Url::parse("postgresql://u:p@127.0.0.1:1/x").value()); }), Kind::unavailable);
}

// ---- files that are changed under us

class SqliteFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "aremko-files-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    url_ = Url::parse("sqlite:///" + directory_ + "/a ?#%.db").value();
    url_.path = directory_ + "/a ?#%.db";
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string directory_;
  Url url_;
};

TEST_F(SqliteFiles, AReadOnlyOpeningNeverMakesAFile) {
  EXPECT_EQ(thrown_kind([&] { open(url_, {.read_only = true}); }), Kind::unavailable);
  EXPECT_FALSE(std::filesystem::exists(url_.path));
}

TEST_F(SqliteFiles, AFileBeingWrittenIsReadWhole) {
  const auto writer = open(url_, {.fast_unsafe = true});
  writer->script("CREATE TABLE t (id bigint); INSERT INTO t VALUES (1)");
  const auto reader = open(url_, {.read_only = true, .busy_timeout_ms = 50});
  writer->begin(Isolation::write, {});
  writer->query("INSERT INTO t VALUES (2)");
  EXPECT_EQ(reader->query("SELECT count(*) FROM t")[0].integer(0), 1);
  writer->commit();
  EXPECT_EQ(reader->query("SELECT count(*) FROM t")[0].integer(0), 2);
}

TEST_F(SqliteFiles, AFilePutInAnothersPlaceIsNoticed) {
  open(url_, {.fast_unsafe = true})->script("CREATE TABLE t (id bigint)");
  ChangeWatch watch(url_, {.read_only = true}, {"t"});
  const std::string first = watch.token();
  EXPECT_EQ(watch.token(), first);
  const Url other = Url{.engine = Engine::sqlite, .path = directory_ + "/other.db"};
  open(other, {.fast_unsafe = true})->script("CREATE TABLE t (id bigint); INSERT INTO t VALUES (1)");
  std::filesystem::rename(other.path, url_.path);
  const std::string second = watch.token();
  EXPECT_NE(second, first);
  std::filesystem::remove(url_.path);
  EXPECT_EQ(thrown_kind([&] { watch.token(); }), Kind::unavailable);
  open(url_, {.fast_unsafe = true})->script("CREATE TABLE t (id bigint)");
  EXPECT_NE(watch.token(), second);
}

TEST_F(SqliteFiles, TruncatedAndForeignFilesAreErrorsWithoutCrash) {
  {
    const auto db = open(url_, {.fast_unsafe = true});
    db->script("CREATE TABLE t (id bigint, x text)");
    for (int i = 0; i < 2'000; ++i) db->query("INSERT INTO t VALUES ($1, 'some text that fills pages')", {i});
  }
  const auto size = std::filesystem::file_size(url_.path);
  for (const auto keep : {size / 2, std::uintmax_t{4'100}, std::uintmax_t{60}}) {
    std::filesystem::resize_file(url_.path, keep);
    EXPECT_EQ(thrown_kind([&] {
                const auto db = open(url_, {.read_only = true});
                const auto reader = db->read("SELECT id, x FROM t");
                while (reader->next()) {}
              }),
              Kind::unavailable)
        << keep;
  }
}

}  // namespace
}  // namespace aremko::sql
