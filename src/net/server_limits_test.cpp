// Bad input and bad clients: each gets a clear problem within a second, and the next request is served.
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/server.h"
#include "net/test_client.h"

namespace aremko::net {
namespace {

using std::chrono::milliseconds;
using testing::Client;
using testing::Reply;
using ::testing::HasSubstr;
using std::string_view_literals::operator""sv;

class LimitsTest : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    Router router;
    router.add(Method::get, "/hello", [](const Request&) { return json_response("hello"); });
    router.add(Method::post, "/echo", [](const Request& request) { return json_response(request.body); });
    router.add(Method::post, "/small", [](const Request& request) { return json_response(request.body); },
               {.max_body = 10});
    router.add(Method::get, "/heavy/{ms}", [this](const Request& request) {
      ++running;
      std::this_thread::sleep_for(milliseconds(std::stoi(std::string(request.param("ms")))));
      ++finished;
      return json_response("heavy");
    }, {.work = Work::wait, .admit = [](const Request& request) { return Admission{.caller = std::string(request.headers.get("X-Who"))}; }});
    router.add(Method::get, "/huge", [](const Request&) { return json_response(std::string(30'000'000, 'x')); });
    options.port = 0;
    options.threads = 1;  // whatever holds up the thread holds up everybody, and shows
    auto started = Server::start(std::move(options), std::move(router));
    ASSERT_TRUE(started.has_value());
    server = std::move(*started);
  }
  void TearDown() override {
    if (server) EXPECT_EQ(client().get("/hello").body, "hello") << "the next request was not served";
  }
  Client client() const { return Client(server->port()); }
  /// Sends the bytes alone on a connection and expects a problem within a second.
  void expect_problem(std::string_view bytes, int status) {
    SCOPED_TRACE(bytes.substr(0, 80));
    auto one = client();
    const auto before = std::chrono::steady_clock::now();
    one.send(bytes);
    const auto reply = one.read();
    EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(1000));
    EXPECT_EQ(reply.status, status);
    EXPECT_EQ(reply.header("content-type"), "application/problem+json");
    EXPECT_THAT(reply.body, HasSubstr(fmt::format("\"status\":{}", status)));
  }
  void wait_until_running(int count) {
    while (running < count) std::this_thread::sleep_for(milliseconds(1));
  }

  std::atomic<int> running{0};
  std::atomic<int> finished{0};
  std::unique_ptr<Server> server;
};

TEST_F(LimitsTest, RefusesWhatIsNotHttp) {
  start();
  expect_problem("nonsense\r\n\r\n", 400);
  expect_problem("GET\r\n\r\n", 400);
  expect_problem("GET /hello\r\n\r\n", 400);
  expect_problem("GET /hello HTTP/9.9\r\nHost: t\r\n\r\n", 505);
  expect_problem("GET /hello FTP/1.1\r\nHost: t\r\n\r\n", 505);
  expect_problem("GET /hello HTTP/1.1\r\nHost t\r\n\r\n", 400);
  expect_problem("GET /hello HTTP/1.1\r\nHost: t\r\nContent-Length: many\r\n\r\n", 400);
  expect_problem("GET /hello HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n", 400);
  expect_problem("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400);
  expect_problem("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                 400);
  expect_problem("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
  expect_problem("GET /hello HTTP/1.1\r\n\r\n", 400);
  expect_problem("GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
  for (const auto* host : {"", "a b", "a/b", "a\tb", "a@b", "a#b"}) {
    expect_problem(fmt::format("GET /hello HTTP/1.1\r\nHost: {}\r\n\r\n", host), 400);
  }
  expect_problem("CONNECT example.org:443 HTTP/1.1\r\nHost: t\r\n\r\n", 400);
  expect_problem("\x16\x03\x01\x02\x01\x01\xfc\x03\x03 TLS hello\r\n\r\n", 400);
  expect_problem("GET /hel\0lo HTTP/1.1\r\nHost: t\r\n\r\n"sv, 400);
}

TEST_F(LimitsTest, RefusesBadUtf8AndBadEscapes) {
  start();
  expect_problem("GET /hello%FF HTTP/1.1\r\nHost: t\r\n\r\n", 400);
  expect_problem("GET /hello\xff HTTP/1.1\r\nHost: t\r\n\r\n", 400);
  expect_problem("GET /hello?q=%E1 HTTP/1.1\r\nHost: t\r\n\r\n", 400);
  expect_problem("GET /hello?q=\xe1x HTTP/1.1\r\nHost: t\r\n\r\n", 400);
  expect_problem("GET /hello?q=%4 HTTP/1.1\r\nHost: t\r\n\r\n", 400);
  expect_problem("GET /hello HTTP/1.1\r\nHost: t\r\nX-Tenant: \xe1\r\n\r\n", 400);
  auto one = client();
  EXPECT_EQ(one.get("/hello?q=%zz").status, 400);
}

TEST_F(LimitsTest, RefusesHalfARequest) {
  start();
  for (const auto* half : {"GET /hello HT", "GET /hello HTTP/1.1\r\nHost: t\r\n",
                           "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\nabc",
                           "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na"}) {
    expect_problem(half, 408);
    auto one = client();
    one.send(half);
    one.shut_write();
    EXPECT_EQ(one.read().status, 400) << half;
  }
}

TEST_F(LimitsTest, ASlowSenderIsCutAndHoldsNobodyUp) {
  start({.header_timeout = milliseconds(600)});
  auto slow = client();
  const auto before = std::chrono::steady_clock::now();
  slow.send("GET /hello HTTP/1.1\r\nHost: t\r\nX: ");
  bool open = true;
  while (open && std::chrono::steady_clock::now() - before < milliseconds(1500)) {
    const auto asked = std::chrono::steady_clock::now();
    EXPECT_EQ(client().get("/hello").status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - asked, milliseconds(200));
    open = slow.send("x");
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(slow.read().status, 408);
}

TEST_F(LimitsTest, RefusesTooLargeHeads) {
  start();
  expect_problem("GET /hello HTTP/1.1\r\nHost: t\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431);
  expect_problem("GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: t\r\n\r\n", 431);
  // Fields that arrive one by one count as well.
  auto one = client();
  one.send("GET /hello HTTP/1.1\r\nHost: t\r\n");
  for (int i = 0; i < 3000 && one.send("X-Field: value\r\n"); ++i) {
    if (i % 100 == 0) std::this_thread::sleep_for(milliseconds(2));
  }
  EXPECT_EQ(one.read().status, 431);
  EXPECT_EQ(client().get("/hello", "X: " + std::string(10'000, 'a') + "\r\n").status, 200);
}

TEST_F(LimitsTest, TakesAChunkedBodyInAnyPieces) {
  start();
  const std::string_view head = "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const std::string_view body : {"0\r\n\r\n", "2\r\nok\r\n0\r\n\r\n", "2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n"}) {
    auto one = client();
    one.send(head);
    for (const char c : body) {
      one.send(std::string(1, c));
      std::this_thread::sleep_for(milliseconds(2));
    }
    EXPECT_EQ(one.read().body, body.size() > 5 ? "ok" : "");
    EXPECT_EQ(one.get("/hello").status, 200);
  }
  expect_problem(std::string(head) + "1;x=" + std::string(100'000, 'y') + "\r\nz\r\n0\r\n\r\n", 431);
  expect_problem(std::string(head) + "0\r\nX: " + std::string(100'000, 'y') + "\r\n\r\n", 431);
}

TEST_F(LimitsTest, RefusesTooLargeBodiesAtOnce) {
  start();
  expect_problem("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10485760\r\n\r\n", 413);
  expect_problem("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 10485760\r\nExpect: 100-continue\r\n\r\n", 413);
  expect_problem("POST /small HTTP/1.1\r\nHost: t\r\nContent-Length: 11\r\n\r\nhello world", 413);
  expect_problem("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 99999999999999999\r\n\r\n", 413);
  const std::string ten_megabytes(10 * 1024 * 1024, 'x');
  // A client that sends everything before it reads sees the answer too.
  for (const auto* path : {"/echo", "/small"}) {
    auto one = client();
    const auto reply = one.request("POST", path, "", ten_megabytes);
    EXPECT_EQ(reply.status, 413);
    EXPECT_TRUE(one.closes_within(milliseconds(500)));
  }
  EXPECT_EQ(client().request("POST", "/nowhere", "", ten_megabytes).status, 404);
  EXPECT_EQ(client().request("GET", "/hello", "", ten_megabytes).status, 413);
  auto chunked = client();
  chunked.send("POST /small HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n" + std::string(32, 'x') +
               "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.read().status, 413);
  // What is small enough is read away, and the connection lives on.
  auto kept = client();
  EXPECT_EQ(kept.request("POST", "/nowhere", "", "some body").status, 404);
  EXPECT_EQ(kept.request("POST", "/small", "", "0123456789").body, "0123456789");
}

TEST_F(LimitsTest, ClosesIdleConnectionsWithoutAWord) {
  start({.idle_timeout = milliseconds(200)});
  auto idle = client();
  auto used = client();
  EXPECT_EQ(used.get("/hello").status, 200);
  EXPECT_EQ(idle.read().status, 0);
  EXPECT_TRUE(used.closes_within(milliseconds(1000)));
}

TEST_F(LimitsTest, CutsOffAReaderThatDoesNotRead) {
  start({.max_unsent = 100'000'000, .write_timeout = milliseconds(2500)});
  auto lazy = client();
  auto slow = client();
  lazy.send("GET /huge HTTP/1.1\r\nHost: t\r\n\r\n");
  slow.send("GET /huge HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client().get("/hello").status, 200);
  std::size_t received = 0;  // a reader that pauses, though never for so long, gets everything
  int pauses = 0;
  for (std::size_t more = 1; more > 0 && received < 30'000'000; received += more) {
    more = slow.read_some().size();
    if (received / 2'000'000 != static_cast<std::size_t>(pauses)) {
      ++pauses;
      std::this_thread::sleep_for(milliseconds(120));
    }
  }
  EXPECT_GT(received, 30'000'000U);
  std::this_thread::sleep_for(milliseconds(2500));  // whatever the slow one took
  EXPECT_TRUE(lazy.read().closed);
}

TEST_F(LimitsTest, TurnsAwayConnectionsOverTheLimit) {
  start({.waiters = 6, .max_connections = 3});  // of which one peer has half
  {
    std::vector<Client> at_work;
    for (int i = 0; i < 3; ++i) {
      at_work.push_back(client());
      at_work.back().send("GET /heavy/200 HTTP/1.1\r\nHost: t\r\n\r\n");
    }
    wait_until_running(3);
    const auto refused = client().get("/hello");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("retry-after"), "1");
    for (auto& each : at_work) EXPECT_EQ(each.read().status, 200);
  }
  std::this_thread::sleep_for(milliseconds(50));
}

TEST_F(LimitsTest, AnswersBusyWhenTheQueueIsFull) {
  start({.waiters = 1, .max_queue = 1});
  auto first = client();
  first.send("GET /heavy/200 HTTP/1.1\r\nHost: t\r\nX-Who: a\r\n\r\n");
  wait_until_running(1);
  auto second = client();
  second.send("GET /heavy/1 HTTP/1.1\r\nHost: t\r\nX-Who: b\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  const auto refused = client().get("/heavy/1", "X-Who: c\r\n");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_EQ(first.read().status, 200);
  EXPECT_EQ(second.read().status, 200);
}

TEST_F(LimitsTest, AnswersForAHandlerThatTakesTooLong) {
  start({.request_timeout = milliseconds(50)});
  auto one = client();
  const auto late = one.get("/heavy/300");
  EXPECT_EQ(late.status, 503);
  EXPECT_NE(late.header("retry-after"), "");
  EXPECT_EQ(one.get("/heavy/1").body, "heavy");
  EXPECT_EQ(one.get("/hello").body, "hello");
}

TEST_F(LimitsTest, StopsGracefully) {
  start();
  auto idle = client();
  EXPECT_EQ(idle.get("/hello").status, 200);
  auto busy = client();
  busy.send("GET /heavy/150 HTTP/1.1\r\nHost: t\r\n\r\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  wait_until_running(1);
  const auto before = std::chrono::steady_clock::now();
  server->stop(milliseconds(3000));
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(2500));
  const auto last = busy.read();
  EXPECT_EQ(last.body, "heavy");
  EXPECT_EQ(last.header("connection"), "close");
  EXPECT_TRUE(idle.closes_within(milliseconds(100)));
  EXPECT_EQ(client().get("/hello").status, 0);
  server.reset();
}

TEST_F(LimitsTest, StopsAtTheEndOfTheGrace) {
  start({.waiters = 1});
  std::vector<Client> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.push_back(client());
    waiting.back().send("GET /heavy/300 HTTP/1.1\r\nHost: t\r\n\r\n");
  }
  wait_until_running(1);
  const auto before = std::chrono::steady_clock::now();
  server->stop(milliseconds(50));
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(600));
  EXPECT_EQ(finished, 1) << "what runs is waited for, what is queued is dropped";
  for (auto& each : waiting) EXPECT_EQ(each.read().status, 0);
  server.reset();
}

}  // namespace
}  // namespace aremko::net
