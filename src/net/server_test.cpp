// A real server on a free port, asked over real sockets.
#include "net/server.h"

#include <atomic>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "net/problem.h"
#include "net/test_client.h"

namespace aremko::net {
namespace {

using std::chrono::milliseconds;
using testing::Client;
using testing::Reply;
using ::testing::HasSubstr;
using ::testing::Not;

struct Seen {
  std::string method, pattern;
  int status;
  std::size_t bytes;
  std::int64_t microseconds;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    router.add(Method::get, "/hello/{name}", [](const Request& request) {
      return json_response(std::string(request.param("name")));
    });
    router.add(Method::get, "/big", [](const Request&) { return json_response(std::string(5000, 'x')); });
    router.add(Method::get, "/huge", [](const Request&) { return json_response(std::string(8'000'000, 'x')); });
    router.add(Method::post, "/echo", [](const Request& request) { return json_response(request.body); });
    router.add(Method::post, "/small", [](const Request& request) { return json_response(request.body); },
               {.max_body = 10});
    router.add(Method::get, "/query", [](const Request& request) {
      return json_response(std::string(request.query_value("q").value_or("none")));
    });
    router.add(Method::get, "/heavy/{ms}", [this](const Request& request) {
      ++running;
      std::this_thread::sleep_for(milliseconds(std::stoi(std::string(request.param("ms")))));
      return json_response("heavy " + request.remote);
    }, {.work = Work::wait});
    router.add(Method::get, "/outage", [](const Request&) -> Response {
      throw Outage(error(Code::unavailable, "La base no responde.", "The database is down."));
    });
    router.add(Method::get, "/fault", [](const Request&) -> Response { throw std::logic_error("secret"); },
               {.work = Work::wait});
  }

  void start(ServerOptions options = {}) {
    options.port = 0;
    options.threads = 2;
    auto started = Server::start(std::move(options), std::move(router), [this](const Finished& finished) {
      const std::lock_guard hold(lock);
      seen.push_back({std::string(finished.method), std::string(finished.pattern), finished.status, finished.bytes, finished.microseconds});
    });
    ASSERT_TRUE(started.has_value()) << started.error().detail.en;
    server = std::move(*started);
  }

  Client client() const { return Client(server->port()); }
  /// The next request, on a connection of its own, is served.
  void expect_serving() const { EXPECT_EQ(client().get("/hello/again").body, "again"); }

  Router router;
  std::atomic<int> running{0};
  std::mutex lock;
  std::vector<Seen> seen;
  std::unique_ptr<Server> server;
};

void expect_problem(const Reply& reply, int status) {
  EXPECT_EQ(reply.status, status);
  EXPECT_EQ(reply.header("content-type"), "application/problem+json");
  EXPECT_THAT(reply.body, HasSubstr(fmt::format("\"status\":{}", status)));
  EXPECT_THAT(reply.header("server-timing"), HasSubstr("app;dur="));
}

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  start();
  auto one = client();
  const auto first = one.get("/hello/At%20Risk");
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.body, "At Risk");
  EXPECT_EQ(first.header("content-type"), "application/json");
  EXPECT_NE(first.header("date"), "");
  EXPECT_NE(first.header("etag"), "");
  EXPECT_EQ(one.get("/hello/two").body, "two");
  expect_problem(one.get("/nothing"), 404);
  EXPECT_EQ(one.get("/query?q=Mar%C3%ADa+G").body, "María G");
  EXPECT_EQ(one.request("POST", "/echo", "", "body").body, "body");
  expect_problem(one.request("DELETE", "/echo"), 405);
  EXPECT_EQ(one.get("/hello/three").body, "three");
}

TEST_F(ServerTest, AnswersHeadOptionsAndWrongMethods) {
  start();
  auto one = client();
  const auto head = one.request("HEAD", "/big");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "5000");
  EXPECT_EQ(head.header("etag"), one.get("/big").header("etag"));
  EXPECT_EQ(one.request("HEAD", "/nothing").status, 404);
  const auto options = one.request("OPTIONS", "/echo");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("allow"), "POST, OPTIONS");
  EXPECT_EQ(one.request("OPTIONS", "*").status, 204);
  EXPECT_EQ(one.request("BREW", "/big").status, 405);
  EXPECT_EQ(one.get("/echo").header("allow"), "POST, OPTIONS");
  EXPECT_EQ(one.get("/hello/x").body, "x");
}

TEST_F(ServerTest, SavesBytesForThoseWhoAsk) {
  start();
  auto one = client();
  const auto plain = one.get("/big");
  EXPECT_EQ(plain.header("content-encoding"), "");
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  const auto packed = one.get("/big", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 200U);
  EXPECT_NE(packed.header("etag"), plain.header("etag"));
  const auto same = one.get("/big", "If-None-Match: " + packed.header("etag") + "\r\nAccept-Encoding: gzip\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.header("etag"), packed.header("etag"));
  EXPECT_EQ(one.get("/big", "If-None-Match: \"other\"\r\n").status, 200);
  // Large enough to be compressed on the pool.
  const auto large = one.get("/huge", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(large.header("content-encoding"), "gzip");
  EXPECT_LT(large.body.size(), 50'000U);
  EXPECT_EQ(one.get("/huge").body.size(), 8'000'000U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  auto one = client();
  one.send("GET /hello/1 HTTP/1.1\r\nHost: t\r\n\r\n\r\nGET /heavy/30 HTTP/1.1\r\nHost: t\r\n\r\n"
           "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\nabcGET /hello/4 HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(one.read().body, "1");
  EXPECT_EQ(one.read().body, "heavy 127.0.0.1");
  EXPECT_EQ(one.read().body, "abc");
  EXPECT_EQ(one.read().body, "4");
  std::string many;
  for (int i = 0; i < 2000; ++i) many += fmt::format("GET /hello/{} HTTP/1.1\r\nHost: t\r\n\r\n", i);
  std::thread sender([&] { one.send(many); });
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(one.read().body, std::to_string(i));
  sender.join();
}

TEST_F(ServerTest, SpeaksHttp10AndClosesWhenAsked) {
  start();
  auto old = client();
  old.send("GET /hello/a HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read().body, "a");
  EXPECT_TRUE(old.closes_within(milliseconds(500)));
  auto kept = client();
  kept.send("GET /hello/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(kept.read().header("connection"), "keep-alive");
  EXPECT_EQ(kept.get("/hello/b", "Connection: close\r\n").header("connection"), "close");
  EXPECT_TRUE(kept.closes_within(milliseconds(500)));
}

TEST_F(ServerTest, ReadsBodiesInEveryForm) {
  start();
  auto one = client();
  one.send("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
           "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(one.read().body, "abcde");
  one.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(one.read().status, 100);
  one.send("full");
  EXPECT_EQ(one.read().body, "full");
  const std::string large(1'000'000, 'z');
  EXPECT_EQ(one.request("POST", "/echo", "", large).body, large);
  for (const char c : std::string_view("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nok")) {
    one.send(std::string(1, c));
  }
  EXPECT_EQ(one.read().body, "ok");
  EXPECT_EQ(one.get("/hello/x").body, "x");
}

TEST_F(ServerTest, TurnsWhatHandlersThrowIntoProblems) {
  start();
  auto one = client();
  const auto outage = one.get("/outage", "Accept-Language: en\r\n");
  expect_problem(outage, 503);
  EXPECT_THAT(outage.body, HasSubstr("The database is down."));
  const auto fault = one.get("/fault");
  expect_problem(fault, 500);
  EXPECT_THAT(fault.body, Not(HasSubstr("secret")));
  EXPECT_EQ(one.get("/hello/x").body, "x");
}

TEST_F(ServerTest, TellsTheObserverPatternsAndNotPaths) {
  start();
  auto one = client();
  one.get("/hello/Mar%C3%ADa");
  one.get("/nothing/12345678-9");
  one.request("DELETE", "/heavy/1");
  one.get("/heavy/1");
  one.send("nonsense\r\n\r\n");
  one.read();
  server->stop(milliseconds(1000));
  ASSERT_EQ(seen.size(), 5U);
  EXPECT_EQ(seen[0].pattern, "/hello/{name}");
  EXPECT_EQ(seen[0].method, "GET");
  EXPECT_EQ(seen[0].bytes, 6U);
  EXPECT_EQ(seen[1].pattern, "");
  EXPECT_EQ(seen[1].status, 404);
  EXPECT_EQ(seen[2].pattern, "/heavy/{ms}");
  EXPECT_EQ(seen[2].status, 405);
  EXPECT_EQ(seen[3].pattern, "/heavy/{ms}");
  EXPECT_EQ(seen[3].status, 200);
  EXPECT_EQ(seen[4].status, 400);
  EXPECT_EQ(seen[4].method, "OTHER");
}

TEST_F(ServerTest, WhatIsRefusedUnreadTakesNoTimeOfItsOwn) {
  start();
  for (const std::string_view request : {"GET /query?q=100% HTTP/1.1\r\nHost: a\r\n\r\n", "GET /query?q=Mar%EDa HTTP/1.1\r\nHost: a\r\n\r\n",
                                         "GET /query HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n"}) {
    auto made = client();
    // The same connection answered before: that request's time is not this one's either.
    EXPECT_EQ(made.get("/hello/a").status, 200);
    std::this_thread::sleep_for(milliseconds(300));
    made.send(request);
    const auto reply = made.read();
    EXPECT_EQ(reply.status, 400) << request;
    const std::string timing = reply.header("server-timing");
    ASSERT_THAT(timing, HasSubstr("dur="));
    EXPECT_LT(std::stod(timing.substr(timing.find("dur=") + 4)), 250) << request;
  }
  const std::lock_guard hold(lock);
  for (const Seen& each : seen) EXPECT_LT(each.microseconds, 250'000) << each.status;
}

TEST_F(ServerTest, ServesManyConnectionsAtOnce) {
  start();
  std::vector<Client> clients;
  for (int i = 0; i < 400; ++i) clients.push_back(client());
  for (auto& each : clients) each.send("GET /hello/a HTTP/1.1\r\nHost: t\r\n\r\n");
  for (auto& each : clients) ASSERT_EQ(each.read().body, "a");
  for (auto& each : clients) ASSERT_EQ(each.get("/hello/b").body, "b");
}

TEST_F(ServerTest, HeavyWorkDoesNotHoldUpLightWork) {
  start({.waiters = 2});
  std::vector<Client> slow;
  for (int i = 0; i < 8; ++i) {
    slow.push_back(client());
    slow.back().send("GET /heavy/100 HTTP/1.1\r\nHost: t\r\n\r\n");
  }
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client().get("/hello/quick").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(250));
  for (auto& each : slow) EXPECT_EQ(each.read().status, 200);
}

TEST_F(ServerTest, LeavesNoTornAnswerWhenItStopsUnderLoad) {
  start({.waiters = 2});
  std::atomic<int> answered{0};
  std::atomic<int> torn{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 6; ++i) {
    callers.emplace_back([&, i] {
      auto one = client();
      while (true) {
        const auto reply = one.get(i % 2 == 0 ? "/big" : "/heavy/2");
        if (reply.status == 0) return;
        reply.closed || reply.status != 200 ? ++torn : ++answered;
      }
    });
  }
  std::this_thread::sleep_for(milliseconds(100));
  server->stop(milliseconds(2000));
  for (auto& caller : callers) caller.join();
  EXPECT_GT(answered, 100);
  EXPECT_EQ(torn, 0);
}

TEST_F(ServerTest, RefusesAPortInUse) {
  start();
  const auto second = Server::start({.port = server->port()}, Router());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, Code::unavailable);
  EXPECT_FALSE(Server::start({.host = "192.0.2.1", .port = 0}, Router()).has_value());
  EXPECT_FALSE(Server::start({.host = "no such host", .port = 0}, Router()).has_value());
}

}  // namespace
}  // namespace aremko::net
