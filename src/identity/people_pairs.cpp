#include "identity/people_pairs.h"

#include <algorithm>
#include <array>

namespace aremko::identity {

namespace {

using match::Kind;

// The columns, in the order of Field's first five.
constexpr std::array<Kind, 5> kinds{Kind::name, Kind::phone, Kind::email, Kind::national_id, Kind::place};

match::Input input_of(std::span<const Record> people, std::vector<Row>& rows) {
  std::vector<std::pair<Kind, std::string>> columns;
  for (const Kind kind : kinds) columns.emplace_back(kind, std::string(match::word_of(kind)));
  match::Input input(std::move(columns));
  std::vector<std::string_view> fields;
  for (Row row = 0; row < people.size(); ++row) {
    const Record& one = people[row];
    if (one.excluded) continue;
    for (const std::string_view field : {one.nombre, one.telefono, one.email, one.documento, one.ciudad}) fields.push_back(field);
    rows.push_back(row);
  }
  input.add_rows(match::Side::left, fields);
  return input;
}

}  // namespace

PeoplePairs::PeoplePairs(std::span<const Record> people, const Watch& watch) {
  watch.at("identity.read");
  match::Input input = input_of(people, rows_);
  matcher_ = std::make_unique<const match::Matcher>(std::move(input), match::Options{.dedupe = true}, watch);
  for (const match::Link& link : matcher_->links()) {
    const auto [first, second] = std::minmax(rows_[link.left], rows_[link.right]);
    pairs_.push_back(candidate_of(link, first, second));
  }
}

std::size_t PeoplePairs::place_of(Row row) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(rows_, row) - rows_.begin());
}

Candidate PeoplePairs::explain(Row one, Row other) const {
  const auto left = static_cast<match::RowId>(place_of(std::min(one, other)));
  const auto right = static_cast<match::RowId>(place_of(std::max(one, other)));
  Candidate out = candidate_of(matcher_->explain(left, right), std::min(one, other), std::max(one, other));
  for (Evidence& evidence : out.evidence) {
    if (evidence.field != Field::phone && evidence.field != Field::email) continue;
    const auto column = static_cast<std::size_t>(evidence.field);
    evidence.names = names_beside(out, matcher_->names_with(column, match::Side::left, left), matcher_->rows_with(column, match::Side::left, left));
  }
  return out;
}

}  // namespace aremko::identity
