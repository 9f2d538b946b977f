#pragma once
// A server with a few tools that behave as tests need them, for this room's tests.

#include <atomic>
#include <thread>

#include <boost/json/serialize.hpp>

#include "base/clock.h"
#include "base/text.h"
#include "mcp/changes.h"
#include "mcp/http.h"
#include "net/server.h"

namespace aremko::mcp::testing {

inline Object any_object() { return {{"type", "object"}}; }

/// Keys: "reader" and "writer"; nobody else comes in.
inline Result<operations::Access> admit(const net::Request& request) {
  const std::string_view key = request.headers.get("X-API-Key");
  if (key != "reader" && key != "writer")
    return fail(error(Code::unauthorized, "Falta la clave.", "There is no key."));
  return operations::Access{
      nullptr, {.key_id = std::string(key), .tenant = "spa", .scope = key == "writer" ? Scope::write : Scope::read}};
}

class TestServer {
 public:
  explicit TestServer(HttpOptions http_options = {}, std::chrono::milliseconds question_patience = std::chrono::minutes(5)) {
    services.clock = &clock;
    registry.lists_change = true;
    registry.page_size = 2;
    add_tools();
    registry.add(Resource{.uri = "test://note",
                          .name = "note",
                          .description = {"Una nota", "A note"},
                          .mime = "text/plain",
                          .read = [](Call& call) -> Outcome<ResourceResult> {
                            return ResourceResult{
                                .contents = {{.uri = std::string(call.uri()), .mime = "text/plain", .text = "hola"}}};
                          }});
    registry.add(ResourceTemplate{.uri_template = "test://item/{id}",
                                  .name = "item",
                                  .description = {"Una cosa", "A thing"},
                                  .mime = "text/plain",
                                  .read = [](Call&) -> Outcome<ResourceResult> { return ResourceResult{}; },
                                  .exists = [](Call& call) { return parse_int(call.argument("id")).has_value(); }});
    engine = std::make_unique<Engine>(
        registry, services, changes,
        EngineOptions{.secret = "a secret for the tests", .question_patience = question_patience});
    const auto lasting = [this](const net::Request&) { return [this] { return !key_revoked; }; };
    http = std::make_unique<Http>(*engine, Gate{.admit = admit, .work_of = {}, .lasting = lasting}, std::move(http_options));
    net::Router router;
    http->add_routes(router);
    auto started = net::Server::start({.port = 0, .threads = 1}, std::move(router));
    if (!started) throw std::runtime_error(started.error().detail.en);
    server = std::move(*started);
  }
  ~TestServer() {
    server->stop(std::chrono::milliseconds(200));
    engine->stop();
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::uint16_t port() const { return server->port(); }

  FixedClock clock{1'710'428'400};
  operations::Services services;
  Changes changes;
  Registry registry;
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Http> http;
  std::unique_ptr<net::Server> server;
  std::atomic<bool> key_revoked{false};
  std::atomic<int> cancelled{0};
  std::atomic<int> running{0};

 private:
  void add(std::string name, Cost cost, Scope scope, std::function<Outcome<ToolResult>(Call&)> run) {
    registry.add(Tool{.name = std::move(name),
                      .description = {"Una prueba", "A test"},
                      .input_schema = any_object(),
                      .scope = scope,
                      .cost = cost,
                      .run = std::move(run)});
  }
  void add_tools() {
    add("light", Cost::light, Scope::read,
        [](Call&) -> Outcome<ToolResult> { return text_result("light", {R"({"a":1})"}); });
    add("quick", Cost::quick, Scope::read, [](Call&) -> Outcome<ToolResult> { return text_result("quick"); });
    add("heavy", Cost::store, Scope::read, [](Call&) -> Outcome<ToolResult> { return text_result("heavy"); });
    add("writes", Cost::store, Scope::write, [](Call&) -> Outcome<ToolResult> { return text_result("written"); });
    add("refuses", Cost::store, Scope::read, [](Call&) -> Outcome<ToolResult> {
      return fail(invalid_field("months", "Debe ser un número.", "Must be a number."));
    });
    add("breaks", Cost::store, Scope::read,
        [](Call&) -> Outcome<ToolResult> { throw std::runtime_error("broken inside"); });
    add("endless", Cost::store, Scope::read, [this](Call& call) -> Outcome<ToolResult> {
      ++running;
      for (int i = 0; i < 1000 && !call.cancelled(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      if (call.cancelled()) ++cancelled;
      return text_result("ended");
    });
    add("reports", Cost::store, Scope::read, [](Call& call) -> Outcome<ToolResult> {
      call.progress(1, 2, "half");
      call.progress(0.5, 2);  // falls back: not sent
      call.progress(2, 2);
      return text_result("reported");
    });
    add("asks", Cost::store, Scope::read, [](Call& call) -> Outcome<ToolResult> {
      const Object* answer = call.ask("name", elicit("Name?", any_object()));
      if (answer == nullptr) return InputRequired{{{"first", call.first_run()}}};
      return text_result(boost::json::serialize(*answer) + boost::json::serialize(call.state()));
    });
  }
};

}  // namespace aremko::mcp::testing
