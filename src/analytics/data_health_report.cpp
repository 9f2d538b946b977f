// What a load report and a column's signature tell, whichever source they are of.
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analytics/data_health_parts.h"

namespace aremko::analytics::health {

namespace {

std::int64_t whole(std::uint64_t count) { return static_cast<std::int64_t>(count); }

RefusedSummary summary_of(const sources::RefusedReason& reason, const sources::LoadReport& report) {
  RefusedSummary out{reason.code, {reason.reason_es, reason.reason_en}, whole(reason.rows), {}};
  for (const sources::RefusedRow& row : report.refused) {
    if (row.code != reason.code || row.reason_es != reason.reason_es) continue;
    if (out.file.empty()) out.file = row.file;
    if (row.file == out.file) out.lines.push_back(whole(row.line));
    if (out.lines.size() == finding_ids) break;
  }
  return out;
}

std::vector<std::string> texts(const std::vector<std::int64_t>& numbers) {
  std::vector<std::string> out;
  for (const std::int64_t number : numbers) out.push_back(std::to_string(number));
  return out;
}

void refusals(const sources::LoadReport& report, IdKind where, SourcePart& out) {
  for (const sources::RefusedReason& reason : report.refused_by) {
    RefusedSummary refused = summary_of(reason, report);
    Finding found = finding("refused_rows", by_share(refused.rows, whole(report.rows_read), 0, 0.01), out.report.source,
                            "", refused.rows, whole(report.rows_read));
    found.detail = refused.reason;
    found.id_kind = where == IdKind::line ? IdKind::line : IdKind::row_id;
    found.ids = texts(refused.lines);
    out.findings.push_back(std::move(found));
    out.report.refused.push_back(std::move(refused));
  }
}

void placeholder_days(const sources::LoadReport& report, std::int64_t rows, SourcePart& out) {
  if (report.placeholder_days.empty()) return;
  std::int64_t count = 0;
  std::string days;
  for (const sources::PlaceholderDay& day : report.placeholder_days) {
    count += whole(day.rows);
    days += fmt::format("{}{} ({})", days.empty() ? "" : ", ", day.day.iso(), day.rows);
  }
  Finding found = finding("placeholder_date", by_share(count, rows, 0.01, 0.5), out.report.source, "checkin", count, rows);
  found.values = std::ssize(report.placeholder_days);
  found.detail = {days + ".", days + "."};
  out.findings.push_back(std::move(found));
}

/// How many things were noted, and what: a reader of findings alone must not miss them.
void noted(const sources::LoadReport& report, SourcePart& out) {
  if (report.notes_es.empty()) return;
  Finding found = finding("notes", Severity::low, out.report.source, "", 0, 0);  // of the source, not of rows
  found.values = std::ssize(report.notes_es);
  const std::string all = fmt::format("{}", fmt::join(report.notes_es, " "));
  found.detail = {fmt::format("Notas: {}. {}", report.notes_es.size(), all),
                  fmt::format("Notes, in Spanish: {}. {}", report.notes_es.size(), all)};
  out.findings.push_back(std::move(found));
}

}  // namespace

void consent_findings(const sources::CurrentBatch& batch, SourcePart& out) {
  const auto closed = [&](bool unreadable, std::string_view code, std::string_view channel) {
    if (!unreadable) return;
    Finding found = finding(code, Severity::high, out.report.source, "", out.report.rows, out.report.rows);
    // The load's own words name the table or column.
    std::string why;
    for (const std::string& note : batch.report.notes_es) {
      if (!note.contains("nadie recibe mensajes") && !note.contains(channel)) continue;
      why += (why.empty() ? "" : " ") + note;
    }
    found.detail = {why, why};
    out.findings.push_back(std::move(found));
  };
  closed(batch.whatsapp_consent_unreadable, "whatsapp_consent_unreadable", "nadie recibe WhatsApp");
  closed(batch.email_consent_unreadable, "email_consent_unreadable", "nadie recibe correos");
}

sources::FieldCount field_of(const sources::LoadReport& report, std::string_view name) {
  const auto at = std::ranges::find(report.fields, name, &sources::FieldCount::field);
  return at == report.fields.end() ? sources::FieldCount{name} : *at;
}

void report_findings(const sources::LoadReport& report, std::int64_t rows, IdKind where, SourcePart& out) {
  out.report.rows = rows;
  out.report.rows_read = whole(report.rows_read);
  out.report.rows_kept = whole(report.rows_kept);
  out.report.rows_refused = whole(report.rows_refused);
  out.report.texts_repaired = whole(report.texts_repaired);
  out.report.notes_es = report.notes_es;
  noted(report, out);
  refusals(report, where, out);
  placeholder_days(report, rows, out);
  for (const sources::Misplaced& misplaced : report.misplaced) {
    const std::int64_t count = whole(misplaced.count);
    const bool money = misplaced.code == "invalid_amount";  // what is left out of sums is never mild
    Finding found = finding(misplaced.code, by_share(count, rows, money ? 0 : 0.05, 2), out.report.source, misplaced.field, count,
                            std::max(rows, count));
    found.id_kind = where;
    for (const std::uint64_t line : misplaced.where) found.ids.push_back(std::to_string(line));
    out.findings.push_back(std::move(found));
  }
  if (report.texts_repaired > 0) {
    out.findings.push_back(finding("repaired_text", Severity::low, out.report.source, "", whole(report.texts_repaired),
                                   std::max(whole(report.rows_read), whole(report.texts_repaired))));
  }
}

namespace {

/// Some values on the most unrelated names, each with some of its rows.
std::vector<std::vector<std::string>> groups_of(const identity::ColumnSignature& signature,
                                                const std::function<std::string(Row)>& ids) {
  std::vector<std::uint32_t> values;
  for (std::uint32_t value = 1; value < signature.names_of_value.size(); ++value) {
    if (signature.names_of_value[value] >= 2) values.push_back(value);
  }
  const auto worst = values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), finding_groups));
  std::ranges::partial_sort(values, worst, [&](std::uint32_t a, std::uint32_t b) {
    const auto in_a = signature.names_of_value[a], in_b = signature.names_of_value[b];
    return in_a != in_b ? in_a > in_b : a < b;
  });
  values.erase(worst, values.end());
  std::unordered_map<std::uint32_t, std::size_t> place;
  for (std::size_t i = 0; i < values.size(); ++i) place.emplace(values[i], i);
  std::vector<std::vector<std::string>> out(values.size());
  for (Row row = 0; row < signature.value_of_row.size(); ++row) {
    const auto at = place.find(signature.value_of_row[row]);
    if (at != place.end() && out[at->second].size() < finding_group_ids) out[at->second].push_back(ids(row));
  }
  return out;
}

}  // namespace

void signature_findings(identity::ColumnSignature signature, const std::function<std::string(Row)>& ids, IdKind id_kind,
                        ColumnHealth& column, SourcePart& out) {
  column.distinct = whole(signature.distinct);
  if (signature.broken()) {
    const bool shared = signature.verdict == identity::SignatureVerdict::shared;
    Finding found = finding("broken_lookup", Severity::high, column.source, column.column,
                            shared ? whole(signature.rows_on_two) : whole(signature.compared - signature.agreeing),
                            shared ? whole(signature.named_rows) : whole(signature.compared));
    found.values = whole(signature.distinct);
    found.detail = signature.reason();
    out.findings.push_back(std::move(found));
  } else if (signature.values_on_two > 0) {
    Finding found = finding("shared_value", by_share(whole(signature.rows_on_two), whole(signature.named_rows), 0.01, 2),
                            column.source, column.column, whole(signature.rows_on_two), whole(signature.named_rows));
    found.values = whole(signature.values_on_two);
    found.detail = {fmt::format("Valores en dos o más nombres sin relación: {}; de ellos, en {} o más: {}.",
                                signature.values_on_two, identity::many_names, signature.values_on_many),
                    fmt::format("Values on two or more unrelated names: {}; of them, on {} or more: {}.",
                                signature.values_on_two, identity::many_names, signature.values_on_many)};
    if (ids) {
      found.id_kind = id_kind;
      found.groups = groups_of(signature, ids);
    }
    out.findings.push_back(std::move(found));
  }
  signature.value_of_row = {};
  signature.names_of_value = {};
  column.signature = std::move(signature);
}

}  // namespace aremko::analytics::health
