#include "identity/match_score.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "identity/given_names.h"
#include "identity/nobody.h"
#include "normalize/text.h"

namespace aremko::identity::match {

namespace {

double logit(double probability) { return std::log(probability / (1 - probability)); }

// The contract's weights of one identifier alone.
const double phone_alone = logit(0.90);
const double email_alone = logit(0.85);
const double id_alone = logit(0.95);
const double rare_name_alone = logit(0.70);  // the commonest: 50
double alone(Kind kind) { return kind == Kind::phone ? phone_alone : kind == Kind::email ? email_alone : id_alone; }

// What further evidence adds to the strongest identifier, or takes from it. Dependent identifiers (one hand typed
// both) count for less than their own weight.
constexpr double further_identifier_share = 0.75;
const double common_name_beside = logit(0.95) - logit(0.90);  // the contract's María: phone and name give 95
constexpr double rare_name_beside = 2.5;
constexpr double phone_against = -0.4;  // people change phones
constexpr double another_id_against = -4.5;
constexpr double place_for = 0.3;
constexpr double no_key = -12;  // neither an identifier nor a name agrees

// Name levels (see levels_of) beside an agreeing identifier, and without one.
constexpr std::array<double, max_levels> name_beside{0, 0, 0.9, 0.9, 0.9, -1.0, 0.8, 0.4, -2.5, -2.5, -2.5, 0.3, -3.5};

const double nearly_certain = logit(0.999);
const double undecided = logit(0.95);  // nobody can tell from what is there
const double misspelt_alone = logit(0.985);  // Godo is Godoy misspelt, or another family
constexpr double nothing = 1e-4;  // log-odds that no reader sees

constexpr double too_few = 10;   // expected matches, where only the contract's weights count
constexpr double enough = 40;    // where only what was learned does

// How common a name is, as −ln of the share of people who bear it: María González among 28,000 people is about 6.5.
constexpr double common_name = 6.5;
constexpr double rare_name = 20;
constexpr double everybodys_name = 8.2;  // one bearer in 3,600 people …
constexpr double beyond_usual = 4;       // … and far more common than the lists' names are

bool in_contract(Kind kind) { return is_identifier(kind) || kind == Kind::name || kind == Kind::place; }
// E-mails: exact, and made of nothing but the name.
bool same_mailbox(unsigned level) { return level == 1 || level == 10; }
constexpr unsigned swapped_names = 5;  // of a column of given names
bool same_identifier(Kind kind, unsigned level) { return is_identifier(kind) && (kind == Kind::email ? same_mailbox(level) : level == 1); }

}  // namespace

double share_learned(const Comparer& comparer, double expected_matches) {
  const auto& columns = comparer.input().columns();
  if (!std::ranges::all_of(columns, in_contract, &Column::kind)) return 1;
  return std::clamp((expected_matches - too_few) / (enough - too_few), 0.0, 1.0);
}

Scorer::Scorer(const Comparer& comparer, const Model& model, double share_learned)
    : comparer_(comparer), model_(model), share_(share_learned) {
  if (share_ < 1) names_ = contact_names(comparer.input(), comparer.dedupe());
}

Numbered numbered(const Column& column, std::vector<Value> rows) {
  Numbered out{.rows = std::move(rows)};
  for (Value value = 1; value <= column.values.size(); ++value) out.texts.push_back(column.values.text(value));
  return out;
}

std::vector<std::vector<std::uint16_t>> contact_names(const Input& input, bool dedupe) {
  const auto& columns = input.columns();
  std::vector<std::vector<std::uint16_t>> out(columns.size());
  const auto name = std::ranges::find(columns, Kind::name, &Column::kind);
  if (name == columns.end()) return out;
  const auto both = [&](const Column& column) {
    std::vector<Value> rows = column.rows[0];
    if (!dedupe) rows.insert(rows.end(), column.rows[1].begin(), column.rows[1].end());
    return numbered(column, std::move(rows));
  };
  const Numbered names = both(*name);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].kind == Kind::phone || columns[c].kind == Kind::email) out[c] = column_signature(both(columns[c]), names).names_of_value;
  }
  return out;
}

double Scorer::contact(std::size_t column, Value value, double weight) const {
  const auto& names = names_[column];
  return value < names.size() && names[value] > 1 ? weight - std::log(static_cast<double>(names[value])) : weight;
}

double Scorer::name(const Agreement& part, bool has_identifier, double bearers) const {
  if (part.level == 0) return has_identifier ? 0 : no_key;
  if (part.level > 1) return has_identifier ? std::min(name_beside[part.level], common_name_beside) : no_key;  // the very name says no less
  const double share = std::clamp((static_cast<double>(part.own + part.shared) - common_name) / (rare_name - common_name), 0.0, 1.0);
  const double rare = share * share;
  return has_identifier ? common_name_beside + rare * (rare_name_beside - common_name_beside)
                        : rare * rare_name_alone - std::log(std::max(1.0, bearers));
}

std::vector<double> Scorer::contract(const Agreements& parts, RowId right) const {
  const auto& columns = comparer_.input().columns();
  std::vector<double> out(columns.size(), 0);
  std::vector<std::pair<double, std::size_t>> same;
  std::size_t name_column = no_column;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Kind kind = columns[c].kind;
    const unsigned level = parts[c].level;
    if (kind == Kind::name && name_column == no_column) name_column = c;
    if (same_identifier(kind, level)) {
      same.emplace_back(contact(c, comparer_.right_value(c, right), alone(kind)), c);
    } else if (level > 0 && kind == Kind::phone) {
      out[c] = level == 2 ? 0.5 : phone_against;
    } else if (level > 0 && kind == Kind::national_id) {
      out[c] = level == 2 ? 0.5 : level == 3 ? 0 : another_id_against;
    } else if (level > 0 && kind == Kind::place) {
      out[c] = level < 4 ? place_for : -place_for;
    }
  }
  std::ranges::sort(same, std::ranges::greater{});
  for (std::size_t i = 0; i < same.size(); ++i) out[same[i].second] = same[i].first * (i == 0 ? 1.0 : further_identifier_share);
  if (name_column != no_column) {
    const Value value = comparer_.right_value(name_column, right);
    out[name_column] = name(parts[name_column], !same.empty(), value == missing ? 1 : comparer_.right_count(name_column, value));
  } else if (same.empty() && !out.empty()) {
    out[0] += no_key;
  }
  return out;
}

std::vector<Evidence> Scorer::evidence(const Comparison& found, const Agreements& parts, RowId right) const {
  const auto& columns = comparer_.input().columns();
  std::vector<Evidence> out;
  const auto contract_says = share_ < 1 ? contract(parts, right) : std::vector<double>(columns.size(), 0);
  double learned = model_.ln_match;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const unsigned level = found.level(c);
    double says = 0;
    if (level > 0) {
      says = model_.match[c][level] + static_cast<double>(parts[c].own + parts[c].shared) + model_.rarity(columns[c].kind, c, found);
      learned += says;
    }
    const double both = share_ * says + (1 - share_) * contract_says[c];
    if (level > 0) out.push_back({c, levels_of(columns[c].kind)[level - 1].word, both, static_cast<double>(parts[c].own + parts[c].shared)});
    else if (both != 0) out.push_back({c, "missing", both});
  }
  if (share_ == 0) return out;
  out.push_back({no_column, "prior", share_ * model_.ln_match});
  const double household = model_.log_odds(comparer_, found) - learned;
  if (std::abs(household) > nothing) out.push_back({no_column, "household", share_ * household});
  return out;
}

double Scorer::blended(RowId left, RowId right) const {
  Agreements parts;
  const Comparison found = comparer_.compare(left, right, &parts);
  return log_odds(found, parts, right);
}

double Scorer::log_odds(const Comparison& found, const Agreements& parts, RowId right) const {
  if (share_ == 1) return model_.log_odds(comparer_, found);
  double sum = 0;
  for (const Evidence& evidence : evidence(found, parts, right)) sum += evidence.log_odds;
  return sum;
}

namespace {

// By what identifies them, and how common the name is.
double usual_ceiling(const Comparer& comparer, const Agreements& parts) {
  const auto& columns = comparer.input().columns();
  std::size_t same = 0;
  std::size_t others = 0;
  bool same_id = false;
  bool same_name = false;
  Kind kind = Kind::text;
  const Agreement* name = nullptr;
  double usual = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const unsigned level = parts[c].level;
    if (level == 0) continue;
    const bool part_of_name = columns[c].kind == Kind::given_name || columns[c].kind == Kind::surname;
    same_name = same_name || (columns[c].kind == Kind::name && same_whole_name(level)) || (part_of_name && level <= 2);
    if (columns[c].kind == Kind::name) {
      name = &parts[c];
      usual = static_cast<double>(comparer.usual_rarity(c));
    } else if (same_identifier(columns[c].kind, level)) {
      ++same;
      kind = columns[c].kind;
      same_id = same_id || kind == Kind::national_id;
    } else {
      ++others;
    }
  }
  const double most = same_id && same_name ? std::numeric_limits<double>::infinity() : nearly_certain;
  if (same != 1 || others > 0) return most;
  if (name == nullptr) return alone(kind);
  if (kind == Kind::national_id || name->level != 1) return most;
  // Another bearer of so common a name may hold the contact by now; the rarer the name, the less likely by far.
  const double rarer = static_cast<double>(name->own + name->shared) - std::min(everybodys_name, usual - beyond_usual);
  return std::min(most, phone_alone + common_name_beside + 4 * std::max(0.0, rarer));
}

// Whether a contact of theirs agrees, or nearly.
bool share_contact(const Comparer& comparer, const Agreements& parts) {
  const auto& columns = comparer.input().columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const unsigned level = parts[c].level;
    if (columns[c].kind == Kind::phone && level >= 1 && level <= 3) return true;
    if (columns[c].kind == Kind::email && same_mailbox(level)) return true;
  }
  return false;
}

// Whether all that identifies them both stands on further rows: a household's or a front desk's, of which one word of a name tells
// nobody.
bool contacts_are_others_too(const Comparer& comparer, const Agreements& parts, RowId right) {
  const auto& columns = comparer.input().columns();
  bool any = false;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!same_identifier(columns[c].kind, parts[c].level)) continue;
    any = true;
    if (comparer.count(c, comparer.right_value(c, right)) <= 2) return false;
  }
  return any;
}

// Whether the words by which two names differ are all borne by further people: Rosas and Rojas, and not Rojas and Rojsa.
bool are_names_of_their_own(const Comparer& comparer, std::size_t column, std::string_view one, std::string_view other) {
  constexpr double others_too = 3;  // rows
  const auto borne = [&](std::string_view text, std::string_view beside) {
    const auto theirs = normalize::tokens(beside);
    return std::ranges::all_of(normalize::tokens(text), [&](std::string_view word) {
      return std::ranges::find(theirs, word) != theirs.end() || comparer.rows_with_word(column, word) >= others_too;
    });
  };
  return borne(one, other) && borne(other, one);
}

// `sotomolina`, where the other has `soto molina`.
bool holds_two_of(std::string_view word, std::string_view other) {
  std::string before;
  for (const std::string_view next : normalize::tokens(other)) {
    if (!before.empty() && edits(word, before.append(next), 1) <= 1) return true;
    before = next;
  }
  return false;
}

// Whether no word that only one of two names has is like one that only the other has, or like two of them run together: Sousa and Souza
// contradict nobody.
bool nothing_else_is_alike(std::string_view one, std::string_view other) {
  const auto mine = normalize::tokens(one);
  const auto theirs = normalize::tokens(other);
  for (const std::string_view b : theirs) {
    if (holds_two_of(b, one)) return false;
  }
  for (const std::string_view a : mine) {
    if (holds_two_of(a, other)) return false;
    for (const std::string_view b : theirs) {
      const bool loose = std::ranges::find(theirs, a) == theirs.end() && std::ranges::find(mine, b) == mine.end();
      if (loose && (initial(a, b) || sounds_the_same(a, b) || (std::min(a.size(), b.size()) >= 4 && edits(a, b, 1) <= 1))) return false;
    }
  }
  return true;
}

// Whose name it is: two people's, somebody else's, a firm's that has branches; and an identity document that is another one.
Ceiling by_kind_of_name(const Comparer& comparer, const Agreements& parts, const LeftText& left, RowId right, Ceiling most) {
  const auto& columns = comparer.input().columns();
  const auto lower = [&](double to, std::string_view why) {
    if (to < most.most) most = {to, why};
  };
  // Dates of birth and addresses tell namesakes apart where lists have them.
  const bool other_marks = !std::ranges::all_of(columns, in_contract, &Column::kind);
  bool same_mark = other_marks;
  bool near_id = false;
  bool same_id = false;
  unsigned contacts = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool same = same_identifier(columns[c].kind, parts[c].level);
    same_id = same_id || (same && columns[c].kind == Kind::national_id);
    contacts += same && columns[c].kind != Kind::national_id;
    same_mark = same_mark || same_identifier(columns[c].kind, parts[c].level);
    near_id = near_id || (columns[c].kind == Kind::national_id && (parts[c].level == 2 || parts[c].level == 3));
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const unsigned level = parts[c].level;
    if (level == 0) continue;
    if (columns[c].kind == Kind::national_id && level >= 3 && !same_mark) lower(undecided, "another_document");
    if (columns[c].kind != Kind::name || level == name_exact) continue;
    const std::string_view one = left(c);
    const std::string_view other = columns[c].values.text(comparer.right_value(c, right));
    if (level == name_single) {
      // Of a surname alone a whole household goes by.
      if (!is_given_name(one) && !is_given_name(other)) lower(undecided, "bare_surname");
      if (contacts_are_others_too(comparer, parts, right)) lower(for_a_person, "shared_contact");
      continue;
    }
    if (level == name_similar && contacts == 0 && !same_mark && !share_contact(comparer, parts)) {
      lower(are_names_of_their_own(comparer, c, one, other) ? undecided : misspelt_alone, "misspelt");
    }
    if (is_couple(one) != is_couple(other)) lower(for_a_person, "couple");
    if (is_relative_of_somebody(one) || is_relative_of_somebody(other)) lower(for_a_person, "relative");
    if (is_organisation(one) && is_organisation(other)) {
      lower(level == name_short || level == name_similar ? undecided : for_a_person, "organisation");
    } else if (level == name_gap || level == name_half || level == name_given || level == name_surname) {
      // A wrong digit beside another surname is two slips in one row, or a relative. One contact under one given name and other
      // surnames is a number that was handed on, or a desk's, as often as a woman who took her husband's name.
      const bool other_surnames = level == name_given && contacts <= 1 && !same_id && !other_marks && nothing_else_is_alike(one, other);
      lower(near_id || other_surnames ? for_a_person : undecided, "part_of_name");
    }
  }
  return most;
}

// Whether a whole name's given names contradict each other, or a column of them holds two that are well known: a column's
// levels tell misspellings of any language apart already.
bool given_names_differ(const Comparer& comparer, const Agreements& parts, const LeftText& left, RowId right) {
  const auto& columns = comparer.input().columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (parts[c].level <= 1) continue;
    const auto right_text = [&] { return columns[c].values.text(comparer.right_value(c, right)); };
    if (columns[c].kind == Kind::name) {
      const auto share = [&](std::string_view word) { return static_cast<double>(comparer.given_share(c, word)); };
      if (other_given_name(left(c), right_text(), share)) return true;
    } else if (columns[c].kind == Kind::given_name && parts[c].level != swapped_names) {
      const std::string_view one = left(c);
      const std::string_view other = right_text();
      if (is_given_name(one) && is_given_name(other) && !same_given_name(one, other)) return true;
    }
  }
  return false;
}

// Whether two whole names begin with other given names. María José and María Paz of one RUT are one person.
bool begin_with_others(const Comparer& comparer, const LeftText& left, RowId right) {
  const auto& columns = comparer.input().columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].kind != Kind::name || comparer.right_value(c, right) == missing) continue;
    const std::string_view one = left(c);
    const std::string_view other = columns[c].values.text(comparer.right_value(c, right));
    return !same_given_name(one.substr(0, one.find(' ')), other.substr(0, other.find(' ')));
  }
  return false;
}

}  // namespace

Ceiling ceiling(const Comparer& comparer, const Agreements& parts, const LeftText& left, RowId right) {
  const auto& columns = comparer.input().columns();
  const Ceiling usual = by_kind_of_name(comparer, parts, left, right, {usual_ceiling(comparer, parts), "ceiling"});
  bool same_id = false;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].kind != Kind::national_id) continue;
    if (parts[c].level == 5) return {std::min(usual.most, for_a_person), "two_ids"};
    same_id = same_id || parts[c].level == 1;
  }
  // A RUT is lent within a family, for an invoice or a discount.
  const bool may_be_lent = same_id && std::ranges::all_of(columns, in_contract, &Column::kind) && begin_with_others(comparer, left, right);
  if (usual.most <= for_a_person || (same_id ? !may_be_lent : !share_contact(comparer, parts))) return usual;
  return given_names_differ(comparer, parts, left, right) ? Ceiling{for_a_person, "other_given_name"} : usual;
}

}  // namespace aremko::identity::match
