#include "net/loop.h"

#include <algorithm>
#include <ctime>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.h"
#include "net/connection.h"
#include "net/respond.h"

namespace aremko::net {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

namespace {

// Twenty a second, only while there are connections: fine enough for deadlines of 750 ms and more, and one pass over
// the list costs less than re-arming a timer a request.
constexpr std::chrono::milliseconds tick_length{50};

// Connections over the limit that are being told so; beyond these they are just closed.
constexpr unsigned max_turned_away = 64;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> serve(std::unique_ptr<Connection> connection, bool over_limit) {
  if (over_limit) {
    co_await connection->turn_away();
  } else {
    co_await connection->run();
  }
}

}  // namespace

std::string peer_of(const asio::ip::address& address) {
  if (!address.is_v6()) return address.to_string();
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return asio::ip::make_address_v6(bytes).to_string() + "/64";
}

void Loop::start() { asio::co_spawn(io_, accept(), asio::detached); }

void Loop::begin_stop() {
  asio::post(io_, [this] {
    // What the kernel has already accepted for us is served too, once.
    boost::system::error_code failed;
    acceptor_.non_blocking(true, failed);
    while (!failed) {
      tcp::socket socket(io_);
      acceptor_.accept(socket, failed);
      if (!failed) admit(std::move(socket));
    }
    acceptor_.close(failed);
    for (auto at = connections_.begin(); at != connections_.end();) (at++)->retire();
  });
}

void Loop::force_close() {
  asio::post(io_, [this] {
    for (auto at = connections_.begin(); at != connections_.end();) (at++)->force_close();
    ticker_.cancel();
  });
}

void Loop::enlist(Timed& connection) {
  connections_.push_back(connection);
  if (ticking_) return;
  ticking_ = true;
  update_ticks();
  tick();
}

std::uint64_t Loop::tick_after(std::chrono::milliseconds after) const {
  return ticks_ + static_cast<std::uint64_t>((after + tick_length - std::chrono::milliseconds(1)) / tick_length) + 1;
}

std::string_view Loop::date() {
  const std::int64_t now = std::time(nullptr);
  if (now != date_second_) {
    date_second_ = now;
    date_ = http_date(now);
  }
  return date_;
}

asio::awaitable<void> Loop::accept() {
  asio::steady_timer pause(io_);
  while (acceptor_.is_open()) {
    auto [failed, socket] = co_await acceptor_.async_accept(as_result);
    if (!failed) {
      admit(std::move(socket));
    } else if (acceptor_.is_open()) {
      // Out of descriptors, most likely: the queue in the kernel holds until some are free again.
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(as_result);
    }
  }
}

void Loop::admit(tcp::socket socket) {
  const auto open = shared_->connections.load();
  if (open >= shared_->options.max_connections + max_turned_away) return;
  const bool full = open >= shared_->options.max_connections && !make_room();
  // Memory that runs out here must cost one client, not the listener.
  try {
    auto connection = std::make_unique<Connection>(*this, std::move(socket));
    const bool over_limit = full || connection->beyond_peers_share();
    asio::co_spawn(io_, serve(std::move(connection), over_limit), asio::detached);
  } catch (const std::exception&) {
    log::failure("connection_dropped", {});
  }
}

/// The oldest of the first kind that there is one of.
bool Loop::make_room() {
  for (const Room of : {Room::silent_stranger, Room::slow_stranger, Room::idle}) {
    for (auto at = connections_.begin(); at != connections_.end();) {
      if ((at++)->make_room(of)) return true;
    }
  }
  return false;
}

void Loop::update_ticks() {
  ticks_ = static_cast<std::uint64_t>((std::chrono::steady_clock::now() - started_) / tick_length);
}

void Loop::tick() {
  if (connections_.empty()) {
    ticking_ = false;
    return;
  }
  ticker_.expires_after(tick_length);
  ticker_.async_wait([this](boost::system::error_code failed) {
    if (failed) return;
    update_ticks();
    for (auto at = connections_.begin(); at != connections_.end();) {
      auto& connection = *at++;
      if (connection.deadline <= ticks_) connection.expire();
    }
    tick();
  });
}

}  // namespace aremko::net
