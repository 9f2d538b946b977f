#include "identity/linker.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace aremko::identity {

namespace {

using match::Kind;

// The columns, in the order of Field's first five.
constexpr std::array<Kind, 5> kinds{Kind::name, Kind::phone, Kind::email, Kind::national_id, Kind::place};
constexpr std::size_t most_candidates = 50;
constexpr double nothing_to_say = 0.05;  // log-odds

match::Input input_of(std::span<const Record> current, std::span<const Record> legacy, std::vector<Row>& current_rows) {
  std::vector<std::pair<Kind, std::string>> columns;
  for (const Kind kind : kinds) columns.emplace_back(kind, std::string(match::word_of(kind)));
  match::Input input(std::move(columns));
  std::vector<std::string_view> fields;
  const auto add = [&](const Record& record) {
    for (const std::string_view field : {record.nombre, record.telefono, record.email, record.documento, record.ciudad}) fields.push_back(field);
  };
  for (const Record& record : legacy) add(record.excluded ? Record{} : record);
  input.add_rows(match::Side::left, fields);
  fields.clear();
  for (Row row = 0; row < current.size(); ++row) {
    if (current[row].excluded) continue;
    add(current[row]);
    current_rows.push_back(row);
  }
  input.add_rows(match::Side::right, fields);
  return input;
}

std::string_view name_reason(std::string_view level, double log_odds) {
  if (level == "exact") return "name_exact";
  if (level == "short" || level == "second" || level == "cut" || level == "single") return log_odds >= 0 ? "name_partial" : "name_conflict";
  if (level == "similar" || level == "weak") return log_odds >= 0 ? "name_similar" : "name_conflict";
  if (level == "half" || level == "gap") return log_odds >= 0 ? "name_partial" : "name_conflict";
  return level == "missing" ? "" : "name_conflict";
}

std::string_view reason_of(Field field, std::string_view level, double log_odds) {
  if (std::abs(log_odds) < nothing_to_say) return "";
  const bool exact = level == "exact" || level == "exact_named";
  const bool other = level.starts_with("different") || level == "another";
  switch (field) {
    case Field::name: return name_reason(level, log_odds);
    case Field::phone: return exact ? "phone_exact" : other || log_odds < 0 ? "phone_conflict" : "phone_similar";
    case Field::email: return exact ? "email_exact" : other || log_odds < 0 ? "email_conflict" : "email_similar";
    case Field::rut: return exact ? "rut_exact" : other || log_odds < 0 ? "rut_conflict" : "rut_similar";
    case Field::city: return log_odds > 0 ? "city_match" : "city_conflict";
    default: return "";
  }
}

Field field_of(const match::Evidence& evidence) {
  if (evidence.column != match::no_column) return static_cast<Field>(evidence.column);
  if (evidence.level == "prior") return Field::prior;
  if (evidence.level == "household") return Field::household;
  if (evidence.level == "rivals" || evidence.level == "group") return Field::rivals;
  return evidence.level == "calibration" ? Field::calibration : Field::ceiling;
}

std::vector<match::Known> known_of(std::span<const Decided> decided, const std::vector<Row>& current_rows) {
  std::vector<match::Known> out;
  for (const Decided& one : decided) {
    const auto at = std::ranges::lower_bound(current_rows, one.current);
    if (at == current_rows.end() || *at != one.current) continue;
    out.push_back({one.legacy, static_cast<Row>(at - current_rows.begin()), one.same});
  }
  return out;
}

}  // namespace

std::vector<std::string_view> reasons_of(const Candidate& candidate) {
  constexpr std::array<Field, 5> order{Field::phone, Field::email, Field::rut, Field::name, Field::city};
  std::vector<std::string_view> out;
  for (const bool conflicts : {false, true}) {
    for (const Field field : order) {
      for (const Evidence& evidence : candidate.evidence) {
        if (evidence.field == field && !evidence.reason.empty() && evidence.reason.ends_with("_conflict") == conflicts) {
          out.push_back(evidence.reason);
        }
      }
    }
  }
  return out;
}

Linker::Linker(std::span<const Record> current, std::span<const Record> legacy, std::span<const Decided> decided, const Watch& watch) {
  watch.at("identity.read");
  auto rows = std::make_shared<std::vector<Row>>();
  match::Input input = input_of(current, legacy, *rows);
  match::Options options{.known = known_of(decided, *rows)};
  current_rows_ = std::move(rows);
  matcher_ = std::make_unique<const match::Matcher>(std::move(input), options, watch);
}

Linker::Linker(std::shared_ptr<const std::vector<Row>> current_rows, match::Matcher matcher)
    : current_rows_(std::move(current_rows)), matcher_(std::make_unique<const match::Matcher>(std::move(matcher))) {}

Linker Linker::with(std::span<const Decided> decided) const { return {current_rows_, matcher_->with(known_of(decided, *current_rows_))}; }

Candidate candidate_of(const match::Link& link, Row legacy, Row current) {
  Candidate out{.legacy = legacy, .current = current, .confidence = link.confidence};
  for (const match::Evidence& evidence : link.evidence) {
    const Field field = field_of(evidence);
    out.evidence.push_back({.field = field,
                            .level = evidence.level,
                            .reason = reason_of(field, evidence.level, evidence.log_odds),
                            .log_odds = evidence.log_odds,
                            .one_in = evidence.surprise > 0 ? std::exp(evidence.surprise) : 0});
  }
  if (!out.evidence.empty() && out.evidence.back().level == "other_given_name") {
    for (Evidence& evidence : out.evidence) {
      if (evidence.field == Field::name) evidence.reason = "name_conflict";
    }
  }
  return out;
}

std::uint32_t names_beside(const Candidate& candidate, std::uint32_t names, std::uint32_t rows) {
  const auto name = std::ranges::find(candidate.evidence, Field::name, &Evidence::field);
  const bool two_names = name != candidate.evidence.end() && (name->level == "given" || name->level == "different");
  return rows <= 2 || (two_names && names <= 2) ? 0 : names;
}

std::vector<Candidate> Linker::links() const {
  std::vector<Candidate> out;
  for (const match::Link& link : matcher_->links()) {
    if (link.confidence >= medium_confidence) out.push_back(candidate(link));
  }
  return out;
}

std::vector<Candidate> Linker::candidates(Row legacy) const {
  std::vector<Candidate> out;
  for (const match::Link& link : matcher_->candidates(legacy, most_candidates)) out.push_back(candidate(link));
  return out;
}

Candidate Linker::explain(Row legacy, Row current) const {
  const auto right = static_cast<Row>(std::ranges::lower_bound(*current_rows_, current) - current_rows_->begin());
  Candidate out = candidate(matcher_->explain(legacy, right));
  for (Evidence& evidence : out.evidence) {
    if (evidence.field != Field::phone && evidence.field != Field::email) continue;
    const auto column = static_cast<std::size_t>(evidence.field);
    evidence.names = names_beside(out, matcher_->names_with(column, match::Side::right, right), matcher_->rows_with(column, match::Side::right, right));
  }
  return out;
}

std::vector<Candidate> Linker::find(const Record& person, std::size_t most) const {
  const std::array<std::string_view, 5> fields{person.nombre, person.telefono, person.email, person.documento, person.ciudad};
  std::vector<Candidate> out;
  for (const match::Link& link : matcher_->find(fields, most)) out.push_back(candidate(link));
  return out;
}

}  // namespace aremko::identity
