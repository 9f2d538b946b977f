#include "app/process.h"

#include "app/sources_of.h"
#include "base/log.h"
#include "operations/legacy_records.h"

namespace aremko::app {

Result<std::unique_ptr<Process>> Process::open(const Config& config, const Clock& clock, std::string_view only) {
  std::unique_ptr<Process> out(new Process());
  out->clock_ = &clock;
  const auto store_url = resolve_url(config.store_url);
  if (!store_url) return fail(store_url.error());
  out->store_ = store::Store::open(*store_url, clock);
  const auto idle = std::chrono::seconds(static_cast<std::int64_t>(config.idle_minutes * 60));
  out->sessions_ = std::make_unique<store::SessionRing>(out->store_->staff(), clock, idle);
  out->keys_ = std::make_unique<store::KeyRing>(out->store_->keys(), std::chrono::seconds(1), out->sessions_.get());
  out->services_.clock = &clock;
  out->services_.store = out->store_.get();
  out->services_.keys = out->keys_.get();
  out->services_.sessions = out->sessions_.get();
  out->services_.tries = &out->tries_;
  out->services_.version = AREMKO_VERSION;
  for (const TenantConfig& tenant : config.tenants) {
    if (!only.empty() && tenant.name != only) continue;
    if (auto added = out->add_tenant(tenant, config); !added) return fail(added.error());
  }
  if (out->watched_.empty()) {
    return fail(error(Code::not_found, "Ese inquilino no está configurado.", "That tenant is not configured."));
  }
  return out;
}

Result<void> Process::add_tenant(const TenantConfig& config, const Config& all) {
  auto zone = Zone::load(config.time_zone);
  if (!zone) return fail(zone.error());
  auto tenant = std::make_unique<operations::Tenant>();
  tenant->name = config.name;
  tenant->zone = std::make_shared<const Zone>(std::move(*zone));
  tenant->booking_url = config.booking_url;
  auto sources = sources_of(config, tenant->zone, *clock_);
  if (!sources) return fail(sources.error());

  store::Mappings& mappings = store_->mappings();
  snapshot::RefresherOptions options;
  options.tenant = config.name;
  options.interval = std::chrono::milliseconds(static_cast<std::int64_t>(all.refresh_seconds * 1000));
  store::SourceMarks& marks = store_->source_marks();
  options.marks = {.most = [&marks, name = config.name](std::string_view source) { return marks.most(name, source); },
                   .note = [&marks, name = config.name, clock = clock_](std::string_view source, std::uint64_t rows) {
                     marks.note(name, source, rows, clock->now());
                   }};
  auto refresher = std::make_unique<snapshot::Refresher>(
      std::move(*sources),
      snapshot::Links{.load = [&mappings, name = config.name] { return mappings.live(name); },
                      .token = [&mappings, name = config.name] { return std::to_string(mappings.version(name)); },
                      .first = [&mappings, name = config.name, clock = clock_](const snapshot::Snapshot& snapshot) {
                        mappings.adopt(name, operations::locate_in(snapshot), clock->now());
                      },
                      .merges = [&merges = store_->merges(), name = config.name] { return merges.live(name); }},
      *clock_, tenant->zone, tenant->holder, options);
  tenant->refresh = [raw = refresher.get()] { return raw->refresh_now(); };
  tenant->publish_links = [raw = refresher.get()](bool to_the_end) { return raw->publish_links(to_the_end); };
  tenant->publish_fault = [raw = refresher.get()] { return raw->publish_fault(); };
  tenant->loss = [raw = refresher.get()] { return raw->loss(); };
  tenant->accept_loss = [raw = refresher.get()] { raw->accept_loss(); };
  tenant->source_states = [raw = refresher.get()] { return raw->status(); };
  watched_.push_back({tenant.get(), std::move(refresher)});
  services_.tenants.emplace(config.name, std::move(tenant));
  return {};
}

Result<std::uint64_t> Process::refresh(std::string_view tenant, const sources::Progress& progress) {
  const auto found = std::ranges::find(watched_, tenant, [](const Watched& watched) -> std::string_view {
    return watched.tenant->name;
  });
  return found->refresher->refresh_now(progress);
}

void Process::watch() {
  for (Watched& watched : watched_) {
    watched.refresher->start();
    runners_.push_back(std::make_unique<operations::JobRunner>(services_, *watched.tenant));
  }
}

}  // namespace aremko::app
