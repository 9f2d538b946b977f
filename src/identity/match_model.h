#pragma once
// Fellegi & Sunter's model (1969) with a third class. A pair is one person, two of one household (or a phone that was
// handed on: contacts and surname agree, the rest by chance), or two strangers. Learned from the candidates without
// labels by EM; what strangers have in common comes from value frequencies, and is corrected by what the candidates
// show. For this room alone.

#include <array>
#include <cstdint>
#include <span>

#include "identity/match_block.h"
#include "identity/match_compare.h"

namespace aremko::identity::match {

struct Model {
  /// ln of the share of all pairs.
  double ln_match = 0;
  double ln_house = 0;
  /// ln of a level's share among matches over its share among strangers; what is by value comes with the comparison.
  std::array<std::array<double, max_levels>, Input::max_columns> match{};
  std::array<std::array<double, max_levels>, Input::max_columns> house{};
  /// The same for the rarity of the value on which they agree, in steps of one.
  std::array<std::array<double, 16>, Input::max_columns> by_rarity{};

  /// The same for whole names, by level and steps of Comparer::name_step.
  std::array<std::array<std::array<double, 16>, max_levels>, Input::max_columns> by_name{};

  double rarity(Kind kind, std::size_t column, const Comparison& found) const {
    return kind == Kind::name ? by_name[column][found.level(column)][found.rarity(column)] : by_rarity[column][found.rarity(column)];
  }

  double matches = 0;  // expected, among the candidates

  /// The probability that a pair is one person, before rivals are looked at; as log-odds.
  double log_odds(const Comparer& comparer, const Comparison& comparison) const;
  /// The same had the column been empty; `chance` is its part of the comparison's `own`.
  double log_odds_without(std::size_t column, double chance, const Comparer& comparer, const Comparison& comparison) const;
};

/// One comparison a pair. The same seed gives the same model.
Model learn(const Comparer& comparer, const std::vector<Comparison>& comparisons, std::uint64_t seed);

}  // namespace aremko::identity::match
