#pragma once
// How two folded names agree, word by word.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace aremko::identity {

enum class NameLevel : std::uint8_t {
  missing,    // one of the two has no name
  exact,      // the same words, in any order
  partial,    // every word of the shorter stands in the longer: a surname or second name left out
  similar,    // the same but for typos, or an initial
  shares,     // some word agrees, others contradict: family, or namesakes by half
  different,  // nothing agrees
};

/// A folded name cut into words, particles (`de`, `la`, …) dropped. Views into `folded`.
std::vector<std::string_view> name_words(std::string_view folded);

/// Both as made by name_words. `similar` needs every word of the shorter to be within one edit (Damerau–Levenshtein,
/// words of four letters or more), or an initial, of one of the longer; a single shared word is never `partial`.
NameLevel compare_names(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b);

/// At most one insertion, deletion, substitution or swap of neighbours apart.
bool within_one_edit(std::string_view a, std::string_view b);

}  // namespace aremko::identity
