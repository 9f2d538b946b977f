#pragma once
// The protocol between the transports and the registry: every method of every revision, none of HTTP or stdio.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>

#include "mcp/changes.h"
#include "mcp/lists.h"
#include "mcp/mailbox.h"
#include "mcp/protocol.h"
#include "mcp/registry.h"
#include "mcp/run.h"
#include "mcp/seal.h"
#include "mcp/session.h"
#include "mcp/watcher.h"
#include "net/lane.h"

namespace aremko::mcp {

struct EngineOptions {
  std::string secret{};  // keys of what is sealed; empty: good for this process alone
  std::shared_ptr<net::Lanes> lanes{};  // shared with other doors; null: of its own
  /// How long a client is waited for that was asked something in the middle of its request (the older era). A person
  /// reads and answers within it; after it the request ends with an error.
  std::chrono::milliseconds question_patience = std::chrono::minutes(5);
  /// Waited for before a handler runs: a process that is still loading. With it every handler runs on a worker, so that
  /// nothing else waits. May be empty.
  std::function<void()> ready{};
};

/// What a request that is not answered at once needs.
struct Listening {  // subscriptions/listen
  Changes::Wanted wanted{};
  Object agreed{};
};
using Step = std::variant<Reply, Job, Listening>;

class Engine {
 public:
  /// All but the options must outlive it.
  Engine(const Registry& registry, operations::Services& services, Changes& changes, EngineOptions options = {});
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Ends what runs, and the lanes; nothing is posted to a connection after it returns.
  void stop();

  const Registry& registry() const { return *registry_; }
  const Lists& lists() const { return lists_; }
  Changes& changes() { return *changes_; }
  Sessions& sessions() { return sessions_; }
  const Quotas& quotas() const { return quotas_; }
  UnixSeconds now() const { return services_->clock->now(); }

  /// What must be done for it. `initialize` answers through start_session() instead.
  Step begin(Request& request);
  /// The answer to `initialize`; `negotiated` is set to the revision.
  Reply initialize(const Request& request, std::string& negotiated) const;
  /// Notifications of the older era, and cancelling.
  void notified(const Message& message, Session* session);

  operations::Context context(const Request& request) const;
  Reply reply(const Request& request, const Job& job, Pass pass) const;
  /// Runs a light job on this thread.
  Reply run_light(const Request& request, const Job& job) const;
  /// Has a worker do it, in the lane of that cost.
  net::Lane::Posted post(const store::Principal& principal, Cost cost, std::function<void()> work);
  /// False when it has begun.
  bool withdraw(Cost cost, std::uint64_t ticket);
  /// Whose share of the workers somebody's work takes.
  net::Caller caller(const store::Principal& principal) const;
  /// Ends the exchange when its client has not answered within the options' patience.
  void begin_waiting(const std::shared_ptr<Exchange>& exchange);
  void end_waiting(const Exchange* exchange);

  /// The listener of a session, whose messages go to its general stream.
  std::shared_ptr<Changes::Listener> listener_of(Session& session, const store::Principal& principal);
  /// Begins a subscription of the stateless era, for as long as its listener is held. Null: its key has too many.
  std::shared_ptr<Changes::Listener> listen(const Request& request, Changes::Wanted wanted, Changes::Listener::Tell tell);
  /// The last message of a subscription that this side ends.
  std::string listening_ended(const Request& request) const;

 private:
  Step call_tool(Request& request);
  Step get_prompt(Request& request);
  Step read_resource(Request& request);
  Step complete(Request& request);
  Step listen(Request& request);
  Step legacy_method(Request& request);
  Reply list(const Request& request) const;
  Reply discover(const Request& request) const;
  Reply wrap(const Request& request, Body body) const;
  Reply ask(const Request& request, const Job& job, Questions questions) const;
  std::optional<RpcError> read_answers(const Request& request, Job& job) const;
  RpcError subscription_fault(const Request& request, std::string_view uri) const;
  Object capabilities() const;
  Object server_info(std::string_view language) const;
  std::string about(const Request& request, const Job& job) const;
  bool can_subscribe(const Request& request, std::string_view uri) const;
  /// New data, questions nobody answered, sessions nobody uses.
  void keep_house(const std::stop_token& stop);
  void end_old_questions();

  const Registry* registry_;
  operations::Services* services_;
  Changes* changes_;
  EngineOptions options_;
  Lists lists_;
  Seal seal_;
  Sessions sessions_;
  std::array<std::string, 2> result_meta_;  // serverInfo as JSON members, Spanish and English
  Quotas quotas_;
  Watcher watcher_;
  struct Asked {
    std::chrono::steady_clock::time_point until;
    std::weak_ptr<Exchange> exchange;
  };
  std::mutex waiting_mutex_;
  std::map<const Exchange*, Asked> waiting_;  // for their clients' answers
  const std::shared_ptr<net::Lanes> lanes_;
  std::jthread housekeeper_;  // last: it uses the others
};

}  // namespace aremko::mcp
