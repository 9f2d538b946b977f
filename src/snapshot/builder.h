#pragma once
#include <memory>
#include <vector>

#include "snapshot/snapshot.h"

namespace aremko::snapshot {

struct BuildInput {
  std::uint64_t version = 1;
  UnixSeconds built_at = 0;
  std::shared_ptr<const Zone> zone;
  std::shared_ptr<const sources::CurrentBatch> current;          // null: no such source, or not yet read
  std::shared_ptr<const sources::LegacyCustomersBatch> legacy;
  std::shared_ptr<const sources::LegacyServicesBatch> services;
  std::vector<LiveLink> links;
  std::vector<LiveMerge> merges;                                 // in the order in which they were decided
  std::shared_ptr<const MergedPeople> merged;                    // of `current` and `merges`, where it is there from before
  std::vector<SourceState> states;
  Date live_since = Date::of(2024, 10, 1);  // since when reservations of the services file may be sales of the database
};

/// Pure: the same input gives the same snapshot. Uses up to `threads` threads.
class Builder {
 public:
  static SnapshotPtr build(BuildInput input, unsigned threads = 2);

 private:
  static void tie_links(Snapshot& out, Row from);
  static void index_extras(Snapshot& out);
  static void note_live_rows(Snapshot& out);
};

}  // namespace aremko::snapshot
