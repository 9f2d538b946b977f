#include "operations/duplicates_cache.h"

#include <algorithm>

#include "base/text.h"
#include "operations/people_records.h"

namespace aremko::operations {

namespace {

std::uint64_t hash_of(const std::vector<identity::Record>& people) {
  std::uint64_t hash = people.size();
  for (const identity::Record& one : people) {
    for (const std::string_view text : {one.nombre, one.telefono, one.email, one.documento, one.ciudad}) {
      hash = hash64(text, hash + (one.excluded ? 1 : 0));
    }
  }
  return hash;
}

}  // namespace

std::optional<identity::Row> DuplicatesFound::row_of(std::int64_t id) const {
  const auto at = std::ranges::lower_bound(ids, id);
  if (at == ids.end() || *at != id) return std::nullopt;
  const auto row = static_cast<identity::Row>(at - ids.begin());
  return pairs.has(row) ? std::optional(row) : std::nullopt;
}

DuplicatesCache::~DuplicatesCache() {
  stop_.request_stop();
  thread_.request_stop();
}

DuplicatesFoundPtr DuplicatesCache::get(const snapshot::SnapshotPtr& snapshot, std::chrono::milliseconds patience) {
  const std::shared_ptr<const void> batch = snapshot->unmerged_ptr();
  std::unique_lock lock(mutex_);
  const auto there = [&] { return found_ && batch_.lock() == batch; };
  if (there()) return found_;
  wanted_ = snapshot;
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  changed_.notify_all();
  changed_.wait_for(lock, patience, [&] { return there() || (!busy_ && wanted_ == nullptr); });
  return found_;
}

void DuplicatesCache::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return wanted_ != nullptr; })) {
    const snapshot::SnapshotPtr snapshot = std::exchange(wanted_, nullptr);
    const std::uint64_t known = found_ ? people_ : 0;
    busy_ = true;
    lock.unlock();
    DuplicatesFoundPtr built;
    const auto people = current_records(*snapshot);
    const std::uint64_t hash = hash_of(people);
    try {
      if (known == 0 || hash != known) {
        const auto& ids = snapshot->unmerged_ptr()->customers.id;
        built = std::make_shared<const DuplicatesFound>(
            DuplicatesFound{identity::PeoplePairs(people, {.stop = stop_.get_token()}), {ids.begin(), ids.end()}});
      }
    } catch (const Cancelled&) {
      // The tenant goes.
    } catch (const std::bad_alloc&) {
      // What was known stays; the next who asks tries again.
    }
    lock.lock();
    busy_ = false;
    if (built) {
      found_ = std::move(built);
      people_ = hash;
    }
    if (found_ && people_ == hash) batch_ = std::shared_ptr<const void>(snapshot->unmerged_ptr());
    changed_.notify_all();
  }
}

}  // namespace aremko::operations
