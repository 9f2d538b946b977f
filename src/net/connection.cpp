#include "net/connection.h"

#include <algorithm>
#include <cctype>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/text.h"
#include "net/negotiate.h"
#include "net/problem.h"

namespace aremko::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// One read takes a request with room to spare, or several pipelined ones; bodies come in larger pieces.
constexpr std::size_t head_piece = 8 * 1024;
constexpr std::size_t body_piece = 64 * 1024;

// What the kernel holds of an answer that its reader does not take. Left to itself it takes 4 MB each, and whoever asks for
// much on many connections and reads nothing has them all copied in one go, while everybody else waits for the thread.
constexpr int send_buffer = 128 * 1024;

// What is kept of a connection's buffers between requests; a large body's memory is given back.
constexpr std::size_t kept_capacity = 64 * 1024;

/// RFC 3986's uri-host, with a port perhaps; not whether there is such a host. Whoever stands before us may go by it.
bool valid_host(std::string_view host) {
  constexpr std::string_view marks = "-._~%!$&'()*+,;=:[]";
  return !host.empty() && std::ranges::all_of(host, [&](unsigned char c) { return std::isalnum(c) || marks.contains(static_cast<char>(c)); });
}

bool readable(const Request& request) {
  if (!valid_utf8(request.target)) return false;
  for (std::size_t i = 0; i < request.headers.size(); ++i) {
    if (!valid_utf8(request.headers.at(i).second)) return false;
  }
  return true;
}

}  // namespace

Connection::Connection(Loop& loop, tcp::socket socket)
    : loop_(loop), socket_(std::move(socket)), gate_(loop.io()), buffer_(options().max_header + body_piece) {
  loop_.shared().connections.fetch_add(1);
  error_code ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(tcp::no_delay(true), ignored);
  socket_.set_option(asio::socket_base::send_buffer_size(send_buffer), ignored);
  if (const auto peer = socket_.remote_endpoint(ignored); !ignored) {
    remote_ = peer.address().to_string();
    peer_ = peer_of(peer.address());
  }
  {
    auto& shared = loop_.shared();
    const std::lock_guard lock(shared.peers_mutex);
    of_peer_ = ++shared.peers[peer_];
  }
  loop_.enlist(*this);
}

Connection::~Connection() {
  auto& shared = loop_.shared();
  shared.connections.fetch_sub(1);
  shared.bodies.fetch_sub(body_counted_);
  count_key({});
  const std::lock_guard lock(shared.peers_mutex);
  if (const auto peer = shared.peers.find(peer_); --peer->second == 0) shared.peers.erase(peer);
}

/// Counts the connection as that key's, and as no other's; false when those are too many.
bool Connection::count_key(const std::string& key) {
  if (key == key_) return true;
  auto& shared = loop_.shared();
  const std::lock_guard lock(shared.peers_mutex);
  if (const auto last = shared.keys.find(key_); last != shared.keys.end() && --last->second == 0) shared.keys.erase(last);
  key_.clear();
  if (key.empty()) return true;
  unsigned& held = shared.keys[key];
  if (held >= options().max_connections_per_key) return false;
  ++held;
  key_ = key;
  return true;
}

bool Connection::make_room(Room of) {
  error_code ignored;
  if (!socket_.is_open()) return false;
  const bool idle = phase_ == Phase::idle && socket_.available(ignored) == 0;
  const bool slow = phase_ == Phase::reading || phase_ == Phase::writing || phase_ == Phase::draining;
  const bool goes = of == Room::slow_stranger ? slow && !keyed_ : idle && stranger_ == (of == Room::silent_stranger);
  // Reading, it would be told that it was slow: nobody has time for that now.
  if (goes) force_close();
  return goes;
}

void Connection::expire() {
  deadline = never;
  error_code ignored;
  // A reader gets its 408 (see fill); for the others there is nothing to say.
  phase_ == Phase::reading ? socket_.cancel(ignored) : socket_.close(ignored);
}

void Connection::retire() {
  error_code ignored;
  if (phase_ == Phase::idle && socket_.available(ignored) == 0) socket_.close(ignored);
  if (phase_ == Phase::draining) deadline = std::min(deadline, loop_.tick_after(std::chrono::milliseconds(100)));
  if (stream_cancel_ != nullptr) stream_cancel_->emit(boost::asio::cancellation_type::terminal);
}

void Connection::force_close() {
  forced_ = true;
  error_code ignored;
  socket_.close(ignored);
  gate_.cancel();
}

asio::awaitable<void> Connection::run() {
  while (co_await serve_one() && !forced_) {
    // Whoever sent many requests at once has the thread for one of them at a time.
    if (buffer_.size() > 0) co_await asio::post(loop_.io(), asio::use_awaitable);
  }
}

void Connection::begin_phase(Phase phase, std::chrono::milliseconds limit) {
  phase_ = phase;
  phase_end_ = loop_.tick_after(limit);
  deadline = phase_end_;
}

/// True when another request may follow on this connection.
asio::awaitable<bool> Connection::serve_one() {
  forget_body();
  admission_ = {};
  request_.method = Method::other;  // until a request line is read: what is refused before is of no method
  request_.version = 11;
  request_.headers.clear();
  request_.params.clear();
  request_.granted.reset();
  request_.pattern = {};
  parser_.emplace(request_);
  parser_->header_limit(static_cast<std::uint32_t>(options().max_header));
  header_bytes_ = 0;
  keep_alive_ = true;
  if (buffer_.size() == 0 && loop_.shared().stopping) co_return false;

  if (const auto fault = co_await read_head(); fault != Fault::none) co_return co_await refuse(fault);
  keep_alive_ = parser_->keep_alive() && !loop_.shared().stopping;
  if (auto refused = check_head()) co_return co_await refuse(std::move(*refused));

  const auto match = loop_.shared().router.match(request_);
  if (match.route != nullptr && match.route->options.admit) {
    admission_ = match.route->options.admit(request_);
    if (!admission_.caller.empty() && !count_key(admission_.caller)) co_return co_await refuse(beyond_share(request_.language()));
    keyed_ = keyed_ || !admission_.caller.empty();
  }
  // A body that nobody takes is read away when it is here already, and the connection goes on; else it is not waited for.
  if (!body_is_here()) {
    if (admission_.refusal) co_return co_await refuse(std::move(*admission_.refusal));
    if (match.route == nullptr) co_return co_await refuse(answer_unrouted(match));
    if (request_.method == Method::get || request_.method == Method::head) co_return co_await refuse(Fault::body_limit);
  }
  if (!parser_->is_done()) {
    admission_.granted.reset();  // the body may take longer than a key goes on being good
    auto allowed = match.route != nullptr && match.route->options.max_body > 0 ? match.route->options.max_body
                                                                                : options().max_body;
    if (admission_.max_body > 0) allowed = std::min(allowed, admission_.max_body);
    parser_->set_max_body(allowed);
    if (const auto fault = co_await read_body(); fault != Fault::none) co_return co_await refuse(fault);
  }
  complete_ = Clock::now();
  stranger_ = false;
  co_return co_await answer(match);
}

asio::awaitable<Connection::Fault> Connection::read_head() {
  if (buffer_.size() == 0) {
    begin_phase(Phase::idle, stranger_ ? options().first_byte_timeout : options().idle_timeout);
    if (const auto fault = co_await fill(head_piece); fault != Fault::none) co_return Fault::gone;
  }
  begin_phase(Phase::reading, options().header_timeout);
  while (true) {
    if (const auto fault = parse(); fault != Fault::none) co_return fault;
    if (parser_->is_header_done()) co_return Fault::none;
    if (const auto fault = co_await fill(head_piece); fault != Fault::none) co_return fault;
  }
}

asio::awaitable<Connection::Fault> Connection::read_body() {
  const auto length = parser_->content_length();
  if (length && *length > parser_->max_body()) co_return Fault::body_limit;
  begin_phase(Phase::reading, options().body_timeout);
  if (buffer_.size() == 0 && equal_ignoring_case(request_.headers.get("Expect"), "100-continue")) {
    if (!co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return Fault::gone;
    begin_phase(Phase::reading, options().body_timeout);
  }
  while (true) {
    if (const auto fault = parse(); fault != Fault::none) co_return fault;
    if (!count_body()) co_return Fault::bodies_full;
    if (parser_->is_done()) co_return Fault::none;
    if (const auto fault = co_await fill(body_piece); fault != Fault::none) co_return fault;
  }
}

void Connection::forget_body() {
  loop_.shared().bodies.fetch_sub(std::exchange(body_counted_, 0));
  if (request_.body.capacity() > kept_capacity) request_.body = std::string();
  request_.body.clear();
}

/// Counts what has come of the body; false when all bodies together are too many bytes.
bool Connection::count_body() {
  const std::size_t more = request_.body.size() - body_counted_;
  body_counted_ += more;
  return loop_.shared().bodies.fetch_add(more) + more <= options().max_bodies;
}

/// Waits for more bytes, for as long as the phase and a stall may take.
asio::awaitable<Connection::Fault> Connection::fill(std::size_t bytes) {
  // Only a chunk's extensions or trailers can fill it: heads are cut off before, bodies are taken out.
  if (buffer_.size() == buffer_.max_size()) co_return Fault::header_limit;
  deadline = phase_ == Phase::reading ? std::min(phase_end_, loop_.tick_after(options().stall_timeout)) : phase_end_;
  const auto [failed, count] = co_await socket_.async_read_some(
      buffer_.prepare(std::min(bytes, buffer_.max_size() - buffer_.size())), as_result);
  const bool expired = deadline == never;
  deadline = never;
  buffer_.commit(count);
  if (!failed) co_return Fault::none;
  if (failed == asio::error::operation_aborted && expired && !forced_ && phase_ == Phase::reading) {
    co_return Fault::stalled;
  }
  const bool begun = parser_->got_some() || buffer_.size() > 0;
  co_return failed == asio::error::eof && begun ? Fault::unfinished : Fault::gone;
}

/// Feeds the parser what the buffer holds, until the head or the body is whole or more bytes are needed.
Connection::Fault Connection::parse() {
  // An empty line or two before a request line is some old client's slip (RFC 9112 2.2).
  while (!parser_->got_some() && buffer_.size() >= 2 && std::memcmp(buffer_.data().data(), "\r\n", 2) == 0) {
    buffer_.consume(2);
  }
  const bool head = !parser_->is_header_done();
  while (buffer_.size() > 0 && !parser_->is_done()) {
    error_code failed;
    const auto used = parser_->feed(buffer_.data(), failed);
    buffer_.consume(used);
    // Beast counts only the bytes it has not taken yet; fields that come one by one would never reach its limit.
    if (head) header_bytes_ += used;
    if (header_bytes_ > options().max_header || failed == http::error::header_limit) return Fault::header_limit;
    if (failed == http::error::need_more) return Fault::none;
    if (failed == http::error::body_limit) return Fault::body_limit;
    if (failed == http::error::bad_version) return Fault::version;
    if (failed) return Fault::malformed;
    if (head && parser_->is_header_done()) return Fault::none;
  }
  return Fault::none;
}

/// What is wrong with a head that could be parsed.
std::optional<Response> Connection::check_head() {
  request_.remote = remote_;
  const auto language = request_.language();
  if (!readable(request_)) {
    return problem(error(Code::malformed, "La ruta o un encabezado contiene bytes que no son UTF-8.",
                         "The target or a header has bytes that are not UTF-8."),
                   language);
  }
  if (auto refused = check_fields()) return refused;
  if (auto wrong = parse_target(request_)) return problem(*wrong, language);
  return {};
}

/// What decides where a request goes and where it ends.
std::optional<Response> Connection::check_fields() const {
  const auto language = request_.language();
  const auto hosts = request_.headers.count("Host");
  const bool needed = hosts > 0 || request_.version >= 11;
  if (hosts > 1 || (needed && !valid_host(request_.headers.get("Host")))) {
    return problem(error(Code::malformed, "La solicitud debe llevar exactamente un encabezado Host, con un nombre válido.",
                         "The request must carry exactly one Host header, with a valid name."),
                   language);
  }
  if (const auto codings = request_.headers.count("Transfer-Encoding"); codings > 0) {
    // What another server in between reads otherwise would be a second request in the first one's body (RFC 9112 6.3).
    const bool chunked = codings == 1 && request_.version >= 11 && parser_->chunked() &&
                         equal_ignoring_case(request_.headers.get("Transfer-Encoding"), "chunked");
    if (!chunked || request_.headers.has("Content-Length")) {
      return problem(error(Code::malformed, "Transfer-Encoding debe ser «chunked», una vez y sin Content-Length.",
                           "Transfer-Encoding must be \"chunked\", once and without Content-Length."),
                     language);
    }
  }
  return {};
}

/// Whether the body came along with the head, so that nobody has to wait for it.
bool Connection::body_is_here() const {
  const auto length = parser_->content_length();
  return parser_->is_done() || (length && *length <= buffer_.size());
}

}  // namespace aremko::net
