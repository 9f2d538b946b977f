#include "operations/data_health.h"

#include "operations/context.h"
#include "operations/examples.h"

namespace aremko::operations {

namespace {

using analytics::ColumnHealth;
using analytics::Finding;
using analytics::Severity;
using analytics::SourceHealthReport;

/// One decimal.
double percentage(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>((2000 * part + whole) / (2 * whole)) / 10.0;
}
double percentage(double share) { return static_cast<double>(static_cast<std::int64_t>(1000 * share + 0.5)) / 10.0; }

std::optional<std::string> some(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

DataFinding finding_of(const Finding& finding, std::string_view language) {
  return {.code = finding.code,
          .severity = finding.severity,
          .source = finding.source,
          .column = some(finding.column),
          .count = finding.count,
          .of = finding.of,
          .percentage = percentage(finding.count, finding.of),
          .values = finding.values,
          .detail = some(finding.detail.in(language)),
          .meaning = finding.meaning.in(language),
          .action = finding.action.in(language),
          .id_kind = finding.id_kind,
          .ids = finding.ids,
          .groups = finding.groups};
}

/// Not part of what is counted once: a source is down now or it is not.
DataFinding unreadable(const snapshot::SourceState& state, const Zone& zone, std::string_view language) {
  const bool en = language == "en";
  DataFinding out;
  out.code = "source_unreadable";
  out.severity = Severity::high;
  out.source = state.name;
  out.detail = some(en ? state.detail_en : state.detail_es);
  if (state.last_good == 0) {
    out.meaning = en ? "The source could not be read yet: what it holds is in no answer." : "La fuente todavía no se pudo leer: lo que tiene no está en ninguna respuesta.";
  } else {
    std::string when = zone.local(state.last_good).iso().substr(0, 16);
    when[10] = ' ';
    out.meaning = en ? fmt::format("The source could not be read; what it said last is shown, of {}.", when)
                     : fmt::format("La fuente no se pudo leer; se muestra lo último que dijo, de {}.", when);
  }
  out.action = en ? "See why at /sources, and restore it." : "Vea la razón en /sources y restablézcala.";
  return out;
}

/// Neither are the links: they come and go while the sources stand.
std::vector<DataFinding> of_links(const snapshot::LinkFit& fit, std::string_view language) {
  std::vector<DataFinding> out;
  const auto add = [&](std::string_view code, Severity severity, std::uint64_t count, const Text& meaning, const Text& action) {
    if (count == 0) return;
    DataFinding& one = out.emplace_back();
    one.code = code;
    one.severity = severity;
    one.source = "clientes_legacy";
    one.count = static_cast<std::int64_t>(count);
    one.of = static_cast<std::int64_t>(fit.links);
    one.percentage = percentage(one.count, one.of);
    one.meaning = meaning.in(language);
    one.action = action.in(language);
  };
  add("links_of_others", Severity::medium, fit.another,
      {"Vínculos cuyo número o Record ID es ahora de otra persona en el archivo: no muestran las visitas de nadie.",
       "Links whose number or Record ID is somebody else's in the file by now: they show nobody's visits."},
      {"Sincronice: los que ya no calzan se retiran y los registros se vinculan de nuevo. Si el archivo se exportó sin Record ID, expórtelo con esa columna.",
       "Sync: those that no longer fit are retired, and the records are tied anew. If the file was exported without Record ID, export it with that column."});
  add("links_lost", Severity::medium, fit.lost,
      {"Vínculos cuyo registro ya no está en el archivo, ni por su número ni por su Record ID: los clientes dejaron de mostrar esas visitas.",
       "Links whose record stands in the file no more, neither by its number nor by its Record ID: their customers no longer show those visits."},
      {"Compare el archivo con el anterior: si faltan filas o la columna Record ID, expórtelo completo. Al sincronizar, estos vínculos se retiran y los registros que estén con otro número se vinculan de nuevo.",
       "Compare the file with the one before: where rows or the column Record ID are missing, export it whole. A sync retires these links and ties anew the records that stand under another number."});
  add("links_moved", Severity::info, fit.moved,
      {"Vínculos cuyo registro tiene otro número que cuando se hicieron: el archivo se exportó con otra numeración y ellos siguieron a su registro.",
       "Links whose record has another number than when they were made: the file was exported with another numbering, and they followed their record."},
      {"Nada que hacer; un número anotado antes puede ser ahora de otra persona.", "Nothing to do; a number noted before may be somebody else's now."});
  return out;
}

std::string_view word_of(identity::SignatureVerdict verdict) {
  switch (verdict) {
    case identity::SignatureVerdict::sound: return "sound";
    case identity::SignatureVerdict::too_few: return "too_few";
    case identity::SignatureVerdict::shared: return "shared";
    case identity::SignatureVerdict::disagrees: return "disagrees";
  }
  return "";
}

ColumnReport column_of(const ColumnHealth& column, std::string_view language) {
  ColumnReport out{.source = column.source,
                   .column = column.column,
                   .rows = column.rows,
                   .filled = column.filled,
                   .filled_percentage = percentage(column.filled, column.rows),
                   .valid = column.valid,
                   .valid_percentage = percentage(column.valid, column.filled),
                   .in_use = column.in_use,
                   .distinct = column.distinct,
                   .lookup = {}};
  if (const auto& signature = column.signature) {
    LookupSignature& lookup = out.lookup.emplace();
    lookup.verdict = word_of(signature->verdict);
    lookup.reason = signature->reason().in(language);
    lookup.on_two_percentage = percentage(signature->share_on_two());
    lookup.on_many_percentage = percentage(signature->share_on_many());
    lookup.values_on_many = static_cast<std::int64_t>(signature->values_on_many);
    lookup.largest_rows = static_cast<std::int64_t>(signature->largest_rows);
    lookup.largest_names = signature->largest_names;
    if (const auto agreement = signature->agreement()) lookup.agreement_percentage = percentage(*agreement);
  }
  return out;
}

SourceCompleteness completeness_of(const SourceHealthReport& source) {
  const auto field = [&](std::int64_t count) { return FieldCompleteness{count, percentage(count, source.rows)}; };
  SourceCompleteness out{source.source, source.rows, field(source.with_phone), field(source.with_email), {}, {}};
  if (source.with_rut) out.rut = field(*source.with_rut);
  if (source.with_city) out.city = field(*source.with_city);
  return out;
}

SourceReport source_of(const SourceHealthReport& source, std::string_view language,
                       std::span<const snapshot::SourceState> states, UnixSeconds now) {
  SourceReport out{.source = source.source,
                   .description = {},
                   .rows_read = source.rows_read,
                   .rows_kept = source.rows_kept,
                   .rows_refused = source.rows_refused,
                   .texts_repaired = source.texts_repaired,
                   .age_seconds = {},
                   .duplicates = {},
                   .refused = {},
                   .notes = source.notes_es};
  for (const auto& state : states) {
    if (state.name != source.source) continue;
    out.description = state.description;
    out.ok = state.ok;
    if (state.last_good != 0) out.age_seconds = std::max<std::int64_t>(now - state.last_good, 0);
  }
  if (const auto& twice = source.duplicates) {
    out.duplicates = SourceDuplicates{twice->people, twice->rows, twice->pairs, twice->possible_pairs};
  }
  for (const auto& refused : source.refused) {
    out.refused.push_back({refused.code, refused.reason.in(language), refused.rows, refused.file, refused.lines});
  }
  return out;
}

void count(FindingCounts& counts, Severity severity) {
  switch (severity) {
    case Severity::high: ++counts.high; return;
    case Severity::medium: ++counts.medium; return;
    case Severity::low: ++counts.low; return;
    case Severity::info: ++counts.info; return;
  }
}

}  // namespace

Result<DataHealthReport> data_health(Context& context, const DataHealthInput& input) {
  const std::string_view language = context.language();
  const auto health = context.tenant().data_health.get(context.snapshot());
  const auto states = context.source_states();

  DataHealthReport out;
  out.snapshot_version = static_cast<std::int64_t>(context.snapshot().version());
  out.seconds = health->seconds;
  const auto wanted = [&](std::string_view source) { return !input.source || *input.source == source; };
  bool found = !input.source;
  for (const auto& state : states) {
    if (!wanted(state.name)) continue;
    found = true;
    if (!state.ok) out.findings.push_back(unreadable(state, *context.tenant().zone, language));
  }
  if (wanted("clientes_legacy")) {
    for (DataFinding& finding : of_links(context.snapshot().link_fit(), language)) out.findings.push_back(std::move(finding));
  }
  for (const Finding& finding : health->findings) {
    if (wanted(finding.source)) out.findings.push_back(finding_of(finding, language));
  }
  for (const DataFinding& finding : out.findings) count(out.summary, finding.severity);
  for (const ColumnHealth& column : health->columns) {
    if (wanted(column.source)) out.columns.push_back(column_of(column, language));
  }
  for (const SourceHealthReport& source : health->sources) {
    if (!wanted(source.source)) continue;
    found = true;
    out.sources.push_back(source_of(source, language, states, context.now()));
    out.completeness.push_back(completeness_of(source));
  }
  if (found) return out;
  return fail(error(Code::not_found, "No hay ninguna fuente con ese nombre.", "There is no source of that name."));
}

std::vector<Operation> data_health_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{
          .name = "data_health",
          .group = "system",
          .summary = {"Salud de los datos: qué está mal en cada fuente y qué hacer",
                      "Data health: what is wrong in each source and what to do"},
          .description = {"Columnas llenadas por una búsqueda mal hecha, valores que comparten personas sin relación, RUT "
                          "repetidos o con dígito errado, duplicados, filas rechazadas, y cuán llena está cada columna. Solo "
                          "cuentas, ids y números de línea: ningún nombre ni contacto.",
                          "Columns filled by a broken lookup, values that unrelated people share, RUTs reused or with a wrong "
                          "digit, duplicates, refused rows, and how full each column is. Counts, ids and line numbers only: no "
                          "name and no contact."},
          .path = "/api/v1/aremko/data-health",
          .cost = Cost::walk,  // counts everybody once for each load of a source
          .example = examples::data_health,
          .refusals = {Code::not_found},
          .notes = {{.name = "source", .about = {"Solo esta fuente.", "This source only."}, .min = 1, .max = 64,
                     .example = "clientes_legacy"}}},
      &data_health));
  return out;
}

}  // namespace aremko::operations
