#pragma once
// From method and path to a handler. Filled at start, then only read: any thread may match.

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace aremko::net {

/// Called by several threads at once. Throws Outage for what is down; anything else thrown is a fault of ours (500).
using Handler = std::function<Response(const Request&)>;

/// Where a request is worked on. Each class but the first has workers and a queue of its own: none waits for another.
enum class Work : std::uint8_t {
  light,  // on the I/O thread: a read of the snapshot, well under a millisecond, never a lock, file or database
  quick,  // milliseconds of computing
  walk,   // walks everybody or builds what does: up to seconds. Stopped when the client goes
  wait,   // waits for a store, a file, another server
};

/// What a route says of a request by its head alone, before a byte of the body is read.
struct Admission {
  std::optional<Response> refusal{};  // the answer, when there is no going on
  std::shared_ptr<const void> granted{};  // who it is, for a handler that runs at once; others ask again
  std::string caller{};               // whose share of a lane it takes: a key's public part; empty = the peer's network
  std::string tenant{};               // whose share besides, where several are served; empty = nobody's
  std::optional<Work> work{};         // another than the route's: who it is has to be looked up first
  std::size_t max_body = 0;           // bytes, when less than the route's; 0 = the route's
};

struct RouteOptions {
  Work work = Work::light;
  /// Called on the I/O thread, which it must not block.
  std::function<Admission(const Request&)> admit{};
  std::size_t max_body = 0;                // bytes; 0 = the server's default
  std::chrono::milliseconds timeout{0};    // for work on a lane; 0 = the server's default
};

struct Route {
  std::string pattern;
  Handler handler;
  RouteOptions options;
  std::vector<std::pair<std::size_t, std::string>> params;  // which segment is which {name}
};

class Router {
 public:
  /// `pattern` is "/customers/{customer_id}/profile": whole segments, literal or {name}. A literal wins over a
  /// {name}. GET answers HEAD too. Throws std::invalid_argument for a bad or a second equal pattern.
  void add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

  /// Who answers a GET for a path that no route has; without one it is a plain 404.
  void otherwise(Handler handler) { otherwise_ = std::move(handler); }
  const Handler& otherwise() const { return otherwise_; }

  struct Match {
    const Route* route = nullptr;  // null: nothing here for this method
    std::string_view pattern;      // of any route of this path; empty when no path matched (404)
    std::string_view allow;        // "GET, HEAD, OPTIONS": for 405 and OPTIONS
  };
  /// Matches `request.segments`; on a match sets `params` and `pattern`. The result lives as long as the router.
  Match match(Request& request) const;

 private:
  struct Node {
    std::map<std::string, std::size_t, std::less<>> literals;
    std::size_t parameter = 0;  // the node for any segment; 0 = none (the root is nobody's child)
    std::array<std::unique_ptr<Route>, method_count> routes;
    std::string pattern;  // of the first route added
    std::string allow;
  };
  const Node* find(const std::vector<std::string>& segments, std::size_t depth, const Node& from) const;

  Handler otherwise_;
  std::vector<Node> nodes_ = std::vector<Node>(1);
};

}  // namespace aremko::net
