#pragma once
// How far each source can be trusted, column by column, and what to do about it. Counts, ids and line numbers: no name
// and no contact value leaves this room.

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "identity/column_signature.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

enum class Severity : std::uint8_t { high, medium, low, info };
constexpr std::string_view json_name(Severity severity) {
  constexpr std::array<std::string_view, 4> names{"high", "medium", "low", "info"};
  return names[static_cast<std::size_t>(severity)];
}

/// What the ids of a finding name.
enum class IdKind : std::uint8_t { none, customer_id, legacy_id, line, row_id };
constexpr std::string_view json_name(IdKind kind) {
  constexpr std::array<std::string_view, 5> names{"none", "customer_id", "legacy_id", "line", "row_id"};
  return names[static_cast<std::size_t>(kind)];
}

// Examples shown of a finding.
inline constexpr std::size_t finding_ids = 20;
inline constexpr std::size_t finding_groups = 10;
inline constexpr std::size_t finding_group_ids = 5;

struct Finding {
  std::string code;                    // "broken_lookup"; the list is in data_health_texts.cpp
  Severity severity = Severity::info;
  std::string source;                  // "aremko_db", "clientes_legacy", "servicios_legacy"
  std::string column{};                // empty: the whole row
  std::int64_t count = 0;              // rows it concerns
  std::int64_t of = 0;                 // rows it was sought in
  std::optional<std::int64_t> values{};  // distinct values, people or pairs: what `detail` says
  Text detail{};                       // the measure in words; may be empty
  Text meaning{};                      // what it means
  Text action{};                       // what to do
  IdKind id_kind = IdKind::none;
  std::vector<std::string> ids{};                  // some of the rows
  std::vector<std::vector<std::string>> groups{};  // rows that belong together: share a value, are one person
};

/// How one column is filled.
struct ColumnHealth {
  std::string source;
  std::string column;
  std::int64_t rows = 0;
  std::int64_t filled = 0;     // as the source has it, before anything was put right
  std::int64_t valid = 0;      // of the filled
  std::int64_t in_use = 0;     // rows with a valid value once misplaced ones were put where they belong
  std::optional<std::int64_t> distinct{};                // of the values in use
  std::optional<identity::ColumnSignature> signature{};  // of phones and e-mails; without its vectors
};

struct RefusedSummary {
  std::string code;
  Text reason;
  std::int64_t rows = 0;
  std::string file;                     // of the sample
  std::vector<std::int64_t> lines{};    // or row ids, the first ones
};

struct DuplicateSummary {
  std::int64_t people = 0;
  std::int64_t rows = 0;
  std::int64_t pairs = 0;
  std::int64_t possible_pairs = 0;      // besides
};

struct SourceHealthReport {
  std::string source;
  std::int64_t rows = 0;                // people, or lines of the services file
  std::int64_t rows_read = 0;
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
  std::int64_t texts_repaired = 0;
  // Rows with each in use; nothing where the source has no such column.
  std::int64_t with_phone = 0;
  std::int64_t with_email = 0;
  std::optional<std::int64_t> with_rut{};
  std::optional<std::int64_t> with_city{};
  std::optional<DuplicateSummary> duplicates{};
  std::vector<RefusedSummary> refused{};
  std::vector<std::string> notes_es{};
};

struct DataHealth {
  std::vector<Finding> findings{};          // worst first, then by how many rows
  std::vector<ColumnHealth> columns{};
  std::vector<SourceHealthReport> sources{};
  double seconds = 0;                       // what counting took
};

/// Staff and proxy accounts are left out. 13,300 customers with both legacy files take under 150 ms, a million of each
/// some seconds (bench/README.md).
DataHealth data_health(const snapshot::Snapshot& snapshot, unsigned threads = 2);

/// Of one tenant: counted once for the batches a snapshot holds, whatever links and versions come and go.
class DataHealthCache {
 public:
  std::shared_ptr<const DataHealth> get(const snapshot::Snapshot& snapshot);

 private:
  std::mutex mutex_;
  std::shared_ptr<const DataHealth> health_;
  // What it was counted from. Weak, so that it keeps no batch alive; an address cannot come back while they stand.
  std::weak_ptr<const sources::CurrentBatch> current_;
  std::weak_ptr<const sources::LegacyCustomersBatch> legacy_;
  std::weak_ptr<const sources::LegacyServicesBatch> services_;
};

}  // namespace aremko::analytics
