#pragma once
// One request, as the handler that answers it sees it.

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "base/progress.h"
#include "mcp/content.h"
#include "operations/context.h"

namespace aremko::mcp {

enum class Era { legacy, modern };  // initialize and sessions (to 2025-11-25); stateless (2026-07-28)

enum class LogLevel { debug, info, notice, warning, error, critical, alert, emergency };

/// Where what happens while a handler runs goes; the transports implement it. Called by one thread at a time.
class Outlet {
 public:
  virtual ~Outlet() = default;
  virtual void progress(double done, double total, std::string_view message) = 0;
  virtual void log(LogLevel level, std::string_view logger, const boost::json::value& data) = 0;
  /// Closes the stream of this answer after what was said so far; a client that resumes gets the rest. Where that
  /// cannot be (stdio, the stateless era, no session) it does nothing.
  virtual void close_stream() {}
};

/// For a handler that nobody listens to before it has ended.
class Unheard final : public Outlet {
  void progress(double, double, std::string_view) override {}
  void log(LogLevel, std::string_view, const boost::json::value&) override {}
};

/// What is known of the client of this request.
struct Client {
  Era era = Era::modern;
  std::string version{};  // the protocol revision, "2025-11-25"
  Object capabilities{};  // as the client declared them
  bool can_ask = true;    // false: an old client without a session to ask it over
};

class Call {
 public:
  Call(operations::Context context, Object arguments, const Client& client, Outlet& outlet, std::stop_token stop);

  /// Who asks, which tenant, the snapshot taken at the start. `has_tenant()` may be false in tests alone.
  operations::Context& context() { return context_; }
  std::string_view language() const { return context_.language(); }  // "es" or "en"

  /// A tool's arguments, a prompt's, or a template's variables (decoded texts). Not yet checked.
  const Object& arguments() const { return arguments_; }
  /// The text of a prompt's or template's argument; empty when not given.
  std::string_view argument(std::string_view name) const;
  /// What was asked for: the URI of a resource. Empty elsewhere.
  std::string_view uri() const { return uri_; }

  Era era() const { return client_->era; }
  const Object& client_capabilities() const { return client_->capabilities; }
  /// Whether the client takes such a question. Asking in spite of a false is answered for us: the request is refused
  /// with "missing client capability" (an error result in the older era).
  bool can(Ask kind) const;
  /// Whether the client declared an extension, such as "io.modelcontextprotocol/ui".
  bool has_extension(std::string_view name) const;

  /// The client's answer to the question of that key; null until it has come, and then the handler returns
  /// InputRequired. Several may be asked at once. The same keys must be asked again in every run. Answers are checked
  /// for their form alone: what an elicitation's `action` and `content` hold is the handler's to check. A client that
  /// refused to answer gives {"error": {…}}.
  const Object* ask(std::string_view key, Question question);
  /// What the last InputRequired held; empty in the first run.
  const Object& state() const { return state_; }
  bool first_run() const { return first_run_; }

  /// `done` must rise from call to call; `total` 0: not known. Nothing is sent to a client that did not ask for it.
  void progress(double done, double total = 0, std::string_view message = {}) {
    outlet_->progress(done, total, message);
  }
  /// Nothing about persons, and nothing is sent unless the client asked for that level.
  void log(LogLevel level, std::string_view logger, const boost::json::value& data) {
    outlet_->log(level, logger, data);
  }
  void close_stream() { outlet_->close_stream(); }

  /// The client went away or cancelled. Long work looks at it now and then, or takes watch() and may throw Cancelled.
  bool cancelled() const { return stop_.stop_requested(); }
  const std::stop_token& stop() const { return stop_; }
  /// For long operations: its report becomes progress, its stop this call's.
  Watch watch();

 private:
  friend class Runner;
  struct Asked {
    std::string key;
    Question question;
  };

  operations::Context context_;
  Object arguments_;
  std::string uri_;
  const Client* client_;
  Outlet* outlet_;
  std::stop_token stop_;
  Object answers_;  // by key: what has come so far
  Object state_;
  bool first_run_ = true;
  std::vector<Asked> asked_;       // in this run, without an answer
  std::vector<std::string> used_;  // the keys whose answers were taken in this run
};

}  // namespace aremko::mcp
