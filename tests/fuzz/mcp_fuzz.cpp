// Everything of the assistants' door that reads what a stranger sends: header lines, an empty line and a body, as a
// POST; and the body once more as lines of standard input. What comes back must be JSON-RPC.
#include <cstdlib>
#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "mcp/http.h"
#include "mcp/stdio.h"

namespace {

using namespace aremko;
using namespace aremko::mcp;

void require(bool holds) {
  if (!holds) std::abort();
}

Registry offered() {
  Registry out;
  out.lists_change = true;
  const Object schema =
      boost::json::parse(
          R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"n":{"type":"integer","x-mcp-header":"N"}}})")
          .as_object();
  out.add(
      Tool{.name = "say", .input_schema = schema, .cost = Cost::light, .run = [](Call& call) -> Outcome<ToolResult> {
             return text_result(boost::json::serialize(call.arguments()));
           }});
  out.add(
      Tool{.name = "ask", .input_schema = schema, .cost = Cost::light, .run = [](Call& call) -> Outcome<ToolResult> {
             const Object* answer = call.ask("name", elicit("?", {}));
             if (answer == nullptr) return InputRequired{{{"n", 1}}};
             return text_result(sampled_text(*answer) + boost::json::serialize(call.state()));
           }});
  out.add(ResourceTemplate{.uri_template = "a://b/{id}/c",
                           .name = "t",
                           .cost = Cost::light,
                           .read = [](Call& call) -> Outcome<ResourceResult> {
                             return ResourceResult{.contents = {{.uri = std::string(call.uri()),
                                                                 .text = std::string(call.argument("id"))}}};
                           }});
  return out;
}

/// A gate, an engine and a router that live as long as the program.
struct House {
  SystemClock clock;
  operations::Services services;
  Changes changes;
  Registry registry = offered();
  std::unique_ptr<Engine> engine;
  std::unique_ptr<Http> http;
  net::Router router;
  operations::Access access{nullptr, {.key_id = "k", .tenant = "t", .scope = Scope::admin}};

  House() {
    services.clock = &clock;
    engine = std::make_unique<Engine>(registry, services, changes,
                                      EngineOptions{.secret = "fuzz, fuzz, fuzz, fuzz"});
    http = std::make_unique<Http>(
        *engine, Gate{.admit = [this](const net::Request&) -> Result<operations::Access> { return access; },
                      .work_of = {}});
    http->add_routes(router);
  }
};

void check_message(std::string_view text) {
  require(valid_utf8(text) && !text.contains('\n'));
  boost::system::error_code failed;
  const auto tree = boost::json::parse(text, failed);
  require(!failed);
  const auto one = [](const boost::json::value& message) {
    require(message.is_object() && message.at("jsonrpc") == "2.0");
  };
  if (const auto* batch = tree.if_array()) {
    for (const auto& each : *batch) one(each);
  } else {
    one(tree);
  }
}

void as_post(House& house, std::string_view headers, std::string_view body, net::Method method) {
  net::Request request;
  request.method = method;
  request.target = "/mcp";
  request.headers.add("Host", "localhost");
  for (const std::string_view line : split(headers, '\n')) {
    const std::size_t colon = line.find(':');
    const std::string_view value = colon == std::string_view::npos ? "" : trim(line.substr(colon + 1));
    if (colon != std::string_view::npos && valid_utf8(value)) request.headers.add(line.substr(0, colon), value);
  }
  request.body = body;
  if (net::parse_target(request)) return;
  const auto match = house.router.match(request);
  const net::Response response = match.route->handler(request);
  require(response.status >= 200 && response.status < 600);
  if (!response.later && !response.stream && response.content_type == "application/json" &&
      !response.bytes().empty()) {
    check_message(response.bytes());
  }
}

void as_lines(House& house, const std::string& body) {
  std::istringstream in(body);
  std::ostringstream out;
  Stdio(*house.engine, house.access, "es", in, out).run();
  for (const std::string_view line : split(out.view(), '\n')) {
    if (!line.empty()) check_message(line);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static House house;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  const std::size_t gap = bytes.find("\n\n");
  const std::string_view headers = gap == std::string_view::npos ? std::string_view() : bytes.substr(0, gap);
  const std::string_view body = gap == std::string_view::npos ? bytes : bytes.substr(gap + 2);
  constexpr net::Method methods[] = {net::Method::post, net::Method::post, net::Method::get, net::Method::delete_};
  as_post(house, headers, body, methods[data[0] % 4]);
  as_lines(house, std::string(body));
  (void)decoded_header(headers);
  return 0;
}
