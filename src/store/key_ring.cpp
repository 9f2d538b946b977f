#include "store/key_ring.h"

#include <sodium.h>

#include "base/log.h"

namespace aremko::store {
namespace {

constexpr double kLooksPerSecond = 20;
constexpr std::chrono::milliseconds kLongestWait{250};
constexpr std::chrono::seconds kSlowLook{3};  // a healthy store takes a millisecond

Text slow_store() { return {"El almacén no responde a tiempo.", "The store does not answer in time."}; }

std::unexpected<Error> no_such_key() {
  return fail(error(Code::unauthorized, "Falta una clave válida en X-API-Key.", "X-API-Key holds no valid key."));
}

}  // namespace

KeyRing::KeyRing(Keys& keys, std::chrono::milliseconds every, SessionRing* sessions)
    : keys_(keys), sessions_(sessions), every_(every), looks_left_(kLooksPerSecond), looks_since_(std::chrono::steady_clock::now()) {
  refresh();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

KeyRing::~KeyRing() {
  thread_.request_stop();  // wakes the wait too
}

void KeyRing::refresh() {
  auto ring = std::make_shared<Ring>();
  for (KeyHash& key : keys_.working()) ring->emplace(key.principal.key_id, std::move(key));
  if (sessions_ != nullptr) sessions_->refresh();
  const std::scoped_lock lock(mutex_);
  ring_ = std::move(ring);
}

void KeyRing::run(const std::stop_token& stop) {
  std::unique_lock lock(wait_mutex_);
  while (true) {
    wake_.wait_for(lock, stop, every_, [&] { return looks_asked_ > looks_done_; });
    if (stop.stop_requested()) return;
    const std::uint64_t asked = looks_asked_;
    looking_since_ = std::chrono::steady_clock::now();
    lock.unlock();
    std::optional<Text> fault;
    try {
      fault = look();
    } catch (...) {
      // Memory ran out: the next look tries again.
      fault = slow_store();
    }
    lock.lock();
    fault_ = std::move(fault);
    looking_since_.reset();
    looks_done_ = asked;
    wake_.notify_all();
  }
}

/// What is wrong with the store is logged once an outage, not once a second.
std::optional<Text> KeyRing::look() {
  try {
    refresh();
  } catch (const sql::SqlError& problem) {
    if (std::exchange(failing_, true)) return problem.error().detail;
    // Decisions that were answered may be lost with the file: somebody has to act.
    const bool gone = problem.sqlstate() == sql::Pool::file_gone;
    if (gone || problem.sqlstate() == sql::Pool::file_cut) {
      log::failure(gone ? "store_file_gone" : "store_file_cut", {{"reason", std::string_view(problem.error().detail.en)}});
    } else {
      log::warning("keys_not_refreshed", {{"reason", sql::kind_name(problem.kind())}});
    }
    return problem.error().detail;
  }
  if (std::exchange(failing_, false)) log::info("keys_refreshed", {});
  return std::nullopt;
}

std::optional<Text> KeyRing::store_fault() const {
  const std::scoped_lock lock(wait_mutex_);
  if (fault_) return fault_;
  if (looking_since_ && std::chrono::steady_clock::now() - *looking_since_ > kSlowLook) return slow_store();
  return std::nullopt;
}

std::optional<Result<Principal>> KeyRing::check(std::string_view presented) const {
  const std::string_view id = key_id_of(presented);
  if (id.empty()) return no_such_key();
  std::shared_ptr<const Ring> ring;
  {
    const std::scoped_lock lock(mutex_);
    ring = ring_;
  }
  const auto found = ring->find(std::string(id));
  if (found == ring->end()) return std::nullopt;
  const std::string hash = key_hash(presented);
  if (sodium_memcmp(hash.data(), found->second.hash.data(), hash.size()) != 0) return no_such_key();
  return found->second.principal;
}

bool KeyRing::may_look() {
  const std::scoped_lock lock(looks_mutex_);
  const auto now = std::chrono::steady_clock::now();
  const double passed = std::chrono::duration<double>(now - looks_since_).count();
  looks_since_ = now;
  looks_left_ = std::min(kLooksPerSecond, looks_left_ + passed * kLooksPerSecond);
  if (looks_left_ < 1) return false;
  looks_left_ -= 1;
  return true;
}

Result<bool> KeyRing::look_again() {
  if (!may_look()) return false;
  std::unique_lock lock(wait_mutex_);
  const std::uint64_t mine = ++looks_asked_;
  wake_.notify_all();
  // Behind a look that already takes too long there is nothing to wait for.
  const bool stuck = looking_since_ && std::chrono::steady_clock::now() - *looking_since_ > kLongestWait;
  const bool looked = !stuck && wake_.wait_for(lock, kLongestWait, [&] { return looks_done_ >= mine; });
  if (looked && !fault_) return true;
  const Text why = fault_ ? *fault_ : slow_store();
  lock.unlock();
  Error away = error(Code::unavailable, why.es, why.en);
  away.retry_after_s = 1;
  return fail(std::move(away));
}

Result<Principal> KeyRing::authenticate(std::string_view presented) {
  if (auto known = check(presented)) return *std::move(known);
  const auto looked = look_again();
  if (!looked) return fail(looked.error());
  if (!*looked) return no_such_key();
  if (auto known = check(presented)) return *std::move(known);
  return no_such_key();
}

}  // namespace aremko::store
