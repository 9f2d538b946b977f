#pragma once
// What the initialize-based revisions need to be remembered between requests. A session's id holds, sealed, all that
// was settled at its beginning, so it outlives a restart and needs no memory until something must be remembered.

#include <atomic>
#include <chrono>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "mcp/changes.h"
#include "mcp/mailbox.h"
#include "mcp/protocol.h"
#include "mcp/seal.h"

namespace aremko::mcp {

class Exchange;

class Session {
 public:
  /// Questions that wait for this client at a time: a person answers one after the other.
  static constexpr std::size_t most_questions = 8;
  /// Answers that are kept for a client that comes back for them, by number and bytes; the newest is kept in any case.
  static constexpr std::size_t most_streams = 16;
  static constexpr std::size_t most_kept_bytes = 128 * 1024;
  /// Notifications that wait for a client that listens to none now.
  static constexpr std::size_t most_notifications = 100;

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
  /// Whether something runs in it, or somebody reads a stream of it. A request that only waits for the client does not
  /// count: it may have gone.
  bool in_use() const;
  std::atomic<int> readers{0};

  // Questions to the client. The ids are ours, as JSON; none when they would be too many.
  std::vector<std::string> expect(const std::weak_ptr<Exchange>& exchange, const std::vector<std::string>& keys);
  /// What a client's model or a person answers at most; of more the handler hears only that it was too long.
  static constexpr std::size_t longest_answer = 64 * 1024;
  /// False: nobody waits for an answer of that id.
  bool answered(const std::string& id, Object answer);

  // Subscriptions and what is told outside any request. `make` is called once, for the first that needs it.
  std::shared_ptr<Changes::Listener> listener(Changes& changes, Quotas::Share share, const Changes::Listener::Tell& tell);

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
  struct Expected {
    std::weak_ptr<Exchange> exchange;
    std::string key;
  };
  void forget_streams();  // beyond what may be kept; with the lock held
  std::map<std::string, Expected> expected_;  // by the question's id
  std::uint64_t asked_ = 0;
  std::shared_ptr<Changes::Listener> listener_;
  std::map<std::uint64_t, std::shared_ptr<Mailbox>> streams_;
  std::uint64_t last_stream_ = 0;
};

/// While it lives, somebody reads a stream of the session.
class Reading {
 public:
  explicit Reading(std::shared_ptr<Session> session) : session_(std::move(session)) { ++session_->readers; }
  ~Reading() {
    session_->used = std::chrono::steady_clock::now();
    --session_->readers;
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

 private:
  const std::shared_ptr<Session> session_;
};

/// The sessions of a process.
class Sessions {
 public:
  /// Sessions of one key that are remembered: the one that was used least lately makes room. It loses its
  /// subscriptions and kept answers, not its id. Each holds some 200 KB at most.
  static constexpr std::size_t most_of_a_key = 100;
  /// Ended sessions of one key that are known to have ended, 64 bytes each; of more than these the first would be taken
  /// for new ones by who has kept their ids, with nothing remembered.
  static constexpr std::size_t most_ended_of_a_key = 4'096;
  /// A session that nobody used for so long loses what is remembered of it, but not its id.
  static constexpr std::chrono::minutes idle{30};

  explicit Sessions(const Seal& seal) : seal_(&seal) {}

  /// A new session's id. Keeps nothing.
  std::string create(std::string_view version, const Object& capabilities, const operations::Access& access,
                     UnixSeconds now) const;
  struct Found {
    std::shared_ptr<Session> session;  // null: ended, forged, of another key, or older than a week
    bool too_many = false;             // it is good, but all that the key may have are in use
  };
  /// Costs the same however many there are.
  Found find(std::string_view id, const operations::Access& access, UnixSeconds now);
  /// False when there is no such session.
  bool end(std::string_view id, const operations::Access& access, UnixSeconds now);
  /// Those that were idle for too long at `now`; to be called now and then.
  void forget_idle(std::chrono::steady_clock::time_point now);
  void cancel_all();
  std::size_t size() const;

 private:
  using Recent = std::list<std::shared_ptr<Session>>;  // the last used first
  struct Ended {
    UnixSeconds until;  // when its id is good for nothing any more
    std::uint64_t id;   // hash
  };
  struct OfKey {
    Recent recent;
    std::deque<Ended> ended;  // the first ended first
    std::unordered_set<std::uint64_t> ended_ids;
  };
  /// The least lately used one that is not in use; null when all are.
  std::shared_ptr<Session> make_room(OfKey& key);

  const Seal* seal_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, OfKey> keys_;
  std::unordered_map<std::string_view, Recent::iterator> live_;  // by id, which the session holds
};

}  // namespace aremko::mcp
