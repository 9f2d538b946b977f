#include "mcp/http_answer.h"

#include <boost/asio/this_coro.hpp>

namespace aremko::mcp {

namespace asio = boost::asio;
using Found = Mailbox::Reader::Found;
using Clock = std::chrono::steady_clock;

namespace {

// What a client whose stream was closed waits before it comes back for the rest.
constexpr int retry_ms = 500;

class Events final : public net::Stream {
 public:
  Events(std::shared_ptr<Mailbox> box, std::uint64_t place, bool again, EventForm form,
         std::function<void(bool)> on_end)
      : reader_(std::move(box), place, again), form_(std::move(form)), on_end_(std::move(on_end)) {}
  ~Events() override {
    if (on_end_) on_end_(replied_);
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  asio::awaitable<void> run(net::StreamWriter& writer) override {
    bool stopped = false;
    try {
      co_await carry(writer);
    } catch (const boost::system::system_error&) {
      stopped = !writer.client_gone();
    }
    if (!stopped || form_.last.empty()) co_return;
    co_await asio::this_coro::reset_cancellation_state();
    co_await writer.write(event(form_.last, reader_.place() + 1));
  }

 private:
  std::string event(std::string_view data, std::uint64_t place) const {
    std::string out;
    out.reserve(data.size() + 48);
    if (!form_.stream.empty()) out += fmt::format("id: {}-{}\n", form_.stream, place);
    return out.append("event: message\ndata: ").append(data).append("\n\n");
  }

  asio::awaitable<void> carry(net::StreamWriter& writer) {
    // At once, so that the head does not wait for the first message; proxies pass it on, clients ignore it.
    const std::string first =
        form_.primed ? fmt::format("id: {}-{}\nretry: {}\ndata: \n\n", form_.stream, reader_.place(), retry_ms)
                     : std::string(": \n\n");
    if (!co_await writer.write(first)) co_return;
    auto spoken = Clock::now();
    while (true) {
      const Found found = co_await reader_.next(std::min(form_.keep_alive, form_.look));
      if (found == Found::closed || found == Found::superseded) co_return;
      if (form_.still_good && !form_.still_good()) {
        co_await writer.write(form_.refusal.empty() ? ": 401\n\n" : event(form_.refusal, reader_.place() + 1));
        co_return;
      }
      const auto now = Clock::now();
      if (found == Found::nothing && now - spoken < form_.keep_alive) continue;
      spoken = now;
      if (found == Found::nothing) {
        if (!co_await writer.write(": keep-alive\n\n")) co_return;
        continue;
      }
      if (found == Found::message) {
        const std::string message = reader_.message();
        if (!co_await writer.write(event(message, reader_.place()))) co_return;
        continue;
      }
      replied_ = true;
      const Reply reply = reader_.reply();
      if (!reply.message.empty()) co_await writer.write(event(reply.message, reader_.place() + 1));
      co_return;
    }
  }

  Mailbox::Reader reader_;
  EventForm form_;
  std::function<void(bool)> on_end_;
  bool replied_ = false;
};

class Answer final : public net::Later {
 public:
  explicit Answer(Answering answering)
      : answering_(std::move(answering)), reader_(std::in_place, answering_.box, 0) {}
  ~Answer() override {
    if (!settled_ && answering_.cancel_with_client && answering_.exchange) answering_.exchange->cancel();
  }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  asio::awaitable<net::Response> run() override {
    // Without events there is nothing to say before the answer; the limit only bounds one wait.
    const auto limit = answering_.may_stream ? answering_.patience : std::chrono::minutes(1);
    while (true) {
      const Found found = co_await reader_->next(limit);
      if (found == Found::reply) {
        settled_ = true;
        net::Response out = answering_.respond(reader_->reply());
        out.tag = answering_.tag;
        co_return out;
      }
      if (answering_.may_stream) {
        settled_ = true;
        co_return stream();
      }
      if (found == Found::message) reader_->message();
    }
  }

 private:
  net::Response stream() {
    reader_.reset();
    net::Response out = event_stream(answering_.box, 0, std::move(answering_.form),
                        [exchange = answering_.exchange, cancels = answering_.cancel_with_client](bool replied) {
                          if (!replied && cancels) exchange->cancel();
                        });
    out.tag = answering_.tag;
    out.subject = answering_.subject;
    return out;
  }

  Answering answering_;
  std::optional<Mailbox::Reader> reader_;
  bool settled_ = false;
};

}  // namespace

namespace {

net::Response stream_response(std::shared_ptr<net::Stream> stream) {
  net::Response out{.content_type = "text/event-stream"};
  out.headers.add("Cache-Control", "no-store");
  out.headers.add("X-Accel-Buffering", "no");
  out.stream = std::move(stream);
  return out;
}

}  // namespace

net::Response event_stream(std::shared_ptr<Mailbox> box, std::uint64_t place, EventForm form,
                           std::function<void(bool)> on_end) {
  return stream_response(std::make_shared<Events>(std::move(box), place, false, std::move(form), std::move(on_end)));
}

net::Response event_stream_again(std::shared_ptr<Mailbox> box, std::uint64_t place, EventForm form,
                                 std::function<void(bool)> on_end) {
  return stream_response(std::make_shared<Events>(std::move(box), place, true, std::move(form), std::move(on_end)));
}

net::Response event_stream_head() { return stream_response(nullptr); }

net::Response answer_later(Answering answering) {
  net::Response out;
  if (answering.exchange) answering.exchange->start();
  out.later = std::make_shared<Answer>(std::move(answering));
  return out;
}

}  // namespace aremko::mcp
