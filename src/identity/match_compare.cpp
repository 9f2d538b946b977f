#include "identity/match_compare.h"

#include <algorithm>
#include <cmath>

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

unsigned given_level(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  const std::size_t apart = edits(a, b, 2);
  const std::size_t shorter = std::min(a.size(), b.size());
  if (apart == 1 && shorter >= 3) return 2;
  if (initial(a, b) || nickname(a, b)) return 3;
  if (apart == 2 && shorter >= 5) return 4;
  return shorter >= 2 && jaro_winkler(a, b) >= 0.86 ? 4 : 6;
}

unsigned phone_level(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (edits(a, b, 1) == 1) return 2;
  return a.size() >= 7 && b.size() >= 7 && a.substr(a.size() - 7) == b.substr(b.size() - 7) ? 3 : 4;
}

unsigned email_level(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  const std::string_view local_a = a.substr(0, a.find('@'));
  const std::string_view local_b = b.substr(0, b.find('@'));
  if (local_a == local_b) return 2;
  if (edits(a, b, 2) <= 2) return 3;
  return jaro_winkler(local_a, local_b) >= 0.88 ? 4 : 5;
}

// Two valid RUTs that differ are two people, or one who gave somebody else's; two opaque numbers may be misread.
unsigned id_level(std::string_view a, std::string_view b, bool both_valid) {
  if (both_valid) return a == b ? 1 : 5;
  const std::size_t apart = edits(a, b, 2);
  if (apart == 2 && std::min(a.size(), b.size()) < 6) return 4;
  return static_cast<unsigned>(apart) + 1;
}

unsigned date_level(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (edits(a, b, 1) == 1) return 2;
  const bool year = a.substr(0, 4) == b.substr(0, 4);
  if (year && a.substr(4, 2) == b.substr(6, 2) && a.substr(6, 2) == b.substr(4, 2)) return 2;
  if (year && (a.ends_with("0101") || b.ends_with("0101"))) return 4;
  if (edits(a, b, 2) == 2) return 3;
  return year ? 5 : 6;
}

unsigned postcode_level(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (edits(a, b, 1) == 1) return 2;
  const bool digits = a.find_first_not_of("0123456789") == std::string_view::npos;
  const std::size_t inner = digits ? 2 : 3;
  const bool area = a.size() > inner && b.size() > inner && a.substr(0, a.size() - inner) == b.substr(0, b.size() - inner);
  return area ? 3 : 4;
}

bool words_alike(std::string_view a, std::string_view b) {
  if (edits(a, b, 1) <= 1) return std::min(a.size(), b.size()) >= 4;
  return std::min(a.size(), b.size()) >= 5 && jaro_winkler(a, b) >= 0.92;
}

struct NameMatch {
  unsigned exact = 0;
  unsigned fuzzy = 0;
  unsigned loose_a = 0;  // words without a partner
  unsigned loose_b = 0;
  bool given = false;
  bool surname = false;
  float own = 0;
  float shared = 0;
};

unsigned name_level(const NameMatch& match, std::size_t size_a, std::size_t size_b) {
  const bool one_inside = match.loose_a == 0 || match.loose_b == 0;
  if (match.exact + match.fuzzy == 0) return 9;
  if (one_inside) {
    if (match.fuzzy == 0 && match.loose_a + match.loose_b == 0) return 1;
    if (match.exact + match.fuzzy == 1) return size_a == size_b ? 4 : 8;
    if (match.fuzzy == 0) return 2;
    return match.exact > 0 ? 3 : 4;
  }
  if (match.given && match.surname) return 5;
  return match.given ? 6 : 7;
}

}  // namespace

const std::vector<LevelInfo>& levels_of(Kind kind) {
  static const std::vector<LevelInfo> name{
      {"exact", .55, true}, {"partial", .15, true}, {"similar", .12, true}, {"weak", .02}, {"half", .03, true},
      {"given", .02, true}, {"surname", .02, true}, {"single", .05, true},  {"different", .02}};
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
  std::vector<double> rows(1, 0);
  std::vector<double> first(1, 0);
  std::vector<double> left(1, 0);
  for (Value value = 1; value <= values; ++value) {
    col.word_start[value] = static_cast<std::uint32_t>(col.word_list.size());
    const std::size_t begin = col.word_list.size();
    for (const std::string_view text : normalize::tokens(column.values.text(value))) {
      if (is_name && is_particle(text)) continue;
      const Value word = data.words.intern(text);
      if (word >= rows.size()) rows.resize(word + 1, 0), first.resize(word + 1, 0), left.resize(word + 1, 0);
      rows[word] += col.count[value];
      left[word] += col.left_count[value];
      if (col.word_list.size() == begin) first[word] += col.count[value];
      col.word_list.push_back(word);
      if (col.word_list.size() - begin == most_words) break;
    }
  }
  col.word_start[values + 1] = static_cast<std::uint32_t>(col.word_list.size());
  data.word_rarity.assign(rows.size(), 0);
  data.given_share.assign(rows.size(), 0);
  data.shapes.assign(rows.size(), {});
  for (Value word = 1; word < rows.size(); ++word) {
    data.shapes[word] = shape_of(data.words.text(word));
    // One of the rows that hold it is the person's own.
    const double left_share = std::max(left[word] - (dedupe_ ? 1 : 0.5), 0.5) / std::max<double>(1, static_cast<double>(col.left.size()));
    const double right_share = std::max(rows[word] - left[word] - 0.5, 0.5) / std::max<double>(1, static_cast<double>(col.right.size()));
    const double share = dedupe_ ? left_share : (left_share + right_share) / 2;
    data.word_rarity[word] = static_cast<float>(-std::log(std::min(1.0, share)));
    data.given_share[word] = static_cast<float>(first[word] / rows[word]);
  }
  for (Value value = 1; value <= values; ++value) {
    const auto from = col.word_list.begin() + col.word_start[value];
    const auto to = col.word_list.begin() + col.word_start[value + 1];
    std::sort(from, to, [&](Value a, Value b) {
      return data.word_rarity[a] != data.word_rarity[b] ? data.word_rarity[a] > data.word_rarity[b] : a < b;
    });
  }
}

std::span<const Value> Comparer::words_of(std::size_t column, Value value) const {
  const Col& col = columns_[column];
  return std::span(col.word_list).subspan(col.word_start[value], col.word_start[value + 1] - col.word_start[value]);
}

Comparer::Agreement Comparer::names(const Col& col, Value a, Value b) const {
  const WordData& data = data_[col.data];
  const auto words_a = std::span(col.word_list).subspan(col.word_start[a], col.word_start[a + 1] - col.word_start[a]);
  const auto words_b = std::span(col.word_list).subspan(col.word_start[b], col.word_start[b + 1] - col.word_start[b]);
  if (words_a.empty() || words_b.empty()) return {};
  NameMatch match;
  std::uint32_t used_a = 0;
  std::uint32_t used_b = 0;
  const auto pair = [&](std::size_t i, std::size_t j, float worth) {
    used_a |= 1U << i;
    used_b |= 1U << j;
    const bool given = std::max(data.given_share[words_a[i]], data.given_share[words_b[j]]) > 0.4F;
    (given ? match.own : match.shared) += worth;
    (given ? match.given : match.surname) = true;
  };
  for (std::size_t i = 0; i < words_a.size(); ++i) {
    for (std::size_t j = 0; j < words_b.size(); ++j) {
      if (words_a[i] != words_b[j] || ((used_b >> j) & 1U) != 0) continue;
      ++match.exact;
      pair(i, j, data.word_rarity[words_a[i]]);
      break;
    }
  }
  for (std::size_t i = 0; i < words_a.size(); ++i) {
    if (((used_a >> i) & 1U) != 0) continue;
    const std::string_view text_a = data.words.text(words_a[i]);
    for (std::size_t j = 0; j < words_b.size(); ++j) {
      if (((used_b >> j) & 1U) != 0 || !may_be_alike(data.shapes[words_a[i]], data.shapes[words_b[j]])) continue;
      const std::string_view text_b = data.words.text(words_b[j]);
      const bool first = initial(text_a, text_b);
      const bool nick = (data.shapes[words_a[i]].nick && data.shapes[words_b[j]].nick) || text_a.starts_with(text_b) || text_b.starts_with(text_a);
      if (!first && !words_alike(text_a, text_b) && !(nick && nickname(text_a, text_b))) continue;
      ++match.fuzzy;
      // By chance a word has about five others so near it; an initial has a tenth of all.
      pair(i, j, first ? 1.5F : std::max(0.5F, std::min(data.word_rarity[words_a[i]], data.word_rarity[words_b[j]]) - 1.6F));
      break;
    }
  }
  match.loose_a = static_cast<unsigned>(words_a.size()) - match.exact - match.fuzzy;
  match.loose_b = static_cast<unsigned>(words_b.size()) - match.exact - match.fuzzy;
  const unsigned level = name_level(match, words_a.size(), words_b.size());
  if (!levels_of(Kind::name)[level - 1].by_value) return {.level = level};
  return {.level = level, .own = match.own, .shared = match.shared};
}

Comparer::Agreement Comparer::texts(const Col& col, const Column& column, Value a, Value b) const {
  const bool place = col.kind == Kind::place;
  if (edits(column.values.text(a), column.values.text(b), place ? 1 : 2) <= (place ? 1U : 2U) &&
      std::min(column.values.text(a).size(), column.values.text(b).size()) >= 5) {
    return {.level = 2};
  }
  const WordData& data = data_[col.data];
  const auto words_a = std::span(col.word_list).subspan(col.word_start[a], col.word_start[a + 1] - col.word_start[a]);
  const auto words_b = std::span(col.word_list).subspan(col.word_start[b], col.word_start[b + 1] - col.word_start[b]);
  float all = 0;
  float same = 0;
  float rarest = 0;  // of the words they share
  for (const Value word : words_a) {
    all += data.word_rarity[word];
    for (const Value other : words_b) {
      if (word == other) {
        same += 2 * data.word_rarity[word];
        rarest = std::max(rarest, data.word_rarity[word]);
      } else if (may_be_alike(data.shapes[word], data.shapes[other]) && words_alike(data.words.text(word), data.words.text(other))) {
        same += 2 * std::min(data.word_rarity[word], data.word_rarity[other]) * 0.8F;
      } else {
        continue;
      }
      break;
    }
  }
  for (const Value word : words_b) all += data.word_rarity[word];
  const float share = all > 0 ? same / all : 0;
  if (place && share < 0.45F) return {.level = 4};
  if (place) return {.level = 3, .shared = rarest};
  return {.level = share >= 0.7F ? 2U : share >= 0.45F ? 3U : share >= 0.2F ? 4U : 5U};
}

Comparer::Agreement Comparer::agreement(std::size_t index, Value a, Value b) const {
  if (a == missing || b == missing) return {};
  const Col& col = columns_[index];
  const Column& column = input_.columns()[index];
  if (a == b && col.kind != Kind::name) {
    if (is_shared(col.kind)) return {.level = 1, .shared = col.rarity[a]};
    return {.level = 1, .own = col.rarity[a]};
  }
  if (col.kind == Kind::name) return names(col, a, b);
  if (col.has_words) return texts(col, column, a, b);
  const std::string_view x = column.values.text(a);
  const std::string_view y = column.values.text(b);
  switch (col.kind) {
    case Kind::phone: return {.level = phone_level(x, y)};
    case Kind::email: return {.level = email_level(x, y)};
    case Kind::national_id: return {.level = id_level(x, y, col.valid[a] && col.valid[b])};
    case Kind::date: return {.level = date_level(x, y)};
    case Kind::postcode: return {.level = postcode_level(x, y)};
    default: return {.level = given_level(x, y)};
  }
}

void Comparer::find_swap(std::uint64_t& levels, RowId left, RowId right) const {
  const auto level = [&](std::size_t column) { return (levels >> (4 * column)) & 15U; };
  if (level(given_) != 6 || level(surname_) != 6) return;
  const Dictionary& given = input_.columns()[given_].values;
  const Dictionary& surname = input_.columns()[surname_].values;
  const auto alike = [](std::string_view a, std::string_view b) { return edits(a, b, 1) <= 1; };
  if (!alike(given.text(columns_[given_].left[left]), surname.text(columns_[surname_].right[right])) ||
      !alike(surname.text(columns_[surname_].left[left]), given.text(columns_[given_].right[right]))) {
    return;
  }
  levels &= ~((std::uint64_t{15} << (4 * given_)) | (std::uint64_t{15} << (4 * surname_)));
  levels |= std::uint64_t{5} << (4 * given_);
}

Comparison Comparer::compare(RowId left, RowId right) const {
  Comparison out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Agreement found = agreement(i, left_value(i, left), right_value(i, right));
    out.levels |= std::uint64_t{found.level} << (4 * i);
    if (columns_[i].kind == Kind::name) {
      if (found.own + found.shared > 0) out.rarities |= std::uint64_t{step((found.own + found.shared) / name_step)} << (4 * i);
    } else if (found.level == 1) {
      out.rarities |= std::uint64_t{step(found.own + found.shared)} << (4 * i);
    }
    out.own += found.own;
    out.shared += found.shared;
  }
  if (given_ != SIZE_MAX && surname_ != SIZE_MAX) find_swap(out.levels, left, right);
  if (has_email_ && name_agrees(out)) tell_named(out, left);
  return out;
}

bool Comparer::name_agrees(const Comparison& found) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const unsigned level = found.level(i);
    if (level == 0) continue;
    if (columns_[i].kind == Kind::name && level < 9) return true;
    if ((columns_[i].kind == Kind::given_name || columns_[i].kind == Kind::surname) && level < 6) return true;
  }
  return false;
}

// People make their addresses of their names: among namesakes a likeness of addresses says little, and is counted apart,
// and so is one and the same address when it is nothing but the name.
void Comparer::tell_named(Comparison& found, RowId left) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const unsigned level = found.level(i);
    if (columns_[i].kind != Kind::email || level == 0) continue;
    if (level >= 2) {
      found.levels += std::uint64_t{4} << (4 * i);
    } else if (columns_[i].from_name[left_value(i, left)] != 0) {
      found.levels += std::uint64_t{9} << (4 * i);
      found.shared -= columns_[i].rarity[left_value(i, left)];
      found.rarities &= ~(std::uint64_t{15} << (4 * i));
    }
  }
}

}  // namespace aremko::identity::match
