#include "net/stream.h"

#include <atomic>
#include <thread>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/server.h"
#include "net/test_client.h"

namespace aremko::net {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using testing::Client;
using ::testing::HasSubstr;

/// Ticks `count` times (0 = until cancelled), and tells when it is gone.
class Ticks final : public Stream {
 public:
  Ticks(int count, std::atomic<int>& ended) : count_(count), ended_(ended) {}
  ~Ticks() override { ++ended_; }

  asio::awaitable<void> run(StreamWriter& writer) override {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (int i = 0; count_ == 0 || i < count_; ++i) {
      if (!co_await writer.write(fmt::format("data: {}\n\n", i))) co_return;
      timer.expires_after(milliseconds(5));
      co_await timer.async_wait(asio::use_awaitable);
    }
  }

 private:
  int count_;
  std::atomic<int>& ended_;
};

class StreamTest : public ::testing::Test {
 protected:
  StreamTest() {
    Router router;
    router.add(Method::get, "/ticks/{count}", [this](const Request& request) {
      Response response{.content_type = "text/event-stream"};
      response.stream = std::make_shared<Ticks>(std::stoi(std::string(request.param("count"))), ended);
      return response;
    });
    router.add(Method::get, "/hello", [](const Request&) { return json_response("hello"); });
    auto started = Server::start({.port = 0, .threads = 1}, std::move(router));
    EXPECT_TRUE(started.has_value());
    server = std::move(*started);
  }
  bool ends_within(milliseconds limit) const {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (ended == 0 && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(milliseconds(1));
    return ended == 1;
  }

  std::atomic<int> ended{0};
  std::unique_ptr<Server> server;
};

constexpr std::string_view get_ticks = "GET /ticks/0 HTTP/1.1\r\nHost: t\r\n\r\n";

TEST_F(StreamTest, WritesChunksAndKeepsTheConnection) {
  Client client(server->port());
  client.send("GET /ticks/3 HTTP/1.1\r\nHost: t\r\n\r\nGET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
  std::string all;
  while (all.find("hello") == std::string::npos) {
    const auto more = client.read_some();
    if (more.empty()) break;
    all += more;
  }
  EXPECT_THAT(all, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(all, HasSubstr("\r\n\r\n9\r\ndata: 0\n\n\r\n"
                             "9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\nHTTP/1.1 200"));
  EXPECT_EQ(ended, 1);
}

TEST_F(StreamTest, EndsWithTheConnectionForHttp10) {
  Client client(server->port());
  client.send("GET /ticks/1 HTTP/1.0\r\n\r\n");
  std::string all;
  for (auto more = client.read_some(); !more.empty(); more = client.read_some()) all += more;
  EXPECT_TRUE(all.ends_with("\r\n\r\ndata: 0\n\n")) << all;
}

TEST_F(StreamTest, IsCancelledWhenTheClientGoes) {
  {
    Client client(server->port());
    client.send(get_ticks);
    EXPECT_NE(client.read_some(), "");
    EXPECT_EQ(ended, 0);
  }
  EXPECT_TRUE(ends_within(milliseconds(1000)));
}

TEST_F(StreamTest, IsCancelledWhenTheServerStops) {
  Client client(server->port());
  client.send(get_ticks);
  EXPECT_NE(client.read_some(), "");
  const auto before = std::chrono::steady_clock::now();
  server->stop(milliseconds(5000));
  EXPECT_LT(std::chrono::steady_clock::now() - before, milliseconds(4000));
  EXPECT_EQ(ended, 1);
}

TEST_F(StreamTest, HeadRunsNothing) {
  Client client(server->port());
  EXPECT_EQ(client.request("HEAD", "/ticks/0").status, 200);
  EXPECT_TRUE(ends_within(milliseconds(1000)));
  EXPECT_EQ(client.get("/hello").body, "hello");
}

}  // namespace
}  // namespace aremko::net
