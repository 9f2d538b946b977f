#pragma once
// The keys in memory, so that a request is authenticated without a database. Kept fresh off the request path: a
// key revoked by another process dies within two refreshes.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>

#include "store/keys.h"
#include "store/session_ring.h"

namespace aremko::store {

class KeyRing {
 public:
  /// Loads once (SqlError when the store is away) and then every `every`, on a thread of its own.
  /// `sessions`, when given, is refreshed with it, and must outlive it.
  explicit KeyRing(Keys& keys, std::chrono::milliseconds every = std::chrono::seconds(1), SessionRing* sessions = nullptr);
  ~KeyRing();
  KeyRing(const KeyRing&) = delete;
  KeyRing& operator=(const KeyRing&) = delete;

  /// From memory alone, under a microsecond. Nothing when the key has the right shape and is unknown: it may have
  /// been made a moment ago, so ask authenticate() on a worker thread. `unauthorized` is final.
  std::optional<Result<Principal>> check(std::string_view presented) const;

  /// check(), and for an unknown key one look at the store by the ring's own thread, for which it waits a quarter of a
  /// second at most; then, or when the store is known to be away, `unavailable`. Looks are limited (20 a second on
  /// average, for everybody), so that guessing keys does not load the store. While the store is away the keys
  /// known last go on working: nobody can have revoked one there.
  Result<Principal> authenticate(std::string_view presented);

  /// One look at the store by the ring's own thread, as authenticate() does for an unknown key; `unavailable` when it does not
  /// come to one, false when there were too many of late.
  Result<bool> look_again();

  /// Loads now; after creating or revoking a key in this process. May block, and throws SqlError.
  void refresh();

  /// Why the store cannot be used, as the ring's thread last saw it; nothing while it answers. Never blocks.
  std::optional<Text> store_fault() const;

 private:
  using Ring = std::unordered_map<std::string, KeyHash>;

  void run(const std::stop_token& stop);
  std::optional<Text> look();
  bool may_look();

  Keys& keys_;
  SessionRing* sessions_;
  std::chrono::milliseconds every_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Ring> ring_;  // guarded by mutex_; the map itself never changes
  std::mutex looks_mutex_;
  double looks_left_;                                  // guarded by looks_mutex_
  std::chrono::steady_clock::time_point looks_since_;  // guarded by looks_mutex_
  mutable std::mutex wait_mutex_;                     // guards what follows
  std::condition_variable_any wake_;
  std::uint64_t looks_asked_ = 0;
  std::uint64_t looks_done_ = 0;                      // of those, how many were answered, whatever came of them
  std::optional<std::chrono::steady_clock::time_point> looking_since_;
  std::optional<Text> fault_;                         // of the last look
  bool failing_ = false;  // the ring's thread alone
  std::jthread thread_;  // last: it uses the others
};

}  // namespace aremko::store
