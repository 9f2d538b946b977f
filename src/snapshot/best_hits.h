#pragma once
// The best few of many, kept while they are found.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "snapshot/name_index.h"
#include "snapshot/search.h"

namespace aremko::snapshot {

/// Somebody found. `penalty` is 100 - score: 0 is exactly what was asked.
struct Found {
  int penalty = 0;
  Rank rank = 0;
  MatchedOn matched_on = MatchedOn::nombre;

  bool better_than(const Found& other) const {
    return penalty != other.penalty ? penalty < other.penalty : rank < other.rank;
  }
};

/// Keeps the best `most`; the same rank may be offered once only.
class BestHits {
 public:
  explicit BestHits(std::size_t most) : most_(most) { heap_.reserve(most + 1); }

  /// Whether a hit of at best this penalty would still be taken.
  bool takes(int penalty, Rank rank) const {
    return heap_.size() < most_ || Found{penalty, rank}.better_than(heap_.front());
  }
  void offer(const Found& found) {
    if (!takes(found.penalty, found.rank)) return;
    heap_.push_back(found);
    std::push_heap(heap_.begin(), heap_.end(), worse_first);
    if (heap_.size() <= most_) return;
    std::pop_heap(heap_.begin(), heap_.end(), worse_first);
    heap_.pop_back();
  }
  bool full() const { return heap_.size() >= most_; }
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  const std::vector<Found>& hits() const { return heap_; }  // in no special order

 private:
  static bool worse_first(const Found& a, const Found& b) { return a.better_than(b); }
  std::size_t most_;
  std::vector<Found> heap_;  // the worst kept one on top
};

}  // namespace aremko::snapshot
