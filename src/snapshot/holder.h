#pragma once
// Publishes snapshots: readers copy a pointer under a mutex held for nanoseconds (libstdc++ 12's atomic<shared_ptr>
// trips ThreadSanitizer), and a reader keeps what it took for as long as it likes.

#include <mutex>

#include "snapshot/snapshot.h"

namespace aremko::snapshot {

class Holder {
 public:
  SnapshotPtr current() const {
    const std::lock_guard lock(mutex_);
    return current_;  // null until the first publication
  }
  void publish(SnapshotPtr next) {
    const std::lock_guard lock(mutex_);
    current_.swap(next);
  }

 private:
  mutable std::mutex mutex_;
  SnapshotPtr current_;
};

}  // namespace aremko::snapshot
