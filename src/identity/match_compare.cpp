#include "identity/match_compare.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "identity/given_names.h"
#include "normalize/rut.h"
#include "normalize/text.h"

namespace aremko::identity::match {

namespace {

constexpr std::size_t most_words = 12;  // of a text; the rest says little

bool kind_has_words(Kind kind) {
  return kind == Kind::name || kind == Kind::place || kind == Kind::address || kind == Kind::text;
}

bool is_particle(std::string_view word) {
  constexpr std::array<std::string_view, 10> particles{"de", "del", "la", "las", "los", "el", "y", "von", "van", "da"};
  return std::ranges::find(particles, word) != particles.end();
}

}  // namespace

const std::vector<LevelInfo>& levels_of(Kind kind) {
  static const std::vector<LevelInfo> name{
      {"exact", .55, true}, {"cut", .01, true},   {"short", .13, true}, {"second", .03, true},
      {"gap", .01, true},   {"similar", .12, true}, {"weak", .02},        {"half", .02, true},
      {"given", .02, true}, {"surname", .02, true}, {"single", .05, true}, {"different", .02}};
  static const std::vector<LevelInfo> part{{"exact", .8, true}, {"typo", .08},    {"nickname", .03},
                                           {"similar", .03},    {"swapped", .01}, {"different", .04}};
  static const std::vector<LevelInfo> phone{{"exact", .85, true}, {"typo", .03}, {"tail", .02}, {"different", .1}};
  static const std::vector<LevelInfo> email{
      {"exact", .8, true}, {"local", .05},        {"typo", .05},        {"similar", .03},         {"different", .07},
      {"local_named", .05}, {"typo_named", .05}, {"similar_named", .03}, {"different_named", .07},
      {"exact_named", .3}};
  static const std::vector<LevelInfo> id{{"exact", .85, true}, {"typo", .08}, {"near", .02}, {"different", .05},
                                         {"another", .02}};
  static const std::vector<LevelInfo> date{{"exact", .8, true},   {"typo", .1},       {"near", .03},
                                           {"year_only", .02}, {"same_year", .02}, {"different", .03}};
  static const std::vector<LevelInfo> postcode{{"exact", .7, true}, {"typo", .05}, {"area", .1}, {"different", .15}};
  static const std::vector<LevelInfo> place{{"exact", .7, true}, {"typo", .08}, {"overlap", .07, true}, {"different", .15}};
  static const std::vector<LevelInfo> text{
      {"exact", .65, true}, {"most", .15}, {"some", .1}, {"little", .03}, {"different", .07}};
  switch (kind) {
    case Kind::name: return name;
    case Kind::given_name:
    case Kind::surname: return part;
    case Kind::phone: return phone;
    case Kind::email: return email;
    case Kind::national_id: return id;
    case Kind::date: return date;
    case Kind::place: return place;
    case Kind::postcode: return postcode;
    case Kind::address:
    case Kind::text: return text;
  }
  return text;
}

bool is_shared(Kind kind) {
  return kind == Kind::phone || kind == Kind::email || kind == Kind::place || kind == Kind::address ||
         kind == Kind::postcode || kind == Kind::surname;
}

bool is_identifier(Kind kind) { return kind == Kind::phone || kind == Kind::email || kind == Kind::national_id; }

Comparer::Comparer(const Input& input, bool dedupe) : input_(input), dedupe_(dedupe) {
  columns_.reserve(input.columns().size());
  for (const Column& column : input.columns()) {
    Col& col = columns_.emplace_back();
    col.kind = column.kind;
    col.left = column.rows[0];
    col.right = column.rows[dedupe ? 0 : 1];
    count_values(col, column);
    if (col.kind == Kind::national_id) tell_valid(col, column);
    if (col.kind == Kind::email) weigh_domains(col, column);
    if (col.kind == Kind::phone) {
      col.packed.assign(column.values.size() + 1, 0);
      for (Value value = 1; value < col.packed.size(); ++value) col.packed[value] = packed_digits(column.values.text(value));
    }
    col.has_words = kind_has_words(col.kind);
    col.data = data_.size();
    if (col.has_words) cut_words(col, column, data_.emplace_back());
    has_email_ = has_email_ || col.kind == Kind::email;
    if (col.kind == Kind::given_name) given_ = columns_.size() - 1;
    if (col.kind == Kind::surname) surname_ = columns_.size() - 1;
  }
  width_ = columns_.size();
  for (std::size_t i = 0; i < width_; ++i) lay_out(columns_[i], i);
  for (std::size_t i = 0; i < width_ && has_email_; ++i) {
    if (columns_[i].kind == Kind::email) tell_from_name(i);
  }
}

// A row's values beside each other: a pair costs two lines of cache, not two for each column.
void Comparer::lay_out(const Col& col, std::size_t column) {
  left_rows_.resize(col.left.size() * width_);
  right_rows_.resize(col.right.size() * width_);
  for (std::size_t row = 0; row < col.left.size(); ++row) left_rows_[row * width_ + column] = col.left[row];
  for (std::size_t row = 0; row < col.right.size(); ++row) right_rows_[row * width_ + column] = col.right[row];
}

void Comparer::expect_values(RowId right) const {
  for (std::size_t c = 0; c < width_; ++c) {
    const Value value = right_value(c, right);
    if (value == missing) continue;
    const Col& col = columns_[c];
    if (col.kind == Kind::phone) __builtin_prefetch(&col.packed[value]);
    else if (col.has_words) __builtin_prefetch(&col.word_start[value]);
    if (col.kind != Kind::phone && col.kind != Kind::name) input_.columns()[c].values.expect(value);
  }
}

void Comparer::expect_words(RowId right) const {
  for (std::size_t c = 0; c < width_; ++c) {
    const Value value = right_value(c, right);
    const Col& col = columns_[c];
    if (value == missing || col.kind != Kind::name || col.word_list.empty()) continue;
    __builtin_prefetch(col.word_list.data() + col.word_start[value]);
    __builtin_prefetch(col.word_place.data() + col.word_start[value]);
  }
}

void Comparer::count_values(Col& col, const Column& column) const {
  const std::size_t values = column.values.size() + 1;
  col.count.assign(values, 0);
  col.rarity.assign(values, 0);
  std::vector<std::uint32_t> right(values, 0);
  for (const Value value : col.left) ++col.count[value];
  if (!dedupe_) {
    for (const Value value : col.right) ++right[value];
  }
  const double left_rows = std::max<double>(1, static_cast<double>(col.left.size()));
  const double right_rows = std::max<double>(1, static_cast<double>(col.right.size()));
  const double pairs_a_row = is_identifier(col.kind) ? 0.05 : 0.5;
  if (kind_has_words(col.kind)) col.left_count = col.count;
  for (Value value = 1; value < values; ++value) {
    const double spare = dedupe_ ? 1 : is_identifier(col.kind) ? 1 : 0;
    const double share_left = (static_cast<double>(col.count[value]) - spare) / left_rows;
    const double share_right = dedupe_ ? 0 : (static_cast<double>(right[value]) - spare) / right_rows;
    const double share = std::max({share_left, share_right, pairs_a_row / std::max(left_rows, right_rows)});
    col.rarity[value] = static_cast<float>(-std::log(std::min(1.0, share)));
    col.count[value] += right[value];
  }
}

// Which addresses are nothing but their owner's name.
void Comparer::tell_from_name(std::size_t email) {
  const Dictionary& texts = input_.columns()[email].values;
  columns_[email].from_name.assign(texts.size() + 1, 0);
  std::vector<std::string_view> words;
  const auto look = [&](const std::vector<Value>& rows_of, std::size_t row) {
    const Value value = rows_of[row * width_ + email];
    if (value == missing || columns_[email].from_name[value] != 0) return;
    words.clear();
    for (std::size_t c = 0; c < width_; ++c) {
      const Value name = rows_of[row * width_ + c];
      if (name == missing) continue;
      const Kind kind = columns_[c].kind;
      if (kind == Kind::given_name || kind == Kind::surname) words.push_back(input_.columns()[c].values.text(name));
      if (kind != Kind::name) continue;
      for (const Value word : words_of(c, name)) words.push_back(data_[columns_[c].data].words.text(word));
    }
    const std::string_view address = texts.text(value);
    columns_[email].from_name[value] = made_of(address.substr(0, address.find('@')), words);
  };
  for (std::size_t row = 0; row < columns_[email].left.size(); ++row) look(left_rows_, row);
  for (std::size_t row = 0; row < columns_[email].right.size() && !dedupe_; ++row) look(right_rows_, row);
}

// Two namesakes have a mail at the usual houses by chance, at a small firm's seldom.
void Comparer::weigh_domains(Col& col, const Column& column) const {
  const auto domain_of = [&](Value value) {
    const std::string_view text = column.values.text(value);
    return text.substr(std::min(text.find('@'), text.size()));
  };
  std::unordered_map<std::string_view, double> rows;
  double all = 0;
  for (Value value = 1; value <= column.values.size(); ++value) {
    rows[domain_of(value)] += col.count[value];
    all += col.count[value];
  }
  double usual = 0;  // chance that two addresses are at the same house
  for (const auto& [domain, count] : rows) usual += count / all * (count / all);
  col.domain.assign(column.values.size() + 1, 0);
  for (Value value = 1; value <= column.values.size(); ++value) {
    const double share = (rows[domain_of(value)] + 1) / (all + 1);
    col.domain[value] = static_cast<float>(std::log(usual / std::min(share, 1.0)));
  }
}

void Comparer::tell_valid(Col& col, const Column& column) {
  col.valid.assign(column.values.size() + 1, 0);
  for (Value value = 1; value < col.valid.size(); ++value) {
    col.valid[value] = normalize::rut(column.values.text(value)).kind == normalize::RutKind::valid;
  }
}

void Comparer::cut_words(Col& col, const Column& column, WordData& data) const {
  const std::size_t values = column.values.size();
  const bool is_name = col.kind == Kind::name;
  col.word_start.assign(values + 2, 0);
  for (Value value = 1; value <= values; ++value) {
    col.word_start[value] = static_cast<std::uint32_t>(col.word_list.size());
    const std::size_t begin = col.word_list.size();
    for (const std::string_view text : normalize::tokens(column.values.text(value))) {
      if (is_name && is_particle(text)) continue;
      col.word_list.push_back(data.words.intern(text));
      if (col.word_list.size() - begin == most_words) break;
    }
  }
  col.word_start[values + 1] = static_cast<std::uint32_t>(col.word_list.size());
  for (Value& word : col.word_list) {
    if (const Value rest = is_name ? without_particle(data, data.words.text(word)) : missing; rest != missing) word = rest;
  }
  std::vector<double> rows(data.words.size() + 1, 0);
  std::vector<double> first(data.words.size() + 1, 0);
  for (Value value = 1; value <= values; ++value) {
    for (std::uint32_t i = col.word_start[value]; i < col.word_start[value + 1]; ++i) {
      rows[col.word_list[i]] += col.count[value];
      if (i == col.word_start[value]) first[col.word_list[i]] += col.count[value];
    }
  }
  data.known.assign(rows.size(), {});
  for (Value word = 1; word < rows.size(); ++word) {
    WordData::Word& known = data.known[word];
    known.rows = static_cast<float>(rows[word]);
    known.shape = shape_of(data.words.text(word));
    // One of the rows that hold it is the person's own.
    const double people = static_cast<double>(col.left.size()) + (dedupe_ ? 0 : static_cast<double>(col.right.size()));
    const double share = std::max(rows[word] - 1, dedupe_ ? 0.5 : 1) / std::max(1.0, people);
    known.rarity = static_cast<float>(-std::log(std::min(1.0, share)));
    known.given_share = static_cast<float>(first[word] / std::max(1.0, rows[word]));
    known.known_given = is_name && is_given_name(data.words.text(word));
  }
  rarest_first(col, data);
  double sum = 0;
  double people = 0;
  for (Value value = 1; value <= values; ++value) {
    float whole = 0;
    for (std::uint32_t i = col.word_start[value]; i < col.word_start[value + 1]; ++i) whole += data.known[col.word_list[i]].rarity;
    sum += static_cast<double>(whole) * col.left_count[value];
    people += col.left_count[value];
  }
  col.usual = people > 0 ? static_cast<float>(sum / people) : 0;
}

// `delamaza`, where others write `de la maza`.
Value Comparer::without_particle(const WordData& data, std::string_view word) {
  if (!word.starts_with("del")) return missing;
  for (const std::string_view particle : {"delas", "delos", "dela", "del"}) {
    if (!word.starts_with(particle) || word.size() < particle.size() + 4) continue;
    if (const Value rest = data.words.find(word.substr(particle.size())); rest != missing) return rest;
  }
  return missing;
}

void Comparer::rarest_first(Col& col, const WordData& data) {
  col.word_place.resize(col.word_list.size());
  std::vector<std::pair<Value, std::uint8_t>> words;
  for (std::size_t value = 1; value + 1 < col.word_start.size(); ++value) {
    const std::uint32_t begin = col.word_start[value];
    const std::uint32_t end = col.word_start[value + 1];
    words.clear();
    for (std::uint32_t i = begin; i < end; ++i) words.emplace_back(col.word_list[i], static_cast<std::uint8_t>(i - begin));
    std::ranges::sort(words, {}, [&](const auto& word) { return std::tuple(-data.known[word.first].rarity, word.first, word.second); });
    for (std::uint32_t i = begin; i < end; ++i) std::tie(col.word_list[i], col.word_place[i]) = words[i - begin];
  }
}

std::span<const std::uint8_t> Comparer::places_of(std::size_t column, Value value) const {
  const Col& col = columns_[column];
  return std::span(col.word_place).subspan(col.word_start[value], col.word_start[value + 1] - col.word_start[value]);
}

std::span<const Value> Comparer::words_of(std::size_t column, Value value) const {
  const Col& col = columns_[column];
  return std::span(col.word_list).subspan(col.word_start[value], col.word_start[value + 1] - col.word_start[value]);
}

Probe Comparer::probe(std::span<const std::string_view> fields) const {
  Probe out;
  const std::vector<std::string> texts = input_.normalized_row(fields);
  out.fields.resize(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Col& col = columns_[c];
    Probe::Field& field = out.fields[c];
    field.kind = col.kind;
    field.text = texts[c];
    if (field.text.empty()) continue;
    if (field.kind == Kind::name && c < fields.size()) field.cut = normalized_cut(fields[c]);
    const Value known = input_.columns()[c].values.find(field.text);
    field.value = known == missing ? Probe::unseen : known;
    field.valid = col.kind == Kind::national_id && normalize::rut(field.text).kind == normalize::RutKind::valid;
    if (col.has_words) cut_probe(col, field);
  }
  return out;
}

void Comparer::cut_probe(const Col& col, Probe::Field& field) const {
  const WordData& data = data_[col.data];
  for (const std::string_view text : normalize::tokens(field.text)) {
    if (col.kind == Kind::name && is_particle(text)) continue;
    const Value rest = col.kind == Kind::name ? without_particle(data, text) : missing;
    const Value id = rest != missing ? rest : data.words.find(text);
    const auto place = static_cast<std::uint8_t>(field.words.size());
    const bool known_given = col.kind == Kind::name && is_given_name(text);
    const float rarest = static_cast<float>(std::log(2.0 * std::max<double>(1, static_cast<double>(col.left.size() + col.right.size()))));
    if (id == missing) {
      field.words.push_back({Probe::unseen, rarest, 0, place == 0 ? 1.0F : 0.0F, known_given, place, shape_of(text), text});
    } else {
      const WordData::Word& known = data.known[id];
      field.words.push_back({id, known.rarity, known.rows, known.given_share, known_given, place, known.shape, data.words.text(id)});
    }
    if (field.words.size() == most_words) break;
  }
  std::ranges::sort(field.words, {}, [](const Probe::Word& word) { return std::pair(-word.rarity, word.id); });
}

}  // namespace aremko::identity::match
