#include "store/key_ring.h"

#include <sodium.h>

#include "base/log.h"

namespace aremko::store {
namespace {

constexpr double kLooksPerSecond = 20;

std::unexpected<Error> no_such_key() {
  return fail(error(Code::unauthorized, "Falta una clave válida en X-API-Key.", "X-API-Key holds no valid key."));
}

}  // namespace

KeyRing::KeyRing(Keys& keys, std::chrono::milliseconds every)
    : keys_(keys), every_(every), looks_left_(kLooksPerSecond), looks_since_(std::chrono::steady_clock::now()) {
  refresh();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

KeyRing::~KeyRing() {
  thread_.request_stop();  // wakes the wait too
}

void KeyRing::refresh() {
  auto ring = std::make_shared<Ring>();
  for (KeyHash& key : keys_.working()) ring->emplace(key.principal.key_id, std::move(key));
  const std::scoped_lock lock(mutex_);
  ring_ = std::move(ring);
}

void KeyRing::run(const std::stop_token& stop) {
  bool failing = false;
  std::unique_lock lock(wait_mutex_);
  while (!wake_.wait_for(lock, stop, every_, [&] { return stop.stop_requested(); })) {
    try {
      refresh();
      if (failing) log::info("keys_refreshed", {});
      failing = false;
    } catch (const sql::SqlError& problem) {
      // Once an outage, not once a second.
      if (!failing) log::warning("keys_not_refreshed", {{"reason", sql::kind_name(problem.kind())}});
      failing = true;
    }
  }
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

Result<Principal> KeyRing::authenticate(std::string_view presented) {
  if (auto known = check(presented)) return *std::move(known);
  if (!may_look()) return no_such_key();
  refresh();
  if (auto known = check(presented)) return *std::move(known);
  return no_such_key();
}

}  // namespace aremko::store
