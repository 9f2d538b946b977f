#include "store/migrate.h"

#include <sodium.h>

#include "base/text.h"
#include "store/sql_text.h"

namespace aremko::store {
namespace {

struct Source {
  int version;
  const char* name;
  std::string_view text;
};

constexpr std::array sources{
    Source{1, "0001_start", sql_text::_0001_start_sql},
    Source{2, "0002_jobs", sql_text::_0002_jobs_sql},
    Source{3, "0003_records", sql_text::_0003_records_sql},
    Source{4, "0004_staff", sql_text::_0004_staff_sql},
    Source{5, "0005_decisions", sql_text::_0005_decisions_sql},
    Source{6, "0006_source_marks", sql_text::_0006_source_marks_sql},
};

constexpr std::int64_t kLockKey = 0x6172656d6b6f;  // "aremko": any constant all our processes agree on

/// The lines of a migration that are for this engine.
std::string for_engine(std::string_view text, sql::Engine engine) {
  std::string out;
  bool ours = true;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view bare = trim(line);
    if (bare == "-- only: postgres") {
      ours = engine == sql::Engine::postgres;
    } else if (bare == "-- only: sqlite") {
      ours = engine == sql::Engine::sqlite;
    } else if (bare == "-- both") {
      ours = true;
    } else if (ours && !bare.empty() && !bare.starts_with("--")) {
      out += std::string(line) + "\n";
    }
  }
  return out;
}

std::string checksum_of(std::string_view text) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     nullptr, 0);
  std::string out;
  for (const unsigned char byte : hash) out += fmt::format("{:02x}", byte);
  return out;
}

[[noreturn]] void refuse(std::string es, std::string en) {
  throw Outage(error(Code::unavailable, std::move(es), std::move(en)));
}

/// How many of ours are applied; refuses a store that is not a beginning of ours.
std::size_t count_applied(sql::Connection& connection, const std::vector<Migration>& ours) {
  const sql::Rows rows = connection.query("SELECT version, checksum FROM aremko_migration ORDER BY version");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int64_t version = rows[i].integer(0);
    if (i >= ours.size()) {
      refuse(fmt::format("El almacén es de una versión más nueva ({}) que este programa ({}): actualice Aremko.",
                         rows[rows.size() - 1].integer(0), ours.back().version),
             fmt::format("The store's version ({}) is newer than this program's ({}): upgrade Aremko.",
                         rows[rows.size() - 1].integer(0), ours.back().version));
    }
    if (version != ours[i].version || rows[i].text(1) != ours[i].checksum) {
      refuse(fmt::format("La migración {} del almacén no es la de este programa; no se tocó nada.", version),
             fmt::format("The store's migration {} is not this program's; nothing was touched.", version));
    }
  }
  return rows.size();
}

}  // namespace

std::vector<Migration> migrations(sql::Engine engine) {
  std::vector<Migration> out;
  for (const Source& source : sources) {
    std::string text = for_engine(source.text, engine);
    std::string checksum = checksum_of(text);
    out.push_back({source.version, source.name, std::move(text), std::move(checksum)});
  }
  return out;
}

MigrationReport migrate(sql::Connection& connection, UnixSeconds now) {
  const std::vector<Migration> ours = migrations(connection.engine());
  MigrationReport report{.version = ours.back().version};
  // A store that is up to date is not even locked, so that a read-only one can be opened.
  if (!connection.columns("aremko_migration").empty() && count_applied(connection, ours) == ours.size())
    return report;

  sql::Transaction transaction(connection);
  if (connection.engine() == sql::Engine::postgres) {
    connection.query("SELECT pg_advisory_xact_lock($1)", {kLockKey});
  }
  connection.script(
      "CREATE TABLE IF NOT EXISTS aremko_migration "
      "(version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)");
  for (std::size_t i = count_applied(connection, ours); i < ours.size(); ++i) {
    connection.script(ours[i].sql);
    connection.query("INSERT INTO aremko_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                     {ours[i].version, ours[i].name, ours[i].checksum, now});
    report.applied.push_back(ours[i].name);
  }
  transaction.commit();
  return report;
}

}  // namespace aremko::store
