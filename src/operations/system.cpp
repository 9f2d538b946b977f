#include "operations/system.h"

#include <chrono>

#include "operations/context.h"

namespace aremko::operations {

Result<Health> health(Context& context, const NoInput&) { return Health{"ok", context.services().version}; }

namespace {

std::string in(const Context& context, const snapshot::SourceState& state) {
  return context.language() == "en" ? state.detail_en : state.detail_es;
}

TenantReadiness readiness_of(const Context& context, const Tenant& tenant, const snapshot::SnapshotPtr& snapshot,
                             const std::vector<snapshot::SourceState>& states) {
  const UnixSeconds now = context.now();
  TenantReadiness out;
  out.tenant = tenant.name;
  out.snapshot_version = static_cast<std::int64_t>(snapshot->version());
  out.snapshot_age_seconds = std::max<std::int64_t>(now - snapshot->built_at(), 0);
  for (const snapshot::SourceState& state : states) {
    SourceReadiness& source = out.sources.emplace_back();
    source.name = state.name;
    source.ok = state.ok;
    if (!state.ok) source.detail = in(context, state);
    if (state.last_good != 0) source.age_seconds = std::max<std::int64_t>(now - state.last_good, 0);
  }
  return out;
}

Error not_ready() {
  Error out = error(Code::unavailable, "El servidor aún no puede responder; vea «errors».",
                    "The server cannot answer yet; see \"errors\".");
  out.retry_after_s = 2;
  return out;
}

/// Why a tenant has nothing to show.
void explain(const Tenant& tenant, const std::vector<snapshot::SourceState>& states, Error& fault) {
  const std::size_t before = fault.fields.size();
  for (const snapshot::SourceState& state : states) {
    if (!state.ok) fault.fields.push_back({tenant.name + "/" + state.name, {state.detail_es, state.detail_en}});
  }
  if (fault.fields.size() == before && tenant.publish_fault) {
    if (auto why = tenant.publish_fault()) fault.fields.push_back({tenant.name, *std::move(why)});
  }
  if (fault.fields.size() == before) {
    fault.fields.push_back({tenant.name, {"Todavía se están leyendo las fuentes.", "The sources are still being read."}});
  }
}

}  // namespace

Result<Readiness> ready(Context& context, const NoInput&) {
  Readiness out{"ready", "ok", {}};
  Error fault = not_ready();
  // What the ring's thread saw within the last second: a store that stands still must not hold whoever asks here.
  if (auto store = context.services().keys->store_fault()) fault.fields.push_back({"store", *std::move(store)});
  for (const auto& [name, tenant] : context.services().tenants) {
    std::vector<snapshot::SourceState> states;
    if (tenant->source_states) states = tenant->source_states();
    const auto snapshot = tenant->holder.current();
    if (snapshot == nullptr) {
      explain(*tenant, states, fault);
      continue;
    }
    const bool published = !tenant->publish_fault || !tenant->publish_fault();
    if (!published || !std::ranges::all_of(states, &snapshot::SourceState::ok)) out.status = "degraded";
    out.tenants.push_back(readiness_of(context, *tenant, snapshot, states));
  }
  if (!fault.fields.empty()) return fail(std::move(fault));
  return out;
}

Result<Refreshed> refresh(Context& context, const RefreshInput& input) {
  if (input.accept_loss.value_or(false)) {
    if (context.tenant().accept_loss) context.tenant().accept_loss();
    context.tenant().loss_accepted = true;
  }
  const auto begin = std::chrono::steady_clock::now();
  Refreshed out;
  if (context.has_snapshot()) out.previous_version = static_cast<std::int64_t>(context.snapshot().version());
  const auto version = context.tenant().refresh();
  if (!version) return fail(version.error());
  out.snapshot_version = static_cast<std::int64_t>(*version);
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return out;
}

std::vector<Operation> system_operations() {
  std::vector<Operation> out;
  out.push_back(declare(Declaration{.name = "health",
                                    .group = "system",
                                    .summary = {"Si el servidor vive", "Whether the server lives"},
                                    .path = "/api/v1/health",
                                    .scope = std::nullopt,
                                    .needs_snapshot = false,
                                    .needs_tenant = false},
                        &health));
  out.push_back(declare(
      Declaration{.name = "ready",
                  .group = "system",
                  .summary = {"Si el servidor puede responder, y con qué datos", "Whether the server can answer, and with what data"},
                  .description = {"`degraded`: una fuente no se pudo leer y se muestra lo último bueno, con su edad. 503 mientras no haya "
                                  "nada que mostrar o el almacén no responda.",
                                  "`degraded`: a source could not be read and its last good data is shown, with its age. 503 while there "
                                  "is nothing to show or the store does not answer."},
                  .path = "/api/v1/ready",
                  .scope = std::nullopt,
                  .needs_snapshot = false,
                  .needs_tenant = false},
      &ready));
  out.push_back(declare(Declaration{.name = "refresh",
                                    .group = "system",
                                    .summary = {"Volver a leer las fuentes ahora", "Read the sources again now"},
                                    .description = {"Una fuente que perdió más de un quinto de las filas que llegó a tener, de una vez o de a poco, se "
                                                    "retiene hasta ver que queda así, y no se sincroniza hasta que `accept_loss` diga que es a propósito.",
                                                    "A source that lost more than a fifth of the most rows it ever had, at once or little by little, is held "
                                                    "back until it is seen to stay so, and there is no sync until `accept_loss` says that it is on purpose."},
                                    .verb = Verb::post,
                                    .path = "/api/v1/aremko/refresh",
                                    .scope = Scope::write,
                                    .cost = Cost::store,
                                    .effect = Effect::repeats,
                                    .needs_snapshot = false,
                                    .notes = {{.name = "accept_loss",
                                               .about = {"Que a una fuente le falten tantas filas es a propósito.",
                                                         "That a source lacks so many rows is on purpose."}}}},
                        &refresh));
  return out;
}

}  // namespace aremko::operations
