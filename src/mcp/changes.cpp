#include "mcp/changes.h"

#include <algorithm>

namespace aremko::mcp {

void Changes::Listener::want(std::string_view uri) {
  const std::lock_guard lock(mutex_);
  wanted_.uris.emplace(uri);
}

void Changes::Listener::leave(std::string_view uri) {
  const std::lock_guard lock(mutex_);
  if (const auto at = wanted_.uris.find(uri); at != wanted_.uris.end()) wanted_.uris.erase(at);
}

Changes::Wanted Changes::Listener::wanted() const {
  const std::lock_guard lock(mutex_);
  return wanted_;
}

void Changes::add(const std::shared_ptr<Listener>& listener) {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [](const auto& each) { return each.expired(); });
  listeners_.push_back(listener);
}

std::vector<std::shared_ptr<Changes::Listener>> Changes::listeners() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Listener>> out;
  for (const auto& each : listeners_) {
    if (auto alive = each.lock()) out.push_back(std::move(alive));
  }
  return out;
}

void Changes::list_changed(List list) {
  for (const auto& listener : listeners()) {
    const Wanted wanted = listener->wanted();
    if (list == List::tools && wanted.tools) listener->tell_("notifications/tools/list_changed", {});
    if (list == List::prompts && wanted.prompts) listener->tell_("notifications/prompts/list_changed", {});
    if (list == List::resources && wanted.resources) listener->tell_("notifications/resources/list_changed", {});
  }
}

void Changes::resource_updated(std::string_view tenant, std::string_view uri) {
  for (const auto& listener : listeners()) {
    if (!tenant.empty() && listener->tenant() != tenant) continue;
    if (listener->wanted().uris.contains(uri)) listener->tell_("notifications/resources/updated", {{"uri", uri}});
  }
}

}  // namespace aremko::mcp
