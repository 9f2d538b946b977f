// What a key can make the server hold and do.
#include <atomic>
#include <thread>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assistants/product.h"
#include "mcp/test_server.h"
#include "mcp/watcher.h"
#include "net/test_client.h"
#include "operations/test_house.h"

namespace aremko::assistants {
using namespace mcp;

namespace {

using net::testing::Client;
using net::testing::Reply;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Added = Changes::Listener::Added;

constexpr UnixSeconds now = 1'710'428'400;

store::Principal principal(std::string key) { return {.key_id = std::move(key), .tenant = "spa", .scope = Scope::read}; }
operations::Access access(std::string key) { return {nullptr, principal(std::move(key))}; }

TEST(Quotas, OneKeysShareIsNotAnothers) {
  const Quotas quotas;
  auto mine = quotas.share(principal("a"), Quotas::Kind::questions);
  EXPECT_TRUE(mine.take(Quotas::most_questions));
  EXPECT_FALSE(mine.take());
  EXPECT_TRUE(quotas.share(principal("b"), Quotas::Kind::questions).take());
  EXPECT_TRUE(quotas.share(principal("a"), Quotas::Kind::streams).take());
  {
    auto moved = std::move(mine);
    EXPECT_FALSE(mine.take());  // nobody's
    moved.give(2);
    EXPECT_EQ(quotas.taken(principal("a"), Quotas::Kind::questions), Quotas::most_questions - 2);
  }
  EXPECT_EQ(quotas.taken(principal("a"), Quotas::Kind::questions), 0U);
}

TEST(Changes, TellsWhoWantsItAndForgetsWhoWent) {
  Changes changes;
  const Quotas quotas;
  std::vector<std::string> told;
  const auto listen = [&](std::string name, std::string tenant, std::set<std::string, std::less<>> uris) {
    return changes.listen(
        std::move(tenant), {.uris = std::move(uris)},
        [&told, name](std::string_view, const boost::json::object& params) {
          told.push_back(name + " " + std::string(params.at("uri").as_string()));
        },
        quotas.share(principal("k"), Quotas::Kind::subscriptions));
  };
  auto one = listen("one", "spa", {"a", "b"});
  auto two = listen("two", "spa", {"b"});
  const auto other = listen("other", "laguna", {"b"});
  changes.resource_updated("spa", "b");
  EXPECT_THAT(told, ::testing::UnorderedElementsAre("one b", "two b"));
  EXPECT_THAT(changes.wanted("spa"), ElementsAre("a", "b"));
  told.clear();
  one->leave("b");
  EXPECT_EQ(one->want("c"), Added::added);
  EXPECT_EQ(one->want("c"), Added::had);
  two.reset();
  changes.resource_updated("", "b");
  EXPECT_THAT(told, ElementsAre("other b"));
  EXPECT_EQ(quotas.taken(principal("k"), Quotas::Kind::subscriptions), 3U);
  one.reset();
  EXPECT_THAT(changes.wanted("spa"), ElementsAre());
  EXPECT_EQ(quotas.taken(principal("k"), Quotas::Kind::subscriptions), 1U);
}

TEST(Changes, AreBoundedByListenerAndByKey) {
  Changes changes;
  const Quotas quotas;
  const auto nobody = [](std::string_view, const boost::json::object&) {};
  const auto share = [&](std::string key) { return quotas.share(principal(std::move(key)), Quotas::Kind::subscriptions); };
  std::vector<std::shared_ptr<Changes::Listener>> listeners;
  for (std::size_t l = 0; l < Quotas::most_subscriptions / Changes::most_uris; ++l) {
    listeners.push_back(changes.listen("spa", {}, nobody, share("k")));
    for (std::size_t i = 0; i < Changes::most_uris; ++i) ASSERT_EQ(listeners.back()->want(std::to_string(i)), Added::added);
    EXPECT_EQ(listeners.back()->want("more"), Added::too_many);
  }
  const auto last = changes.listen("spa", {}, nobody, share("k"));
  EXPECT_EQ(last->want("0"), Added::too_many);
  EXPECT_EQ(changes.listen("spa", {.uris = {"0"}}, nobody, share("k")), nullptr);
  EXPECT_NE(changes.listen("spa", {.uris = {"0"}}, nobody, share("another")), nullptr);
  listeners.pop_back();
  EXPECT_EQ(last->want("0"), Added::added);
}

// Forty listeners of a thousand URIs each, and a change of each of them: by the square it took minutes.
TEST(Changes, CostWhatTheyReach) {
  Changes changes;
  const Quotas quotas;
  std::size_t told = 0;
  std::vector<std::shared_ptr<Changes::Listener>> listeners;
  for (int l = 0; l < 40; ++l) {
    Changes::Wanted wanted;
    for (int i = 0; i < 1'000; ++i) wanted.uris.insert(fmt::format("aremko://customers/{}", l * 1'000 + i));
    listeners.push_back(changes.listen(
        "spa", std::move(wanted), [&](std::string_view, const boost::json::object&) { ++told; },
        quotas.share(principal(std::to_string(l)), Quotas::Kind::subscriptions)));
  }
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 40'000; ++i) changes.resource_updated("spa", fmt::format("aremko://customers/{}", i));
  EXPECT_EQ(told, 40'000U);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));  // some 20 ms
}

// To be run under AddressSanitizer and ThreadSanitizer too: listeners come, subscribe and go while they are told.
TEST(Changes, ListenersComeAndGoWhileTheyAreTold) {
  Changes changes;
  const Quotas quotas;
  std::atomic<bool> over{false};
  std::atomic<std::size_t> told{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 3'000 || told < 100; ++i) {
        const auto listener = changes.listen(
            "spa", {.tools = true, .uris = {"a"}}, [&](std::string_view, const boost::json::object&) { ++told; },
            quotas.share(principal("k"), Quotas::Kind::subscriptions));
        for (const char* uri : {"b", "c", "a"}) listener->want(uri);
        listener->leave("a");
      }
      over = true;
    });
  }
  while (!over) {
    for (const char* uri : {"a", "b", "c"}) changes.resource_updated("spa", uri);
    changes.list_changed(Changes::List::tools);
    changes.wanted("spa");
  }
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(changes.wanted("spa").empty());
  EXPECT_EQ(quotas.taken(principal("k"), Quotas::Kind::subscriptions), 0U);
  EXPECT_GT(told, 0U);
}

class SessionsTest : public ::testing::Test {
 protected:
  std::string begin(const std::string& key = "a") { return sessions.create("2025-11-25", {}, access(key), now); }
  std::shared_ptr<Session> find(const std::string& id, const std::string& key = "a") {
    return sessions.find(id, access(key), now).session;
  }
  const Seal seal{"a secret for the tests"};
  Sessions sessions{seal};
};

TEST_F(SessionsTest, TheLeastLatelyUsedMakesRoom) {
  const std::string first = begin(), second = begin();
  const Session* remembered = find(first).get();
  const std::weak_ptr<Session> forgotten = find(second);
  for (std::size_t i = 0; i + 2 < Sessions::most_of_a_key; ++i) find(begin());
  find(first);
  find(begin("b"), "b");  // another key's takes no place of this one's
  EXPECT_FALSE(forgotten.expired());
  for (int i = 0; i < 20; ++i) find(begin());
  EXPECT_TRUE(forgotten.expired());
  EXPECT_EQ(find(first).get(), remembered);
  EXPECT_NE(find(second), nullptr);  // its id is as good as ever
  for (int i = 0; i < 20'000; ++i) find(begin());
  EXPECT_EQ(sessions.size(), Sessions::most_of_a_key + 1);
}

TEST_F(SessionsTest, WhatIsReadIsNotForgotten) {
  std::vector<std::shared_ptr<Reading>> readings;
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < Sessions::most_of_a_key; ++i) {
    ids.push_back(begin());
    readings.push_back(std::make_shared<Reading>(find(ids.back())));
  }
  EXPECT_TRUE(sessions.find(begin(), access("a"), now).too_many);
  EXPECT_FALSE(sessions.find("forged", access("a"), now).too_many);
  EXPECT_NE(find(ids.front()), nullptr);
  sessions.forget_idle(std::chrono::steady_clock::now() + std::chrono::hours(1));
  EXPECT_EQ(sessions.size(), Sessions::most_of_a_key);
  readings.clear();
  EXPECT_NE(find(begin()), nullptr);
  sessions.forget_idle(std::chrono::steady_clock::now() + Sessions::idle - std::chrono::minutes(1));
  EXPECT_EQ(sessions.size(), Sessions::most_of_a_key);
  sessions.forget_idle(std::chrono::steady_clock::now() + Sessions::idle + std::chrono::minutes(1));
  EXPECT_EQ(sessions.size(), 0U);
}

TEST_F(SessionsTest, EndedOnesAreKnownInABoundedNumber) {
  const std::string first = begin();
  EXPECT_TRUE(sessions.end(first, access("a"), now));
  EXPECT_FALSE(sessions.end(first, access("a"), now));
  std::string last;
  for (std::size_t i = 0; i < Sessions::most_ended_of_a_key; ++i) {
    last = begin();
    ASSERT_TRUE(sessions.end(last, access("a"), now));
  }
  EXPECT_EQ(find(last), nullptr);
  EXPECT_NE(find(first), nullptr);  // the first is forgotten
  EXPECT_EQ(sessions.size(), 1U);
}

TEST(Watcher, TellsOnlyWhatIsOtherwiseInTheNewSnapshot) {
  operations::testing::House house;
  const Registry registry = product(house.services());
  Changes changes;
  const Quotas quotas;
  std::vector<std::string> told;
  const std::set<std::string, std::less<>> uris{"aremko://customers/123", "aremko://customers/124", "aremko://segments/Loyal", "aremko://definitions",
                                                "aremko://data-health"};
  const auto listener = changes.listen(
      "aremko", {.uris = uris},
      [&](std::string_view, const boost::json::object& params) { told.emplace_back(params.at("uri").as_string()); },
      quotas.share(principal("k"), Quotas::Kind::subscriptions));
  Watcher watcher(registry, house.services(), changes);
  for (const std::string& uri : uris) watcher.begin(house.tenant(), uri);
  watcher.look_once({});
  watcher.look_once({});
  EXPECT_THAT(told, ElementsAre());
  house.publish("aremko");  // the same people
  watcher.look_once({});
  EXPECT_THAT(told, ElementsAre("aremko://data-health"));  // it speaks of the snapshot itself
  told.clear();
  house.clock().set(house.clock().now() + 300 * 24 * 3600);
  watcher.look_once({});
  EXPECT_THAT(told, ElementsAre());  // nothing is looked at between two snapshots
  house.publish("aremko");
  watcher.look_once({});
  EXPECT_THAT(told, ::testing::IsSupersetOf({"aremko://customers/123", "aremko://customers/124"}));
  EXPECT_THAT(told, Not(::testing::Contains("aremko://definitions")));
  // What was subscribed to before a change and not looked at before it is told of.
  told.clear();
  listener->want("aremko://customers/900");
  watcher.begin(house.tenant(), "aremko://customers/900");
  house.publish("aremko");
  watcher.look_once({});
  EXPECT_THAT(told, ::testing::UnorderedElementsAre("aremko://customers/900", "aremko://data-health"));
}

constexpr std::string_view key = "X-API-Key: reader\r\n";
constexpr std::string_view json_type = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";

class BudgetsTest : public ::testing::Test {
 protected:
  Reply post(std::string_view method, const Object& params, std::string_view headers = {}) {
    const std::string body = boost::json::serialize(Object{{"jsonrpc", "2.0"}, {"id", 1}, {"method", method}, {"params", params}});
    return Client(server.port()).request("POST", "/mcp", fmt::format("{}{}{}", key, json_type, headers), body);
  }
  std::string begin(std::string_view capabilities = "{}") {
    const auto reply = post("initialize", {{"protocolVersion", "2025-11-25"}, {"capabilities", boost::json::parse(capabilities)}});
    return "Mcp-Session-Id: " + reply.header("mcp-session-id") + "\r\n";
  }
  /// A connection on which something goes on.
  std::unique_ptr<Client> open(std::string_view method, std::string_view headers, std::string_view body) {
    auto client = std::make_unique<Client>(server.port());
    client->send(fmt::format("{} /mcp HTTP/1.1\r\nHost: localhost\r\n{}{}{}Content-Length: {}\r\n\r\n{}", method, key,
                             method == "GET" ? "Accept: text/event-stream\r\n" : json_type, headers, body.size(), body));
    return client;
  }
  std::unique_ptr<Client> listen(const boost::json::array& uris) {
    const std::string body = boost::json::serialize(Object{
        {"jsonrpc", "2.0"},
        {"id", 1},
        {"method", "subscriptions/listen"},
        {"params",
         Object{{"_meta", Object{{"io.modelcontextprotocol/protocolVersion", "2026-07-28"}, {"io.modelcontextprotocol/clientCapabilities", Object{}}}},
                {"notifications", Object{{"resourceSubscriptions", uris}}}}}});
    return open("POST", "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: subscriptions/listen\r\n", body);
  }
  static std::string read_until(Client& client, std::string_view text) {
    std::string out;
    while (!out.contains(text)) {
      const std::string more = client.read_some();
      if (more.empty()) break;
      out += more;
    }
    return out;
  }
  std::size_t taken(Quotas::Kind kind) const { return server.engine->quotas().taken(principal("reader"), kind); }
  bool soon(const std::function<bool()>& holds) const {
    for (int i = 0; i < 600 && !holds(); ++i) std::this_thread::sleep_for(milliseconds(5));
    return holds();
  }

  testing::TestServer server{{.hosts = {"test"}, .keep_alive = milliseconds(50), .look = milliseconds(20)}, milliseconds(300)};
};

TEST_F(BudgetsTest, OnlyWhatIsThereIsSubscribedTo) {
  const std::string session = begin();
  const auto subscribe = [&](std::string_view uri, std::string_view more = {}) {
    return boost::json::parse(post("resources/subscribe", {{"uri", uri}}, session + std::string(more)).body);
  };
  EXPECT_TRUE(subscribe("test://note").as_object().contains("result"));
  EXPECT_TRUE(subscribe("test://item/7").as_object().contains("result"));
  EXPECT_EQ(subscribe("test://item/none").at("error").at("code"), rpc_code::resource_not_found);
  EXPECT_EQ(subscribe("test://nothing").at("error").at("code"), rpc_code::resource_not_found);
  const std::string longest = "test://item/" + std::string(Changes::longest_uri, '0');
  EXPECT_EQ(subscribe(longest).at("error").at("code"), rpc_code::invalid_params);
  EXPECT_EQ(subscribe(longest).at("error").at("message"), "Una URI a la que se suscribe tiene a lo más 200 bytes.");
  EXPECT_EQ(subscribe(longest, "Accept-Language: en\r\n").at("error").at("message"), "A URI that is subscribed to has at most 200 bytes.");
  EXPECT_EQ(taken(Quotas::Kind::subscriptions), 2U);
  auto stream = listen({"test://item/7", "test://item/7", "test://item/none", longest});
  EXPECT_THAT(read_until(*stream, "acknowledged"), HasSubstr(R"("resourceSubscriptions":["test://item/7"])"));
  EXPECT_EQ(taken(Quotas::Kind::subscriptions), 3U);
  stream.reset();
  EXPECT_TRUE(soon([&] { return taken(Quotas::Kind::subscriptions) == 2; }));
  EXPECT_EQ(post("resources/unsubscribe", {{"uri", "test://item/7"}}, session).status, 200);
  EXPECT_EQ(taken(Quotas::Kind::subscriptions), 1U);
}

TEST_F(BudgetsTest, SubscriptionsOfAKeyAreBoundedInBothEras) {
  boost::json::array uris;
  for (std::size_t i = 0; i < Changes::most_uris; ++i) uris.emplace_back(fmt::format("test://item/{}", i));
  std::vector<std::unique_ptr<Client>> streams;
  for (std::size_t i = 0; i < Quotas::most_subscriptions / Changes::most_uris; ++i) {
    streams.push_back(listen(uris));
    EXPECT_THAT(read_until(*streams.back(), "acknowledged"), HasSubstr("200 OK"));
  }
  const auto refused = listen({"test://item/1"})->read();
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_THAT(refused.body, HasSubstr("Hay demasiadas suscripciones: caben 1000 por sesión o escucha y 2000 por clave."));
  const std::string session = begin();
  const auto old = boost::json::parse(post("resources/subscribe", {{"uri", "test://item/1"}}, session + "Accept-Language: en\r\n").body);
  EXPECT_EQ(old.at("error").at("code"), rpc_code::too_much);
  EXPECT_THAT(std::string(old.at("error").at("message").as_string()), HasSubstr("There are too many subscriptions"));
  uris.emplace_back("test://item/x");
  EXPECT_EQ(listen(uris)->read().status, 429);
}

TEST_F(BudgetsTest, StreamsOfAKeyAreBounded) {
  const std::string session = begin();
  std::vector<std::unique_ptr<Client>> streams;
  for (std::size_t i = 0; i < Quotas::most_streams; ++i) {
    streams.push_back(listen({}));
    read_until(*streams.back(), "acknowledged");
  }
  EXPECT_EQ(open("GET", session, {})->read().status, 429);
  EXPECT_EQ(listen({})->read().status, 429);
  streams.pop_back();
  EXPECT_TRUE(soon([&] { return taken(Quotas::Kind::streams) < Quotas::most_streams; }));
  EXPECT_THAT(read_until(*open("GET", session, {}), "\r\n\r\n"), HasSubstr("200 OK"));
}

TEST_F(BudgetsTest, HeadTakesNobodysStream) {
  const std::string session = begin();
  const auto reader = open("GET", session, {});
  read_until(*reader, ": ");
  const auto head = Client(server.port()).request("HEAD", "/mcp", std::string(key) + session);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-type"), "text/event-stream");
  EXPECT_EQ(post("resources/subscribe", {{"uri", "test://note"}}, session).status, 200);
  server.changes.resource_updated("spa", "test://note");
  EXPECT_THAT(read_until(*reader, "test://note"), HasSubstr("notifications/resources/updated"));
}

TEST_F(BudgetsTest, StreamsEndWithTheirKey) {
  const std::string session = begin();
  EXPECT_EQ(post("resources/subscribe", {{"uri", "test://note"}}, session).status, 200);
  const auto general = open("GET", session, {});
  const auto listening = listen({"test://note"});
  read_until(*general, ": ");
  read_until(*listening, "acknowledged");
  server.key_revoked = true;
  server.changes.resource_updated("spa", "test://note");
  const std::string heard = read_until(*listening, "\r\n0\r\n\r\n");
  EXPECT_THAT(heard, HasSubstr(R"("id":1,"error":{"code":-32600,"message":"La clave o el token ya no sirve.","data":{"status":401}})"));
  EXPECT_THAT(heard, Not(HasSubstr("test://note")));
  EXPECT_THAT(read_until(*general, "\r\n0\r\n\r\n"), Not(HasSubstr("test://note")));
  EXPECT_TRUE(soon([&] { return taken(Quotas::Kind::streams) == 0; }));
}

TEST_F(BudgetsTest, AQuestionNobodyAnswersEnds) {
  const std::string session = begin(R"({"elicitation":{}})");
  const std::string body = R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"asks","_meta":{"pad":")" + std::string(100'000, 'x') + "\"}}}";
  const auto stays = open("POST", session, body);
  read_until(*stays, "elicitation/create");
  EXPECT_EQ(taken(Quotas::Kind::questions), 1U);
  EXPECT_THAT(read_until(*stays, "\"id\":7"), HasSubstr("La pregunta quedó sin respuesta demasiado tiempo"));
  EXPECT_EQ(taken(Quotas::Kind::questions), 0U);
  // One whose client went ends too, and so its session can be forgotten.
  auto goes = open("POST", session, body);
  read_until(*goes, "elicitation/create");
  goes.reset();
  EXPECT_TRUE(soon([&] { return taken(Quotas::Kind::questions) == 0; }));
}

TEST_F(BudgetsTest, QuestionsOfASessionAreBounded) {
  const std::string session = begin(R"({"elicitation":{}})");
  std::vector<std::unique_ptr<Client>> asked;
  const auto ask = [&](std::size_t id) {
    asked.push_back(open("POST", session, fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"asks"}}}})", id + 10)));
  };
  for (std::size_t i = 0; i < Session::most_questions; ++i) ask(i);
  ASSERT_TRUE(soon([&] { return taken(Quotas::Kind::questions) == Session::most_questions; }));
  ask(99);
  EXPECT_THAT(asked.back()->read().body, HasSubstr("Hay demasiadas preguntas sin responder: caben 8 por sesión y 32 por clave."));
}

TEST_F(BudgetsTest, WorkOfAKeyIsBoundedSoThatAnothersFindsRoom) {
  const std::string session = begin();
  std::vector<std::unique_ptr<Client>> working;
  constexpr std::size_t share = 64;
  for (std::size_t i = 0; i < share; ++i) {
    working.push_back(open("POST", session, fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":"endless"}}}})", i + 10)));
  }
  Reply refused;
  ASSERT_TRUE(soon([&] {
    refused = post("tools/call", {{"name", "refuses"}}, session);
    return refused.status == 429;
  }));
  EXPECT_THAT(refused.body, HasSubstr("Esta clave tiene en curso todas las solicitudes que caben"));
  EXPECT_LE(server.running, 2) << "half of the workers are another's";
  EXPECT_EQ(post("ping", {}, session).status, 200);
  EXPECT_EQ(post("tools/call", {{"name", "quick"}}, session).status, 200) << "another lane";
  for (std::size_t i = share; i-- > 0;) {  // what waits before what runs
    const std::string cancel = fmt::format(R"({{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{"requestId":{}}}}})", i + 10);
    Client(server.port()).request("POST", "/mcp", fmt::format("{}{}{}", key, json_type, session), cancel);
  }
  EXPECT_EQ(post("tools/call", {{"name", "heavy"}}, session).status, 200) << "their places are free";
  EXPECT_LE(server.running, 2) << "what had not begun never did";
}

TEST(Answers, AreKeptForOneWhoComesBackUpToSoMuch) {
  Session session("id", "2025-11-25", {}, "spa");
  std::vector<std::weak_ptr<Mailbox>> boxes;
  for (int i = 0; i < 40; ++i) {
    auto box = std::make_shared<Mailbox>(10);
    boxes.push_back(box);
    session.keep(box);
    box->finish({.message = std::string(40 * 1024, 'x')});
    session.end("none", nullptr);  // as an exchange that has answered
  }
  EXPECT_EQ(std::ranges::count_if(boxes, [](const auto& each) { return !each.expired(); }), 3);  // of 40 KB, in 128
  EXPECT_FALSE(boxes.back().expired());
}

}  // namespace
}  // namespace aremko::assistants
