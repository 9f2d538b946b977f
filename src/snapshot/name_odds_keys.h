#pragma once
// What both halves of NameOdds look names up with. For them alone.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "normalize/text.h"
#include "snapshot/radix_sort.h"

namespace aremko::snapshot {

// More rows than these share a name's words only where it tells nobody apart.
inline constexpr std::size_t most_rows_of_words = 64;
inline constexpr std::size_t most_rows_of_name = 256;

inline std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> out;
  for (const std::string_view word : normalize::tokens(folded)) out.push_back(word);
  return out;
}

/// Whichever of them comes first.
inline std::uint64_t pair_key(std::string_view a, std::string_view b) { return a < b ? hash64(b, hash64(a)) : hash64(a, hash64(b)); }

template <class Words>
void each_pair(const Words& words, const auto& use) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t j = i + 1; j < words.size(); ++j) use(pair_key(words[i], words[j]));
  }
}

inline std::span<const KeyedRow> with_key(const std::vector<KeyedRow>& rows, std::uint64_t key) {
  return std::ranges::equal_range(rows, key, {}, &KeyedRow::key);
}

}  // namespace aremko::snapshot
