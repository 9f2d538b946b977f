#pragma once
// From probabilities of pairs to links: rivals share what a row has to give, and duplicates come in groups that hang
// together as a whole. For this room alone.

#include <span>
#include <vector>

#include "identity/match_block.h"

namespace aremko::identity::match {

struct Decided {
  PairKey pair = 0;
  float confidence = 0;      // 0–1
  std::uint32_t scored = 0;  // its place among the scored pairs, or `inferred`
};
inline constexpr std::uint32_t inferred = UINT32_MAX;

/// The best right row of every left row. `pairs` sorted, one log-odds each. A row has one match or none: what stands
/// against its candidates is that it has none, which is as likely beforehand as `matched` (0–1), the share of left rows
/// that have one, leaves.
std::vector<Decided> link(std::span<const PairKey> pairs, std::span<const float> log_odds, double matched);

/// Pairs of the same group, sorted. Groups grow along the best pairs as long as the mean evidence between the two
/// parts is for them (correlation clustering by average linkage). A group of more than `most_listed` rows is given as
/// pairs with its first row, so that a million equal rows are a million pairs.
inline constexpr std::size_t most_listed = 300;
std::vector<Decided> group(std::span<const PairKey> pairs, std::span<const float> log_odds, std::size_t rows);

}  // namespace aremko::identity::match
