#pragma once
// The engine of who is who over a tenant's people, kept for as long as neither they nor the decisions change. One thread a
// tenant builds it; who asks meanwhile is answered by the last one.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/progress.h"
#include "identity/linker.h"
#include "snapshot/snapshot.h"
#include "store/mappings.h"

namespace aremko::operations {

/// What was learned of one snapshot's people, for questions about another's: rows are found again by ids and by content.
/// Does not keep the snapshot: 8 bytes a person beside the engine itself.
class PeopleEngine {
 public:
  const identity::Linker& linker() const { return *linker_; }
  /// The engine's row of a legacy person in the customers file, the same in all that the engine reads of them; nothing when
  /// they are new, or have changed.
  std::optional<identity::Row> legacy_row(const snapshot::Snapshot& snapshot, snapshot::Row row) const;
  /// By a customer's id, a merged one's too.
  std::optional<identity::Row> current_row(const snapshot::Snapshot& snapshot, std::int64_t id) const;
  /// The snapshot's row of the engine's customer, or of who they are one with; nothing when they have left.
  std::optional<snapshot::Row> customer(const snapshot::Snapshot& snapshot, identity::Row row) const;

 private:
  friend class LinkerCache;
  // The batches learned from: while a snapshot has the same ones, rows are the same. They are not kept alive.
  std::weak_ptr<const void> current_;
  std::weak_ptr<const void> legacy_;
  std::shared_ptr<const std::vector<std::int64_t>> current_ids_;
  std::shared_ptr<const std::vector<std::uint64_t>> legacy_prints_;  // a hash of what the engine reads, and of the id
  std::uint64_t people_ = 0;                                         // a hash of everything it reads
  std::vector<identity::Decided> decided_;
  std::shared_ptr<const identity::Linker> linker_;
};

using PeopleEnginePtr = std::shared_ptr<const PeopleEngine>;

/// Safe from any thread. Learns anew when people are not those of the last engine: 0.4 s for 15,000 + 13,000 people, a
/// minute for a million a side, 300 bytes a person, twice while the next is built. A new sale changes nobody; other
/// decisions on the same people are put on top of what was learned: 10 ms.
class LinkerCache {
 public:
  LinkerCache() = default;
  ~LinkerCache();
  LinkerCache(const LinkerCache&) = delete;
  LinkerCache& operator=(const LinkerCache&) = delete;

  /// The engine of these people and decisions if it is there within `moment`, else the last one while the next is built.
  /// Before the first, that one, for which it waits as long as `patience`; null when it is not there then. Throws Cancelled when `watch` is stopped: an engine that
  /// nobody waits for any more is not built. Who was answered by the last one, or with null, goes on waiting for the next.
  PeopleEnginePtr last(const snapshot::SnapshotPtr& snapshot, std::span<const store::DecidedLink> decisions,
                       const Watch& watch, std::chrono::milliseconds moment, std::chrono::milliseconds patience);

  /// The engine of exactly these people and decisions, whose rows are the snapshot's; waits as long as it takes. Throws
  /// Cancelled, and what the building threw.
  PeopleEnginePtr exact(const snapshot::SnapshotPtr& snapshot, std::span<const store::DecidedLink> decisions,
                        const Watch& watch);

 private:
  /// One engine to be built; all of it guarded by mutex_, but for the snapshot and the decisions once it has begun.
  struct Build {
    snapshot::SnapshotPtr snapshot;
    std::vector<identity::Decided> decided;
    bool exact = false;   // for somebody who takes no other
    int wanted_by = 0;
    std::stop_source stop;
    bool done = false;
    std::exception_ptr failed;
    std::uint64_t reports = 0;
    std::string phase;
    std::uint64_t step = 0;
    std::uint64_t steps = 0;
  };
  using BuildPtr = std::shared_ptr<Build>;

  bool answers(const snapshot::Snapshot& snapshot, const std::vector<identity::Decided>& decided) const;
  BuildPtr want(const snapshot::SnapshotPtr& snapshot, std::vector<identity::Decided> decided, bool exact);
  void wait(std::unique_lock<std::mutex>& lock, Build& build, const Watch& watch, std::chrono::steady_clock::time_point end);
  void run(const std::stop_token& stop);
  PeopleEnginePtr build(Build& wanted, const PeopleEnginePtr& before);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  PeopleEnginePtr engine_;        // guarded by mutex_, like what follows
  BuildPtr running_;
  std::deque<BuildPtr> queue_;
  std::jthread thread_;           // made by the first who asks; last: it uses the others
};

}  // namespace aremko::operations
