#pragma once
#include <cstddef>

#include "snapshot/snapshot.h"

namespace aremko::snapshot {

class SearchIndex {
 public:
  explicit SearchIndex(const Snapshot& snapshot, unsigned threads);
  std::size_t memory() const;
};

}  // namespace aremko::snapshot
