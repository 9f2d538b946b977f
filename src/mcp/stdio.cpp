#include "mcp/stdio.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <thread>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "mcp/exchange.h"
#include "mcp/refusals.h"

namespace aremko::mcp {

/// The output, which several threads write to.
class Stdio::Lines final {
 public:
  explicit Lines(std::ostream& out) : out_(&out) {}
  void write(std::string line) {
    if (line.empty()) return;
    std::ranges::replace(line, '\n', ' ');  // between two tokens, where a space says the same
    const std::lock_guard lock(mutex_);
    if (out_ != nullptr) *out_ << line << '\n' << std::flush;
  }
  /// Whoever still writes, writes to nobody.
  void close() {
    const std::lock_guard lock(mutex_);
    out_ = nullptr;
  }

 private:
  std::ostream* out_;
  std::mutex mutex_;
};

namespace {

constexpr std::chrono::seconds last_answers{2};

template <class Out>
class LineSink final : public Sink {
 public:
  explicit LineSink(std::shared_ptr<Out> out) : out_(std::move(out)) {}
  void send(std::string message) override { out_->write(std::move(message)); }
  void finish(Reply reply) override { out_->write(std::move(reply.message)); }

 private:
  std::shared_ptr<Out> out_;
};

}  // namespace

Stdio::Stdio(Engine& engine, operations::Access access, std::string language, std::istream& in, std::ostream& out)
    : engine_(&engine),
      access_(std::move(access)),
      language_(std::move(language)),
      in_(&in),
      out_(std::make_shared<Lines>(out)),
      running_(std::make_shared<Session>("", std::string(modern_version), Object{}, access_.principal.tenant)) {}

Stdio::~Stdio() { out_->close(); }

void Stdio::run() {
  std::string line;
  while (std::getline(*in_, line)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto tree = read_tree(line);
    if (!tree) {
      out_->write(error_message({}, tree.error()));
    } else if (const auto* batch = tree->if_array()) {
      for (const auto& each : *batch) take(each);  // 2025-03-26 had them; each is answered by itself
    } else {
      take(*tree);
    }
  }
  listening_.clear();
  // What was asked before the end is still answered, if it does not take long.
  const auto patience = std::chrono::steady_clock::now() + last_answers;
  const auto busy = [this] { return running_->busy() || (session_ && session_->busy()); };
  while (busy() && std::chrono::steady_clock::now() < patience)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  running_->cancel_all();
  if (session_) session_->cancel_all();
}

void Stdio::take(const boost::json::value& tree) {
  auto message = read_message(tree);
  if (!message) return out_->write(error_message(id_of(tree), message.error()));
  switch (message->kind) {
    case Message::Kind::request: return take_request(std::move(*message));
    case Message::Kind::notification: return notified(*message);
    case Message::Kind::response:
      if (session_) session_->answered(message->id, std::move(message->answer));
      return;
  }
}

void Stdio::notified(const Message& message) {
  if (message.method != "notifications/cancelled") return;
  if (const auto* id = message.params.if_contains("requestId")) listening_.erase(id_text(*id));
  engine_->notified(message, running_.get());
  engine_->notified(message, session_.get());
}

void Stdio::take_request(Message message) {
  Request request{.access = access_, .language = language_};
  if (is_modern(message, {})) {
    if (const auto wrong = read_modern_meta(message, request)) return out_->write(error_message(message.id, *wrong));
    if (request.client.version != modern_version) {
      return out_->write(error_message(message.id, unsupported_version(request.client.version)));
    }
    request.session = running_;
  } else {
    request.client.era = Era::legacy;
    request.client.version = session_ ? session_->version() : std::string(unsaid_version);
    if (session_) request.client.capabilities = session_->capabilities();
    request.client.can_ask = session_ != nullptr;
    request.log_level = LogLevel::info;
    request.session = session_;
  }
  read_progress_token(message, request);
  request.id = std::move(message.id);
  request.method = std::move(message.method);
  request.params = std::move(message.params);
  serve(std::move(request));
}

void Stdio::serve(Request request) {
  if (request.client.era == Era::legacy && request.method == "initialize") {
    std::string negotiated;
    Reply reply = engine_->initialize(request, negotiated);
    if (!negotiated.empty()) {
      session_ = std::make_shared<Session>("", negotiated, *object_at(request.params, "capabilities"),
                                           access_.principal.tenant);
      // Before anything subscribes, so that what is told goes to the output.
      session_->listener(engine_->changes(), engine_->quotas().share(access_.principal, Quotas::Kind::subscriptions), [out = out_](std::string_view method, const Object& params) {
        out->write(notification_message(method, params));
      });
    }
    return out_->write(std::move(reply.message));
  }
  Step step = engine_->begin(request);
  if (auto* reply = std::get_if<Reply>(&step)) return out_->write(std::move(reply->message));
  if (auto* listening = std::get_if<Listening>(&step)) return listen(request, std::move(*listening));
  std::make_shared<Exchange>(*engine_, std::move(request), std::move(std::get<Job>(step)),
                             std::make_shared<LineSink<Lines>>(out_))
      ->start();
}

void Stdio::listen(const Request& request, Listening listening) {
  const Object meta{{meta_key::subscription, boost::json::parse(request.id)}};
  // Before the first notification, which may come as soon as it listens.
  const std::string acknowledged = notification_message(
      "notifications/subscriptions/acknowledged", {{"_meta", meta}, {"notifications", std::move(listening.agreed)}});
  listening_.erase(request.id);
  if (listening_.size() >= Quotas::most_streams) {
    return out_->write(error_message(request.id, too_many_streams(language_)));
  }
  out_->write(acknowledged);
  auto listener =
      engine_->listen(request, std::move(listening.wanted), [out = out_, meta](std::string_view method, Object params) {
        params["_meta"] = meta;
        out->write(notification_message(method, params));
      });
  if (listener == nullptr) return out_->write(error_message(request.id, too_many_subscriptions(language_)));
  listening_[request.id] = std::move(listener);
}

}  // namespace aremko::mcp
