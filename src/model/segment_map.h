#pragma once
// The base as a map: how many people and how much money stand at each RFM score, and who moved between two days.

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/ordered.h"
#include "model/overview.h"
#include "model/segment.h"

namespace aremko {

struct RfmCell {
  int recency_score = 0;
  int frequency_score = 0;
  int monetary_score = 0;
  std::int64_t customers = 0;
  Pesos ltv_total = 0;
};
BOOST_DESCRIBE_STRUCT(RfmCell, (), (recency_score, frequency_score, monetary_score, customers, ltv_total))

/// Where one score ends and the next begins, for whoever says the scores in words.
struct ScoreSteps {
  std::vector<int> dias{};              // at most, of R 5, 4, 3, 2; more is 1
  std::vector<std::int64_t> visitas{};  // at least, of F 5, 4, 3, 2; less is 1
  std::vector<Pesos> gasto{};           // at least, of M 5, 4, 3, 2; less is 1
};
BOOST_DESCRIBE_STRUCT(ScoreSteps, (), (dias, visitas, gasto))

struct SegmentMap {
  AsOf as_of{};
  std::int64_t total_customers = 0;
  Pesos ltv_total = 0;
  Ordered<SegmentCount> segments{};  // all nine, in the order in which they are tried
  std::vector<RfmCell> cells{};      // those with somebody in them, by score
  ScoreSteps pasos{};
};
BOOST_DESCRIBE_STRUCT(SegmentMap, (), (as_of, total_customers, ltv_total, segments, cells, pasos))

struct SegmentMove {
  std::optional<Segment> from{};  // null: not a customer yet
  std::optional<Segment> to{};    // null: not one any more (an earlier as_of)
  std::int64_t customers = 0;
  Pesos ltv_total = 0;            // at the later day
};
BOOST_DESCRIBE_STRUCT(SegmentMove, (), (from, to, customers, ltv_total))

struct SegmentMovement {
  AsOf from{};
  AsOf as_of{};
  std::vector<SegmentMove> moves{};  // those somebody made, staying included
};
BOOST_DESCRIBE_STRUCT(SegmentMovement, (), (from, as_of, moves))

}  // namespace aremko
