#pragma once
// What we own and must never lose: keys, people of the house, mappings, audit, jobs. One object for the process; any thread may use it.

#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "sql/pool.h"
#include "store/audit.h"
#include "store/decisions.h"
#include "store/jobs.h"
#include "store/keys.h"
#include "store/mappings.h"
#include "store/merges.h"
#include "store/migrate.h"
#include "store/source_marks.h"
#include "store/staff.h"

namespace aremko::store {

class Store {
 public:
  /// Applies what migrations are missing and prepares every query. A SQLite store's directory is made when it is
  /// missing. Throws Outage with a sentence that says what is wrong.
  static std::unique_ptr<Store> open(const sql::Url& url, const Clock& clock);

  Keys& keys() { return keys_; }
  Staff& staff() { return staff_; }
  Mappings& mappings() { return mappings_; }
  Merges& merges() { return merges_; }
  Decisions& decisions() { return decisions_; }
  Audit& audit() { return audit_; }
  Jobs& jobs() { return jobs_; }
  SourceMarks& source_marks() { return source_marks_; }
  const MigrationReport& migration() const { return migration_; }

  /// One small query; throws SqlError when the store does not answer.
  void ping();

  /// A whole copy of a SQLite store into a new file, owner's alone, while others write: what they have committed is in it, the
  /// write-ahead log's part too, which a copy of the file alone would lack. `conflict` when the file is there already,
  /// `invalid` for a store in PostgreSQL, which has pg_dump. Throws SqlError.
  Result<void> backup(const std::filesystem::path& file);

 private:
  explicit Store(const sql::Url& url);

  sql::Pool pool_;
  Keys keys_{pool_};
  Staff staff_{pool_};
  Mappings mappings_{pool_};
  Merges merges_{pool_};
  Decisions decisions_{pool_};
  Audit audit_{pool_};
  Jobs jobs_{pool_};
  SourceMarks source_marks_{pool_};
  MigrationReport migration_{};
};

/// The options every connection to a store has; for tests and tools.
sql::Options store_options();

}  // namespace aremko::store
