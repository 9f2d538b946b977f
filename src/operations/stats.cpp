#include "operations/stats.h"

#include "analytics/overview.h"
#include "operations/context.h"
#include "operations/examples.h"

namespace aremko::operations {

Result<StatsOverview> stats_overview(Context& context, const AsOfInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  // The answer's texts are views into both.
  struct Held {
    snapshot::SnapshotPtr snapshot;
    std::vector<snapshot::SourceState> states;
  };
  const auto held = std::make_shared<const Held>(context.snapshot_ptr(), context.source_states());
  StatsOverview out = analytics::overview(context.snapshot(), *context.census(as_of), as_of);
  out.sources = analytics::source_health(held->states, *context.tenant().zone, context.now(), analytics::overview_refused_rows);
  out.kept = held;
  return out;
}

Result<LegacyDataStats> stats_legacy(Context& context, const AsOfInput& input) {
  return analytics::legacy_stats(context.snapshot(), context.as_of(input.as_of));
}

namespace {

SourceStatus status_of(const Context& context, const snapshot::SourceState& state) {
  SourceStatus out;
  out.name = state.name;
  out.description = state.description;
  out.ok = state.ok;
  if (!state.ok) out.detail = context.language() == "en" ? state.detail_en : state.detail_es;
  if (state.last_good != 0) {
    out.last_good = context.tenant().zone->local(state.last_good);
    out.age_seconds = std::max<std::int64_t>(context.now() - state.last_good, 0);
  }
  out.load_seconds = state.report.seconds;
  out.rows_read = static_cast<std::int64_t>(state.report.rows_read);
  out.rows_kept = static_cast<std::int64_t>(state.report.rows_kept);
  out.rows_refused = static_cast<std::int64_t>(state.report.rows_refused);
  out.texts_repaired = static_cast<std::int64_t>(state.report.texts_repaired);
  out.notes = state.report.notes_es;
  return out;
}

RefusedRowEntry entry_of(const Context& context, const snapshot::SourceState& state, const sources::RefusedRow& row) {
  return {.source = state.name,
          .file = row.file,
          .line = static_cast<std::int64_t>(row.line),
          .code = row.code,
          .reason = context.language() == "en" ? row.reason_en : row.reason_es};
}

}  // namespace

Result<SourcesReport> list_sources(Context& context, const SourcesInput& input) {
  SourcesReport out;
  if (context.has_snapshot()) out.snapshot_version = static_cast<std::int64_t>(context.snapshot().version());
  const auto states = context.source_states();
  std::int64_t at = 0;
  bool found = !input.source;
  for (const snapshot::SourceState& state : states) {
    if (input.source && *input.source != state.name) continue;
    found = true;
    out.sources.push_back(status_of(context, state));
    out.total_refused += out.sources.back().rows_refused;
    for (const sources::RefusedRow& row : state.report.refused) {
      const std::int64_t index = at++;
      if (index < input.offset) continue;
      if (std::ssize(out.refused) < input.limit) out.refused.push_back(entry_of(context, state, row));
      else if (!out.next) out.next = index;
    }
  }
  if (!found) {
    return fail(error(Code::not_found, "No hay ninguna fuente con ese nombre.", "There is no source of that name."));
  }
  return out;
}

std::vector<Operation> stats_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "stats_overview",
                  .group = "stats",
                  .summary = {"Estadísticas generales", "General statistics"},
                  .path = "/api/v1/aremko/stats/overview",
                  .cost = Cost::walk,  // a new as_of counts everybody
                  .example = examples::overview,
                  .notes = {as_of_note()}},
      &stats_overview));
  out.push_back(declare(
      Declaration{.name = "stats_legacy",
                  .group = "stats",
                  .summary = {"Estadísticas de los archivos históricos", "Statistics of the legacy files"},
                  .path = "/api/v1/aremko/stats/legacy",
                  .cost = Cost::walk,
                  .notes = {as_of_note()}},
      &stats_legacy));
  out.push_back(declare(
      Declaration{.name = "list_sources",
                  .group = "system",
                  .summary = {"Estado de las fuentes y filas rechazadas", "How the sources stand, and refused rows"},
                  .description = {"Cada fila que no se pudo usar se guarda con archivo, línea y razón (las primeras 1.000 de cada fuente).",
                                  "Every row that could not be used is kept with file, line and reason (the first 1,000 of each source)."},
                  .path = "/api/v1/aremko/sources",
                  .cost = Cost::quick,
                  .needs_snapshot = false,
                  .notes = {{.name = "source", .about = {"Solo esta fuente.", "This source only."}, .min = 1, .max = 64,
                             .example = "clientes_legacy"},
                            limit_note(1'000), offset_note()}},
      &list_sources));
  return out;
}

}  // namespace aremko::operations
