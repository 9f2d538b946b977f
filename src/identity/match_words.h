#pragma once
// How far two short folded texts are from each other, by the errors people make. For this room alone.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace aremko::identity::match {

/// Damerau–Levenshtein (optimal string alignment), `limit + 1` when it is more than `limit`. Texts over 64 bytes count
/// as far apart unless equal.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit);

/// Up to sixteen digits and signs, four bits each and the last one lowest; 0 is nothing. What is longer keeps its end.
std::uint64_t packed_digits(std::string_view text);
/// Whether two different packed texts are one edit apart, as edits() counts.
bool one_digit_apart(std::uint64_t a, std::uint64_t b);

/// Jaro–Winkler similarity, 0–1, on bytes; the first 64 of each.
double jaro_winkler(std::string_view a, std::string_view b);

/// `pepe` and `jose`, `bob` and `robert`; also a beginning of three letters or more (`fran`, `francisca`) and what is made
/// of one (`carito`, `dani`, `naty`, `niko`).
bool nickname(std::string_view a, std::string_view b);
/// The same without mere beginnings: `rosa` is a beginning of `rosario`, and another name.
bool known_nickname(std::string_view a, std::string_view b);

/// One of them is a single letter and the other's first.
bool initial(std::string_view a, std::string_view b);

/// Whether the word stands in the list of nicknames at all.
bool has_nickname(std::string_view word);
/// Whether it looks like a pet name made of a name's beginning.
bool is_pet_form(std::string_view word);

/// Whether a text is made of these words or their beginnings and nothing else (`mgonzalez` of maria and gonzalez); dots,
/// dashes and underscores do not count, a digit does. Four letters at least.
bool made_of(std::string_view text, std::span<const std::string_view> words);

/// The part of an address before its `@`, without points: the same person writes it with them at one provider and without
/// at another.
std::string local_part(std::string_view address);

/// What tells at a glance that two words are far apart.
struct Shape {
  std::uint32_t letters = 0;  // which of them occur, a bit each
  std::uint8_t length = 0;    // 255 and more are 255
  char first = 0;             // `c` for a `k`
  bool nick = false;          // has_nickname
  bool pet = false;           // is_pet_form
};
Shape shape_of(std::string_view word);
/// False promises that they are more than one edit apart, below 0.9 of jaro_winkler unless very long, and no nickname or initial.
bool may_be_alike(const Shape& a, const Shape& b);

/// How a word sounds in Spanish, roughly: `b`=`v`, `s`=`c`=`z`, no `h`, no vowel but the first, no doubles; at most 8 bytes.
std::string sound(std::string_view word);
/// One word in the spellings people give it: `johanna`, `yohana`; `jurgen`, `juergen`; `huincahue`, `wincahue`.
bool sounds_the_same(std::string_view a, std::string_view b);

}  // namespace aremko::identity::match
