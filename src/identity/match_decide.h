#pragma once
// From probabilities of pairs to links: rivals share what a row has to give, and duplicates come in groups that hang
// together as a whole. For this room alone.

#include <span>
#include <vector>

#include "identity/match_block.h"

namespace aremko::identity::match {

/// The candidates of one left row, each beside its rivals. A row has one match or none: what stands against a candidate is
/// that another is the one, or that none is. `none`: how likely that is beforehand, 0–1. Log-odds in, log-odds out.
void weigh_rivals(std::span<const float> log_odds, double none, std::span<double> out);

struct Decided {
  PairKey pair = 0;
  float log_odds = 0;
  bool between_two = false;  // of groups of different identity numbers
};

/// Pairs of the same group, sorted. Groups grow along the best pairs as long as the mean evidence between the two
/// parts is for them (correlation clustering by average linkage). A group of more than `most_listed` rows is given as
/// pairs with its first row, so that a million equal rows are a million pairs. `ids`: each row's valid identity number, 0
/// for none; two that differ are in no group together, whatever ties them, and a pair that would tie them is given by itself.
inline constexpr std::size_t most_listed = 300;
std::vector<Decided> group(std::span<const PairKey> pairs, std::span<const float> log_odds, std::span<const Value> ids);

}  // namespace aremko::identity::match
