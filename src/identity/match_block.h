#pragma once
// Which pairs are worth comparing: those that share one of many keys. Every pass may bring only so many pairs a row,
// its smallest blocks first, so that the number of pairs grows with the rows and not with their square. For this room alone.

#include <cstdint>
#include <string>
#include <vector>

#include "identity/match_compare.h"

namespace aremko::identity::match {

/// Both rows in one number, the left one high; sorts by left, then right.
using PairKey = std::uint64_t;
constexpr RowId left_of(PairKey pair) { return static_cast<RowId>(pair >> 32U); }
constexpr RowId right_of(PairKey pair) { return static_cast<RowId>(pair); }

struct Candidates {
  std::vector<PairKey> pairs{};             // sorted, each once; when one list is deduplicated, left < right
  std::vector<std::uint8_t> found_by{};     // how many passes found the pair, at most 255
  std::size_t passes = 0;
};

/// `pairs_a_row`: how many pairs a pass may bring, for each row of both sides.
Candidates candidates(const Comparer& comparer, double pairs_a_row);

}  // namespace aremko::identity::match
