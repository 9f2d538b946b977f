#include "mcp/changes.h"

#include <map>

namespace aremko::mcp {

struct Changes::Index {
  /// Those of one URI, or all; weak, because the last holder of a listener may let it go while it is told.
  using Some = std::map<const Listener*, std::weak_ptr<Listener>>;

  mutable std::mutex mutex;
  Some all;
  std::map<std::string, std::map<std::string, Some, std::less<>>, std::less<>> by_uri;  // by tenant, then URI

  void add(const Listener& listener, std::string_view uri, std::weak_ptr<Listener> held) {
    by_uri[listener.tenant()][std::string(uri)].emplace(&listener, std::move(held));
  }
  void remove(const Listener& listener, std::string_view uri) {
    const auto tenant = by_uri.find(listener.tenant());
    const auto at = tenant->second.find(uri);
    at->second.erase(&listener);
    if (at->second.empty()) tenant->second.erase(at);
    if (tenant->second.empty()) by_uri.erase(tenant);
  }
};

Changes::Listener::Listener(std::shared_ptr<Index> index, std::string tenant, Wanted wanted, Tell tell, Quotas::Share share)
    : index_(std::move(index)),
      tenant_(std::move(tenant)),
      tell_(std::move(tell)),
      wanted_(std::move(wanted)),
      share_(std::move(share)) {}

Changes::Listener::~Listener() {
  const std::lock_guard lock(index_->mutex);
  for (const std::string& uri : wanted_.uris) index_->remove(*this, uri);
  index_->all.erase(this);
}

Changes::Listener::Added Changes::Listener::want(std::string_view uri) {
  const std::lock_guard lock(index_->mutex);
  if (wanted_.uris.contains(uri)) return Added::had;
  if (wanted_.uris.size() >= most_uris || !share_.take()) return Added::too_many;
  wanted_.uris.emplace(uri);
  index_->add(*this, uri, index_->all.at(this));
  return Added::added;
}

void Changes::Listener::leave(std::string_view uri) {
  const std::lock_guard lock(index_->mutex);
  const auto at = wanted_.uris.find(uri);
  if (at == wanted_.uris.end()) return;
  wanted_.uris.erase(at);
  share_.give(1);
  index_->remove(*this, uri);
}

bool Changes::Listener::wants(std::string_view uri) const {
  const std::lock_guard lock(index_->mutex);
  return wanted_.uris.contains(uri);
}

Changes::Changes() : index_(std::make_shared<Index>()) {}

std::shared_ptr<Changes::Listener> Changes::listen(std::string tenant, Wanted wanted, Listener::Tell tell,
                                                   Quotas::Share share) {
  if (wanted.uris.size() > most_uris || !share.take(wanted.uris.size())) return nullptr;
  std::shared_ptr<Listener> out(new Listener(index_, std::move(tenant), std::move(wanted), std::move(tell), std::move(share)));
  const std::lock_guard lock(index_->mutex);
  index_->all.emplace(out.get(), out);
  for (const std::string& uri : out->wanted_.uris) index_->add(*out, uri, out);
  return out;
}

std::vector<std::string> Changes::wanted(std::string_view tenant) const {
  const std::lock_guard lock(index_->mutex);
  std::vector<std::string> out;
  if (const auto at = index_->by_uri.find(tenant); at != index_->by_uri.end()) {
    for (const auto& [uri, listeners] : at->second) out.push_back(uri);
  }
  return out;
}

void Changes::list_changed(List list) {
  std::vector<std::shared_ptr<Listener>> reached;  // told, and let go, without the lock
  {
    const std::lock_guard lock(index_->mutex);
    for (const auto& [listener, held] : index_->all) {
      if (auto alive = held.lock()) reached.push_back(std::move(alive));
    }
  }
  for (const auto& listener : reached) {
    const Wanted& wanted = listener->wanted_;
    if (list == List::tools && wanted.tools) listener->tell_("notifications/tools/list_changed", {});
    if (list == List::prompts && wanted.prompts) listener->tell_("notifications/prompts/list_changed", {});
    if (list == List::resources && wanted.resources) listener->tell_("notifications/resources/list_changed", {});
  }
}

void Changes::resource_updated(std::string_view tenant, std::string_view uri) {
  std::vector<std::shared_ptr<Listener>> reached;
  {
    const std::lock_guard lock(index_->mutex);
    for (const auto& [name, uris] : index_->by_uri) {
      if (!tenant.empty() && name != tenant) continue;
      const auto at = uris.find(uri);
      if (at == uris.end()) continue;
      for (const auto& [listener, held] : at->second) {
        if (auto alive = held.lock()) reached.push_back(std::move(alive));
      }
    }
  }
  for (const auto& listener : reached) listener->tell_("notifications/resources/updated", {{"uri", uri}});
}

}  // namespace aremko::mcp
