#pragma once
// One client: reads requests, has them answered, writes the answers, in order. Internal to the server; everything
// runs on its loop's thread except what it hands to the pool.

#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include "net/loop.h"
#include "net/parser.h"
#include "net/respond.h"
#include "net/stream.h"

namespace aremko::net {

class Connection final : public Timed, private StreamWriter {
 public:
  Connection(Loop& loop, boost::asio::ip::tcp::socket socket);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  boost::asio::awaitable<void> run();
  /// One connection too many: says 503 and closes.
  boost::asio::awaitable<void> turn_away();

  void expire() override;
  void retire() override;
  void force_close() override;
  bool make_room(Room of) override;
  /// The peer has more connections than one may have.
  bool beyond_peers_share() const { return of_peer_ > options().max_connections_per_peer; }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Phase { idle, reading, working, writing, draining };
  enum class Fault { none, gone, stalled, unfinished, malformed, version, header_limit, body_limit, bodies_full };
  struct Job;

  // Reading: connection.cpp
  boost::asio::awaitable<bool> serve_one();
  boost::asio::awaitable<Fault> read_head();
  boost::asio::awaitable<Fault> read_body();
  boost::asio::awaitable<Fault> fill(std::size_t bytes);
  Fault parse();
  std::optional<Response> check_head();
  std::optional<Response> check_fields() const;
  bool body_is_here() const;
  bool count_body();
  bool count_key(const std::string& key);
  void forget_body();
  void begin_phase(Phase phase, std::chrono::milliseconds limit);

  // Answering: connection_answer.cpp
  boost::asio::awaitable<bool> answer(const Router::Match& match);
  Response answer_unrouted(const Router::Match& match) const;
  boost::asio::awaitable<bool> offload(Response response, const Handler* handler, Work work, std::chrono::milliseconds limit);
  boost::asio::awaitable<bool> refuse(Fault fault);
  boost::asio::awaitable<bool> refuse(Response response);
  boost::asio::awaitable<bool> send(const Response& response, const Answer& answer);
  boost::asio::awaitable<bool> put(const Response& response, const Answer& answer);
  boost::asio::awaitable<bool> send_stream(Stream& stream);
  boost::asio::awaitable<bool> send_later(std::shared_ptr<Later> later);
  boost::asio::awaitable<bool> attend(boost::asio::awaitable<void> work, bool stops_with_server);
  boost::asio::awaitable<bool> write(std::string_view bytes) override;
  bool client_gone() const override { return gone_; }
  boost::asio::awaitable<bool> write_all(std::string_view first, std::string_view second);
  boost::asio::awaitable<void> linger();

  const ServerOptions& options() const { return loop_.shared().options; }

  Loop& loop_;
  boost::asio::ip::tcp::socket socket_;
  boost::asio::steady_timer gate_;  // what a heavy request waits at
  std::string remote_;
  std::string peer_;          // its network: what is counted
  unsigned of_peer_ = 0;      // connections of the peer when this one came, with it
  bool stranger_ = true;      // no request came whole yet
  bool keyed_ = false;        // one came with a key that was let in
  std::string key_;           // the last of them, by its public part: counted
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  Request request_;
  Admission admission_;
  std::size_t body_counted_ = 0;  // bytes of it that stand in Shared::bodies
  std::string head_;  // of the answer being written
  Clock::time_point complete_{};  // when the request was there whole
  Phase phase_ = Phase::idle;
  std::uint64_t phase_end_ = never;
  std::size_t header_bytes_ = 0;
  bool keep_alive_ = true;
  bool chunked_ = false;  // how a stream is sent
  boost::asio::cancellation_signal* stream_cancel_ = nullptr;  // while a stream is attended to
  bool gone_ = false;  // the client, while something was attended to
  bool forced_ = false;
};

}  // namespace aremko::net
