#pragma once
// Who is who in any two lists, or who stands twice in one: candidates → comparison → probability → decision. Learns
// from the lists themselves, needs no labels; pure, and the same for the same seed.

#include <cstdint>
#include <string>
#include <vector>

#include "identity/match_input.h"

namespace aremko::identity::match {

struct Options {
  bool dedupe = false;          // the left list against itself
  std::uint64_t seed = 1;
  double pairs_a_row = 5;       // how many pairs a pass of candidates may bring, for each row
  double least = 0.5;           // links below this probability are not given
};

/// Evidence that is no column's: `prior` (how rare matches are among all pairs), `household` (what speaks for two people
/// who share contacts), `rivals` (other candidates, and what the group of duplicates says).
inline constexpr std::size_t no_column = SIZE_MAX;

/// What one column says: `level` as in "exact", "typo"; natural log-odds, for (> 0) or against (< 0).
struct Evidence {
  std::size_t column = 0;
  std::string_view level{};
  double log_odds = 0;
};

struct Link {
  RowId left = 0;
  RowId right = 0;
  double confidence = 0;  // percent, one decimal; 100 only with an exact national id and an agreeing name
  std::vector<Evidence> evidence{};  // sums to the log-odds of the confidence, before it is rounded and capped
};

struct Summary {
  std::uint64_t pairs_compared = 0;
  std::uint64_t passes = 0;
  double expected_matches = 0;
  double blocking_recall = 0;   // estimated share of the matches that are among the candidates
  std::vector<std::pair<std::string, double>> seconds{};  // by phase
};

struct Matches {
  std::vector<Link> links{};    // by left row, then right
  Summary summary{};
};

Matches match(const Input& input, const Options& options);

}  // namespace aremko::identity::match
