#pragma once
// One I/O thread: its io_context, its listening socket, its connections, and one coarse timer for all their
// deadlines. Internal to the server.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include "net/lane.h"
#include "net/server.h"
#include "net/unsent.h"

namespace aremko::net {

/// What all threads of a server share.
struct Shared {
  Shared(ServerOptions options_in, Router router_in, Observer observer_in)
      : options(std::move(options_in)), router(std::move(router_in)), observer(std::move(observer_in)),
        lanes(options.lanes ? options.lanes : make_lanes(options)) {}

  const ServerOptions options;
  const Router router;
  const Observer observer;
  const std::shared_ptr<Lanes> lanes;
  std::atomic<unsigned> connections{0};
  std::atomic<std::size_t> bodies{0};  // bytes
  std::mutex peers_mutex;
  std::unordered_map<std::string, unsigned> peers;  // connections of each; guarded by peers_mutex
  std::unordered_map<std::string, unsigned> keys;   // likewise, by the key that was shown last
  Unsent unsent{options.max_unsent};
  std::atomic<bool> stopping{false};
};

/// Who goes first when somebody else needs the place.
enum class Room : std::uint8_t {
  silent_stranger,  // has never made a request, and makes none
  slow_stranger,    // shows no key, and sends or takes what is not over yet
  idle,             // has made requests, and makes none now
};

/// The network that an address is counted under: of IPv6 whoever has one address has a /64 of them.
std::string peer_of(const boost::asio::ip::address& address);

/// A connection's place in its loop's list, and its deadline. All on the loop's thread.
class Timed : public boost::intrusive::list_base_hook<
                  boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  virtual void expire() = 0;        // the deadline has passed
  virtual void retire() = 0;        // the server stops: go now if idle
  virtual void force_close() = 0;   // the grace is over
  /// Somebody else needs the place: closes if this is one of these; true when it did.
  virtual bool make_room(Room of) = 0;

  static constexpr std::uint64_t never = ~std::uint64_t{0};
  std::uint64_t deadline = never;  // in ticks of the loop

 protected:
  ~Timed() = default;
};

class Loop {
 public:
  explicit Loop(Shared& shared) : shared_(&shared) {}

  boost::asio::io_context& io() { return io_; }
  Shared& shared() { return *shared_; }
  boost::asio::ip::tcp::acceptor& acceptor() { return acceptor_; }

  /// Accepts until stopped; `io().run()` serves.
  void start();
  /// Both from any thread.
  void begin_stop();
  void force_close();

  void enlist(Timed& connection);
  /// The tick `after` from now, rounded up: a deadline never comes early, and at most two ticks late.
  std::uint64_t tick_after(std::chrono::milliseconds after) const;
  /// The current second in RFC 9110 form.
  std::string_view date();
  /// Where bytes nobody wants are read to.
  std::array<char, 65536>& waste() { return waste_; }

 private:
  boost::asio::awaitable<void> accept();
  void admit(boost::asio::ip::tcp::socket socket);
  void tick();
  void update_ticks();
  bool make_room();

  Shared* shared_;
  boost::asio::io_context io_{1};  // 1: one thread runs it
  boost::asio::ip::tcp::acceptor acceptor_{io_};
  boost::asio::steady_timer ticker_{io_};
  bool ticking_ = false;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::uint64_t ticks_ = 0;
  boost::intrusive::list<Timed, boost::intrusive::constant_time_size<false>> connections_;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::array<char, 65536> waste_{};
};

}  // namespace aremko::net
