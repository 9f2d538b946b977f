#include "assistants/data_summary.h"

#include "assistants/tool_maker.h"
#include "base/spoken.h"
#include "operations/all.h"
#include "operations/stats.h"

namespace aremko::assistants {

namespace {

std::string text_of(const Object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Findings of the operation that looks for them, worst first.
std::vector<FindingLine> findings_of(Call& call, std::size_t most) {
  std::vector<FindingLine> out;
  if (operations::find_operation("data_health") == nullptr) return out;
  const auto report = ask_operation(call, "data_health", {});
  if (!report) return out;  // the rest is worth knowing without them
  for (const auto& item : report->at("findings").as_array()) {
    if (out.size() == most) break;
    const Object& finding = item.as_object();
    FindingLine line{.severity = text_of(finding, "severity"), .source = text_of(finding, "source"), .meaning = text_of(finding, "meaning"),
                     .action = text_of(finding, "action")};
    if (const std::string column = text_of(finding, "column"); !column.empty()) line.column = column;
    line.count = finding.at("count").to_number<std::int64_t>();
    line.percentage = finding.at("percentage").to_number<double>();
    out.push_back(std::move(line));
  }
  return out;
}

std::string counts_in_words(const DataState& state, bool english) {
  const auto& database = state.current_database;
  const auto& filled = state.data_completeness;
  if (english) {
    return fmt::format("{} ({} with phone, {} with e-mail, {} with RUT, {} with legacy history); {} away for 12 months; {}.\n"
                       "Mappings: {} live, {} accepted, {} to review.\n",
                       counted(database.total_customers, "customer", "customers"), filled.current_with_phone, filled.current_with_email,
                       filled.current_with_rut, filled.current_with_legacy, database.inactive_12_months,
                       counted(state.legacy_customers, "legacy person", "legacy people"), state.mappings.active, state.mappings.accepted,
                       state.mappings.pending);
  }
  return fmt::format("{} ({} con teléfono, {} con e-mail, {} con RUT, {} con historia antigua); {} sin venir hace 12 meses; {}.\n"
                     "Vínculos: {}, {}, {} por revisar.\n",
                     counted(database.total_customers, "cliente", "clientes"), filled.current_with_phone, filled.current_with_email,
                     filled.current_with_rut, filled.current_with_legacy, database.inactive_12_months,
                     counted(state.legacy_customers, "persona histórica", "personas históricas"), counted(state.mappings.active, "vigente", "vigentes"),
                     counted(state.mappings.accepted, "aceptado", "aceptados"), state.mappings.pending);
}

}  // namespace

Result<DataState> data_state(Call& call, std::size_t findings) {
  operations::Context& context = call.context();
  operations::SourcesInput wanted;
  wanted.limit = 1;
  const auto sources = operations::list_sources(context, wanted);
  if (!sources) return fail(sources.error());
  const auto overview = operations::stats_overview(context, {});
  if (!overview) return fail(overview.error());
  DataState out{.snapshot_version = sources->snapshot_version.value_or(0),
                .current_database = overview->current_database,
                .data_completeness = overview->data_completeness,
                .legacy_customers = overview->legacy_data.total_customers};
  for (const auto& source : sources->sources) {
    SourceLine line{.name = std::string(source.name), .ok = source.ok, .rows_kept = source.rows_kept, .rows_refused = source.rows_refused};
    if (source.detail) line.detail = std::string(*source.detail);
    line.age_seconds = source.age_seconds;
    out.sources.push_back(std::move(line));
  }
  const auto counts = context.store().mappings().counts(context.tenant().name);
  out.mappings = {counts[0], counts[1], counts[2], counts[3], counts[4]};
  out.findings = findings_of(call, findings);
  return out;
}

std::string data_state_words(const DataState& state, std::string_view language) {
  const auto say = [&](std::string_view es, std::string_view en) { return language == "en" ? en : es; };
  std::string out;
  for (const SourceLine& source : state.sources) {
    const bool en = language == "en";
    out += fmt::format("- {}: {}, {}, {}{}\n", source.name, source.ok ? say("al día", "up to date") : say("caída", "down"),
                       en ? counted(source.rows_kept, "row", "rows") : counted(source.rows_kept, "fila", "filas"),
                       en ? counted(source.rows_refused, "refused", "refused") : counted(source.rows_refused, "rechazada", "rechazadas"),
                       source.detail ? ". " + *source.detail : "");
  }
  out += counts_in_words(state, language == "en");
  for (const FindingLine& finding : state.findings) {
    out += fmt::format("- [{}] {}{}: {} {}\n", finding.severity, finding.source, finding.column ? "." + *finding.column : "", finding.meaning, finding.action);
  }
  return out;
}

}  // namespace aremko::assistants
