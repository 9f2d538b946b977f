#pragma once
// The store's tables, version by version. Applied under a lock, so that processes that start together are safe.

#include <string>
#include <vector>

#include "base/clock.h"
#include "sql/connection.h"

namespace aremko::store {

struct Migration {
  int version = 0;
  std::string name{};  // "0001_start"
  std::string sql{};   // for this engine
  std::string checksum{};
};

/// All that this program knows, in order. Lines between `-- only: postgres` (or sqlite) and `-- both` are for one
/// engine.
std::vector<Migration> migrations(sql::Engine engine);

struct MigrationReport {
  std::vector<std::string> applied{};  // names, in order; empty when there was nothing to do
  int version = 0;                     // where the store stands now
};

/// Brings the store to this program's version, all or nothing. Outage when the store is newer than the program, when
/// an applied migration's text differs from ours, or when the database refuses.
MigrationReport migrate(sql::Connection& connection, UnixSeconds now);

}  // namespace aremko::store
