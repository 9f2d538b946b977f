#pragma once
// How far two short folded texts are from each other, by the errors people make. For this room alone.

#include <cstddef>
#include <string>
#include <string_view>

namespace aremko::identity::match {

/// Damerau–Levenshtein (optimal string alignment), `limit + 1` when it is more than `limit`. Texts over 64 bytes count
/// as far apart unless equal.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit);

/// Jaro–Winkler similarity, 0–1, on bytes; the first 64 of each.
double jaro_winkler(std::string_view a, std::string_view b);

/// `pepe` and `jose`, `bob` and `robert`; also a beginning of three letters or more (`fran`, `francisca`).
bool nickname(std::string_view a, std::string_view b);

/// One of them is a single letter and the other's first.
bool initial(std::string_view a, std::string_view b);

/// How a word sounds in Spanish, roughly: `b`=`v`, `s`=`c`=`z`, no `h`, no vowel but the first, no doubles; at most 8 bytes.
std::string sound(std::string_view word);

}  // namespace aremko::identity::match
