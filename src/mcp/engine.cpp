#include "mcp/engine.h"

#include <condition_variable>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/log.h"
#include "base/text.h"
#include "mcp/exchange.h"
#include "net/server.h"
#include "operations/access.h"
#include "operations/lane_of.h"

namespace aremko::mcp {

namespace {

constexpr UnixSeconds state_lifetime_s = 3600;  // for a person to answer a question in
// Lists are the same for as long as the process runs; a new version of it is seen after this long.
constexpr std::int64_t list_ttl_ms = 300'000;
constexpr std::chrono::milliseconds watch_interval{500};
constexpr std::chrono::seconds sweep_interval{10};  // of sessions nobody uses

void add_freshness(std::string& out, const Freshness& freshness) {
  out += fmt::format(",\"ttlMs\":{},\"cacheScope\":\"{}\"", freshness.ttl_ms,
                     freshness.is_public ? "public" : "private");
}

}  // namespace

Engine::Engine(const Registry& registry, operations::Services& services, Changes& changes, EngineOptions options)
    : registry_(&registry),
      services_(&services),
      changes_(&changes),
      options_(std::move(options)),
      lists_(registry),
      seal_(options_.secret),
      sessions_(seal_),
      watcher_(registry, services, changes),
      lanes_(options_.lanes ? options_.lanes : net::make_lanes({})) {
  for (std::size_t i = 0; i < 2; ++i) {
    result_meta_[i] =
        fmt::format("\"{}\":{}", meta_key::server, boost::json::serialize(server_info(i == 0 ? "es" : "en")));
  }
  housekeeper_ = std::jthread([this](const std::stop_token& stop) { keep_house(stop); });
}

Engine::~Engine() { stop(); }

void Engine::stop() {
  housekeeper_.request_stop();
  if (housekeeper_.joinable()) housekeeper_.join();
  sessions_.cancel_all();
  lanes_->stop();
}

Object Engine::server_info(std::string_view language) const {
  Object out{{"name", registry_->name}, {"version", registry_->version}};
  if (!registry_->title.in(language).empty()) out["title"] = registry_->title.in(language);
  return out;
}

Object Engine::capabilities() const {
  Object out{{"logging", Object{}}};
  const auto list = [&] { return registry_->lists_change ? Object{{"listChanged", true}} : Object{}; };
  if (!registry_->tools().empty()) out["tools"] = list();
  if (!registry_->prompts().empty()) out["prompts"] = list();
  if (!registry_->resources().empty() || !registry_->templates().empty()) {
    Object resources = list();
    resources["subscribe"] = true;
    out["resources"] = std::move(resources);
  }
  if (!registry_->prompts().empty() || !registry_->templates().empty()) out["completions"] = Object{};
  if (!registry_->extensions.empty()) out["extensions"] = registry_->extensions;
  return out;
}

operations::Context Engine::context(const Request& request) const {
  return {*services_, request.access.tenant, request.access.principal, request.language};
}

/// The era's own members around a result.
Reply Engine::wrap(const Request& request, Body body) const {
  const bool modern = request.client.era == Era::modern;
  std::string out = modern ? "{\"resultType\":\"complete\"" : "{";
  if (!body.members.empty()) {
    if (modern) out += ',';
    out += body.members;
  }
  if (modern && body.freshness) add_freshness(out, *body.freshness);
  if (modern || !body.meta.empty()) {
    if (out.size() > 1) out += ',';
    out += "\"_meta\":{";
    if (modern) out += result_meta_[request.language == "en" ? 1 : 0];
    bool first = !modern;
    for (const auto& member : body.meta) {
      if (!std::exchange(first, false)) out += ',';
      json::write_text(out, member.key());
      out += ':' + boost::json::serialize(member.value());
    }
    out += '}';
  }
  out += '}';
  return {result_message(request.id, out)};
}

Reply Engine::reply(const Request& request, const Job& job, Pass pass) const {
  if (auto* body = std::get_if<Body>(&pass)) {
    const bool about_somebody = !body->is_error;
    Reply out = wrap(request, std::move(*body));
    if (about_somebody) out.subject = job.subject;
    return out;
  }
  if (auto* questions = std::get_if<Questions>(&pass)) return ask(request, job, std::move(*questions));
  const auto& error = std::get<RpcError>(pass);
  return {error_message(request.id, error), request.client.era == Era::modern ? error.http_status : 200};
}

std::string Engine::about(const Request& request, const Job& job) const {
  return "state\n" + request.access.principal.tenant + "\n" + request.access.principal.key_id + "\n" + job.about;
}

/// The stateless era: the questions are the answer, and what the handler must have back goes with them.
Reply Engine::ask(const Request& request, const Job& job, Questions questions) const {
  if (request.client.era == Era::legacy) {
    return {error_message(request.id, {.message = "This request cannot ask the client."})};
  }
  Object asked;
  for (Questions::One& one : questions.asked) {
    asked[one.key] = Object{{"method", method_of(one.question.kind)}, {"params", std::move(one.question.params)}};
  }
  const Object state{
      {"t", now() + state_lifetime_s}, {"s", std::move(questions.state)}, {"a", std::move(questions.answers)}};
  const Object result{{"resultType", "input_required"},
                      {"inputRequests", std::move(asked)},
                      {"requestState", seal_.close(about(request, job), boost::json::serialize(state))},
                      {"_meta", Object{{meta_key::server, server_info(request.language)}}}};
  return {result_message(request.id, boost::json::serialize(result))};
}

/// What a repeated request brings along: the answers, and our own state, which nobody may have touched.
std::optional<RpcError> Engine::read_answers(const Request& request, Job& job) const {
  const auto refused = [](std::string message) {
    return RpcError{.code = rpc_code::invalid_params, .message = std::move(message)};
  };
  if (request.client.era == Era::legacy) return {};
  if (const auto* sealed = request.params.if_contains("requestState")) {
    const auto opened =
        sealed->is_string() ? seal_.open(about(request, job), std::string_view(sealed->get_string())) : std::nullopt;
    if (!opened) return refused("\"requestState\" is not what was given for this request.");
    auto state = boost::json::parse(*opened).as_object();
    if (state.at("t").as_int64() < now()) return refused("\"requestState\" has expired; begin again without it.");
    job.state = std::move(state.at("s").as_object());
    job.answers = std::move(state.at("a").as_object());
    job.first_run = false;
  }
  if (const auto* responses = request.params.if_contains("inputResponses")) {
    if (!responses->is_object()) return refused("\"inputResponses\" must be an object.");
    for (const auto& response : responses->get_object()) {
      if (!response.value().is_object()) return refused("Every one of \"inputResponses\" must be an object.");
      job.answers[response.key()] = response.value();
    }
    job.first_run = false;
  }
  return {};
}

Reply Engine::run_light(const Request& request, const Job& job) const {
  Unheard silent;
  Call call(context(request), job.arguments, request.client, silent, {});
  return reply(request, job, Runner::run(job, call));
}

net::Caller Engine::caller(const store::Principal& principal) const {
  return {principal.key_id, operations::sharing(*services_, principal)};
}

net::Lane::Posted Engine::post(const store::Principal& principal, Cost cost, std::function<void()> work) {
  return lanes_->of(operations::lane_of(cost)).post(caller(principal), [this, work = std::move(work)] {
    if (options_.ready) options_.ready();
    work();
  });
}

bool Engine::withdraw(Cost cost, std::uint64_t ticket) { return lanes_->of(operations::lane_of(cost)).withdraw(ticket); }

Reply Engine::list(const Request& request) const {
  const auto* cursor = request.params.if_contains("cursor");
  if (cursor != nullptr && cursor->is_null()) cursor = nullptr;
  if (cursor != nullptr && !cursor->is_string()) {
    return {error_message(request.id, {.code = rpc_code::invalid_params, .message = "\"cursor\" must be a string."})};
  }
  const auto page = lists_.page(request.method, request.language, request.access.principal.scope,
                                cursor == nullptr ? std::string_view() : std::string_view(cursor->get_string()));
  if (!page.valid) {
    return {error_message(request.id, {.code = rpc_code::invalid_params, .message = "\"cursor\" is none of ours."})};
  }
  return wrap(request, {.members = page.members, .freshness = Freshness{.ttl_ms = list_ttl_ms}});
}

Reply Engine::discover(const Request& request) const {
  std::string members = "\"supportedVersions\":" + boost::json::serialize(supported_versions()) +
                        ",\"capabilities\":" + boost::json::serialize(capabilities());
  if (const std::string& text = registry_->instructions.in(request.language); !text.empty()) {
    members += ",\"instructions\":";
    json::write_text(members, text);
  }
  return wrap(request, {.members = std::move(members), .freshness = Freshness{.ttl_ms = list_ttl_ms}});
}

Reply Engine::initialize(const Request& request, std::string& negotiated) const {
  const auto asked = text_at(request.params, "protocolVersion");
  if (!asked || object_at(request.params, "capabilities") == nullptr) {
    return {error_message(request.id, {.code = rpc_code::invalid_params,
                                       .message = "initialize needs protocolVersion and capabilities."})};
  }
  negotiated = is_legacy(*asked) ? std::string(*asked) : std::string(legacy_versions[0]);
  Object result{{"protocolVersion", negotiated},
                {"capabilities", capabilities()},
                {"serverInfo", server_info(request.language)}};
  if (const std::string& text = registry_->instructions.in(request.language); !text.empty())
    result["instructions"] = text;
  return {result_message(request.id, boost::json::serialize(result))};
}

std::shared_ptr<Changes::Listener> Engine::listener_of(Session& session, const store::Principal& principal) {
  return session.listener(
      *changes_, quotas_.share(principal, Quotas::Kind::subscriptions),
      [general = session.general()](std::string_view method, const Object& params) {
        general->send(notification_message(method, params));
      });
}

std::shared_ptr<Changes::Listener> Engine::listen(const Request& request, Changes::Wanted wanted,
                                                  Changes::Listener::Tell tell) {
  const std::set<std::string, std::less<>> uris = wanted.uris;
  auto out = changes_->listen(request.access.principal.tenant, std::move(wanted), std::move(tell),
                              quotas_.share(request.access.principal, Quotas::Kind::subscriptions));
  if (out == nullptr || request.access.tenant == nullptr) return out;
  for (const std::string& uri : uris) watcher_.begin(*request.access.tenant, uri);
  return out;
}

void Engine::begin_waiting(const std::shared_ptr<Exchange>& exchange) {
  const std::lock_guard lock(waiting_mutex_);
  waiting_[exchange.get()] = {std::chrono::steady_clock::now() + options_.question_patience, exchange};
}

void Engine::end_waiting(const Exchange* exchange) {
  const std::lock_guard lock(waiting_mutex_);
  waiting_.erase(exchange);
}

void Engine::end_old_questions() {
  const auto now = std::chrono::steady_clock::now();
  std::vector<std::shared_ptr<Exchange>> late;
  {
    const std::lock_guard lock(waiting_mutex_);
    for (auto each = waiting_.begin(); each != waiting_.end();) {
      if (each->second.until > now) {
        ++each;
        continue;
      }
      if (auto alive = each->second.exchange.lock()) late.push_back(std::move(alive));
      each = waiting_.erase(each);
    }
  }
  for (const auto& exchange : late) exchange->give_up();
}

void Engine::keep_house(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  auto swept = std::chrono::steady_clock::now();
  while (!wake.wait_for(lock, stop, watch_interval, [] { return false; }) && !stop.stop_requested()) {
    try {
      end_old_questions();
      if (const auto now = std::chrono::steady_clock::now(); now - swept > sweep_interval) {
        sessions_.forget_idle(now);
        swept = now;
      }
      watcher_.look_once(stop);
    } catch (const std::exception& fault) {
      log::failure("mcp_watch", {{"fault", std::string_view(typeid(fault).name())}});
    }
  }
}

}  // namespace aremko::mcp
