#include "analytics/segment_map.h"

#include <gtest/gtest.h>

#include "analytics/random_spa.h"

namespace aremko::analytics {
namespace {

using testing::end_of;

class Maps : public ::testing::TestWithParam<unsigned> {
 protected:
  snapshot::SnapshotPtr snapshot_ = testing::random_spa(GetParam()).build();
};
INSTANTIATE_TEST_SUITE_P(Seeds, Maps, ::testing::Range(0U, 8U));

TEST_P(Maps, CellsAndSegmentsBothAddUpToEverybody) {
  const Census census(*snapshot_, end_of(2024, 3, 14));
  const SegmentMap map = segment_map(census, census.as_of());
  std::int64_t in_cells = 0, in_segments = 0;
  Pesos cell_money = 0, segment_money = 0;
  for (const RfmCell& cell : map.cells) {
    EXPECT_GT(cell.customers, 0);
    in_cells += cell.customers;
    cell_money += cell.ltv_total;
  }
  for (const auto& [name, count] : map.segments) {
    in_segments += count.customers;
    segment_money += count.ltv_total;
  }
  EXPECT_EQ(map.segments.size(), 9U);
  EXPECT_EQ(in_cells, census.customers());
  EXPECT_EQ(in_segments, census.customers());
  EXPECT_EQ(map.total_customers, census.customers());
  EXPECT_EQ(cell_money, map.ltv_total);
  EXPECT_EQ(segment_money, map.ltv_total);
}

TEST_P(Maps, MovesLeadFromTheEarlierSegmentsToTheLater) {
  const Census before(*snapshot_, end_of(2023, 3, 14)), after(*snapshot_, end_of(2024, 3, 14));
  const SegmentMovement movement = segment_movement(before, before.as_of(), after, after.as_of());
  std::array<std::int64_t, 9> left{}, arrived{};
  for (const SegmentMove& move : movement.moves) {
    EXPECT_TRUE(move.from || move.to);
    if (move.from) left[static_cast<std::size_t>(*move.from)] += move.customers;
    if (move.to) arrived[static_cast<std::size_t>(*move.to)] += move.customers;
  }
  for (const Segment segment : all_segments) {
    EXPECT_EQ(left[static_cast<std::size_t>(segment)], before.totals(segment).customers) << json_name(segment);
    EXPECT_EQ(arrived[static_cast<std::size_t>(segment)], after.totals(segment).customers) << json_name(segment);
  }
}

TEST(SegmentMovement, TheGuidesMariaWentQuiet) {
  const auto snapshot = testing::guide_spa().build();
  const Census before(*snapshot, end_of(2020, 3, 20)), after(*snapshot, end_of(2024, 3, 14));
  const SegmentMovement movement = segment_movement(before, before.as_of(), after, after.as_of());
  const auto hers = std::ranges::find_if(movement.moves, [](const SegmentMove& move) {
    return move.from == Segment::champions && move.to == Segment::at_risk;
  });
  ASSERT_NE(hers, movement.moves.end());
  EXPECT_GE(hers->ltv_total, 680'000);
}

}  // namespace
}  // namespace aremko::analytics
