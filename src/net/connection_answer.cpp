// The second half of a Connection: from a whole request to an answer on the wire.
#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/connection.h"
#include "net/problem.h"

namespace aremko::net {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// zlib needs some 2 ms for it: as long as an I/O thread may be kept.
constexpr std::size_t compress_elsewhere = 128 * 1024;

// A refused sender is read away this far and this long, so that it sees the answer rather than a reset.
constexpr std::size_t linger_bytes = 64 * 1024 * 1024;
constexpr std::chrono::milliseconds linger_stall{2'000};
constexpr std::chrono::milliseconds linger_time{10'000};
constexpr std::chrono::milliseconds linger_at_stop{200};

// What a client may send ahead while a stream runs is read in such pieces.
constexpr std::size_t pipelined_piece = 4 * 1024;

// All who show no key are as one tenant: from however many addresses they come, half a lane is others'. No tenant has this name.
constexpr std::string_view strangers = " strangers";

// A reader slower than this on the whole is cut off, and one that takes nothing for write_timeout.
constexpr std::size_t slowest_bytes_per_s = 16 * 1024;

Response busy(std::string_view language) {
  auto full = error(Code::unavailable, "El servidor está ocupado; intente de nuevo en un momento.",
                    "The server is busy; try again in a moment.");
  full.retry_after_s = 1;
  return problem(full, language);
}

Response late(std::string_view language) {
  auto slow = error(Code::unavailable, "La solicitud tardó más de lo permitido.",
                    "The request took longer than allowed.");
  slow.retry_after_s = 5;
  return problem(slow, language);
}

}  // namespace

/// Work for the pool. Shared by the connection, which may give up waiting, and the worker, which cannot be stopped.
struct Connection::Job {
  Request request;
  Response response;
  Answer answer;
  std::stop_source nobody_waits;
  bool done = false;                     // these two: on the loop's thread only
  asio::steady_timer* waiter = nullptr;  // null once nobody waits
};

asio::awaitable<void> Connection::turn_away() {
  keep_alive_ = false;
  co_await refuse(busy("es"));
}

/// What the router itself answers when no handler is there.
Response Connection::answer_unrouted(const Router::Match& match) const {
  if (request_.method == Method::options && (request_.segments.empty() || !match.allow.empty())) {
    Response response{.status = 204, .content_type = {}};
    if (!match.allow.empty()) response.headers.add("Allow", match.allow);
    return response;
  }
  if (match.allow.empty()) {
    const Handler& otherwise = loop_.shared().router.otherwise();
    if (otherwise && (request_.method == Method::get || request_.method == Method::head)) return call(otherwise, request_);
    return problem(error(Code::not_found, "No hay nada en esta ruta.", "There is nothing at this path."),
                   request_.language());
  }
  auto response = problem(error(Code::not_allowed, "Este recurso no admite ese método; vea Allow.",
                                "This resource does not take that method; see Allow."),
                          request_.language());
  response.headers.add("Allow", match.allow);
  return response;
}

asio::awaitable<bool> Connection::answer(const Router::Match& match) {
  phase_ = Phase::working;
  deadline = never;
  if (admission_.refusal) {
    const auto facts = finish(request_, *admission_.refusal);
    co_return co_await send(*admission_.refusal, facts);
  }
  const Work work = match.route == nullptr ? Work::light : admission_.work.value_or(match.route->options.work);
  if (work != Work::light) {
    const auto limit = match.route->options.timeout;
    co_return co_await offload({}, &match.route->handler, work, limit.count() > 0 ? limit : options().request_timeout);
  }
  request_.granted = std::move(admission_.granted);
  auto response = match.route != nullptr ? call(match.route->handler, request_) : answer_unrouted(match);
  if (response.later) co_return co_await send_later(std::move(response.later));
  if (response.bytes().size() >= compress_elsewhere && to_compress(request_, response)) {
    co_return co_await offload(std::move(response), nullptr, Work::quick, options().request_timeout);
  }
  const auto facts = finish(request_, response);
  co_return co_await send(response, facts);
}

/// Has a worker of the lane run the handler, when there is one, and finish the response; then sends it. A client is
/// watched meanwhile: when it goes, the work is told.
asio::awaitable<bool> Connection::offload(Response response, const Handler* handler, Work work,
                                         std::chrono::milliseconds limit) {
  Lane& lane = loop_.shared().lanes->of(work);
  const auto language = request_.language();
  const bool stranger = admission_.caller.empty();
  const Caller caller{stranger ? peer_ : admission_.caller, stranger ? std::string(strangers) : admission_.tenant};
  // What only reads is for its client alone; what changes something is finished once it has begun.
  const bool watched = work == Work::walk || (work == Work::wait && request_.method == Method::get);
  auto job = std::make_shared<Job>();
  job->request = std::move(request_);  // method, version and pattern stay behind too: they are plain values
  job->request.stop = job->nobody_waits.get_token();
  job->response = std::move(response);
  asio::steady_timer beside(loop_.io());
  asio::steady_timer& done = watched ? beside : gate_;  // who attends to a client has the gate
  done.expires_after(limit);
  job->waiter = &done;
  const auto act = [job, handler] {
    if (handler != nullptr) job->response = call(*handler, job->request);
    if (!job->response.later) job->answer = finish(job->request, job->response);
  };
  const auto tell = [job, &io = loop_.io()] {
    asio::post(io, [job] {
      job->done = true;
      if (job->waiter != nullptr) job->waiter->cancel();
    });
  };
  const auto [entry, ticket] = lane.post(caller, act, tell);
  if (entry != Lane::Entry::in) {
    request_ = std::move(job->request);
    auto refusal = entry == Lane::Entry::full ? busy(language) : beyond_share(language);
    const auto facts = finish(request_, refusal);
    co_return co_await send(refusal, facts);
  }
  if (watched) {
    const auto wait = [](asio::steady_timer& until) -> asio::awaitable<void> { co_await until.async_wait(as_result); };
    co_await attend(wait(done), false);
  } else {
    co_await done.async_wait(as_result);
  }
  job->waiter = nullptr;
  if (!job->done) {
    job->nobody_waits.request_stop();
    lane.withdraw(ticket);
  }
  if (forced_ || gone_) co_return false;
  if (job->done) {
    request_ = std::move(job->request);
    keyed_ = keyed_ || (admission_.work && job->response.status < 400);  // who it was has been looked up
    if (job->response.later) co_return co_await send_later(std::move(job->response.later));
    co_return co_await send(job->response, job->answer);
  }
  auto refusal = late(language);
  const Answer facts{.head_only = request_.method == Method::head, .length = refusal.bytes().size()};
  co_return co_await send(refusal, facts);
}

asio::awaitable<bool> Connection::refuse(Fault fault) {
  const auto language = request_.language();
  const auto refuse_with = [&](int status, std::string_view es, std::string_view en) {
    return problem(status, Text{std::string(es), std::string(en)}, language);
  };
  keep_alive_ = false;
  switch (fault) {
    case Fault::none:
    case Fault::gone: break;
    case Fault::stalled:
      co_return co_await refuse(refuse_with(408, "La solicitud no terminó de llegar a tiempo.",
                                            "The request did not arrive whole in time."));
    case Fault::unfinished:
      co_return co_await refuse(refuse_with(400, "La solicitud llegó incompleta.",
                                            "The request arrived incomplete."));
    case Fault::malformed:
      co_return co_await refuse(refuse_with(400, "La solicitud no es HTTP válido.",
                                            "The request is not valid HTTP."));
    case Fault::version:
      co_return co_await refuse(refuse_with(505, "Este servidor habla HTTP/1.1.", "This server speaks HTTP/1.1."));
    case Fault::header_limit:
      co_return co_await refuse(refuse_with(431, "Los encabezados son demasiado grandes.",
                                            "The header fields are too large."));
    case Fault::bodies_full: co_return co_await refuse(busy(language));
    case Fault::body_limit:
      co_return co_await refuse(refuse_with(413, "El cuerpo de la solicitud es demasiado grande.",
                                            "The request's body is too large."));
  }
  co_return false;
}

/// Answers what could not be read whole, and closes.
asio::awaitable<bool> Connection::refuse(Response response) {
  keep_alive_ = false;
  complete_ = Clock::now();  // it never was; what it took counts from here
  const Answer facts{.head_only = request_.method == Method::head, .length = response.bytes().size()};
  co_await send(response, facts);
  co_return false;
}

/// Writes the answer, or that too many wait already for the same caller to read them; true when the connection may go on.
asio::awaitable<bool> Connection::send(const Response& response, const Answer& answer) {
  const bool ours = std::holds_alternative<std::string>(response.body) && !answer.head_only;
  const Unsent::Share held(loop_.shared().unsent, admission_.caller.empty() ? peer_ : admission_.caller,
                           ours ? response.bytes().size() : 0);
  if (held) co_return co_await put(response, answer);
  const auto refusal = beyond_share(request_.language());
  co_return co_await put(refusal, {.length = refusal.bytes().size()});
}

asio::awaitable<bool> Connection::put(const Response& response, const Answer& answer) {
  if (loop_.shared().stopping) keep_alive_ = false;
  const bool streams = response.stream != nullptr && !answer.head_only;
  chunked_ = request_.version >= 11;
  if (streams && !chunked_) keep_alive_ = false;
  const auto took = Clock::now() - complete_;
  head_.clear();
  write_head(head_, response, answer,
             {.date = loop_.date(), .took = took, .version = request_.version, .keep_alive = keep_alive_});
  const auto body = answer.head_only ? std::string_view() : response.bytes();
  bool sent = co_await write_all(head_, body);
  if (sent && streams) sent = co_await send_stream(*response.stream);
  if (const auto& observer = loop_.shared().observer) {
    observer({.method = method_name(request_.method), .pattern = request_.pattern, .status = response.status,
              .microseconds = std::chrono::duration_cast<std::chrono::microseconds>(took).count(),
              .bytes = body.size(), .tag = response.tag, .caller = admission_.caller, .peer = remote_,
              .subject = response.subject});
  }
  if (sent && !keep_alive_) co_await linger();
  co_return sent && keep_alive_;
}

/// Both pieces in one system call when the socket takes them.
asio::awaitable<bool> Connection::write_all(std::string_view first, std::string_view second) {
  std::array<asio::const_buffer, 2> pieces{asio::buffer(first), asio::buffer(second)};
  const auto total = first.size() + second.size();
  error_code failed;
  const auto written = socket_.write_some(pieces, failed);
  if (failed && failed != asio::error::would_block && failed != asio::error::try_again) co_return false;
  if (written == total) co_return true;
  begin_phase(Phase::writing,
              options().write_timeout + std::chrono::seconds(static_cast<long>(total / slowest_bytes_per_s)));
  for (std::size_t done = written; done < total;) {
    const auto of_first = std::min(done, first.size());
    pieces = {asio::buffer(first.substr(of_first)), asio::buffer(second.substr(done - of_first))};
    deadline = std::min(phase_end_, loop_.tick_after(options().write_timeout));
    const auto [broken, count] = co_await socket_.async_write_some(pieces, as_result);
    if (broken) co_return false;
    done += count;
  }
  phase_ = Phase::working;
  deadline = never;
  co_return true;
}

/// Has the work done, and watches the client meanwhile: when it goes, what the work awaits is cancelled. False when
/// the work did not come to its end. What `stops_with_server` is cancelled as soon as the server stops; the rest has its
/// grace.
asio::awaitable<bool> Connection::attend(asio::awaitable<void> work, bool stops_with_server) {
  bool finished = false;
  bool broken = false;
  asio::cancellation_signal cancel;
  gone_ = false;
  asio::co_spawn(loop_.io(), std::move(work),
                 asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown) {
                   finished = true;
                   broken = broken || thrown != nullptr;
                   error_code ignored;
                   socket_.cancel(ignored);
                   gate_.cancel();
                 }));
  if (stops_with_server) stream_cancel_ = &cancel;
  while (!finished && buffer_.size() < options().max_header) {
    const auto [failed, count] = co_await socket_.async_read_some(buffer_.prepare(pipelined_piece), as_result);
    buffer_.commit(count);
    if (failed) break;
  }
  if (!finished) {
    broken = gone_ = true;
    cancel.emit(asio::cancellation_type::terminal);
  }
  while (!finished) {
    gate_.expires_at(asio::steady_timer::time_point::max());
    co_await gate_.async_wait(as_result);
  }
  stream_cancel_ = nullptr;
  co_return !broken;
}

asio::awaitable<bool> Connection::send_stream(Stream& stream) {
  if (!co_await attend(stream.run(*this), true)) co_return false;
  co_return !chunked_ || co_await write_all("0\r\n\r\n", {});
}

/// Waits for the answer, then sends it.
asio::awaitable<bool> Connection::send_later(std::shared_ptr<Later> later) {
  Response response;
  const auto wait = [](Later& of, Response& into) -> asio::awaitable<void> { into = co_await of.run(); };
  if (!co_await attend(wait(*later, response), false)) co_return false;
  if (response.bytes().size() >= compress_elsewhere && to_compress(request_, response)) {
    co_return co_await offload(std::move(response), nullptr, Work::quick, options().request_timeout);
  }
  const auto facts = finish(request_, response);
  co_return co_await send(response, facts);
}

asio::awaitable<bool> Connection::write(std::string_view bytes) {
  if (!chunked_) co_return co_await write_all(bytes, {});
  if (bytes.empty()) co_return true;  // an empty chunk would end the body
  const auto chunk = fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
  co_return co_await write_all(chunk, {});
}

/// Closes our side. Where the client may still be sending, reads on for a while: closing with unread bytes would
/// reset the connection, and the client might never see the answer (RFC 9112 9.6).
asio::awaitable<void> Connection::linger() {
  error_code failed;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, failed);
  forget_body();
  if (parser_ && parser_->is_done() && buffer_.size() == 0) co_return;
  const bool stopping = loop_.shared().stopping;
  begin_phase(Phase::draining, stopping ? linger_at_stop : linger_time);
  std::size_t drained = 0;
  while (!failed && drained < linger_bytes && !forced_) {
    deadline = std::min(phase_end_, loop_.tick_after(linger_stall));
    const auto [broken, count] = co_await socket_.async_read_some(asio::buffer(loop_.waste()), as_result);
    failed = broken;
    drained += count;
  }
}

}  // namespace aremko::net
