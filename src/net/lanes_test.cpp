// Who may hold up whom: classes of work, callers' shares, places and bytes.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/lane.h"
#include "net/loop.h"
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
    router.add(Method::get, "/stranger/{ms}", sleep, {.work = Work::wait});
    router.add(Method::get, "/large", [](const Request&) { return json_response(std::string(4'000'000, 'x')); }, {.work = Work::quick, .admit = admit});
    router.add(Method::get, "/busy", [](const Request&) {
      std::this_thread::sleep_for(milliseconds(2));
      return json_response("busy");
    });
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

/// A lane whose workers wait until they are let go, and who had one, in their order.
class Held {
 public:
  Held(unsigned workers, unsigned queue, unsigned share, unsigned at_once) : lane(workers, queue, share, at_once) {}
  ~Held() { go(); }
  Lane::Posted post(std::string key, std::string tenant = {}) {
    return lane.post({key, std::move(tenant)}, [this, key] {
      std::unique_lock lock(mutex);
      began.push_back(key);
      changed.notify_all();
      changed.wait(lock, [this] { return open; });
    });
  }
  void go() {
    const std::lock_guard lock(mutex);
    open = true;
    changed.notify_all();
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, std::chrono::seconds(5), [&] { return began.size() >= count; });
    return began;
  }

  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  std::vector<std::string> began;
  Lane lane;  // last: its workers use the others
};

TEST(Lane, GivesNobodyMoreThanAShare) {
  Held held(1, 3, 2, 1);
  held.post("a");
  const auto second = held.post("a");
  EXPECT_EQ(second.entry, Lane::Entry::in);
  EXPECT_EQ(held.post("a").entry, Lane::Entry::beyond_share);
  EXPECT_EQ(held.post("b").entry, Lane::Entry::in);
  EXPECT_EQ(held.post("c").entry, Lane::Entry::in);
  EXPECT_EQ(held.post("d").entry, Lane::Entry::full);
  EXPECT_EQ(held.wait_for(1).size(), 1U);
  EXPECT_TRUE(held.lane.withdraw(second.ticket));
  EXPECT_FALSE(held.lane.withdraw(second.ticket));
  EXPECT_EQ(held.post("a").entry, Lane::Entry::in);
}

TEST(Lane, NobodyHasAllItsWorkers) {
  Held held(2, 10, 5, 1);
  held.post("a");
  held.post("a");
  EXPECT_EQ(held.wait_for(1).size(), 1U);
  held.post("b");
  EXPECT_THAT(held.wait_for(2), ::testing::ElementsAre("a", "b"));
}

TEST(Lane, ATenantHasNoMoreOfItWithManyKeys) {
  Held held(2, 10, 5, 1);
  EXPECT_EQ(held.post("a1", "one").entry, Lane::Entry::in);
  for (const char* key : {"a2", "a2", "a3", "a3", "a3"}) EXPECT_EQ(held.post(key, "one").entry, Lane::Entry::in);
  EXPECT_EQ(held.post("a4", "one").entry, Lane::Entry::beyond_share) << "half of the places";
  EXPECT_EQ(held.wait_for(1).size(), 1U);
  held.post("b", "two");
  EXPECT_THAT(held.wait_for(2), ::testing::ElementsAre("a1", "b"));
}

TEST(Lane, CallersTakeTurns) {
  Held held(1, 10, 5, 1);
  held.post("a");
  EXPECT_EQ(held.wait_for(1).size(), 1U);
  for (const char* key : {"a", "a", "b", "b", "c"}) held.post(key);
  held.go();
  EXPECT_THAT(held.wait_for(6), ::testing::ElementsAre("a", "b", "c", "a", "b", "a"));
}

TEST(Peers, OfIpv6AreNetworks) {
  const auto of = [](const char* text) { return peer_of(boost::asio::ip::make_address(text)); };
  EXPECT_EQ(of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(of("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
  EXPECT_NE(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
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
  start({.walkers = 1, .waiters = 1});
  for (const std::string lane : {"/walk/", "/wait/"}) {
    running = stopped = 0;
    {
      const auto gone = asking(lane + "5000", "a");
      const auto behind = asking(lane + "5000", "a");
      wait_until_running(1);
    }
    const auto before = SteadyClock::now();
    EXPECT_EQ(client().get(lane + "1", "X-Who: b\r\n").status, 200);
    EXPECT_LT(SteadyClock::now() - before, milliseconds(1500));
    EXPECT_EQ(stopped, 1);
    EXPECT_EQ(running, 2) << "the one that had not begun never does";
  }
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

TEST_F(LanesTest, ABodyNobodyTakesIsNotWaitedFor) {
  start();
  for (const auto& [head, status] : {std::pair("POST /light", 405), std::pair("POST /nowhere", 404), std::pair("GET /light", 413)}) {
    auto one = client();
    one.send(fmt::format("{} HTTP/1.1\r\nHost: t\r\nContent-Length: 60000\r\n\r\n", head));
    const auto reply = one.read();
    EXPECT_EQ(reply.status, status) << head;
    EXPECT_EQ(reply.header("connection"), "close") << head;
  }
  auto whole = client();
  EXPECT_EQ(whole.request("POST", "/nowhere", {}, "{}").status, 404);
  EXPECT_EQ(whole.get("/light").status, 200) << "what came along is read away";
}

TEST_F(LanesTest, SlowStrangersMakeRoom) {
  start({.max_connections = 3});
  std::vector<Client> slow;
  for (const char* begun : {"GET /light HTTP/1.1\r\nX: ", "POST /open HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nabc",
                            "POST /nowhere HTTP/1.1\r\nHost: t\r\nContent-Length: 60000\r\n\r\nabc"}) {
    slow.push_back(client());
    EXPECT_EQ(slow.back().get("/light").status, 200) << "having asked before makes nobody known";
    slow.back().send(begun);
  }
  std::this_thread::sleep_for(milliseconds(50));
  for (int i = 0; i < 3; ++i) {
    auto one = client();
    EXPECT_EQ(one.get("/light").status, 200);
  }
}

TEST_F(LanesTest, SlowSendersWithAKeyKeepTheirPlace) {
  start({.max_connections = 1});
  auto known = client();
  known.send("POST /keyed HTTP/1.1\r\nHost: t\r\nX-Who: a\r\nContent-Length: 6\r\n\r\nabc");
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(client().get("/light").status, 503);
  known.send("def");
  EXPECT_EQ(known.read().body, "abcdef");
}

TEST_F(LanesTest, StrangersHaveLessTime) {
  start({.first_byte_timeout = milliseconds(200)});
  auto known = client();
  EXPECT_EQ(known.get("/light").status, 200);
  auto silent = client();
  EXPECT_TRUE(silent.closes_within(milliseconds(1000)));
  EXPECT_EQ(known.get("/light").status, 200);
}

TEST_F(LanesTest, WhoReadsNothingHoldsLittle) {
  start({.max_unsent = 10'000'000});
  std::vector<Client> silent;
  for (int i = 0; i < 8; ++i) {
    silent.push_back(asking("/large", "a"));
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(asking("/large", "a").read().status, 429);
  EXPECT_EQ(asking("/quick/1", "a").read().status, 200) << "what is small goes on";
  EXPECT_EQ(asking("/large", "b").read().status, 200);
  silent.clear();
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(asking("/large", "a").read().status, 200) << "and all of it again once they are gone";
}

TEST_F(LanesTest, StrangersOfManyAddressesAreOneCaller) {
  start({.waiters = 4, .max_queue = 4, .max_share = 4});
  std::vector<Client> strangers;
  int refused = 0;
  for (int i = 0; i < 8; ++i) {
    strangers.emplace_back(server->port(), fmt::format("127.0.0.{}", i + 2));
    strangers.back().send("GET /stranger/400 HTTP/1.1\r\nHost: t\r\n\r\n");
  }
  wait_until_running(2);
  const auto start = SteadyClock::now();
  EXPECT_EQ(asking("/wait/1", "a").read().status, 200);
  EXPECT_LT(SteadyClock::now() - start, milliseconds(300)) << "two of the four workers are not theirs";
  for (auto& one : strangers) refused += one.read().status == 429;
  EXPECT_EQ(refused, 4) << "nor is half of the places";
}

TEST_F(LanesTest, WhoSendsManyAtOnceTakesTurns) {
  start();
  auto many = client();
  std::string requests;
  for (int i = 0; i < 200; ++i) requests += "GET /busy HTTP/1.1\r\nHost: t\r\n\r\n";
  many.send(requests);
  EXPECT_EQ(many.read().status, 200);
  const auto start = SteadyClock::now();
  EXPECT_EQ(client().get("/light").status, 200);
  EXPECT_LT(SteadyClock::now() - start, milliseconds(200)) << "two hundred of them take 400 ms";
}

TEST_F(LanesTest, OneKeyLeavesPlacesForOthers) {
  start({.max_connections_per_key = 2});
  auto first = asking("/quick/1", "a");
  EXPECT_EQ(first.read().status, 200);
  {
    auto second = asking("/quick/1", "a");
    EXPECT_EQ(second.read().status, 200);
    auto third = asking("/quick/1", "a");
    const auto refused = third.read();
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("connection"), "close");
    EXPECT_EQ(asking("/quick/1", "b").read().status, 200);
    second.send("GET /quick/1 HTTP/1.1\r\nHost: t\r\nX-Who: b\r\n\r\n");
    EXPECT_EQ(second.read().status, 200) << "as a proxy's connection, which is of many";
    EXPECT_EQ(asking("/quick/1", "a").read().status, 200);
  }
  std::this_thread::sleep_for(milliseconds(100));
  auto again = asking("/quick/1", "a");
  EXPECT_EQ(again.read().status, 200);
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
