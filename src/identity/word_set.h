#pragma once
// A fixed set of words that is asked of every word of every name, and mostly says no. For this room alone.

#include <bitset>
#include <cstddef>
#include <string_view>
#include <unordered_set>

#include "normalize/text.h"

namespace aremko::identity {

class WordSet {
 public:
  /// A folded text's words; it must outlive the set.
  explicit WordSet(std::string_view list) {
    for (const std::string_view word : normalize::tokens(list)) {
      words_.insert(word);
      may_be_.set(glance(word));
    }
  }
  bool contains(std::string_view word) const { return !word.empty() && may_be_.test(glance(word)) && words_.contains(word); }

 private:
  static constexpr std::size_t bits = 8'192;
  /// First, second and last letter, and the length.
  static std::size_t glance(std::string_view word) {
    const auto letter = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
    return (letter(0) * 31 + letter(word.size() > 1 ? 1 : 0) * 1'009 + letter(word.size() - 1) * 131 + word.size() * 7) % bits;
  }

  std::unordered_set<std::string_view> words_;
  std::bitset<bits> may_be_;
};

}  // namespace aremko::identity
