// The parts that need no server: addresses, queries, dates and amounts as text, kinds of error.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sqlite3.h>

#include <stdexcept>

#include "sql/error.h"
#include "sql/queries.h"
#include "sql/read_text.h"
#include "sql/url.h"
#include "sql/value.h"

namespace aremko::sql {
namespace {

Url parsed(std::string_view text) { return Url::parse(text).value(); }

TEST(UrlTest, EverySpellingOfPostgres) {
  for (const char* text :
       {"postgresql://ana:s3cret@db.spa.cl:6543/aremko", "postgres://ana:s3cret@db.spa.cl:6543/aremko",
        "postgresql+asyncpg://ana:s3cret@db.spa.cl:6543/aremko",
        " POSTGRESQL+psycopg2://ana:s3cret@db.spa.cl:6543/aremko\n"}) {
    const Url url = parsed(text);
    EXPECT_EQ(url.engine, Engine::postgres) << text;
    EXPECT_EQ(url.host, "db.spa.cl");
    EXPECT_EQ(url.port, "6543");
    EXPECT_EQ(url.user, "ana");
    EXPECT_EQ(url.password, "s3cret");
    EXPECT_EQ(url.database, "aremko");
    EXPECT_EQ(url.redacted(), "postgresql://ana@db.spa.cl:6543/aremko");
  }
}

TEST(UrlTest, OddPasswordsHostsAndParameters) {
  EXPECT_EQ(parsed("postgresql://u:p%40ss%2Fw@h/d").password, "p@ss/w");
  EXPECT_EQ(parsed("postgresql://u:p@ss@h/d").password, "p@ss");
  EXPECT_EQ(parsed("postgresql://u:100%@h/d").password, "100%");
  EXPECT_EQ(parsed("postgresql://u:a:b@h/d").password, "a:b");
  EXPECT_EQ(parsed("postgresql://[::1]:5433/d").host, "::1");
  EXPECT_EQ(parsed("postgresql://[::1]:5433/d").redacted(), "postgresql://[::1]:5433/d");
  EXPECT_EQ(parsed("postgresql:///d?host=/var/run/postgresql&port=5433").host, "/var/run/postgresql");
  EXPECT_EQ(parsed("postgresql://h").database, "");
  const Url url = parsed("postgresql+asyncpg://h/d?ssl=require&prepared_statement_cache_size=0&password=x");
  ASSERT_EQ(url.parameters.size(), 1U);
  EXPECT_EQ(url.parameters[0], (std::pair<std::string, std::string>("sslmode", "require")));
  EXPECT_EQ(url.ignored, std::vector<std::string>{"prepared_statement_cache_size"});
  EXPECT_EQ(url.password, "x");
  EXPECT_EQ(url.redacted(), "postgresql://h/d");
}

TEST(UrlTest, WhatOtherProgramsWriteIntoAddresses) {
  const auto mode = [](const char* query) { return parsed(std::string("postgres://u:p@h/d?") + query).parameters.at(0).second; };
  EXPECT_EQ(mode("ssl=true"), "require");
  EXPECT_EQ(mode("ssl=1"), "require");
  EXPECT_EQ(mode("ssl=False"), "disable");
  EXPECT_EQ(mode("ssl=verify-full"), "verify-full");
  EXPECT_EQ(mode("sslmode=verify-ca"), "verify-ca");
  const Url url = parsed(
      "pgsql://u:p@h/d?pgbouncer=true&connection_limit=5&pool_timeout=10&serverVersion=15&charset=utf8&"
      "statement-cache-capacity=0&schema=otro%20spa,public&application_name=x&connect_timeout=9&sslrootcert=%2Fa%2Fb.pem");
  EXPECT_EQ(url.ignored, (std::vector<std::string>{"pgbouncer", "connection_limit", "pool_timeout", "serverVersion", "charset",
                                                   "statement-cache-capacity"}));
  EXPECT_EQ(url.schemas, (std::vector<std::string>{"otro spa", "public"}));
  EXPECT_EQ(url.parameters, (std::vector<std::pair<std::string, std::string>>{
                                {"application_name", "x"}, {"connect_timeout", "9"}, {"sslrootcert", "/a/b.pem"}}));
  EXPECT_EQ(parsed("postgresql://h?dbname=d&user=u%40v").database, "d");
}

TEST(UrlTest, SeveralHosts) {
  const Url url = parsed("postgresql://u@h1:5433,[::1],h3:5434/d?target_session_attrs=read-write");
  EXPECT_EQ(url.host, "h1,::1,h3");
  EXPECT_EQ(url.port, "5433,,5434");
  EXPECT_EQ(url.redacted(), "postgresql://u@h1:5433,[::1],h3:5434/d");
  EXPECT_EQ(url.place(), "h1:5433,[::1],h3:5434/d");
  EXPECT_EQ(parsed("postgresql://u:p@h1,h2/d").port, "");
  EXPECT_EQ(parsed("postgresql://u:p@/d").place(), "localhost:5432/d");
  EXPECT_EQ(parsed("sqlite:////var/secret/x.db").place(), "x.db");
  EXPECT_FALSE(Url::parse("postgresql://h1:5433,h2:99999/d").has_value());
}

TEST(UrlTest, AnUnknownParameterIsNamedAndNothingElse) {
  const auto url = Url::parse("postgresql://ana:hunter2@h/d?sslmod=verify-full");
  ASSERT_FALSE(url.has_value());
  EXPECT_NE(url.error().detail.es.find("«sslmod»"), std::string::npos) << url.error().detail.es;
  EXPECT_NE(url.error().detail.en.find("\"sslmod\""), std::string::npos);
  for (const char* text :
       {"postgresql://ana:hunter2@h/d?sslmod=hunter2", "postgresql://ana:a?hunter2&hunter2=b@h/d", "postgresql://ana:1?hunter2=b@h/d",
        "postgresql://ana:12/hunter2@h/d", "postgresql://ana:x@h/d?ssl=hunter2", "postgresql://h/d?hunter2 hunter2=1"}) {
    const auto refused = Url::parse(text);
    ASSERT_FALSE(refused.has_value()) << text;
    EXPECT_EQ(refused.error().detail.es.find("hunter2"), std::string::npos) << refused.error().detail.es;
    EXPECT_EQ(refused.error().detail.en.find("hunter2"), std::string::npos) << refused.error().detail.en;
  }
}

TEST(UrlTest, Sqlite) {
  EXPECT_EQ(parsed("sqlite:///var/x.db").path, "var/x.db");
  EXPECT_EQ(parsed("sqlite:////var/x.db").path, "/var/x.db");
  EXPECT_EQ(parsed("sqlite+aiosqlite:///./x y.db?timeout=5").path, "./x y.db");
  EXPECT_EQ(parsed("sqlite://").path, ":memory:");
  EXPECT_EQ(parsed("sqlite:///:memory:").path, ":memory:");
  EXPECT_EQ(parsed("sqlite:////var/x.db").redacted(), "sqlite:////var/x.db");
}

TEST(UrlTest, RefusalsShowNothingOfTheText) {
  for (const char* text :
       {"", "aremko.db", "mysql://u:hunter2@h/d", "sqlite://hunter2.db", "postgresql://u:hunter2@h:99999/d",
        "postgresql://u:hunter2@h:port/d", "postgresql://u:hunter2@[::1/d", "://"}) {
    const auto url = Url::parse(text);
    ASSERT_FALSE(url.has_value()) << text;
    EXPECT_EQ(url.error().code, Code::malformed);
    EXPECT_EQ(url.error().detail.es.find("hunter2"), std::string::npos);
    EXPECT_EQ(url.error().detail.en.find("hunter2"), std::string::npos);
  }
}

RC_GTEST_PROP(UrlTest, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  (void)Url::parse(bytes);
  const auto url = Url::parse("postgresql://" + bytes);
  if (url && !url->password.empty() && url->password.size() > 8) {
    RC_ASSERT(url->redacted().find(":" + url->password + "@") == std::string::npos);
  }
}

TEST(QueriesTest, NamesStatementsAndParameters) {
  QuerySet set;
  set.add(
      "-- about the file\n\n-- name: one\nSELECT $1,\n  $12 -- the end\n;\n-- not this\n-- name: two\nSELECT "
      "'$x';\n");
  ASSERT_EQ(set.all().size(), 2U);
  EXPECT_EQ(set.find("one").parameters, 12);
  EXPECT_EQ(set.find("one").sql, "SELECT $1,\n$12 -- the end");
  EXPECT_EQ(set.find("two").sql, "SELECT '$x'");
  EXPECT_EQ(set.find("two").parameters, 0);
  EXPECT_THROW((void)set.find("three"), std::logic_error);
  EXPECT_THROW(set.add("-- name: one\nSELECT 1"), std::logic_error);
  EXPECT_THROW(set.add("SELECT 1"), std::logic_error);
  EXPECT_THROW(set.add("-- name: empty\n-- name: other\nSELECT 1"), std::logic_error);
}

TEST(ReadTextTest, InstantsAsDjangoWritesThem) {
  constexpr UnixSeconds noon = 1'710'419'400;  // 2024-03-14T12:30:00Z
  for (const char* text : {"2024-03-14 12:30:00", "2024-03-14T12:30:00Z", "2024-03-14 12:30:00.123456",
                           "2024-03-14 12:30:00+00:00", "2024-03-14 09:30:00-03:00", "2024-03-14 09:30:00.5-03",
                           "2024-03-14 09:30:00-0300", "2024-03-14 12:30", " 2024-03-14 12:30:00 "}) {
    EXPECT_EQ(parse_iso_instant(text), noon) << text;
  }
  EXPECT_EQ(parse_iso_instant("1969-12-31"), -86'400);
  for (const char* text :
       {"", "2024", "2024-02-30", "2024-03-14x12:30", "2024-03-14 25:00", "2024-03-14 12:60", "2024-03-14 12",
        "2024-03-14 12:30:61", "2024-03-14 12:30 mañana", "2024-03-14 12:30:00+99", "0000-00-00 00:00:00"}) {
    EXPECT_FALSE(parse_iso_instant(text).has_value()) << text;
  }
}

TEST(ReadTextTest, AmountsRoundHalvesAwayFromZero) {
  const std::vector<std::pair<const char*, std::int64_t>> good{
      {"40000", 40'000}, {"40000.00", 40'000}, {"40000.49", 40'000}, {"40000.5", 40'001}, {"-40000.5", -40'001},
      {"+7", 7}, {"0.5", 1}, {"-0.4", 0}, {"7.", 7}, {"4e4", 40'000}, {" 12 ", 12},
      {"9223372036854775807", 9'223'372'036'854'775'807}, {"9223372036854775806.5", 9'223'372'036'854'775'807}};
  for (const auto& [text, value] : good) EXPECT_EQ(parse_decimal_whole(text), value) << text;
  for (const char* text : {"", "abc", "1,5", "nan", "inf", "1e99", "9223372036854775808", "9223372036854775807.5",
                           "--1", "1.2.3", "$5"}) {
    EXPECT_FALSE(parse_decimal_whole(text).has_value()) << text;
  }
}

RC_GTEST_PROP(ReadTextTest, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  (void)parse_iso_instant(bytes);
  (void)parse_iso_instant("2024-03-14 " + bytes);
  (void)parse_decimal_whole(bytes);
}

TEST(ErrorTest, KindsOfSqlstates) {
  const std::vector<std::pair<const char*, Kind>> expected{
      {"", Kind::unavailable},      {"08006", Kind::unavailable}, {"57P01", Kind::unavailable},
      {"57P03", Kind::unavailable}, {"53300", Kind::unavailable}, {"53100", Kind::full},
      {"53200", Kind::full},        {"25006", Kind::read_only},   {"23505", Kind::constraint},
      {"40001", Kind::busy},        {"40P01", Kind::busy},        {"55P03", Kind::busy},
      {"57014", Kind::timeout},     {"42P01", Kind::undefined},   {"42703", Kind::undefined},
      {"42501", Kind::denied},      {"28P01", Kind::denied},      {"22021", Kind::bad_value},
      {"42601", Kind::other},       {"3D000", Kind::unavailable}};
  for (const auto& [state, kind] : expected) EXPECT_EQ(kind_of_sqlstate(state), kind) << state;
}

TEST(ErrorTest, KindsOfSqliteCodes) {
  EXPECT_EQ(kind_of_sqlite(SQLITE_BUSY_SNAPSHOT, ""), Kind::busy);
  EXPECT_EQ(kind_of_sqlite(SQLITE_FULL, ""), Kind::full);
  EXPECT_EQ(kind_of_sqlite(SQLITE_READONLY_DIRECTORY, ""), Kind::read_only);
  EXPECT_EQ(kind_of_sqlite(SQLITE_CONSTRAINT_UNIQUE, ""), Kind::constraint);
  EXPECT_EQ(kind_of_sqlite(SQLITE_CORRUPT, ""), Kind::unavailable);
  EXPECT_EQ(kind_of_sqlite(SQLITE_ERROR, "no such table: x"), Kind::undefined);
  EXPECT_EQ(kind_of_sqlite(SQLITE_ERROR, "near \"x\": syntax error"), Kind::other);
}

TEST(ErrorTest, SentencesNameTheDatabaseInBothLanguages) {
  const SqlError problem(Kind::busy, {"el almacén", "the store"}, "55P03");
  EXPECT_EQ(problem.error().detail.es, "El almacén está bloqueado por otra escritura; inténtelo de nuevo.");
  EXPECT_EQ(problem.error().detail.en, "The store is locked by another writer; try again.");
  EXPECT_EQ(problem.error().retry_after_s, 1);
  EXPECT_STREQ(problem.what(), problem.error().detail.en.c_str());
}

}  // namespace
}  // namespace aremko::sql
