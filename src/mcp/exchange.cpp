#include "mcp/exchange.h"

#include <cmath>

#include "mcp/engine.h"
#include "mcp/refusals.h"
#include "mcp/session.h"

namespace aremko::mcp {

namespace {

// Faster than a person sees, and slow enough not to flood a client.
constexpr std::chrono::milliseconds progress_interval{20};

/// Whole numbers as people write them.
boost::json::value number(double value) {
  if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

/// They may be as large as a body; nobody looks at them any more.
Request without_params(Request request) {
  request.params = Object{};
  return request;
}

RpcError cancelled() { return {.code = rpc_code::internal, .message = "Cancelled"}; }

}  // namespace

Exchange::Exchange(Engine& engine, Request request, Job job, std::shared_ptr<Sink> sink)
    : engine_(&engine),
      request_(without_params(std::move(request))),
      job_(std::move(job)),
      sink_(std::move(sink)),
      questions_(engine.quotas().share(request_.access.principal, Quotas::Kind::questions)) {}

void Exchange::start() {
  if (request_.session) request_.session->begin(request_.id, shared_from_this());
  queue();
}

void Exchange::queue() {
  std::unique_lock lock(mutex_);
  const auto [entry, ticket] = engine_->post(request_.access.principal, job_.cost, [self = shared_from_this()] { self->run(); });
  ticket_ = ticket;
  lock.unlock();
  if (entry == net::Lane::Entry::full) fail(too_busy(request_.language));
  if (entry == net::Lane::Entry::beyond_share) fail(too_much_work(request_.language));
}

void Exchange::fail(const RpcError& error) { finish({error_message(request_.id, error), error.http_status}); }

void Exchange::run() {
  {
    const std::lock_guard lock(mutex_);
    ticket_ = 0;
  }
  if (stop_.stop_requested()) return finish({error_message(request_.id, cancelled())});
  Pass pass;
  {
    Call call(engine_->context(request_), job_.arguments, request_.client, *this, stop_.get_token());
    pass = Runner::run(job_, call);
  }
  auto* questions = std::get_if<Questions>(&pass);
  if (questions != nullptr && request_.client.era == Era::legacy) return ask(std::move(*questions));
  finish(engine_->reply(request_, job_, std::move(pass)));
}

/// The older era: the questions go out as requests of ours, and the handler runs again once all are answered.
void Exchange::ask(Questions questions) {
  job_.state = std::move(questions.state);
  job_.answers = std::move(questions.answers);
  job_.first_run = false;
  std::vector<std::string> keys;
  for (const Questions::One& one : questions.asked) keys.push_back(one.key);
  if (!questions_.take(keys.size())) return fail(too_many_questions(request_.language));
  {
    const std::lock_guard lock(mutex_);
    missing_ = keys.size();
    coming_.clear();
    waiting_ = true;
  }
  engine_->begin_waiting(shared_from_this());
  const auto ids = request_.session->expect(weak_from_this(), keys);
  if (ids.empty()) return give_up(too_many_questions(request_.language));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Question& question = questions.asked[i].question;
    sink_->send(request_message(ids[i], method_of(question.kind), question.params));
  }
  if (stop_.stop_requested()) cancel();  // it may have come before there was anything to wait for
}

void Exchange::answer(const std::string& key, Object answer) {
  {
    const std::lock_guard lock(mutex_);
    if (!waiting_ || coming_.contains(key)) return;
    coming_[key] = std::move(answer);
    if (--missing_ > 0) return;
    waiting_ = false;
    for (auto& each : coming_) job_.answers[each.key()] = std::move(each.value());
  }
  engine_->end_waiting(this);
  questions_.give(questions_.taken());
  queue();
}

bool Exchange::waits_for_client() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

void Exchange::give_up() {
  give_up({.message = request_.language == "en" ? "The question went unanswered for too long; make the request again."
                                                : "La pregunta quedó sin respuesta demasiado tiempo; repita la solicitud."});
}

void Exchange::give_up(const RpcError& error) {
  {
    const std::lock_guard lock(mutex_);
    if (!waiting_) return;  // it was answered or cancelled meanwhile
    waiting_ = false;
  }
  fail(error);
}

void Exchange::cancel() {
  stop_.request_stop();
  {
    const std::lock_guard lock(mutex_);
    const bool queued = ticket_ != 0 && engine_->withdraw(job_.cost, ticket_);
    if (!waiting_ && !queued) return;  // the handler sees it, or has ended
    waiting_ = false;
  }
  finish({error_message(request_.id, cancelled())});
}

void Exchange::finish(Reply reply) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_) return;
    finished_ = true;
  }
  engine_->end_waiting(this);
  questions_.give(questions_.taken());
  // Nobody wants the answer of what was cancelled (over stdio it must not even be sent).
  if (stop_.stop_requested()) reply.message.clear();
  sink_->finish(std::move(reply));
  if (request_.session) request_.session->end(request_.id, this);
}

void Exchange::progress(double done, double total, std::string_view message) {
  if (request_.progress_token.is_null() || done <= last_progress_ || stop_.stop_requested()) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_sent_ < progress_interval && done != total) return;
  last_progress_ = done;
  last_sent_ = now;
  Object params{{"progressToken", request_.progress_token}, {"progress", number(done)}};
  if (total > 0) params["total"] = number(total);
  if (!message.empty()) params["message"] = message;
  sink_->send(notification_message("notifications/progress", params));
}

void Exchange::log(LogLevel level, std::string_view logger, const boost::json::value& data) {
  const auto least = request_.session && request_.client.era == Era::legacy ? request_.session->log_level.load()
                                                                            : request_.log_level;
  if (!least || level < *least || stop_.stop_requested()) return;
  Object params{{"level", json_name(level)}};
  if (!logger.empty()) params["logger"] = logger;
  params["data"] = data;
  sink_->send(notification_message("notifications/message", params));
}

}  // namespace aremko::mcp
