#pragma once
// Streamable HTTP: one endpoint for every revision of the protocol.

#include <functional>
#include <string>
#include <vector>

#include "mcp/engine.h"
#include "mcp/http_answer.h"
#include "net/router.h"
#include "operations/access.h"

namespace aremko::mcp {

/// Who may come in.
struct Gate {
  /// `unauthorized` or `forbidden` for whom it does not know. Takes as long as work_of() says: nothing where it is empty.
  std::function<Result<operations::Access>(const net::Request&)> admit;
  std::function<std::optional<net::Work>(const net::Request&)> work_of;
  /// For an answer that goes on: whether who was let in with this request still would be. Asked before every event, so
  /// it is quick and never blocks. May be empty, and so may what it returns: for good.
  std::function<std::function<bool()>(const net::Request&)> lasting{};
  /// Parameters of a Bearer challenge, such as `resource_metadata="https://…"`; may be empty.
  std::string challenge{};
};

struct HttpOptions {
  /// Names of this server beside localhost, without port. A request for another Host is refused, as is one that a
  /// page of another origin sends. `any_host` takes every Host (the key is asked for anyway), but no foreign Origin.
  std::vector<std::string> hosts{};
  bool any_host = false;
  std::chrono::milliseconds keep_alive{15'000};  // between two comments on an idle stream
  std::chrono::milliseconds look{2'000};         // at whether the key or token of an idle stream is still good
  std::chrono::milliseconds patience{5'000};     // an answer that takes longer becomes a stream, with its comments
};

class Http {
 public:
  /// All but the options must outlive the router's server.
  Http(Engine& engine, Gate gate, HttpOptions options = {});

  /// POST, GET and DELETE at `path`.
  void add_routes(net::Router& router, std::string_view path = "/mcp");

 private:
  struct Incoming;
  net::Response post(const net::Request& request);
  net::Response get(const net::Request& request);
  net::Response end_session(const net::Request& request);

  net::Admission admission(const net::Request& request) const;
  std::optional<net::Response> refuse_origin(const net::Request& request) const;
  std::optional<net::Response> admit(const net::Request& request, operations::Access& access) const;
  bool known_host(std::string_view authority) const;
  net::Response take(Incoming incoming);
  net::Response take_modern(Incoming incoming);
  net::Response take_legacy(Incoming incoming);
  net::Response take_batch(const net::Request& request, const boost::json::array& messages,
                           operations::Access access);
  net::Response initialize(Incoming incoming);
  net::Response serve(Incoming& incoming);
  net::Response listen(const net::Request& http, const Request& request, Listening listening);
  EventForm form(const net::Request& request, std::string_view request_id) const;
  net::Response respond(const Reply& reply) const;

  Engine* engine_;
  Gate gate_;
  HttpOptions options_;
};

}  // namespace aremko::mcp
