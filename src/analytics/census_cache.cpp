#include <algorithm>

#include "analytics/census.h"

namespace aremko::analytics {

/// Taken once, by the first who asks; who asks meanwhile waits on the entry, not on the cache.
struct CensusCache::Entry {
  std::uint64_t version = 0;
  AsOf as_of;
  std::mutex taking;
  std::shared_ptr<const Census> census;  // written under both mutexes
};

CensusCache::CensusCache(RfmThresholds thresholds, std::size_t capacity, unsigned threads)
    : thresholds_(thresholds), capacity_(std::max<std::size_t>(1, capacity)), threads_(threads) {}

CensusCache::~CensusCache() = default;

std::shared_ptr<const Census> CensusCache::get(const snapshot::Snapshot& snapshot, AsOf as_of) {
  std::shared_ptr<Entry> entry;
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find_if(entries_, [&](const std::shared_ptr<Entry>& one) {
      if (one->census) return one->census->answers(snapshot.version(), as_of);
      return one->version == snapshot.version() && one->as_of == as_of;  // being taken
    });
    if (found != entries_.end()) {
      std::rotate(entries_.begin(), found, found + 1);
      if (entries_.front()->census) return entries_.front()->census;
      entry = entries_.front();
    } else {
      entry = std::make_shared<Entry>();
      entry->version = snapshot.version();
      entry->as_of = as_of;
      entries_.insert(entries_.begin(), entry);
      if (entries_.size() > capacity_) entries_.pop_back();
    }
  }
  const std::lock_guard taking(entry->taking);
  if (!entry->census) {
    auto census = std::make_shared<const Census>(snapshot, as_of, thresholds_, threads_);
    const std::lock_guard lock(mutex_);
    entry->census = std::move(census);
  }
  return entry->census;
}

}  // namespace aremko::analytics
