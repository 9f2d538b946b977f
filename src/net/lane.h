#pragma once
// A pool of workers for one class of work, so that no other class waits behind it, with a bounded queue of which no
// caller has more than a share. Internal to the server.

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include <boost/asio/thread_pool.hpp>

namespace aremko::net {

class Lane {
 public:
  /// `queue` requests may wait beside those that run; one caller has at most `share` of them all.
  Lane(unsigned workers, unsigned queue, unsigned share) : pool_(workers), places_(workers + queue), share_(share) {}

  enum class Entry { in, full, beyond_share };
  /// Takes a place for `who`; each one that is `in` is given back by leave(). From any thread.
  Entry enter(std::string_view who) {
    const std::lock_guard lock(mutex_);
    if (held_ >= places_) return Entry::full;
    auto known = held_by_.find(who);
    if (known == held_by_.end()) known = held_by_.emplace(who, 0).first;
    if (known->second >= share_) return Entry::beyond_share;
    ++known->second;
    ++held_;
    return Entry::in;
  }
  void leave(std::string_view who) {
    const std::lock_guard lock(mutex_);
    const auto known = held_by_.find(who);
    if (--known->second == 0) held_by_.erase(known);
    --held_;
  }

  boost::asio::thread_pool& pool() { return pool_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  boost::asio::thread_pool pool_;
  const unsigned places_;
  const unsigned share_;
  std::mutex mutex_;
  unsigned held_ = 0;                                                        // guarded by mutex_
  std::unordered_map<std::string, unsigned, Hash, std::equal_to<>> held_by_;  // guarded by mutex_; of those above zero
};

}  // namespace aremko::net
