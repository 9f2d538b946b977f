#pragma once
// How often a secret may be guessed: a few times at once, then after waits that grow, for each name and for each address.

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"

namespace aremko::operations {

class Tries {
 public:
  /// Counts one try of `who`, of which `free` cost nothing. Seconds to wait when it is too early; then it is not counted.
  int take(const std::string& who, int free, UnixSeconds now);
  /// Their secret was right.
  void forgive(const std::string& who);

  static constexpr int longest_wait = 15 * 60;  // seconds

 private:
  struct Count {
    int tries = 0;
    UnixSeconds last = 0;
    UnixSeconds open = 0;  // when the next may come
  };
  void make_room(UnixSeconds now);

  std::mutex mutex_;
  std::unordered_map<std::string, Count> counts_;  // guarded by mutex_
};

}  // namespace aremko::operations
