#include "analytics/segment_map.h"

#include <array>

#include "analytics/history.h"

namespace aremko::analytics {

using snapshot::Row;

SegmentMap segment_map(const Census& census, AsOf as_of) {
  struct Sums {
    std::int64_t customers = 0;
    Pesos spent = 0;
  };
  constexpr std::size_t levels = 6;  // 0–5
  std::array<Sums, levels * levels * levels> cells{};
  for (Row row = 0; row < census.size(); ++row) {
    if (!census.counted(row)) continue;
    const RfmScores scores = census.scores(row);
    const int at = (scores.recency * 6 + scores.frequency) * 6 + scores.monetary;
    Sums& cell = cells[static_cast<std::size_t>(at)];
    ++cell.customers;
    cell.spent += census.person_spent(row);
  }
  SegmentMap out{.as_of = as_of, .total_customers = census.customers()};
  for (const Segment segment : all_segments) {
    const SegmentTotals& totals = census.totals(segment);
    out.ltv_total += totals.spent;
    out.segments.emplace_back(json_name(segment), SegmentCount{totals.customers, totals.spent,
                                                               rounded_share(totals.spent, totals.customers)});
  }
  for (int at = 0; at < static_cast<int>(cells.size()); ++at) {
    const Sums& cell = cells[static_cast<std::size_t>(at)];
    if (cell.customers > 0) out.cells.push_back({at / 36, at / 6 % 6, at % 6, cell.customers, cell.spent});
  }
  return out;
}

SegmentMovement segment_movement(const Census& before, AsOf from, const Census& after, AsOf as_of) {
  constexpr std::size_t nobody = all_segments.size();
  std::array<std::array<SegmentMove, nobody + 1>, nobody + 1> moves{};
  const auto place = [](const Census& census, Row row) {
    return census.counted(row) ? static_cast<std::size_t>(census.segment(row)) : nobody;
  };
  for (Row row = 0; row < after.size(); ++row) {
    SegmentMove& move = moves[place(before, row)][place(after, row)];
    ++move.customers;
    move.ltv_total += (as_of < from ? before : after).spent(row);
  }
  SegmentMovement out{.from = from, .as_of = as_of};
  for (std::size_t i = 0; i <= nobody; ++i) {
    for (std::size_t j = 0; j <= nobody; ++j) {
      SegmentMove& move = moves[i][j];
      if (move.customers == 0 || (i == nobody && j == nobody)) continue;
      if (i != nobody) move.from = all_segments[i];
      if (j != nobody) move.to = all_segments[j];
      out.moves.push_back(move);
    }
  }
  return out;
}

}  // namespace aremko::analytics
