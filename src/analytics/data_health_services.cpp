// The services file: lines, not people.
#include <algorithm>

#include "analytics/data_health_parts.h"

namespace aremko::analytics::health {

namespace {

std::vector<std::string_view> texts_of(const sources::TextColumn& column) {
  std::vector<std::string_view> out;
  out.reserve(column.size());
  for (Row row = 0; row < column.size(); ++row) out.push_back(column[row]);
  return out;
}

std::int64_t filled(const identity::Numbered& column) {
  return std::ranges::count_if(column.rows, [](std::uint32_t number) { return number != 0; });
}

void column(const sources::LegacyServicesBatch& batch, std::string_view field, std::string_view invalid,
            std::int64_t in_use, SourcePart& out) {
  const sources::FieldCount counted = field_of(batch.report, field);
  const auto rows = static_cast<std::int64_t>(batch.size());
  ColumnHealth health{.source = out.report.source, .column = std::string(field), .rows = rows};
  health.filled = std::max<std::int64_t>(static_cast<std::int64_t>(counted.filled), counted.filled == 0 ? in_use : 0);
  health.valid = counted.filled == 0 ? in_use : static_cast<std::int64_t>(counted.valid);
  health.in_use = in_use;
  const std::int64_t wrong = health.filled - health.valid;
  if (wrong > 0 && !invalid.empty()) {
    out.findings.push_back(finding(invalid, by_share(wrong, health.filled, 0.05, 2), health.source, field, wrong, health.filled));
  }
  if (health.filled == 0) out.findings.push_back(finding("empty_column", Severity::low, health.source, field, rows, rows));
  out.columns.push_back(std::move(health));
}

}  // namespace

SourcePart services(const sources::LegacyServicesBatch& batch, const ContactView* witness, std::int64_t live) {
  SourcePart out;
  // The database's own history names customers and has no contact columns.
  const bool history = std::ranges::any_of(batch.customer_id, [](std::int64_t id) { return id != 0; });
  out.report.source = history ? "historial_db" : "servicios_legacy";
  report_findings(batch.report, batch.size(), history ? IdKind::row_id : IdKind::line, out);
  if (live > 0) out.findings.push_back(finding("live_sales", Severity::low, out.report.source, "reserva", live, batch.size()));
  if (history || batch.size() == 0) return out;

  std::vector<std::string_view> name_texts;
  name_texts.reserve(batch.size());
  for (const Row person : batch.person) name_texts.push_back(batch.people[person].folded);
  const identity::Numbered names = identity::number(name_texts);
  identity::Numbered phones = identity::number(texts_of(batch.telefono));
  identity::Numbered emails = identity::number(texts_of(batch.email));
  out.report.with_phone = filled(phones);
  out.report.with_email = filled(emails);

  const std::int64_t named = filled(names);
  const auto dated = std::ranges::count_if(batch.at, [](Moment at) { return at.known(); });
  column(batch, "cliente", "", named, out);
  if (const auto nameless = static_cast<std::int64_t>(batch.size()) - named; nameless > 0) {
    out.findings.push_back(finding("no_name", by_share(nameless, batch.size(), 0.1, 2), out.report.source, "cliente",
                                   nameless, batch.size()));
  }
  column(batch, "checkin", "invalid_date", dated, out);
  column(batch, "telefono", "invalid_phone", out.report.with_phone, out);
  identity::Witness known;
  if (witness != nullptr) known = {witness->name_texts(), witness->phone_texts()};
  signature_findings(identity::column_signature(std::move(phones), names, witness == nullptr ? nullptr : &known), {},
                     IdKind::none, out.columns.back(), out);
  column(batch, "mail", "invalid_email", out.report.with_email, out);
  if (witness != nullptr) known = {witness->name_texts(), witness->email_texts()};
  signature_findings(identity::column_signature(std::move(emails), names, witness == nullptr ? nullptr : &known), {},
                     IdKind::none, out.columns.back(), out);
  return out;
}

}  // namespace aremko::analytics::health
