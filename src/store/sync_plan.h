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
  SyncCounts counts{};
};

/// `known` is sorted by plan_sync. `examined` as in Mappings::apply_sync.
SyncPlan plan_sync(std::vector<KnownMapping>& known, std::span<const ProposedLink> links,
                   const std::optional<std::span<const std::string_view>>& examined);

}  // namespace aremko::store
