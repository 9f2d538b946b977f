#include "mcp/session.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <sodium.h>

#include "mcp/base64.h"
#include "mcp/exchange.h"

namespace aremko::mcp {

namespace {

constexpr UnixSeconds lifetime_s = 7 * 24 * 3600;
// A session that nobody used for so long loses what is remembered of it, but not its id.
constexpr std::chrono::minutes idle{30};
constexpr std::size_t most_live = 1'000;
constexpr std::size_t kept_messages = 100;  // for a client that comes back for them
constexpr std::size_t kept_streams = 16;

/// What we look at of a client's capabilities; the rest is not worth carrying in every request's header.
Object known_capabilities(const Object& all) {
  Object out;
  for (const std::string_view name : {"sampling", "elicitation", "roots"}) {
    if (const auto* one = object_at(all, name)) {
      Object& kept = (out[name] = Object{}).get_object();
      for (const std::string_view mode : {"form", "url", "tools"}) {
        if (one->contains(mode)) kept[mode] = Object{};
      }
    }
  }
  if (const auto* extensions = object_at(all, "extensions")) {
    if (extensions->contains("io.modelcontextprotocol/ui")) {
      out["extensions"] = Object{{"io.modelcontextprotocol/ui", Object{}}};
    }
  }
  return out;
}

std::string about_session(const operations::Access& access) {
  return "session\n" + access.principal.tenant + "\n" + access.principal.key_id;
}

}  // namespace

Session::Session(std::string id, std::string version, Object capabilities, std::string tenant)
    : id_(std::move(id)),
      version_(std::move(version)),
      capabilities_(std::move(capabilities)),
      tenant_(std::move(tenant)),
      general_(std::make_shared<Mailbox>(kept_messages)) {}

void Session::begin(const std::string& request_id, std::shared_ptr<Exchange> exchange) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(running_[request_id], exchange);
  }
  if (exchange) exchange->cancel();
}

void Session::end(const std::string& request_id, const Exchange* exchange) {
  std::shared_ptr<Exchange> last;  // let go outside the lock
  const std::lock_guard lock(mutex_);
  if (const auto at = running_.find(request_id); at != running_.end() && at->second.get() == exchange) {
    last = std::move(at->second);
    running_.erase(at);
  }
}

void Session::cancel(const std::string& request_id) {
  std::shared_ptr<Exchange> found;
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = running_.find(request_id); at != running_.end()) found = at->second;
  }
  if (found) found->cancel();
}

void Session::cancel_all() {
  std::vector<std::shared_ptr<Exchange>> found;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, exchange] : running_) found.push_back(exchange);
  }
  for (const auto& exchange : found) exchange->cancel();
}

bool Session::busy() const {
  const std::lock_guard lock(mutex_);
  return !running_.empty();
}

std::string Session::expect(std::weak_ptr<Exchange> exchange, std::string key) {
  const std::lock_guard lock(mutex_);
  std::string id = std::to_string(++asked_);
  expected_[id] = {std::move(exchange), std::move(key)};
  return id;
}

bool Session::answered(const std::string& id, Object answer) {
  std::pair<std::weak_ptr<Exchange>, std::string> found;
  {
    const std::lock_guard lock(mutex_);
    const auto at = expected_.find(id);
    if (at == expected_.end()) return false;
    found = std::move(at->second);
    expected_.erase(at);
  }
  const auto exchange = found.first.lock();
  if (exchange) exchange->answer(found.second, std::move(answer));
  return exchange != nullptr;
}

std::shared_ptr<Changes::Listener> Session::listener(Changes& changes, const Changes::Listener::Tell& tell) {
  const std::lock_guard lock(mutex_);
  if (!listener_) {
    listener_ = std::make_shared<Changes::Listener>(
        tenant_, Changes::Wanted{.tools = true, .prompts = true, .resources = true}, tell);
    changes.add(listener_);
  }
  return listener_;
}

std::uint64_t Session::keep(std::shared_ptr<Mailbox> stream) {
  const std::lock_guard lock(mutex_);
  streams_[++last_stream_] = std::move(stream);
  if (streams_.size() > kept_streams) {
    const auto done = std::ranges::find_if(streams_, [](const auto& each) { return each.second->finished(); });
    streams_.erase(done == streams_.end() ? streams_.begin() : done);
  }
  return last_stream_;
}

std::shared_ptr<Mailbox> Session::stream(std::uint64_t number) const {
  if (number == 0) return general_;
  const std::lock_guard lock(mutex_);
  const auto at = streams_.find(number);
  return at == streams_.end() ? nullptr : at->second;
}

std::string Sessions::create(std::string_view version, const Object& capabilities, const operations::Access& access,
                             UnixSeconds now) const {
  const Object held{{"v", version}, {"c", known_capabilities(capabilities)}, {"t", now}};
  return seal_->close(about_session(access), boost::json::serialize(held));
}

std::shared_ptr<Session> Sessions::find(std::string_view id, const operations::Access& access, UnixSeconds now) {
  const auto opened = seal_->open(about_session(access), id);
  if (!opened) return nullptr;
  const auto held = boost::json::parse(*opened).as_object();
  if (held.at("t").as_int64() + lifetime_s < now) return nullptr;
  const std::lock_guard lock(mutex_);
  if (ended_.contains(id)) return nullptr;
  auto& session = live_[std::string(id)];
  if (!session) {
    session = std::make_shared<Session>(std::string(id), std::string(held.at("v").as_string()),
                                        held.at("c").as_object(), access.principal.tenant);
  }
  session->used = std::chrono::steady_clock::now();
  const auto out = session;
  if (live_.size() > most_live) forget_idle();
  return out;
}

void Sessions::forget_idle() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(live_,
                [&](const auto& each) { return now - each.second->used.load() > idle && !each.second->busy(); });
}

bool Sessions::end(std::string_view id, const operations::Access& access, UnixSeconds now) {
  const auto session = find(id, access, now);
  if (!session) return false;
  {
    const std::lock_guard lock(mutex_);
    live_.erase(std::string(id));
    std::erase_if(ended_, [now](const auto& each) { return each.second < now; });
    ended_.emplace(id, now + lifetime_s);
  }
  session->cancel_all();
  session->general()->finish({});
  return true;
}

void Sessions::cancel_all() {
  std::vector<std::shared_ptr<Session>> found;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, session] : live_) found.push_back(session);
  }
  for (const auto& session : found) {
    session->cancel_all();
    session->general()->finish({});
  }
}

}  // namespace aremko::mcp
