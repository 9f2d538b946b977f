#include "sql/table_watch.h"

#include <fmt/format.h>

#include "sql/postgres.h"

namespace aremko::sql {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// From so many rows on a scan takes long enough to keep the first load waiting; it is then put off.
constexpr double many_rows = 300'000;

/// Of so many, a scan of t is followed by at least this many t without one, unless counters say that something was written.
constexpr int rest = 20;

// Before PostgreSQL 15 counters arrive by way of a file, on a standby they never do.
constexpr std::string_view server_sql =
    "SELECT extract(epoch FROM pg_postmaster_start_time()), (current_setting('track_counts') = 'off' OR "
    "current_setting('server_version_num')::int < 150000 OR pg_is_in_recovery() OR EXISTS (SELECT 1 FROM "
    "pg_stat_get_activity(NULL) WHERE pid <> pg_backend_pid() AND datid = (SELECT oid FROM pg_database WHERE datname "
    "= current_database())))::int";

// With partitions and other children. A row of pg_class or pg_attribute has a new version after whatever changes the
// table's shape, storage (TRUNCATE), name or permissions; vacuum and analyze write into the old one.
constexpr std::string_view tables_sql =
    "WITH RECURSIVE kin AS (SELECT to_regclass(name)::oid AS oid, true AS named FROM unnest(string_to_array($1, ',')) "
    "AS "
    "name UNION SELECT i.inhrelid, false FROM kin JOIN pg_inherits i ON i.inhparent = kin.oid) "
    "SELECT c.oid::regclass, kin.named::int, c.relkind, has_table_privilege(c.oid, 'SELECT')::int, "
    "has_any_column_privilege(c.oid, 'SELECT')::int, "
    "concat_ws(' ', c.oid, c.xmin, c.relfilenode, (SELECT concat(count(*), ' ', sum(a.xmin::text::bigint)) FROM "
    "pg_attribute a WHERE a.attrelid = c.oid)), "
    "concat_ws(' ', c.oid, pg_stat_get_tuples_inserted(c.oid), pg_stat_get_tuples_updated(c.oid), "
    "pg_stat_get_tuples_deleted(c.oid)), c.reltuples "
    "FROM kin JOIN pg_class c ON c.oid = kin.oid ORDER BY c.oid";

}  // namespace

TableWatch::TableWatch(const std::vector<std::string>& tables) {
  for (const std::string& table : tables)
    names_ += (names_.empty() ? "" : ",") + PostgresConnection::identifier(table);
}

TableWatch::Facts TableWatch::look(Connection& connection) const {
  Facts out;
  // Who is connected comes first: a backend that left before has told its counters.
  const Rows server = connection.query(server_sql);
  out.catalogue = server[0].string(0);
  out.lagging = server[0].integer(1) != 0;
  for (const Rows::Row row : connection.query(tables_sql, {names_})) {
    out.catalogue += "\n" + row.string(5);
    out.counters += "\n" + row.string(6);
    const bool named = row.integer(1) != 0;
    const bool whole = row.integer(3) != 0;
    const bool stored = row.text(2) == "r" || row.text(2) == "p" || row.text(2) == "m";
    if (named && !whole && row.integer(4) == 0) continue;  // not ours to read; a permission is a change
    out.countable = out.countable && stored && (whole || !named);
    if (!named) continue;
    out.tables.push_back(row.string(0));
    out.rows += std::max(0.0, row.real(7));
  }
  return out;
}

std::string TableWatch::versions(Connection& connection, const Facts& facts) {
  if (facts.tables.empty()) return "none";
  const auto started = SteadyClock::now();
  std::string sql = "SELECT concat_ws(' '";
  for (const std::string& table : facts.tables) {
    sql += fmt::format(", (SELECT concat(count(*), ' ', sum(xmin::text::bigint)) FROM {})", table);
  }
  std::string out = connection.query(sql + ")")[0].string(0);
  ++scans_;
  if (facts.rows > many_rows) next_scan_ = started + (SteadyClock::now() - started) * rest;
  return out;
}

std::uint64_t TableWatch::serial(Connection& connection) {
  const std::string cluster = connection.change_token();
  if (cluster == settled_ && (!known_.countable || !versions_.empty())) return serial_;
  Facts now = look(connection);
  const bool first = serial_ == 0;
  if (!now.countable) {
    known_ = std::move(now);
    versions_.clear();
    settled_ = cluster;
    return ++serial_;
  }
  if (first && now.rows > many_rows) {
    known_ = std::move(now);
    settled_ = cluster;
    return ++serial_;
  }
  const bool reshaped = now.catalogue != known_.catalogue;
  const bool quiet = !first && !reshaped && now.counters == known_.counters;
  if (quiet && cluster != settled_) {
    if (!now.lagging) {
      settled_ = cluster;
      return serial_;
    }
    if (SteadyClock::now() < next_scan_) return serial_;
  }
  std::string versions = this->versions(connection, now);
  // Versions that were put off are those of the settled snapshot when that still stands after they were taken.
  const bool put_off = versions_.empty() && !first && cluster == settled_ && connection.change_token() == cluster;
  if (first || reshaped || (versions != versions_ && !put_off)) ++serial_;
  known_ = std::move(now);
  versions_ = std::move(versions);
  settled_ = cluster;
  return serial_;
}

}  // namespace aremko::sql
