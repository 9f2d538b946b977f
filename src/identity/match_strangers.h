#pragma once
// How often two strangers have names that agree. The product of the words' frequencies is too small a chance: cousins, siblings
// and branches of one company share words. So pairs within one list are counted, which are strangers but for the list's own
// duplicates, and those are told by RUTs and contacts. For this room alone.

#include <array>

#include "identity/match_compare.h"

namespace aremko::identity::match {

/// The counted levels of whole names: those on which two words or more agree word by word.
constexpr bool counted_within(unsigned level) {
  return level == name_exact || level == name_short || level == name_second || level == name_gap || level == name_half;
}

struct NameStrangers {
  static constexpr std::size_t steps = 16;  // of Comparer::name_step
  /// ln of the chance that two strangers agree on this level, with words of this rarity; 0 where nothing was counted.
  std::array<std::array<double, steps>, max_levels> ln_chance{};
  /// Which share of the people have words of this rarity to agree on: their whole name, where it may stand within another's, or
  /// all but one of its words. Of the list where they are more: one may hold short names alone.
  std::array<double, steps> whole{};
  std::array<double, steps> shorter{};
  double share(unsigned level, std::size_t step) const { return level == name_half ? shorter[step] : whole[step]; }
  double pairs = 0;  // that were looked at; 0: the lists are too small to count in
};

/// A sample of a few thousand rows of each list against all others of that list.
NameStrangers strangers_within(const Comparer& comparer, std::size_t column);

}  // namespace aremko::identity::match
