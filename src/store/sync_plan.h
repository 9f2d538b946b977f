#pragma once
// What a sync has to change, worked out without a database. Inside `store` only.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "store/mappings.h"

namespace aremko::store {

/// What the store knows of one mapping before the sync.
struct KnownMapping {
  std::string legacy_id{};
  std::int64_t current_id = 0;
  double confidence = 0;
  MappingStatus status = MappingStatus::pending;
  std::string reasons{};  // joined by commas
  std::string id{};
  std::string record_id{};
  std::string print{};
  std::string key{};      // as stored: record_key, unless it was set aside
  bool decided = false;   // a person's word stands on it, though it may be retired meanwhile
  /// Where its record is; by itself where it was.
  std::optional<RecordNow> now{};

  RecordRef record() const { return {legacy_id, record_id, print}; }
  RecordNow::Found found() const { return now ? now->found : RecordNow::Found::here; }
  std::string_view number() const { return now ? std::string_view(now->legacy_id) : std::string_view(legacy_id); }
};

struct SyncPlan {
  struct Found {
    std::size_t link;   // index into the proposals
    std::size_t known;  // index into the known; not for a creation
    MappingStatus status;
  };
  std::vector<Found> create{};
  std::vector<Found> update{};
  std::vector<std::size_t> retire{};  // indexes into the known
  std::vector<std::size_t> aside{};   // retired, because their record is another's now: they give it up
  std::vector<std::size_t> back{};    // accepted again, as their record is back
  std::vector<std::size_t> move{};    // another number, or another key of the same record
  std::vector<std::size_t> free{};    // the same record and customer as another: it gives the key up to that one
  SyncCounts counts{};
};

/// `known` is sorted by plan_sync, by the number that a record has now. `examined` as in Mappings::apply_sync.
SyncPlan plan_sync(std::vector<KnownMapping>& known, std::span<const ProposedLink> links,
                   const std::optional<std::span<const std::string_view>>& examined);

}  // namespace aremko::store
