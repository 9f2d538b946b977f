// A PostgreSQL server that keeps the connection and says nothing.

#include "sql/stop.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "sql/connection.h"
#include "support/postgres.h"

namespace aremko::sql {
namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

std::optional<Kind> thrown_by(Connection& connection, const std::function<void(Connection&)>& call) {
  try {
    call(connection);
  } catch (const SqlError& problem) {
    EXPECT_FALSE(connection.alive());
    return problem.kind();
  }
  return std::nullopt;
}

Url database() { return Url::parse(test::PostgresServer::shared().new_database()).value(); }

/// The server's own limit, taken away: as if it were not to be reached.
void silence(Connection& connection) { connection.query("SELECT set_config('statement_timeout', '0', true)"); }

TEST(Deadlines, ASilentServerIsLeftAfterItsTimeAndAskedAgainAfterwards) {
  const std::vector<std::function<void(Connection&)>> calls{
      [](Connection& db) { db.query("SELECT pg_sleep(60)"); },
      [](Connection& db) { db.script("SELECT pg_sleep(60)"); },
      [](Connection& db) {
        const auto rows = db.read("SELECT pg_sleep(60)::text");
        while (rows->next()) {}
      },
  };
  const auto db = open(database(), {.statement_timeout_ms = 100});
  for (const auto& call : calls) {
    const auto start = SteadyClock::now();
    {
      Transaction transaction(*db);
      silence(*db);
      EXPECT_EQ(thrown_by(*db, call), Kind::timeout);
    }
    EXPECT_LT(SteadyClock::now() - start, milliseconds(8'000));
    EXPECT_EQ(db->query("SELECT 7")[0].integer(0), 7) << "on a new connection";
  }
}

TEST(Deadlines, ALargeWriteAndALargeReadPassWhole) {
  const auto db = open(database());
  const std::string text(1'000, 'x');
  db->script("CREATE TABLE t (a bigint, b text)");
  {
    Transaction transaction(*db);
    const auto writer = db->write("t", {"a", "b"});
    for (int i = 0; i < 20'000; ++i) {
      writer->integer(i);
      writer->text(text);
      writer->end_row();
    }
    EXPECT_EQ(writer->finish(), 20'000);
    transaction.commit();
  }
  std::int64_t sum = 0;
  const auto rows = db->read("SELECT a, b FROM t");
  while (rows->next()) sum += rows->integer(0) + static_cast<std::int64_t>(rows->text(1).size());
  EXPECT_EQ(sum, std::int64_t{20'000} * 19'999 / 2 + 20'000 * 1'000);
}

/// In a program of its own, as the stop is never undone.
TEST(Deadlines, AProcessThatEndsWaitsForNothing) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const Url url = database();
  EXPECT_EXIT(
      {
        const auto db = open(url);
        std::thread stopper([] {
          std::this_thread::sleep_for(milliseconds(200));
          stop_waiting();
        });
        const auto start = SteadyClock::now();
        const auto kind = thrown_by(*db, [](Connection& one) { one.query("SELECT pg_sleep(20)"); });
        stopper.join();
        const bool soon = SteadyClock::now() - start < milliseconds(5'000);
        _exit(kind == Kind::unavailable && soon ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace aremko::sql
