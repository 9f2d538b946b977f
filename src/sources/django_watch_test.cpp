// What makes the booking database be read again, and that reading asks for no more than the server can give.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/django_fixture.h"
#include "sources/django_load.h"

namespace aremko::sources {
namespace {

using testing::IsSupersetOf;

using test::engine_word;
using test::noon;
using test::santiago;

using DjangoWatch = test::DjangoDatabase;

TEST_P(DjangoWatch, EveryTableThatIsReadIsWatched) {
  CurrentBatch batch;
  const LocalTime time(*santiago());
  const StaffNames nobody;
  DjangoLoad load(batch, time, nobody);
  ASSERT_TRUE(load.plan(*database_).has_value());
  EXPECT_GE(load.tables().size(), 11U);
  EXPECT_THAT(DjangoLoad::every_table(), IsSupersetOf(load.tables()));
}

TEST_P(DjangoWatch, OnPostgresOnlyItsOwnTablesCount) {
  if (!postgres()) GTEST_SKIP() << "any commit in a SQLite file counts";
  script("CREATE TABLE django_session (id bigint); ALTER TABLE ventas_encuestasatisfaccion RENAME TO elsewhere");
  DjangoSource watched = source();
  std::string before = watched.change_token().value();
  for (int i = 0; i < 5; ++i) {
    script("INSERT INTO django_session VALUES (1)");
    EXPECT_EQ(watched.change_token().value(), before);
  }
  // A table that was absent, and one that is written by nobody but an administrator.
  for (const char* change : {"ALTER TABLE elsewhere RENAME TO ventas_encuestasatisfaccion",
                             "ALTER TABLE ventas_cliente ADD COLUMN opt_out_sms boolean NOT NULL DEFAULT false",
                             "INSERT INTO ventas_region (id, nombre, codigo, orden) VALUES (10, 'Los Lagos', 'X', 1)"}) {
    script(change);
    const std::string after = watched.change_token().value();
    EXPECT_NE(after, before) << change;
    before = after;
  }
}

/// A server, or a pooler before it, with one connection for us: a large database is then read over that one.
TEST_P(DjangoWatch, TheSecondConnectionIsALuxury) {
  if (!postgres()) GTEST_SKIP() << "SQLite is read over one connection";
  customer(1);
  sale(900, 1);
  script("DROP ROLE IF EXISTS solo; CREATE ROLE solo LOGIN CONNECTION LIMIT 1; GRANT SELECT ON ALL TABLES IN SCHEMA public TO solo");
  sql::Url alone = url_;
  alone.user = "solo";
  const auto loaded = DjangoSource(alone, santiago(), noon, {.parallel_from_rows = 0}).load({});
  ASSERT_TRUE(loaded.has_value()) << loaded.error().detail.en;
  EXPECT_EQ(std::get<std::shared_ptr<const CurrentBatch>>(*loaded)->customers.size(), 1U);
  script("DROP OWNED BY solo; DROP ROLE solo");
}

INSTANTIATE_TEST_SUITE_P(Engines, DjangoWatch, testing::Values(sql::Engine::postgres, sql::Engine::sqlite), engine_word);

}  // namespace
}  // namespace aremko::sources
