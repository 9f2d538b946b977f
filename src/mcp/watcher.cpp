#include "mcp/watcher.h"

#include <typeinfo>

#include "base/log.h"
#include "base/text.h"

namespace aremko::mcp {

namespace {

/// What a resource says may change with this: the snapshot, and how its sources stand. 0 before the first.
std::uint64_t standing_of(const operations::Tenant& tenant) {
  const auto snapshot = tenant.holder.current();
  if (snapshot == nullptr) return 0;
  std::string out = std::to_string(snapshot->version());
  if (tenant.source_states) {
    for (const auto& state : tenant.source_states()) out += fmt::format("\n{} {}", state.name, state.ok);
  }
  return hash64(out);
}

}  // namespace

Watcher::Watcher(const Registry& registry, operations::Services& services, Changes& changes)
    : registry_(&registry), services_(&services), changes_(&changes) {}

void Watcher::begin(operations::Tenant& tenant, std::string_view uri) {
  const std::uint64_t standing = standing_of(tenant);
  const std::lock_guard lock(begun_mutex_);
  begun_.push_back({tenant.name, std::string(uri), standing});
}

void Watcher::look_once(const std::stop_token& stop) {
  std::vector<Begun> begun;
  {
    const std::lock_guard lock(begun_mutex_);
    begun.swap(begun_);
  }
  for (const Begun& each : begun) {
    if (stop.stop_requested()) return;
    first_look(each);
  }
  for (const auto& [name, tenant] : services_->tenants) {
    const auto seen = seen_.find(name);
    if (seen == seen_.end()) continue;  // nobody ever listened
    const std::uint64_t standing = standing_of(*tenant);
    if (standing != 0 && standing != seen->second.standing) look_again(*tenant, standing, stop);
  }
}

/// What it is like at the beginning, so that the first new snapshot "changes" only what it changes.
void Watcher::first_look(const Begun& begun) {
  operations::Tenant& tenant = *services_->tenant(begun.tenant);
  const std::uint64_t now = standing_of(tenant);
  auto [seen, first] = seen_.try_emplace(begun.tenant);
  if (first) seen->second.standing = now;
  // When the data moved since, its version at the beginning is not known any more: left out, it is told of.
  if (now == begun.standing) {
    seen->second.known.insert_or_assign(begun.uri, version(tenant, begun.uri, now));
  } else {
    seen->second.known.erase(begun.uri);
    seen->second.standing = 0;
  }
}

void Watcher::look_again(operations::Tenant& tenant, std::uint64_t standing, const std::stop_token& stop) {
  Seen& seen = seen_[tenant.name];
  std::map<std::string, std::uint64_t> now;  // without those that nobody listens to any more
  for (std::string& uri : changes_->wanted(tenant.name)) {
    if (stop.stop_requested()) return;
    const std::uint64_t found = version(tenant, uri, standing);
    const auto known = seen.known.find(uri);
    if (known == seen.known.end() || known->second != found) changes_->resource_updated(tenant.name, uri);
    now.emplace(std::move(uri), found);
  }
  seen.known = std::move(now);
  seen.standing = standing;
}

std::uint64_t Watcher::version(operations::Tenant& tenant, std::string_view uri, std::uint64_t standing) const {
  const Resource* resource = registry_->resource(uri);
  auto match = resource == nullptr ? registry_->match(uri) : Registry::Match{};
  if (resource == nullptr && match.resource_template == nullptr) return 0;
  const auto& ask_it = resource != nullptr ? resource->version : match.resource_template->version;
  if (!ask_it) return standing;
  Unheard silent;
  const Client client;
  const store::Principal nobody{.key_id = "watch", .tenant = tenant.name, .scope = Scope::read};
  Call call(operations::Context(*services_, &tenant, nobody, "es"), std::move(match.variables), client, silent, {});
  try {
    return hash64(ask_it(call));
  } catch (const std::exception& fault) {
    log::failure("mcp_version", {{"fault", std::string_view(typeid(fault).name())}});
    return standing;  // told once too often rather than never
  }
}

}  // namespace aremko::mcp
