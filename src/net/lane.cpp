#include "net/lane.h"

#include <algorithm>
#include <utility>

namespace aremko::net {

Lane::Lane(unsigned workers, unsigned queue, unsigned share, unsigned at_once)
    : places_(workers + queue), share_(share), at_once_(at_once) {
  for (unsigned i = 0; i < workers; ++i) threads_.emplace_back([this] { serve(); });
}

Lane::Posted Lane::post(const Caller& who, std::function<void()> work, std::function<void()> after) {
  const std::lock_guard lock(mutex_);
  if (stopping_ || held_ >= places_) return {Entry::full};
  const auto places = [](const Holders& holders, const std::string& name) {
    const auto known = holders.find(name);
    return known == holders.end() ? 0U : known->second.places;
  };
  if (places(keys_, who.key) >= share_) return {Entry::beyond_share};
  if (!who.tenant.empty() && places(tenants_, who.tenant) >= std::max(1U, places_ / 2)) return {Entry::beyond_share};
  waiting_.push_back({.ticket = ++tickets_,
                      .key = keys_.try_emplace(who.key).first,
                      .tenant = who.tenant.empty() ? tenants_.end() : tenants_.try_emplace(who.tenant).first,
                      .work = std::move(work),
                      .after = std::move(after)});
  ++held_;
  for_holders(waiting_.back(), [](Held& held) { ++held.places; });
  wake_.notify_one();
  return {Entry::in, tickets_};
}

bool Lane::withdraw(std::uint64_t ticket) {
  Queue gone;  // what it holds goes after the lock
  const std::lock_guard lock(mutex_);
  const auto at = std::ranges::find(waiting_, ticket, &Waiting::ticket);
  if (at == waiting_.end()) return false;
  gone.splice(gone.end(), waiting_, at);
  leave(gone.front());
  return true;
}

void Lane::leave(const Waiting& one) {
  --held_;
  for_holders(one, [](Held& held) { --held.places; });
  if (one.key->second.places == 0) keys_.erase(one.key);
  if (one.tenant != tenants_.end() && one.tenant->second.places == 0) tenants_.erase(one.tenant);
}

/// Of those that may begin, the one whose tenant, and then whose key, had its turn longest ago.
Lane::Queue::iterator Lane::next() {
  auto best = waiting_.end();
  std::pair<std::uint64_t, std::uint64_t> least;
  for (auto each = waiting_.begin(); each != waiting_.end(); ++each) {
    const Held& key = each->key->second;
    const Held* tenant = each->tenant == tenants_.end() ? nullptr : &each->tenant->second;
    if (key.running >= at_once_ || (tenant != nullptr && tenant->running >= at_once_)) continue;
    const std::pair turn(tenant == nullptr ? 0 : tenant->turn, key.turn);
    if (best == waiting_.end() || turn < least) {
      best = each;
      least = turn;
    }
  }
  return best;
}

void Lane::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    Queue one;
    wake_.wait(lock, [&] {
      if (stopping_) return true;
      const auto found = next();
      if (found != waiting_.end()) one.splice(one.end(), waiting_, found);
      return !one.empty();
    });
    if (one.empty()) return;
    ++turns_;
    for_holders(one.front(), [this](Held& held) {
      ++held.running;
      held.turn = turns_;
    });
    lock.unlock();
    one.front().work();
    one.front().work = {};
    lock.lock();
    for_holders(one.front(), [](Held& held) { --held.running; });
    leave(one.front());
    lock.unlock();
    if (one.front().after) one.front().after();
    one.clear();
    lock.lock();
  }
}

void Lane::stop() {
  Queue dropped;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    dropped.swap(waiting_);
    for (const Waiting& one : dropped) leave(one);
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

// Quick works are over before it matters who has the workers; of the others nobody has more than half.
Lanes::Lanes(Sizes sizes)
    : quick_(std::max(1U, sizes.workers), sizes.queue, sizes.share, std::max(1U, sizes.workers)),
      walk_(std::max(1U, sizes.walkers), sizes.queue, sizes.share, std::max(1U, sizes.walkers / 2)),
      wait_(std::max(1U, sizes.waiters), sizes.queue, sizes.share, std::max(1U, sizes.waiters / 2)) {}

void Lanes::stop() {
  for (Lane* lane : {&quick_, &walk_, &wait_}) lane->stop();
}

}  // namespace aremko::net
