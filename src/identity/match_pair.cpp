#include <algorithm>

#include "identity/match_rows.h"

namespace aremko::identity::match {

namespace {

// The levels of two values that are not the same one.

unsigned given_level(std::string_view a, std::string_view b) {
  const std::size_t apart = edits(a, b, 2);
  const std::size_t shorter = std::min(a.size(), b.size());
  if (apart == 1 && shorter >= 3) return 2;
  if (initial(a, b) || nickname(a, b)) return 3;
  if (apart == 2 && shorter >= 5) return 4;
  return shorter >= 2 && jaro_winkler(a, b) >= 0.86 ? 4 : 6;
}

// Of packed digits.
unsigned phone_level(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t last_seven = 0xFFF'FFFF;
  if (one_digit_apart(a, b)) return 2;
  return (a & last_seven) == (b & last_seven) && (a & last_seven) > last_seven >> 4U ? 3 : 4;
}

unsigned email_level(std::string_view a, std::string_view b) {
  const std::string local_a = local_part(a);
  const std::string local_b = local_part(b);
  if (local_a == local_b) return 2;
  if (edits(a, b, 2) <= 2) return 3;
  return jaro_winkler(local_a, local_b) >= 0.88 ? 4 : 5;
}

// Two valid RUTs that differ are two people, or one who gave somebody else's; two opaque numbers may be misread.
unsigned id_level(std::string_view a, std::string_view b, bool both_valid) {
  if (both_valid) return 5;
  const std::size_t apart = edits(a, b, 2);
  // Numbers are given out in order: a family's passports differ in their last digits.
  const bool neighbours = a.size() == b.size() && a.size() > 2 && a.substr(0, a.size() - 2) == b.substr(0, b.size() - 2);
  if (apart == 2 && (neighbours || std::min(a.size(), b.size()) < 6)) return 4;
  return static_cast<unsigned>(apart) + 1;
}

unsigned date_level(std::string_view a, std::string_view b) {
  if (edits(a, b, 1) == 1) return 2;
  const bool year = a.substr(0, 4) == b.substr(0, 4);
  if (year && a.substr(4, 2) == b.substr(6, 2) && a.substr(6, 2) == b.substr(4, 2)) return 2;
  if (year && (a.ends_with("0101") || b.ends_with("0101"))) return 4;
  if (edits(a, b, 2) == 2) return 3;
  return year ? 5 : 6;
}

unsigned postcode_level(std::string_view a, std::string_view b) {
  if (edits(a, b, 1) == 1) return 2;
  const bool digits = a.find_first_not_of("0123456789") == std::string_view::npos;
  const std::size_t inner = digits ? 2 : 3;
  const bool area = a.size() > inner && b.size() > inner && a.substr(0, a.size() - inner) == b.substr(0, b.size() - inner);
  return area ? 3 : 4;
}

}  // namespace

template <class Words>
Agreement Comparer::texts(const Col& col, std::string_view text_a, const Words& words_a, std::string_view text_b, Value b) const {
  const bool place = col.kind == Kind::place;
  if (edits(text_a, text_b, place ? 1 : 2) <= (place ? 1U : 2U) && std::min(text_a.size(), text_b.size()) >= 5) {
    return {.level = 2};
  }
  const WordData& data = data_[col.data];
  const auto words_b = std::span(col.word_list).subspan(col.word_start[b], col.word_start[b + 1] - col.word_start[b]);
  float all = 0;
  float same = 0;
  float rarest = 0;  // of the words they share
  for (std::size_t i = 0; i < words_a.size(); ++i) {
    all += words_a.rarity(i);
    for (const Value other : words_b) {
      if (words_a.id(i) == other) {
        same += 2 * words_a.rarity(i);
        rarest = std::max(rarest, words_a.rarity(i));
      } else if (may_be_alike(words_a.shape(i), data.known[other].shape) && words_alike(words_a.text(i), data.words.text(other))) {
        same += 2 * std::min(words_a.rarity(i), data.known[other].rarity) * 0.8F;
      } else {
        continue;
      }
      break;
    }
  }
  for (const Value word : words_b) all += data.known[word].rarity;
  const float share = all > 0 ? same / all : 0;
  if (place && share < 0.45F) return {.level = 4};
  if (place) return {.level = 3, .shared = rarest};
  return {.level = share >= 0.7F ? 2U : share >= 0.45F ? 3U : share >= 0.2F ? 4U : 5U};
}

template <class Left>
Agreement Comparer::agreement(std::size_t index, const Left& left, Value b) const {
  const Value a = left.value(index);
  if (a == missing || b == missing) return {};
  const Col& col = columns_[index];
  if (col.kind == Kind::name) return left.name(index, b);
  if (a == b) {
    if (is_shared(col.kind)) return {.level = 1, .shared = col.rarity[a]};
    return {.level = 1, .own = col.rarity[a]};
  }
  if (col.kind == Kind::phone) return {.level = phone_level(left.packed(index), col.packed[b])};
  const std::string_view x = left.text(index);
  const std::string_view y = input_.columns()[index].values.text(b);
  if (col.has_words) return texts(col, x, left.words(index), y, b);
  switch (col.kind) {
    case Kind::email: return {.level = email_level(x, y)};
    case Kind::national_id: return {.level = id_level(x, y, left.valid(index) && col.valid[b] != 0)};
    case Kind::date: return {.level = date_level(x, y)};
    case Kind::postcode: return {.level = postcode_level(x, y)};
    default: return {.level = given_level(x, y)};
  }
}

template <class Left>
bool Comparer::is_swap(const Agreements& parts, const Left& left, RowId right) const {
  if (given_ == SIZE_MAX || surname_ == SIZE_MAX || parts[given_].level != 6 || parts[surname_].level != 6) return false;
  const auto alike = [](std::string_view a, std::string_view b) { return edits(a, b, 1) <= 1; };
  const auto text = [&](std::size_t column) { return input_.columns()[column].values.text(right_value(column, right)); };
  return alike(left.text(given_), text(surname_)) && alike(left.text(surname_), text(given_));
}

template <class Left>
Comparison Comparer::compare_row(const Left& left, RowId right, Agreements* wanted) const {
  Agreements own_parts;
  Agreements& parts = wanted != nullptr ? *wanted : own_parts;
  for (std::size_t i = 0; i < columns_.size(); ++i) parts[i] = agreement(i, left, right_value(i, right));
  if (is_swap(parts, left, right)) {
    parts[given_] = {.level = 5};
    parts[surname_] = {};
  }
  Comparison out;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const float chance = parts[i].own + parts[i].shared;
    if (columns_[i].kind == Kind::name) {
      if (chance > 0) out.rarities |= std::uint64_t{step(chance / name_step)} << (4 * i);
    } else if (parts[i].level == 1) {
      out.rarities |= std::uint64_t{step(chance)} << (4 * i);
    }
  }
  if (has_email_ && name_agrees(parts)) {
    tell_named(parts, right);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].kind == Kind::email && parts[i].level > 1) out.rarities &= ~(std::uint64_t{15} << (4 * i));
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    out.levels |= std::uint64_t{parts[i].level} << (4 * i);
    out.own += parts[i].own;
    out.shared += parts[i].shared;
  }
  return out;
}

Comparison Comparer::compare(RowId left, RowId right, Agreements* parts) const { return compare_row(KnownRow(*this, left), right, parts); }

Comparison Comparer::compare(const Probe& left, RowId right, Agreements* parts) const {
  return compare_row(ProbeRow(*this, left), right, parts);
}

bool Comparer::name_agrees(const Agreements& parts) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const unsigned level = parts[i].level;
    if (level == 0) continue;
    if (columns_[i].kind == Kind::name && level < name_different) return true;
    if ((columns_[i].kind == Kind::given_name || columns_[i].kind == Kind::surname) && level < 6) return true;
  }
  return false;
}

// People make their addresses of their names: among namesakes a likeness of addresses says little, and is counted apart,
// and so is one and the same address when it is nothing but the name.
void Comparer::tell_named(Agreements& parts, RowId right) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].kind != Kind::email || parts[i].level == 0) continue;
    const Value value = right_value(i, right);
    if (parts[i].level > 1) {
      parts[i].level += 4;
    } else if (columns_[i].from_name[value] != 0) {
      parts[i] = {.level = 10, .shared = columns_[i].domain[value]};
    }
  }
}

}  // namespace aremko::identity::match
