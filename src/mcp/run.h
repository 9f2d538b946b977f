#pragma once
// Running a handler once, and what came of it.

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "mcp/protocol.h"

namespace aremko::mcp {

/// A result before the era's own members are put around it.
struct Body {
  std::string members{};  // `"content":[…]`; may be empty
  Object meta{};
  std::optional<Freshness> freshness{};  // ttlMs and cacheScope, in the stateless era
  bool is_error = false;                 // a tool's, told to the model
};

/// What a client must be asked before the handler can go on.
struct Questions {
  struct One {
    std::string key;
    Question question;
  };
  std::vector<One> asked{};
  Object state{};    // the handler's
  Object answers{};  // those it has used so far
};

using Pass = std::variant<Body, RpcError, Questions>;

/// A request that needs its handler.
struct Job {
  std::function<Pass(Call&)> run{};
  Object arguments{};
  std::string uri{};
  Cost cost = Cost::store;
  bool is_tool = false;  // faults are told to the model
  std::string subject{}; // for the log: whom it is about, by number
  std::string about{};   // what a sealed state belongs to: method, name, arguments
  Object answers{};
  Object state{};
  bool first_run = true;
};

Job job_of(const Tool& tool, Object arguments);
Job job_of(const Prompt& prompt, Object arguments);
Job job_of(const Resource& resource, std::string uri, Era era);
Job job_of(const ResourceTemplate& resource_template, Object variables, std::string uri, Era era);
Job job_of(Completer complete, Object settled, std::string value);

/// One run of the handler. Never throws; a Cancelled becomes an error that nobody will read.
class Runner {
 public:
  static Pass run(const Job& job, Call& call);

 private:
  static Pass settle(const Job& job, Call& call, Questions questions);
};

std::string_view method_of(Ask kind);
/// An Error as one sentence, its fields named.
std::string sentence(const Error& error, std::string_view language);
/// `{"sampling": {}}`
Object capability_of(Ask kind);

}  // namespace aremko::mcp
