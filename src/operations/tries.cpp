#include "operations/tries.h"

#include <algorithm>

namespace aremko::operations {

namespace {

constexpr std::size_t most = 10'000;
constexpr UnixSeconds forgotten_after = 24 * 3600;

}  // namespace

int Tries::take(const std::string& who, int free, UnixSeconds now) {
  const std::scoped_lock lock(mutex_);
  if (counts_.size() >= most && !counts_.contains(who)) make_room(now);
  Count& count = counts_[who];
  if (now - count.last > forgotten_after) count = {};
  if (now < count.open) return static_cast<int>(count.open - now);
  ++count.tries;
  count.last = now;
  // 4, 8, 16 … seconds: a day has room for some hundred tries, six digits for a million.
  const int over = count.tries - free;
  count.open = over < 0 ? now : now + std::min(longest_wait, 4 << std::min(over, 10));
  return 0;
}

void Tries::forgive(const std::string& who) {
  const std::scoped_lock lock(mutex_);
  counts_.erase(who);
}

/// Whoever tried least is forgotten first: a flood of made-up names does not wash away the one that is being guessed.
void Tries::make_room(UnixSeconds now) {
  std::erase_if(counts_, [&](const auto& each) { return now - each.second.last > forgotten_after; });
  for (int least = 1; counts_.size() >= most; least *= 2) {
    std::erase_if(counts_, [&](const auto& each) { return each.second.tries <= least && now >= each.second.open; });
    if (least > 1'000) counts_.clear();
  }
}

}  // namespace aremko::operations
