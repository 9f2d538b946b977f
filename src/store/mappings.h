#pragma once
// Which legacy record is which current customer. Ids, scores and reasons only: no name and no phone is kept here.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/progress.h"
#include "base/result.h"
#include "model/mapping.h"
#include "sql/pool.h"
#include "store/jobs.h"

namespace aremko::store {

inline constexpr double live_confidence = 85;     // percent; from here a sync's link is active
inline constexpr double pending_confidence = 70;  // from here it waits for a person, below it is none

struct Mapping {
  std::string id{};  // UUID; the same for the same tenant, legacy_id and current_id wherever it is made
  std::string legacy_id{};
  std::int64_t current_id = 0;
  double confidence = 0;  // percent, 0–100
  MappingStatus status = MappingStatus::pending;
  std::vector<std::string> reasons{};  // phone_exact, name_conflict, … ; by_hand when a person made it
  UnixSeconds created_at = 0;
  UnixSeconds updated_at = 0;
  std::optional<std::string> decided_by{};
  std::optional<UnixSeconds> decided_at{};
  std::optional<std::string> note{};  // why it was decided so
  std::string record_id{};  // as in RecordRef
  std::string print{};

  RecordRef record() const { return {legacy_id, record_id, print}; }
  friend bool operator==(const Mapping&, const Mapping&) = default;
};

struct ProposedLink {
  std::string_view legacy_id{};
  std::int64_t current_id = 0;
  double confidence = 0;
  std::vector<std::string_view> reasons{};
  std::string_view record_id{};
  std::string print{};
};

/// Where a record stands in the sources now.
struct RecordNow {
  enum class Found : std::uint8_t {
    here,
    gone,     // the sources do not have it
    another,  // they have its number or its id, but of somebody else
  };
  Found found = Found::here;
  std::string legacy_id{};  // of what is here
  std::string record_id{};
  std::string print{};
};
/// Empty: every record is where it was.
using Locate = std::function<RecordNow(const RecordRef&)>;

/// What a person said of one pair: the engine learns from it, and no sync goes against it.
struct DecidedLink {
  std::string legacy_id{};
  std::int64_t current_id = 0;
  bool accepted = false;  // else rejected
  UnixSeconds decided_at = 0;
  std::string record_id{};  // as in RecordRef
  std::string print{};

  RecordRef record() const { return {legacy_id, record_id, print}; }

  friend bool operator==(const DecidedLink&, const DecidedLink&) = default;
};

struct SyncCounts {
  std::int64_t created = 0;
  std::int64_t created_high = 0;    // of these, active
  std::int64_t created_medium = 0;  // of these, pending
  std::int64_t updated = 0;         // another confidence, reasons or status
  std::int64_t retired = 0;
  std::int64_t moved = 0;           // follow their record to another number; whatever their status
  std::int64_t returned = 0;        // accepted before, set aside while their record was another's, and accepted again
  std::int64_t unchanged = 0;
  std::int64_t decided = 0;  // proposals that a person's decision stands against or above

  std::int64_t changes() const { return created + updated + retired + moved + returned; }
  friend bool operator==(const SyncCounts&, const SyncCounts&) = default;
};

/// What a sync is done under.
struct SyncTerms {
  /// The legacy ids that the sync looked at, when not all of them; others are not retired.
  std::optional<std::span<const std::string_view>> examined{};
  Watch watch{};
  /// Where the sources have each known record.
  Locate locate{};
  /// The job that the same transaction ends as done, with this result.
  std::optional<JobClaim> claim{};
  std::function<std::string(const SyncCounts&)> result{};
};

enum class Decision {
  accept,  // live from now on; other automatic mappings of the same legacy record are retired
  reject,
  unlink,  // rejects what is live, whoever or whatever tied it
  undo,    // back to what its confidence says; of an unlink, to what a person had accepted before
};

/// Which mappings a list has, and in which order.
struct MappingQuery {
  std::optional<MappingStatus> status{};
  MappingOrder order = MappingOrder::confidence;
  double min_confidence = 0;  // percent, both inclusive
  double max_confidence = 100;
  std::string reason{};  // a part of one of its reasons, of a–z, 0–9 and _; empty: any
  /// For MappingOrder::worth; a finite number that depends on nothing but these and what stays put between pages.
  std::function<double(const RecordRef& record, double confidence, MappingStatus status)> worth{};
};

struct MappingPage {
  std::vector<Mapping> mappings{};
  std::string next{};  // cursor; empty at the end
};

/// Calls block, and throw SqlError when the store is away, locked, full or read-only; a write is then undone whole.
class Mappings {
 public:
  explicit Mappings(sql::Pool& pool) : pool_(pool) {}

  /// Makes the registry say what a sync found, in one transaction: the difference only, an audit row a change.
  /// What people decided stays; a second identical sync changes and audits nothing. The best proposal of a legacy
  /// record can be active, its others wait. A mapping follows its record to the number it has now; one whose record is
  /// another's now is retired, and what a person accepted of it comes back with the record. Throws Cancelled, with everything as it was, when it is asked to stop or
  /// the job it is done for is not this process's any more.
  SyncCounts apply_sync(std::string_view tenant, std::span<const ProposedLink> links, std::string_view actor,
                        UnixSeconds now, const SyncTerms& terms = {});

  /// All live mappings, for the snapshot; about a million a second.
  std::vector<LiveLink> live(std::string_view tenant);
  /// Every pair that is accepted or rejected now, by legacy id, then current id.
  std::vector<DecidedLink> decisions(std::string_view tenant);
  /// Rises with every change of a mapping of the tenant, by whatever process; 0 before the first.
  std::int64_t version(std::string_view tenant);

  /// Live first, then by confidence; of every status.
  std::vector<Mapping> by_customer(std::string_view tenant, std::int64_t current_id);
  /// Of the number, and of the record itself where it is given: some may be another record's that had the number before.
  std::vector<Mapping> by_legacy(std::string_view tenant, std::string_view legacy_id, std::string_view record_id = {});
  /// Gives every mapping that was made before records were known its record: the one that has its number in these sources.
  /// One that `locate` does not find is never trusted again. For the first snapshot that has all sources; a cheap question
  /// once it is done.
  void adopt(std::string_view tenant, const Locate& locate, UnixSeconds now);
  Result<Mapping> find(std::string_view tenant, std::string_view id);
  /// The greatest first. A page goes on behind the last row of the one before, by its place in the order and its
  /// id: what is decided between two pages neither skips nor repeats another. `limit` 1–1,000; malformed for a cursor
  /// that is none of ours or of another order. By worth, all rows of the status are read: a million a second.
  Result<MappingPage> list(std::string_view tenant, const MappingQuery& query, std::size_t limit,
                           std::string_view cursor = {});
  /// How many of each status, in the order of MappingStatus.
  std::vector<std::int64_t> counts(std::string_view tenant);

  /// not_found; conflict when somebody has decided on it already (the same by the same person changes nothing), when another
  /// mapping of the same legacy record was accepted, and for an unlink of what is not live. Of two who decide at once one is
  /// first, and the other is told. `why` at most 1,000 bytes, and nobody's personal data: it is kept for ever.
  /// `locate` tells which other mappings are of the same record now.
  Result<Mapping> decide(std::string_view tenant, std::string_view id, Decision decision, std::string_view who,
                         std::string_view why, UnixSeconds now, const Locate& locate = {});
  /// A mapping no sync found, accepted at once. conflict as above, for a pair that somebody rejected too.
  Result<Mapping> link_by_hand(std::string_view tenant, const RecordRef& record, std::int64_t current_id,
                               std::string_view who, std::string_view why, UnixSeconds now, const Locate& locate = {});

 private:
  sql::Pool& pool_;
};

}  // namespace aremko::store
