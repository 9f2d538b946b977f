#include "mcp/session.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "mcp/exchange.h"

namespace aremko::mcp {

namespace {

constexpr UnixSeconds lifetime_s = 7 * 24 * 3600;

std::string about_session(const operations::Access& access) {
  return "session\n" + access.principal.tenant + "\n" + access.principal.key_id;
}

}  // namespace

Session::Session(std::string id, std::string version, Object capabilities, std::string tenant)
    : id_(std::move(id)),
      version_(std::move(version)),
      capabilities_(std::move(capabilities)),
      tenant_(std::move(tenant)),
      general_(std::make_shared<Mailbox>(most_notifications)) {}

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
  std::erase_if(expected_, [&](const auto& each) {
    const auto asks = each.second.exchange.lock();
    return asks == nullptr || asks.get() == exchange;
  });
  forget_streams();  // its answer may be in one of them now
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

bool Session::in_use() const {
  if (readers > 0) return true;
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(running_, [](const auto& each) { return !each.second->waits_for_client(); });
}

std::vector<std::string> Session::expect(const std::weak_ptr<Exchange>& exchange, const std::vector<std::string>& keys) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  if (expected_.size() + keys.size() > most_questions) return out;
  for (const std::string& key : keys) {
    out.push_back(std::to_string(++asked_));
    expected_[out.back()] = {exchange, key};
  }
  return out;
}

bool Session::answered(const std::string& id, Object answer) {
  Expected found;
  {
    const std::lock_guard lock(mutex_);
    const auto at = expected_.find(id);
    if (at == expected_.end()) return false;
    found = std::move(at->second);
    expected_.erase(at);
  }
  const auto exchange = found.exchange.lock();
  if (boost::json::serialize(answer).size() > longest_answer) {
    answer = Object{{"error", Object{{"code", rpc_code::too_much}, {"message", "The answer is too long."}}}};
  }
  if (exchange) exchange->answer(found.key, std::move(answer));
  return exchange != nullptr;
}

std::shared_ptr<Changes::Listener> Session::listener(Changes& changes, Quotas::Share share,
                                                     const Changes::Listener::Tell& tell) {
  const std::lock_guard lock(mutex_);
  if (!listener_) {
    listener_ = changes.listen(tenant_, Changes::Wanted{.tools = true, .prompts = true, .resources = true}, tell,
                               std::move(share));
  }
  return listener_;
}

std::uint64_t Session::keep(std::shared_ptr<Mailbox> stream) {
  const std::lock_guard lock(mutex_);
  streams_[++last_stream_] = std::move(stream);
  forget_streams();
  return last_stream_;
}

void Session::forget_streams() {
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (auto each = streams_.end(); each != streams_.begin();) {  // the newest first
    --each;
    const bool finished = each->second->finished();
    if (finished) bytes += each->second->bytes();
    const bool keep = ++count == 1 || (count <= most_streams && (!finished || bytes <= most_kept_bytes));
    if (!keep) each = streams_.erase(each);
  }
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

Sessions::Found Sessions::find(std::string_view id, const operations::Access& access, UnixSeconds now) {
  const auto opened = seal_->open(about_session(access), id);
  if (!opened) return {};
  const auto held = boost::json::parse(*opened).as_object();
  if (held.at("t").as_int64() + lifetime_s < now) return {};
  std::shared_ptr<Session> out;
  std::shared_ptr<Session> forgotten;
  {
    const std::lock_guard lock(mutex_);
    OfKey& key = keys_[quota_key(access.principal)];
    if (key.ended_ids.contains(hash64(id))) return {};
    if (const auto at = live_.find(id); at != live_.end()) {
      key.recent.splice(key.recent.begin(), key.recent, at->second);
    } else {
      if (key.recent.size() >= most_of_a_key && (forgotten = make_room(key)) == nullptr) return {.session = {}, .too_many = true};
      key.recent.push_front(std::make_shared<Session>(std::string(id), std::string(held.at("v").as_string()),
                                                      held.at("c").as_object(), access.principal.tenant));
      live_.emplace(key.recent.front()->id(), key.recent.begin());
    }
    out = key.recent.front();
    out->used = std::chrono::steady_clock::now();
  }
  if (forgotten) forgotten->cancel_all();  // what it waited for
  return {std::move(out)};
}

std::shared_ptr<Session> Sessions::make_room(OfKey& key) {
  for (auto each = key.recent.end(); each != key.recent.begin();) {
    --each;
    if ((*each)->in_use()) continue;
    auto out = std::move(*each);
    live_.erase(out->id());
    key.recent.erase(each);
    return out;
  }
  return nullptr;
}

void Sessions::forget_idle(std::chrono::steady_clock::time_point now) {
  std::vector<std::shared_ptr<Session>> forgotten;  // let go without the lock
  {
    const std::lock_guard lock(mutex_);
    for (auto key = keys_.begin(); key != keys_.end();) {
      Recent& recent = key->second.recent;
      for (auto each = recent.begin(); each != recent.end();) {
        if (now - (*each)->used.load() <= idle || (*each)->in_use()) {
          ++each;
          continue;
        }
        live_.erase((*each)->id());
        forgotten.push_back(std::move(*each));
        each = recent.erase(each);
      }
      key = recent.empty() && key->second.ended.empty() ? keys_.erase(key) : std::next(key);
    }
  }
  for (const auto& session : forgotten) session->cancel_all();
}

bool Sessions::end(std::string_view id, const operations::Access& access, UnixSeconds now) {
  const auto session = find(id, access, now).session;
  if (!session) return false;
  {
    const std::lock_guard lock(mutex_);
    OfKey& key = keys_[quota_key(access.principal)];
    if (const auto at = live_.find(id); at != live_.end()) {
      const auto place = at->second;
      live_.erase(at);
      key.recent.erase(place);
    }
    const auto forget = [&] {
      key.ended_ids.erase(key.ended.front().id);
      key.ended.pop_front();
    };
    while (!key.ended.empty() && key.ended.front().until < now) forget();
    if (key.ended_ids.insert(hash64(id)).second) key.ended.push_back({now + lifetime_s, hash64(id)});
    if (key.ended.size() > most_ended_of_a_key) forget();
  }
  session->cancel_all();
  session->general()->finish({});
  return true;
}

std::size_t Sessions::size() const {
  const std::lock_guard lock(mutex_);
  return live_.size();
}

void Sessions::cancel_all() {
  std::vector<std::shared_ptr<Session>> found;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, place] : live_) found.push_back(*place);
  }
  for (const auto& session : found) {
    session->cancel_all();
    session->general()->finish({});
  }
}

}  // namespace aremko::mcp
