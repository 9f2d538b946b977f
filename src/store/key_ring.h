#pragma once
// The keys in memory, so that a request is authenticated without a database. Kept fresh off the request path: a
// key revoked by another process dies within two refreshes.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

#include "store/keys.h"

namespace aremko::store {

class KeyRing {
 public:
  /// Loads once (SqlError when the store is away) and then every `every`, on a thread of its own.
  explicit KeyRing(Keys& keys, std::chrono::milliseconds every = std::chrono::seconds(1));
  ~KeyRing();
  KeyRing(const KeyRing&) = delete;
  KeyRing& operator=(const KeyRing&) = delete;

  /// From memory alone, under a microsecond. Nothing when the key has the right shape and is unknown: it may have
  /// been made a moment ago, so ask authenticate() on a worker thread. `unauthorized` is final.
  std::optional<Result<Principal>> check(std::string_view presented) const;

  /// check(), and for an unknown key one look at the store, which may block. Looks are limited (20 a second on
  /// average, for everybody), so that guessing keys does not load the store. While the store is away the keys
  /// known last go on working: nobody can have revoked one there.
  Result<Principal> authenticate(std::string_view presented);

  /// Loads now; after creating or revoking a key in this process.
  void refresh();

 private:
  using Ring = std::unordered_map<std::string, KeyHash>;

  void run(const std::stop_token& stop);
  bool may_look();

  Keys& keys_;
  std::chrono::milliseconds every_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Ring> ring_;  // guarded by mutex_; the map itself never changes
  std::mutex looks_mutex_;
  double looks_left_;                                  // guarded by looks_mutex_
  std::chrono::steady_clock::time_point looks_since_;  // guarded by looks_mutex_
  std::mutex wait_mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace aremko::store
