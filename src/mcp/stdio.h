#pragma once
// The protocol over standard input and output: one message a line, nothing else on the output.

#include <iosfwd>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "mcp/engine.h"

namespace aremko::mcp {

class Stdio {
 public:
  /// `access` is what the one client at the other end may do. The engine must outlive it.
  Stdio(Engine& engine, operations::Access access, std::string language, std::istream& in, std::ostream& out);
  ~Stdio();

  /// Serves until the input ends, then for up to two seconds more what still runs.
  void run();

 private:
  class Lines;
  void take(const boost::json::value& tree);
  void take_request(Message message);
  void serve(Request request);
  void listen(const Request& request, Listening listening);
  void notified(const Message& message);

  Engine* engine_;
  operations::Access access_;
  std::string language_;
  std::istream* in_;
  std::shared_ptr<Lines> out_;
  std::shared_ptr<Session> session_;  // of the older era, from `initialize` on
  std::shared_ptr<Session> running_;  // knows the stateless requests under way, to cancel them
  std::map<std::string, std::shared_ptr<Changes::Listener>> listening_;  // by the request's id
};

}  // namespace aremko::mcp
