// Two whole names word by word: which words agree, and whose the others are.
#include <algorithm>
#include <numeric>
#include <vector>

#include "identity/given_names.h"
#include "identity/match_rows.h"

namespace aremko::identity::match {

bool words_alike(std::string_view a, std::string_view b) {
  if (edits(a, b, 1) <= 1) return std::min(a.size(), b.size()) >= 4;
  return std::min(a.size(), b.size()) >= 5 && jaro_winkler(a, b) >= 0.92;
}

namespace {

constexpr float mostly_first = 0.4F;  // of a word's rows: it is a given name

/// What agrees so far; words as bits, in the order of their lists.
struct NameMatch {
  unsigned exact = 0;
  unsigned fuzzy = 0;
  unsigned spoken = 0;  // of the fuzzy: another spelling of one word
  std::uint32_t used_a = 0;
  std::uint32_t used_b = 0;
  bool given = false;
  bool surname = false;
  float own = 0;
  float shared = 0;
};

template <class Words>
bool is_given(const Words& words, std::size_t i) {
  return words.known_given(i) || words.given_share(i) > mostly_first;
}

/// Which words the longer name has beyond the other.
template <class Words>
unsigned missing_level(const Words& words, std::uint32_t used) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (((used >> i) & 1U) != 0) last = std::max(last, words.place(i));
  }
  unsigned out = name_exact;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (((used >> i) & 1U) != 0) continue;
    const unsigned one = words.place(i) > last ? name_short : words.place(i) > 0 && is_given(words, i) ? name_second : name_gap;
    out = std::max(out, one);
  }
  return out;
}

template <class Words>
std::vector<std::size_t> in_order(const Words& words) {
  std::vector<std::size_t> out(words.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::ranges::sort(out, {}, [&](std::size_t i) { return words.place(i); });
  return out;
}

/// María Soto Vergara and María Vergara Soto, who have their surnames from other parents.
template <class WordsA, class WordsB>
bool surnames_swapped(const WordsA& a, const WordsB& b) {
  const std::size_t size = a.size();
  if (size < 3 || b.size() != size) return false;
  const auto of_a = in_order(a);
  const auto of_b = in_order(b);
  for (std::size_t k = 0; k + 2 < size; ++k) {
    if (a.id(of_a[k]) != b.id(of_b[k])) return false;
  }
  const std::size_t first = of_a[size - 2];
  const std::size_t second = of_a[size - 1];
  return a.id(first) != a.id(second) && a.id(first) == b.id(of_b[size - 1]) && a.id(second) == b.id(of_b[size - 2]);
}

unsigned half_level(const NameMatch& match) {
  if (match.given && match.surname) return name_half;
  return match.given ? name_given : match.surname ? name_surname : name_different;
}

template <class WordsA, class WordsB>
unsigned name_level(const NameMatch& match, const WordsA& a, const WordsB& b) {
  const unsigned matched = match.exact + match.fuzzy;
  if (matched == 0) return name_different;
  const std::size_t loose_a = a.size() - matched;
  const std::size_t loose_b = b.size() - matched;
  if (loose_a > 0 && loose_b > 0) return half_level(match);
  if (matched == 1) return a.size() != b.size() ? name_single : match.fuzzy == 0 ? name_exact : name_weak;
  if (loose_a + loose_b > 0 && !match.surname) return name_single;
  if (loose_a + loose_b == 0 && match.fuzzy == 0 && surnames_swapped(a, b)) return name_gap;
  const unsigned lacks = loose_a > 0 ? missing_level(a, match.used_a) : loose_b > 0 ? missing_level(b, match.used_b) : name_exact;
  if (match.fuzzy == 0 || lacks == name_gap) return lacks;
  return match.exact + match.spoken > 0 ? name_similar : name_weak;
}

/// Hernández and Fernández, each with bearers of its own: a slip of the pen is rare beside what it was meant to be.
template <class WordsA, class WordsB>
bool both_in_use(const WordsA& a, std::size_t i, const WordsB& b, std::size_t j) {
  constexpr float bearers = 8;
  constexpr float as_rare_as_slips = 0.04F;
  const auto [fewer, more] = std::minmax({a.rows(i), b.rows(j)});  // of values: of two temporaries it would keep references
  return fewer >= bearers && fewer > as_rare_as_slips * more;
}

/// Whether two words that are not equal may be one: misspelt, a nickname, a beginning of a given name. Daniel and Daniela are
/// brother and sister.
template <class WordsA, class WordsB>
bool one_word(const WordsA& a, std::size_t i, const WordsB& b, std::size_t j) {
  const std::string_view text_a = a.text(i);
  const std::string_view text_b = b.text(j);
  const bool given_a = is_given(a, i);
  const bool given_b = is_given(b, j);
  if (given_a && given_b) {
    const bool by_slip = words_alike(text_a, text_b) && !known_nickname(text_a, text_b) && !sounds_the_same(text_a, text_b);
    return same_given_name(text_a, text_b) && !(by_slip && both_in_use(a, i, b, j));
  }
  if ((given_a || given_b) && man_and_woman(text_a, text_b)) return false;
  // Mella is a beginning of Mellado, and another family, however alike they look.
  const auto [shorter, longer] = std::minmax(text_a, text_b, [](std::string_view x, std::string_view y) { return x.size() < y.size(); });
  if (longer.size() >= shorter.size() + 2 && longer.starts_with(shorter) && !(text_a.size() > text_b.size() ? given_a : given_b)) return false;
  if (words_alike(text_a, text_b)) return !both_in_use(a, i, b, j);
  const Shape& shape_a = a.shape(i);
  const Shape& shape_b = b.shape(j);
  if (text_a.starts_with(text_b) || text_b.starts_with(text_a)) {
    // Soto is a beginning of Sotomayor, and another family.
    if (!(text_a.size() > text_b.size() ? given_a : given_b)) return false;
  } else if (!(shape_a.nick && shape_b.nick) && !shape_a.pet && !shape_b.pet) {
    return false;
  }
  return nickname(text_a, text_b);
}

/// One name is what a cut left of the other. What stands whole is worth what it is worth; of the word in which the cut fell a few
/// letters are left, which many words begin with.
template <class Whole, class Rest>
Agreement cut_name(const Whole& whole, const Rest& rest, std::string_view cut) {
  constexpr float a_letter = 1.3F;
  Agreement out{.level = name_cut};
  const std::string_view last = cut.substr(cut.rfind(' ') + 1);
  bool stands = false;  // the last word left is a whole one
  float cut_word = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const std::string_view text = whole.text(i);
    bool there = false;
    for (std::size_t j = 0; j < rest.size(); ++j) there = there || whole.id(i) == rest.id(j);
    if (there) (is_given(whole, i) ? out.own : out.shared) += whole.rarity(i);
    stands = stands || (there && text == last);
    if (!there && text.starts_with(last)) cut_word = std::min(whole.rarity(i) - 0.5F, a_letter * static_cast<float>(last.size()));
  }
  if (!stands) out.shared += std::max(0.0F, cut_word);
  return out;
}

template <class WordsA, class WordsB>
Agreement names(const WordsA& words_a, const WordsB& words_b) {
  if (words_a.size() == 0 || words_b.size() == 0) return {};
  NameMatch match;
  const auto pair = [&](std::size_t i, std::size_t j, float worth) {
    match.used_a |= 1U << i;
    match.used_b |= 1U << j;
    // Paz and Martín are surnames as well, where they stand last.
    const bool known = words_a.known_given(i) && words_a.place(i) <= 1 && words_b.place(j) <= 1;
    const bool given = known || std::max(words_a.given_share(i), words_b.given_share(j)) > mostly_first;
    (given ? match.own : match.shared) += worth;
    (given ? match.given : match.surname) = true;
  };
  for (std::size_t i = 0; i < words_a.size(); ++i) {
    for (std::size_t j = 0; j < words_b.size(); ++j) {
      if (words_a.id(i) != words_b.id(j) || ((match.used_b >> j) & 1U) != 0) continue;
      ++match.exact;
      pair(i, j, words_a.rarity(i));
      break;
    }
  }
  const NameMatch equal = match;
  for (std::size_t i = 0; i < words_a.size(); ++i) {
    if (((match.used_a >> i) & 1U) != 0) continue;
    for (std::size_t j = 0; j < words_b.size(); ++j) {
      if (((match.used_b >> j) & 1U) != 0 || !may_be_alike(words_a.shape(i), words_b.shape(j))) continue;
      const std::string_view text_a = words_a.text(i);
      const std::string_view text_b = words_b.text(j);
      const bool first = initial(text_a, text_b);
      const bool same = !first && sounds_the_same(text_a, text_b);
      if (!first && !same && !one_word(words_a, i, words_b, j)) continue;
      ++match.fuzzy;
      match.spoken += same;
      // By chance a word has about five others so near it; an initial has a tenth of all.
      pair(i, j, first ? 1.5F : std::max(0.5F, std::min(words_a.rarity(i), words_b.rarity(j)) - 1.6F));
      break;
    }
  }
  unsigned level = name_level(match, words_a, words_b);
  // Among names that contradict each other a likeness of words is chance.
  if (match.fuzzy > 0 && (level == name_gap || (level >= name_half && level <= name_surname))) {
    match = equal;
    level = half_level(match);
  }
  if (!levels_of(Kind::name)[level - 1].by_value) return {.level = level};
  // However rare the words: relatives share those as well.
  const float most = level == name_half || level == name_gap ? 15.5F * Comparer::name_step / (match.own + match.shared) : 1.0F;
  return {.level = level, .own = match.own * std::min(1.0F, most), .shared = match.shared * std::min(1.0F, most)};
}

}  // namespace

Agreement Comparer::compare_names(std::size_t column, Value a, Value b) const {
  const auto words_a = KnownRow::words_of(*this, column, a);
  const auto words_b = KnownRow::words_of(*this, column, b);
  const Column& texts = input_.columns()[column];
  if (!texts.cuts.empty() && a != b) {
    if (texts.cut(a) == texts.values.text(b)) return cut_name(words_a, words_b, texts.cut(a));
    if (texts.cut(b) == texts.values.text(a)) return cut_name(words_b, words_a, texts.cut(b));
  }
  return names(words_a, words_b);
}

Agreement Comparer::compare_names(const Probe& left, std::size_t column, Value b) const {
  const Probe::Field& field = left.fields[column];
  const auto words_a = ProbeRow(*this, left).words(column);
  const auto words_b = KnownRow::words_of(*this, column, b);
  const Column& texts = input_.columns()[column];
  if (!field.cut.empty() && field.cut == texts.values.text(b)) return cut_name(words_a, words_b, field.cut);
  if (texts.cut(b) == std::string_view(field.text)) return cut_name(words_b, words_a, texts.cut(b));
  return names(words_a, words_b);
}

}  // namespace aremko::identity::match
