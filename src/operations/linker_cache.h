#pragma once
// The engine of who is who over a tenant's people, kept for as long as neither they nor the decisions change.

#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/progress.h"
#include "identity/linker.h"
#include "snapshot/snapshot.h"
#include "store/mappings.h"

namespace aremko::operations {

/// Safe from any thread; one builds while others who want the same wait. Rows are those of the customers file and of the
/// current customers, as the snapshot numbers them. Holds about 300 bytes a person.
class LinkerCache {
 public:
  /// Learns anew when people are not those of the last call: 0.4 s for 15,000 + 13,000 people, a minute for a million a side.
  /// A new sale changes nobody. Other decisions on the same people are put on top of what was learned: 10 ms. Throws
  /// Cancelled.
  std::shared_ptr<const identity::Linker> get(const snapshot::Snapshot& snapshot,
                                              std::span<const store::DecidedLink> decisions, const Watch& watch = {});

 private:
  std::mutex mutex_;
  // The batches last seen: while a snapshot has the same ones, nobody changed. They are not kept alive.
  std::weak_ptr<const void> current_;
  std::weak_ptr<const void> legacy_;
  std::uint64_t people_ = 0;  // a hash of everything the engine reads of them
  std::vector<identity::Decided> decided_;
  std::shared_ptr<const identity::Linker> linker_;
};

}  // namespace aremko::operations
