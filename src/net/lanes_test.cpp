// Who may hold up whom: classes of work, callers' shares, places and bytes.
#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/lane.h"
#include "net/problem.h"
#include "net/server.h"
#include "net/test_client.h"

namespace aremko::net {
namespace {

using std::chrono::milliseconds;
using testing::Client;
using SteadyClock = std::chrono::steady_clock;

class LanesTest : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    const auto admit = [](const Request& request) {
      Admission out{.caller = std::string(request.headers.get("X-Who"))};
      if (out.caller.empty()) out.refusal = problem(401, {"Falta X-Who.", "No X-Who."}, "es");
      return out;
    };
    const Handler sleep = [this](const Request& request) {
      ++running;
      const auto end = SteadyClock::now() + milliseconds(std::stoi(std::string(request.param("ms"))));
      while (SteadyClock::now() < end && !request.stop.stop_requested()) std::this_thread::sleep_for(milliseconds(1));
      stopped += request.stop.stop_requested();
      return json_response("done");
    };
    Router router;
    router.add(Method::get, "/light", [](const Request&) { return json_response("light"); });
    router.add(Method::get, "/quick/{ms}", sleep, {.work = Work::quick, .admit = admit});
    router.add(Method::get, "/walk/{ms}", sleep, {.work = Work::walk, .admit = admit});
    router.add(Method::get, "/wait/{ms}", sleep, {.work = Work::wait, .admit = admit});
    router.add(Method::post, "/keyed", [](const Request& request) { return json_response(request.body); }, {.admit = admit});
    router.add(Method::post, "/open", [](const Request& request) { return json_response(request.body); });
    options.port = 0;
    options.threads = 1;
    auto started = Server::start(std::move(options), std::move(router));
    ASSERT_TRUE(started.has_value());
    server = std::move(*started);
  }
  Client client() const { return Client(server->port()); }
  Client asking(std::string_view path, std::string_view who) const {
    auto one = client();
    one.send(fmt::format("GET {} HTTP/1.1\r\nHost: t\r\nX-Who: {}\r\n\r\n", path, who));
    return one;
  }
  void wait_until_running(int count) const {
    while (running < count) std::this_thread::sleep_for(milliseconds(1));
  }

  std::atomic<int> running{0};
  std::atomic<int> stopped{0};
  std::unique_ptr<Server> server;
};

TEST(Lane, GivesNobodyMoreThanAShare) {
  Lane lane(1, 3, 2);
  EXPECT_EQ(lane.enter("a"), Lane::Entry::in);
  EXPECT_EQ(lane.enter("a"), Lane::Entry::in);
  EXPECT_EQ(lane.enter("a"), Lane::Entry::beyond_share);
  EXPECT_EQ(lane.enter("b"), Lane::Entry::in);
  EXPECT_EQ(lane.enter("c"), Lane::Entry::in);
  EXPECT_EQ(lane.enter("d"), Lane::Entry::full);
  lane.leave("a");
  EXPECT_EQ(lane.enter("a"), Lane::Entry::in);
}

TEST_F(LanesTest, NoClassOfWorkWaitsForAnother) {
  start({.workers = 1, .walkers = 1, .waiters = 1});
  std::vector<Client> busy;
  for (const char* path : {"/walk/400", "/walk/400", "/wait/400", "/wait/400"}) busy.push_back(asking(path, "a"));
  wait_until_running(2);
  const auto before = SteadyClock::now();
  EXPECT_EQ(client().get("/quick/1", "X-Who: a\r\n").body, "done");
  EXPECT_EQ(client().get("/light").body, "light");
  EXPECT_LT(SteadyClock::now() - before, milliseconds(250));
}

TEST_F(LanesTest, OneCallerLeavesRoomForTheOthers) {
  start({.workers = 1, .max_queue = 10, .max_share = 2});
  auto first = asking("/quick/100", "a");
  auto second = asking("/quick/100", "a");
  wait_until_running(1);
  std::this_thread::sleep_for(milliseconds(20));
  const auto third = client().get("/quick/1", "X-Who: a\r\n");
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(third.header("retry-after"), "1");
  EXPECT_EQ(client().get("/quick/1", "X-Who: b\r\n").status, 200);
  EXPECT_EQ(first.read().status, 200);
  EXPECT_EQ(second.read().status, 200);
  EXPECT_EQ(client().get("/quick/1", "X-Who: a\r\n").status, 200) << "its places are given back";
}

TEST_F(LanesTest, NobodyWaitingNobodyWorking) {
  start({.walkers = 1});
  {
    const auto gone = asking("/walk/5000", "a");
    const auto behind = asking("/walk/5000", "a");
    wait_until_running(1);
  }
  const auto before = SteadyClock::now();
  EXPECT_EQ(client().get("/walk/1", "X-Who: b\r\n").status, 200);
  EXPECT_LT(SteadyClock::now() - before, milliseconds(1500));
  EXPECT_EQ(stopped, 1);
  EXPECT_EQ(running, 2) << "the one that had not begun never does";
}

TEST_F(LanesTest, AKeyIsAskedForBeforeTheBody) {
  start();
  auto one = client();
  one.send("POST /keyed HTTP/1.1\r\nHost: t\r\nContent-Length: 900000\r\n\r\n");
  EXPECT_EQ(one.read().status, 401) << "not a byte of it was sent";
  auto other = client();
  EXPECT_EQ(other.get("/walk/1").status, 401);
  EXPECT_EQ(other.get("/light").status, 200) << "without a body the connection goes on";
}

TEST_F(LanesTest, BodiesTogetherHaveABudget) {
  start({.max_bodies = 100'000});
  const std::string most(80'000, 'x');
  auto first = client();
  first.send("POST /open HTTP/1.1\r\nHost: t\r\nContent-Length: 80001\r\n\r\n" + most);
  std::this_thread::sleep_for(milliseconds(50));
  auto second = client();
  second.send("POST /open HTTP/1.1\r\nHost: t\r\nContent-Length: 80000\r\n\r\n" + most);
  EXPECT_EQ(second.read().status, 503);
  first.send("x");
  EXPECT_EQ(first.read().status, 200);
  auto third = client();
  EXPECT_EQ(third.request("POST", "/open", {}, most).status, 200) << "what is done with counts no more";
}

TEST_F(LanesTest, WhoeverSaysNothingMakesRoom) {
  start({.max_connections = 3});
  std::vector<Client> silent;
  for (int i = 0; i < 3; ++i) silent.push_back(client());
  std::this_thread::sleep_for(milliseconds(50));
  auto one = client();
  EXPECT_EQ(one.get("/light").status, 200);
  EXPECT_TRUE(silent.front().closes_within(milliseconds(500)));
  auto another = client();
  EXPECT_EQ(another.get("/light").status, 200);
  EXPECT_EQ(one.get("/light").status, 200) << "strangers go first";
}

TEST_F(LanesTest, StrangersHaveLessTime) {
  start({.first_byte_timeout = milliseconds(200)});
  auto known = client();
  EXPECT_EQ(known.get("/light").status, 200);
  auto silent = client();
  EXPECT_TRUE(silent.closes_within(milliseconds(1000)));
  EXPECT_EQ(known.get("/light").status, 200);
}

TEST_F(LanesTest, OnePeerLeavesPlacesForOthers) {
  start({.max_connections_per_peer = 2});
  auto first = client();
  EXPECT_EQ(first.get("/light").status, 200);
  auto second = client();
  EXPECT_EQ(second.get("/light").status, 200);
  EXPECT_EQ(client().get("/light").status, 503);
}

TEST_F(LanesTest, TransferCodingsOtherThanOneChunkedAreRefused) {
  start();
  const std::string behind = "GET /light HTTP/1.1\r\nHost: t\r\n\r\n";
  for (const std::string_view coding : {"xchunked", "identity", "gzip", "chunked, identity", "chunked, chunked", "\"chunked\"", "", "gzip, chunked"}) {
    for (const std::string_view length : {"", "Content-Length: 5\r\n"}) {
      for (const bool length_first : {false, true}) {
        const std::string field = fmt::format("Transfer-Encoding: {}\r\n", coding);
        auto one = client();
        one.send(fmt::format("POST /open HTTP/1.1\r\nHost: t\r\n{}{}\r\n{}", length_first ? length : field, length_first ? field : length, behind));
        EXPECT_EQ(one.read().status, 400) << field << length;
        EXPECT_EQ(one.read().status, 0) << "what follows is no second request: " << field << length;
      }
    }
  }
  auto twice = client();
  twice.send("POST /open HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  EXPECT_EQ(twice.read().status, 400);
  auto right = client();
  right.send("POST /open HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n" + behind);
  EXPECT_EQ(right.read().body, "hi");
  EXPECT_EQ(right.read().body, "light");
}

}  // namespace
}  // namespace aremko::net
