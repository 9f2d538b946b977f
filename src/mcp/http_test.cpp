#include "mcp/http.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mcp/test_server.h"
#include "net/test_client.h"

namespace aremko::mcp {
namespace {

using net::testing::Client;
using net::testing::Reply;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view key = "X-API-Key: reader\r\n";
constexpr std::string_view json_type =
    "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";

boost::json::value parsed(const Reply& reply) { return boost::json::parse(reply.body); }

std::string modern_headers(std::string_view method, std::string_view name = {}) {
  std::string out = fmt::format("{}{}MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: {}\r\n", key, json_type, method);
  if (!name.empty()) out += fmt::format("Mcp-Name: {}\r\n", name);
  return out;
}

std::string modern_body(std::string_view method, Object params = {}, std::string_view capabilities = "{}",
                        std::string_view more_meta = "") {
  const std::string meta = fmt::format(
      R"({{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}{}}})",
      capabilities, more_meta);
  params["_meta"] = boost::json::parse(meta);
  return boost::json::serialize(
      Object{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", std::move(params)}});
}

std::string legacy_body(std::string_view method, const Object& params = {}, int id = 1) {
  return boost::json::serialize(Object{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
}

class HttpTest : public ::testing::Test {
 protected:
  Reply modern(std::string_view method, Object params = {}, std::string_view name = {},
               std::string_view capabilities = "{}", std::string_view more_meta = "") {
    return Client(server.port())
        .request("POST", "/mcp", modern_headers(method, name),
                 modern_body(method, std::move(params), capabilities, more_meta));
  }
  Reply call(std::string_view tool, std::string_view capabilities = "{}", std::string_view more_meta = "") {
    return modern("tools/call", {{"name", tool}}, tool, capabilities, more_meta);
  }
  Reply legacy(std::string_view body, std::string_view headers = {}) {
    return Client(server.port()).request("POST", "/mcp", fmt::format("{}{}{}", key, json_type, headers), body);
  }
  /// A session's header.
  std::string begin(std::string_view capabilities = "{}", std::string_view version = "2025-11-25") {
    const auto reply = legacy(legacy_body("initialize", {{"protocolVersion", version},
                                                         {"capabilities", boost::json::parse(capabilities)},
                                                         {"clientInfo", Object{{"name", "t"}, {"version", "1"}}}}));
    EXPECT_EQ(reply.status, 200) << reply.body;
    return "Mcp-Session-Id: " + reply.header("mcp-session-id") + "\r\n";
  }
  bool soon(const std::function<bool()>& holds) const {
    for (int i = 0; i < 400 && !holds(); ++i) std::this_thread::sleep_for(milliseconds(5));
    return holds();
  }
  /// Reads on until `text` has come, or the stream ends.
  static std::string read_until(Client& client, std::string_view text) {
    std::string out;
    while (!out.contains(text)) {
      const std::string more = client.read_some();
      if (more.empty()) break;
      out += more;
    }
    return out;
  }

  testing::TestServer server{{.hosts = {"test"}, .keep_alive = milliseconds(50), .patience = milliseconds(100)}};
};

TEST_F(HttpTest, AnswersInOneJsonWhereNoStreamIsNeeded) {
  for (const char* tool : {"light", "heavy"}) {
    const auto reply = call(tool);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("content-type"), "application/json");
    const auto result = parsed(reply).at("result");
    EXPECT_EQ(result.at("resultType"), "complete");
    EXPECT_EQ(result.at("content").at(0).at("text"), tool);
    EXPECT_EQ(result.at("_meta").at("io.modelcontextprotocol/serverInfo").at("name"), "aremko-mcp");
  }
  EXPECT_EQ(parsed(call("light")).at("result").at("structuredContent").at("a"), 1);
}

TEST_F(HttpTest, FaultsOfAToolAreForTheModelAndOursAreNot) {
  const auto refused = parsed(call("refuses")).at("result");
  EXPECT_EQ(refused.at("isError"), true);
  EXPECT_THAT(std::string(refused.at("content").at(0).at("text").as_string()),
              HasSubstr("months: Debe ser un número."));
  const auto broken = call("breaks");
  EXPECT_EQ(parsed(broken).at("error").at("code"), rpc_code::internal);
  EXPECT_THAT(broken.body, Not(HasSubstr("broken inside")));
  EXPECT_EQ(parsed(call("nothing")).at("error").at("code"), rpc_code::invalid_params);
}

TEST_F(HttpTest, AKeyIsAskedForAndItsScopeHolds) {
  Client client(server.port());
  const auto nobody = client.request("POST", "/mcp", json_type, legacy_body("ping"));
  EXPECT_EQ(nobody.status, 401);
  EXPECT_THAT(nobody.header("www-authenticate"), HasSubstr("Bearer"));
  const auto refused = call("writes");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.header("www-authenticate"), HasSubstr(R"(error="insufficient_scope", scope="write")"));
  const auto page = modern("tools/list");
  EXPECT_THAT(page.body, Not(HasSubstr("writes")));
}

TEST_F(HttpTest, OtherHostsAndOriginsAreRefused) {
  Client client(server.port());
  const auto with = [&](std::string_view headers) {
    client.send(fmt::format("POST /mcp HTTP/1.1\r\n{}{}{}Content-Length: {}\r\n\r\n{}", headers, key, json_type,
                            legacy_body("ping").size(), legacy_body("ping")));
    return client.read().status;
  };
  EXPECT_EQ(with("Host: localhost:8000\r\n"), 200);
  EXPECT_EQ(with("Host: [::1]\r\nOrigin: http://127.0.0.1:6274\r\n"), 200);
  EXPECT_EQ(with("Host: evil.example.com\r\n"), 403);
  EXPECT_EQ(with("Host: localhost\r\nOrigin: http://evil.example.com\r\n"), 403);
  EXPECT_EQ(with("Host: localhost\r\nOrigin: null\r\n"), 403);
  EXPECT_EQ(with("Host: localhost\r\nOrigin: http://localhost.evil.example.com\r\n"), 403);
}

TEST_F(HttpTest, ProgressComesOnAStreamAndOnlyRises) {
  Client client(server.port());
  const std::string body = modern_body("tools/call", {{"name", "reports"}}, "{}", R"(,"progressToken":"p")");
  client.send(fmt::format("POST /mcp HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: {}\r\n\r\n{}",
                          modern_headers("tools/call", "reports"), body.size(), body));
  const std::string stream = read_until(client, R"("text":"reported")");
  EXPECT_THAT(stream, HasSubstr("Content-Type: text/event-stream"));
  EXPECT_THAT(stream, HasSubstr("X-Accel-Buffering: no"));
  EXPECT_THAT(stream, HasSubstr(R"("progress":1,"total":2,"message":"half")"));
  EXPECT_THAT(stream, Not(HasSubstr("5E-1")));
  EXPECT_LT(stream.find(R"("progress":2)"), stream.find(R"("text":"reported")"));
  EXPECT_EQ(call("reports").header("content-type"), "application/json");  // nobody asked for it
}

TEST_F(HttpTest, AClientThatGoesCancels) {
  for (const milliseconds wait : {milliseconds(30), milliseconds(200)}) {  // before the stream and in it
    const int before = server.cancelled;
    {
      Client client(server.port());
      const std::string body = modern_body("tools/call", {{"name", "endless"}});
      client.send(fmt::format("POST /mcp HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: {}\r\n\r\n{}",
                              modern_headers("tools/call", "endless"), body.size(), body));
      ASSERT_TRUE(soon([&] { return server.running > before; }));
      std::this_thread::sleep_for(wait);
    }
    EXPECT_TRUE(soon([&] { return server.cancelled > before; }));
  }
}

TEST_F(HttpTest, AQuietStreamIsKeptAlive) {
  Client client(server.port());
  const std::string body = modern_body("tools/call", {{"name", "endless"}});
  client.send(fmt::format("POST /mcp HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: {}\r\n\r\n{}",
                          modern_headers("tools/call", "endless"), body.size(), body));
  EXPECT_THAT(read_until(client, ": keep-alive"), HasSubstr("text/event-stream"));
}

TEST_F(HttpTest, TheStatelessEraAsksByItsResult) {
  EXPECT_EQ(call("asks").status, 400);
  EXPECT_EQ(parsed(call("asks")).at("error").at("code"), rpc_code::missing_capability);
  const auto asked = parsed(call("asks", R"({"elicitation":{}})")).at("result");
  EXPECT_EQ(asked.at("resultType"), "input_required");
  EXPECT_EQ(asked.at("inputRequests").at("name").at("method"), "elicitation/create");
  const auto again = [&](std::string_view tool, std::string state, std::string_view as = "reader") {
    const std::string body = modern_body(
        "tools/call",
        {{"name", tool}, {"requestState", state}, {"inputResponses", Object{{"name", Object{{"action", "accept"}}}}}},
        R"({"elicitation":{}})");
    std::string headers = modern_headers("tools/call", tool);
    headers.replace(headers.find("reader"), 6, as);
    return parsed(Client(server.port()).request("POST", "/mcp", headers, body));
  };
  const std::string state(asked.at("requestState").as_string());
  EXPECT_EQ(again("asks", state).at("result").at("content").at(0).at("text"), R"({"action":"accept"}{"first":true})");
  EXPECT_EQ(again("asks", state + "x").at("error").at("code"), rpc_code::invalid_params);
  EXPECT_EQ(again("asks", state, "writer").at("error").at("code"), rpc_code::invalid_params);  // another's
  EXPECT_EQ(again("heavy", state).at("error").at("code"), rpc_code::invalid_params);           // another request's
  server.clock.set(server.clock.now() + 3601);
  EXPECT_EQ(again("asks", state).at("error").at("code"), rpc_code::invalid_params);  // too late
}

TEST_F(HttpTest, TheOlderEraAsksInTheMiddleOfTheRequest) {
  const std::string session = begin(R"({"elicitation":{}})");
  Client client(server.port());
  const std::string body = legacy_body("tools/call", {{"name", "asks"}}, 7);
  client.send(fmt::format("POST /mcp HTTP/1.1\r\nHost: localhost\r\n{}{}{}Content-Length: {}\r\n\r\n{}", key,
                          json_type, session, body.size(), body));
  EXPECT_THAT(read_until(client, "elicitation/create"), HasSubstr(R"("id":1,"method":"elicitation/create")"));
  EXPECT_EQ(legacy(R"({"jsonrpc":"2.0","id":1,"result":{"action":"decline"}})", session).status, 202);
  EXPECT_THAT(read_until(client, "\"id\":7"), HasSubstr(R"({\"action\":\"decline\"})"));
}

TEST_F(HttpTest, WithoutASessionTheOlderEraCannotAsk) {
  const auto reply = parsed(legacy(legacy_body("tools/call", {{"name", "asks"}})));
  EXPECT_EQ(reply.at("result").at("isError"), true);
}

TEST_F(HttpTest, ASessionOutlivesARestartAndEndsWhenItIsEnded) {
  const std::string session = begin();
  testing::TestServer restarted({.hosts = {"test"}});
  Client other(restarted.port());
  const std::string headers = fmt::format("{}{}{}", key, json_type, session);
  EXPECT_EQ(other.request("POST", "/mcp", headers, legacy_body("ping")).status, 200);
  EXPECT_EQ(
      other.request("POST", "/mcp", "X-API-Key: writer\r\n" + std::string(json_type) + session, legacy_body("ping"))
          .status,
      404);
  EXPECT_EQ(legacy(legacy_body("ping"), "Mcp-Session-Id: made-up\r\n").status, 404);
  EXPECT_EQ(other.request("DELETE", "/mcp", headers).status, 204);
  EXPECT_EQ(other.request("POST", "/mcp", headers, legacy_body("ping")).status, 404);
  EXPECT_EQ(other.request("DELETE", "/mcp", headers).status, 404);
}

TEST_F(HttpTest, AnOldClientsRequestIsCancelledByItsNotificationAlone) {
  const std::string session = begin();
  {
    Client client(server.port());
    const std::string body = legacy_body("tools/call", {{"name", "endless"}}, 9);
    client.send(fmt::format("POST /mcp HTTP/1.1\r\nHost: localhost\r\n{}{}{}Content-Length: {}\r\n\r\n{}", key,
                            json_type, session, body.size(), body));
    ASSERT_TRUE(soon([&] { return server.running > 0; }));
  }
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(server.cancelled, 0);  // it may come back for the answer
  legacy(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":9}})", session);
  EXPECT_TRUE(soon([&] { return server.cancelled == 1; }));
}

TEST_F(HttpTest, SubscribersHearWhatTheyAskedFor) {
  Client client(server.port());
  const std::string body = modern_body(
      "subscriptions/listen",
      {{"notifications", Object{{"toolsListChanged", true},
                                {"resourceSubscriptions", boost::json::array{"test://note", "test://no"}}}}});
  client.send(fmt::format("POST /mcp HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: {}\r\n\r\n{}",
                          modern_headers("subscriptions/listen"), body.size(), body));
  const std::string first = read_until(client, "acknowledged");
  EXPECT_THAT(first, HasSubstr(R"("resourceSubscriptions":["test://note"])"));
  server.changes.list_changed(Changes::List::prompts);
  server.changes.resource_updated("spa", "test://note");
  const std::string next = read_until(client, "resources/updated");
  EXPECT_THAT(next, HasSubstr(R"("_meta":{"io.modelcontextprotocol/subscriptionId":1})"));
  EXPECT_THAT(next, Not(HasSubstr("prompts")));
  std::thread stopping([&] { server.server->stop(milliseconds(1000)); });
  EXPECT_THAT(read_until(client, "\"id\":1"), HasSubstr(R"("resultType":"complete")"));
  stopping.join();
}

TEST_F(HttpTest, ListsComeInPages) {
  std::set<std::string> names;
  std::string cursor;
  do {
    const auto page =
        parsed(modern("tools/list", cursor.empty() ? Object{} : Object{{"cursor", cursor}})).at("result").as_object();
    for (const auto& tool : page.at("tools").as_array())
      EXPECT_TRUE(names.insert(std::string(tool.at("name").as_string())).second);
    EXPECT_LE(page.at("tools").as_array().size(), 2U);
    EXPECT_EQ(page.at("cacheScope"), "private");
    cursor = page.contains("nextCursor") ? std::string(page.at("nextCursor").as_string()) : std::string();
  } while (!cursor.empty());
  EXPECT_EQ(names.size(), 8U);  // all but the one that writes
  for (const char* wrong : {"x", "cDk5", "%%%"}) {
    EXPECT_EQ(parsed(modern("tools/list", {{"cursor", wrong}})).at("error").at("code"), rpc_code::invalid_params);
  }
}

TEST_F(HttpTest, SeveralMessagesAtOnceAreForTheRevisionThatHadThem) {
  const std::string batch =
      "[" + legacy_body("ping", {}, 1) + "," + legacy_body("tools/call", {{"name", "heavy"}}, 2) + ",{},7]";
  const auto reply = legacy(batch, "MCP-Protocol-Version: 2025-03-26\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(parsed(reply).as_array().size(), 4U);
  EXPECT_EQ(legacy(batch, "MCP-Protocol-Version: 2025-06-18\r\n").status, 400);
  EXPECT_EQ(legacy("[]").status, 400);
  EXPECT_EQ(legacy(R"([{"jsonrpc":"2.0","method":"notifications/initialized"}])").status, 202);
}

TEST_F(HttpTest, WhatIsNotOursIsRefusedWithItsStatus) {
  EXPECT_EQ(legacy("{").status, 400);
  EXPECT_EQ(legacy("7").status, 400);
  EXPECT_EQ(legacy(legacy_body("ping"), "MCP-Protocol-Version: 1999-01-01\r\n").status, 400);
  EXPECT_EQ(parsed(legacy(legacy_body("nothing"))).at("error").at("code"), rpc_code::method_not_found);
  EXPECT_EQ(modern("ping").status, 404);
  Client client(server.port());
  EXPECT_EQ(
      client.request("POST", "/mcp", std::string(key) + "Content-Type: text/plain\r\n", legacy_body("ping")).status,
      415);
  EXPECT_EQ(client.request("POST", "/mcp", std::string(key) + "Accept: text/html\r\n", legacy_body("ping")).status,
            406);
  EXPECT_EQ(client.request("GET", "/mcp", key).status, 405);
  EXPECT_EQ(client.request("DELETE", "/mcp", key).status, 405);
}

TEST_F(HttpTest, AVersionIsNegotiated) {
  const auto asked = [&](std::string_view version) {
    return std::string(
        parsed(legacy(legacy_body("initialize", {{"protocolVersion", version}, {"capabilities", Object{}}})))
            .at("result")
            .at("protocolVersion")
            .as_string());
  };
  for (const std::string_view version : legacy_versions) EXPECT_EQ(asked(version), version);
  EXPECT_EQ(asked("2026-07-28"), "2025-11-25");
  EXPECT_EQ(asked("1999-01-01"), "2025-11-25");
}

}  // namespace
}  // namespace aremko::mcp
