#include "mcp/quotas.h"

#include <algorithm>
#include <utility>

namespace aremko::mcp {

namespace {

constexpr std::array<std::size_t, 3> most{Quotas::most_subscriptions, Quotas::most_streams, Quotas::most_questions};

}  // namespace

struct Quotas::State {
  std::mutex mutex;
  std::map<std::string, std::array<std::size_t, most.size()>, std::less<>> taken;  // of keys that have something
};

std::string quota_key(const store::Principal& principal) { return principal.tenant + "\n" + principal.key_id; }

Quotas::Quotas() : state_(std::make_shared<State>()) {}

Quotas::Share Quotas::share(const store::Principal& principal, Kind kind) const {
  Share out;
  out.state_ = state_;
  out.key_ = quota_key(principal);
  out.kind_ = kind;
  return out;
}

std::size_t Quotas::taken(const store::Principal& principal, Kind kind) const {
  const std::lock_guard lock(state_->mutex);
  const auto at = state_->taken.find(quota_key(principal));
  return at == state_->taken.end() ? 0 : at->second[std::to_underlying(kind)];
}

bool Quotas::Share::take(std::size_t count) {
  if (count == 0) return true;
  if (state_ == nullptr) return false;
  const auto kind = std::to_underlying(kind_);
  const std::lock_guard lock(state_->mutex);
  const auto at = state_->taken.find(key_);
  const std::size_t has = at == state_->taken.end() ? 0 : at->second[kind];
  if (count > most[kind] - has) return false;
  state_->taken[key_][kind] = has + count;
  taken_ += count;
  return true;
}

void Quotas::Share::give(std::size_t count) {
  count = std::min(count, taken_);
  if (count == 0) return;
  const std::lock_guard lock(state_->mutex);
  const auto at = state_->taken.find(key_);
  at->second[std::to_underlying(kind_)] -= count;
  taken_ -= count;
  if (std::ranges::all_of(at->second, [](std::size_t each) { return each == 0; })) state_->taken.erase(at);
}

void Quotas::Share::swap(Share& other) noexcept {
  std::swap(state_, other.state_);
  std::swap(key_, other.key_);
  std::swap(kind_, other.kind_);
  std::swap(taken_, other.taken_);
}

}  // namespace aremko::mcp
