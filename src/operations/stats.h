#pragma once
// Verbs about the tenant as a whole.

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/overview.h"
#include "operations/legacy.h"
#include "operations/operation.h"

namespace aremko::operations {

Result<StatsOverview> stats_overview(Context& context, const AsOfInput& input);
/// Its city names live as long as the context.
Result<LegacyDataStats> stats_legacy(Context& context, const AsOfInput& input);

struct SourcesInput {
  std::optional<std::string> source;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
};
BOOST_DESCRIBE_STRUCT(SourcesInput, (), (source, limit, offset))

/// A source as it stands, with a page of the rows that could not be used.
struct SourceStatus {
  std::string name;
  std::string description;
  bool ok = false;                          // the last attempt to read it succeeded
  std::optional<std::string> detail;        // why not, in the caller's language
  Moment last_good;                         // local; null = never
  std::optional<std::int64_t> age_seconds;  // of what is shown
  double load_seconds = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
  std::int64_t texts_repaired = 0;
  std::vector<std::string> notes;
};
BOOST_DESCRIBE_STRUCT(SourceStatus, (),
                      (name, description, ok, detail, last_good, age_seconds, load_seconds, rows_read, rows_kept,
                       rows_refused, texts_repaired, notes))

struct RefusedRowEntry {
  std::string source;
  std::string file;
  std::int64_t line = 0;
  std::string code;
  std::string reason;  // in the caller's language
};
BOOST_DESCRIBE_STRUCT(RefusedRowEntry, (), (source, file, line, code, reason))

struct SourcesReport {
  std::optional<std::int64_t> snapshot_version;  // null: nothing published yet
  std::vector<SourceStatus> sources;
  std::int64_t total_refused = 0;                // all of them, the ones not kept too
  std::vector<RefusedRowEntry> refused;
  std::optional<std::int64_t> next;              // offset of the next page
};
BOOST_DESCRIBE_STRUCT(SourcesReport, (), (snapshot_version, sources, total_refused, refused, next))
Result<SourcesReport> list_sources(Context& context, const SourcesInput& input);

std::vector<Operation> stats_operations();

}  // namespace aremko::operations
