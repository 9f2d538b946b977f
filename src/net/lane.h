#pragma once
// A pool of workers for one class of work, so that no other class waits behind it, with a bounded queue of which no
// caller has more than a share. One set of them serves all doors of a process.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/router.h"

namespace aremko::net {

/// Whom work is done for.
struct Caller {
  std::string key;       // a key's public part, or the peer's network where there is none
  std::string tenant{};  // empty where there is one alone: nobody to leave room for
};

class Lane {
 public:
  /// `queue` works may wait beside those that run. Of all these places one key has at most `share`, one tenant half; and
  /// of the workers either has at most `at_once`, though others stand idle: who comes next never waits for the whole of
  /// somebody's long work.
  Lane(unsigned workers, unsigned queue, unsigned share, unsigned at_once);
  ~Lane() { stop(); }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  enum class Entry { in, full, beyond_share };
  struct Posted {
    Entry entry;
    std::uint64_t ticket = 0;  // of what is `in`
  };
  /// Tenants, and then keys, take turns. `after` runs behind `work`, when its place is free again; may be empty. Neither throws.
  Posted post(const Caller& who, std::function<void()> work, std::function<void()> after = {});
  /// Takes back what has not begun; false when it has.
  bool withdraw(std::uint64_t ticket);
  /// Drops what waits and waits for what runs; takes nothing any more.
  void stop();

 private:
  struct Held {
    unsigned places = 0;
    unsigned running = 0;
    std::uint64_t turn = 0;  // when it last had a worker
  };
  using Holders = std::map<std::string, Held, std::less<>>;  // those above zero
  struct Waiting {
    std::uint64_t ticket;
    Holders::iterator key;
    Holders::iterator tenant;  // end: of none
    std::function<void()> work;
    std::function<void()> after;
  };
  using Queue = std::list<Waiting>;

  void serve();
  Queue::iterator next();
  void leave(const Waiting& one);
  template <class Act>
  void for_holders(const Waiting& one, Act&& act) {
    act(one.key->second);
    if (one.tenant != tenants_.end()) act(one.tenant->second);
  }

  const unsigned places_;
  const unsigned share_;
  const unsigned at_once_;
  std::mutex mutex_;  // guards all below but the threads
  std::condition_variable wake_;
  unsigned held_ = 0;
  std::uint64_t tickets_ = 0;
  std::uint64_t turns_ = 0;
  Holders keys_;
  Holders tenants_;
  Queue waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

/// Of Work::quick, walk and wait.
class Lanes {
 public:
  struct Sizes {
    unsigned workers, walkers, waiters, queue, share;
  };
  explicit Lanes(Sizes sizes);
  /// What is light has none of its own; it is quick where it waits all the same, for a process that is still loading.
  Lane& of(Work work) { return work == Work::walk ? walk_ : work == Work::wait ? wait_ : quick_; }
  void stop();

 private:
  Lane quick_;
  Lane walk_;
  Lane wait_;
};

}  // namespace aremko::net
