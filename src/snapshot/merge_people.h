#pragma once
// The booking system's customers after people said which of them are one person: the same batch with the rows merged away left
// out, and everything that was theirs with whom they are one. Nothing is written there; without a merge nothing is copied.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "model/merge.h"
#include "sources/batch.h"

namespace aremko::snapshot {

/// A customer who is another one by somebody's word.
struct MergedRow {
  std::int64_t id = 0;        // as the booking system has it
  sources::Row was = 0;       // its row there
  sources::Row customer = 0;  // the row it is one with, in the merged batch
};

struct MergedPeople {
  std::shared_ptr<const sources::CurrentBatch> of;  // as it was read
  std::vector<LiveMerge> by;
  std::shared_ptr<const sources::CurrentBatch> batch;
  std::vector<MergedRow> rows;  // by id
};

/// A person goes by the kept id of the last merge of theirs. Their row keeps its own values; what it lacks (a valid phone or
/// e-mail, a document, a town) it takes of the others, and of refusals the strictest. Merges of ids that are not there do
/// nothing. `merges` in the order in which they were decided.
std::shared_ptr<const MergedPeople> merge_people(std::shared_ptr<const sources::CurrentBatch> batch, std::span<const LiveMerge> merges);

}  // namespace aremko::snapshot
