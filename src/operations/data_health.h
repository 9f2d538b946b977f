#pragma once
// The verb that says how far each source can be trusted and what to do about it.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "analytics/data_health.h"
#include "base/civil.h"
#include "base/result.h"
#include "operations/operation.h"

namespace aremko::operations {

struct DataHealthInput {
  std::optional<std::string> source;
};
BOOST_DESCRIBE_STRUCT(DataHealthInput, (), (source))

struct DataFinding {
  std::string code;
  analytics::Severity severity = analytics::Severity::info;
  std::string source;
  std::optional<std::string> column;          // null: the whole row, or the whole source
  std::int64_t count = 0;                     // rows
  std::int64_t of = 0;                        // rows it was sought in
  double percentage = 0;                      // one decimal
  std::optional<std::int64_t> values;         // distinct values, people or pairs, as `detail` says
  std::optional<std::string> detail;
  std::string meaning;
  std::string action;
  analytics::IdKind id_kind = analytics::IdKind::none;
  std::vector<std::string> ids;               // some of the rows
  std::vector<std::vector<std::string>> groups;  // some rows that belong together
};
BOOST_DESCRIBE_STRUCT(DataFinding, (),
                      (code, severity, source, column, count, of, percentage, values, detail, meaning, action, id_kind,
                       ids, groups))

struct FieldCompleteness {
  std::int64_t count = 0;
  double percentage = 0;
};
BOOST_DESCRIBE_STRUCT(FieldCompleteness, (), (count, percentage))

/// Rows with a valid value in use; null where the source has no such column.
struct SourceCompleteness {
  std::string source;
  std::int64_t rows = 0;
  FieldCompleteness phone;
  FieldCompleteness email;
  std::optional<FieldCompleteness> rut;
  std::optional<FieldCompleteness> city;
};
BOOST_DESCRIBE_STRUCT(SourceCompleteness, (), (source, rows, phone, email, rut, city))

struct LookupSignature {
  std::string verdict;                  // "sound", "too_few", "shared", "disagrees"
  std::string reason;
  double on_two_percentage = 0;         // rows whose value stands on two or more unrelated names
  double on_many_percentage = 0;        // on six or more
  std::int64_t values_on_many = 0;
  std::int64_t largest_rows = 0;        // rows of the most frequent value
  std::int64_t largest_names = 0;       // unrelated names of the value that has the most; 64 means or more
  std::optional<double> agreement_percentage;  // with another source, where it knows the name
};
BOOST_DESCRIBE_STRUCT(LookupSignature, (),
                      (verdict, reason, on_two_percentage, on_many_percentage, values_on_many, largest_rows,
                       largest_names, agreement_percentage))

struct ColumnReport {
  std::string source;
  std::string column;
  std::int64_t rows = 0;
  std::int64_t filled = 0;              // before anything was put right
  double filled_percentage = 0;
  std::int64_t valid = 0;
  double valid_percentage = 0;          // of the filled
  std::int64_t in_use = 0;              // once misplaced values were put where they belong
  std::optional<std::int64_t> distinct;
  std::optional<LookupSignature> lookup;
};
BOOST_DESCRIBE_STRUCT(ColumnReport, (),
                      (source, column, rows, filled, filled_percentage, valid, valid_percentage, in_use, distinct, lookup))

struct RefusedGroup {
  std::string code;
  std::string reason;
  std::int64_t rows = 0;
  std::string file;                     // or table, of the sample
  std::vector<std::int64_t> lines;      // or row ids: the first ones
};
BOOST_DESCRIBE_STRUCT(RefusedGroup, (), (code, reason, rows, file, lines))

struct SourceDuplicates {
  std::int64_t people = 0;              // who stand on more than one row
  std::int64_t rows = 0;
  std::int64_t pairs = 0;
  std::int64_t possible_pairs = 0;      // besides: the same whole name alone
};
BOOST_DESCRIBE_STRUCT(SourceDuplicates, (), (people, rows, pairs, possible_pairs))

struct SourceReport {
  std::string source;
  std::string description;
  std::int64_t rows_read = 0;
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
  std::int64_t texts_repaired = 0;
  bool ok = true;                       // the last attempt to read it succeeded
  std::optional<std::int64_t> age_seconds;  // of what is shown; null: not read yet
  std::optional<SourceDuplicates> duplicates;
  std::vector<RefusedGroup> refused;
  std::vector<std::string> notes;       // Spanish
};
BOOST_DESCRIBE_STRUCT(SourceReport, (),
                      (source, description, rows_read, rows_kept, rows_refused, texts_repaired, ok, age_seconds, duplicates, refused,
                       notes))

struct FindingCounts {
  std::int64_t high = 0;
  std::int64_t medium = 0;
  std::int64_t low = 0;
  std::int64_t info = 0;
};
BOOST_DESCRIBE_STRUCT(FindingCounts, (), (high, medium, low, info))

struct DataHealthReport {
  std::int64_t snapshot_version = 0;
  FindingCounts summary;
  std::vector<DataFinding> findings;    // worst first, then by how many rows
  std::vector<SourceCompleteness> completeness;
  std::vector<ColumnReport> columns;
  std::vector<SourceReport> sources;
  double seconds = 0;                   // what counting took, when it was done
};
BOOST_DESCRIBE_STRUCT(DataHealthReport, (),
                      (snapshot_version, summary, findings, completeness, columns, sources, seconds))
Result<DataHealthReport> data_health(Context& context, const DataHealthInput& input);

std::vector<Operation> data_health_operations();

}  // namespace aremko::operations
