#pragma once
// Who is signed in, in memory, so that a request is let in without a database. KeyRing's thread keeps it fresh: whoever is
// revoked by another process is out within two refreshes.

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/staff.h"

namespace aremko::store {

class SessionRing {
 public:
  /// After `idle` without a sign of life a session is locked: its secret is asked for again.
  SessionRing(Staff& staff, const Clock& clock, std::chrono::seconds idle = std::chrono::minutes(15))
      : staff_(staff), clock_(clock), idle_(idle) {}

  /// From memory alone. Nothing when the token has the right shape and is unknown: somebody may have signed in at another
  /// process a moment ago. `unauthorized` is final: locked, or no token. `in_use`: somebody is there, not a page by itself.
  std::optional<Result<Principal>> check(std::string_view token, bool in_use);

  /// Loads now, and writes down who was here lately. May block, and throws SqlError.
  void refresh();
  /// At once, before the next refresh.
  void lock(std::string_view token);

  std::chrono::seconds idle() const { return idle_; }

 private:
  struct Entry {
    Principal principal{};
    std::atomic<bool> locked = false;
    std::atomic<UnixSeconds> last_used = 0;
    UnixSeconds written = 0;  // of refresh() alone
  };
  using Ring = std::unordered_map<std::string, std::shared_ptr<Entry>>;
  std::shared_ptr<const Ring> ring() const;

  Staff& staff_;
  const Clock& clock_;
  std::chrono::seconds idle_;
  std::mutex refreshing_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Ring> ring_ = std::make_shared<Ring>();  // guarded by mutex_; the map itself never changes
};

}  // namespace aremko::store
