#pragma once
// What the initialize-based revisions need to be remembered between requests. A session's id holds, sealed, all that
// was settled at its beginning, so it outlives a restart and needs no memory until something must be remembered.

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mcp/changes.h"
#include "mcp/mailbox.h"
#include "mcp/protocol.h"
#include "mcp/seal.h"

namespace aremko::mcp {

class Exchange;

class Session {
 public:
  Session(std::string id, std::string version, Object capabilities, std::string tenant);

  const std::string& id() const { return id_; }
  const std::string& version() const { return version_; }
  const Object& capabilities() const { return capabilities_; }
  const std::string& tenant() const { return tenant_; }
  std::atomic<LogLevel> log_level{LogLevel::info};
  std::atomic<std::chrono::steady_clock::time_point> used{std::chrono::steady_clock::now()};

  // Requests under way. A second one of the same id takes the first's place, which is cancelled.
  void begin(const std::string& request_id, std::shared_ptr<Exchange> exchange);
  void end(const std::string& request_id, const Exchange* exchange);
  void cancel(const std::string& request_id);  // unknown ones are ignored
  void cancel_all();
  bool busy() const;

  // Questions to the client. The id is ours, as JSON.
  std::string expect(std::weak_ptr<Exchange> exchange, std::string key);
  /// False: nobody waits for an answer of that id.
  bool answered(const std::string& id, Object answer);

  // Subscriptions and what is told outside any request. `make` is called once, for the first that needs it.
  std::shared_ptr<Changes::Listener> listener(Changes& changes, const Changes::Listener::Tell& tell);

  // Streams that can be resumed: events are named "<stream>-<place>"; stream 0 is the one a GET opens.
  std::shared_ptr<Mailbox> general() const { return general_; }
  std::uint64_t keep(std::shared_ptr<Mailbox> stream);
  std::shared_ptr<Mailbox> stream(std::uint64_t number) const;

 private:
  const std::string id_, version_;
  const Object capabilities_;
  const std::string tenant_;
  const std::shared_ptr<Mailbox> general_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Exchange>> running_;
  std::unordered_map<std::string, std::pair<std::weak_ptr<Exchange>, std::string>> expected_;
  std::uint64_t asked_ = 0;
  std::shared_ptr<Changes::Listener> listener_;
  std::map<std::uint64_t, std::shared_ptr<Mailbox>> streams_;
  std::uint64_t last_stream_ = 0;
};

/// The sessions of a process.
class Sessions {
 public:
  explicit Sessions(const Seal& seal) : seal_(&seal) {}

  /// A new session's id. Keeps nothing.
  std::string create(std::string_view version, const Object& capabilities, const operations::Access& access,
                     UnixSeconds now) const;
  /// Null: ended, forged, of another key, or older than a week.
  std::shared_ptr<Session> find(std::string_view id, const operations::Access& access, UnixSeconds now);
  /// False when there is no such session.
  bool end(std::string_view id, const operations::Access& access, UnixSeconds now);
  void cancel_all();

 private:
  void forget_idle();  // with the lock held

  const Seal* seal_;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Session>> live_;
  std::map<std::string, UnixSeconds, std::less<>> ended_;  // until when it must be remembered
};

}  // namespace aremko::mcp
