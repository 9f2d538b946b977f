#pragma once
// Recency, frequency, money: three scores and the segment they stand for.

#include <array>
#include <cstdint>
#include <optional>

#include "base/money.h"
#include "model/profile.h"
#include "model/segment.h"

namespace aremko::analytics {

/// Where the scores change. The first holds score 5, the next 4, and so on. A tenant may have its own.
struct RfmThresholds {
  std::array<int, 4> recency_days{30, 90, 180, 365};                   // at most; ascending
  std::array<std::int64_t, 4> visits{20, 10, 5, 2};                    // at least; descending
  std::array<Pesos, 4> money{1'500'000, 700'000, 300'000, 100'000};    // at least; descending
  int new_days = 90;                                                   // first visit at most so long ago: New
};

struct RfmScores {
  int recency = 0;    // 0–5; 0 = no dated visit
  int frequency = 0;  // 0–5; 0 = no visit
  int monetary = 0;   // 0–5; 0 = no visit

  friend bool operator==(const RfmScores&, const RfmScores&) = default;
};

/// `days_since_last`: calendar days since the last dated visit. Without visits all three are 0; undated visits count
/// for frequency and money, and leave recency at 0.
RfmScores rfm_scores(std::optional<int> days_since_last, std::int64_t visits, Pesos spent,
                     const RfmThresholds& thresholds = {});

/// The first of the nine that holds. `days_since_first`: since the first visit ever; empty when that is not known,
/// as with undated visits, which are somebody's past: such a person is never New.
Segment segment_of(RfmScores scores, std::optional<int> days_since_first, const RfmThresholds& thresholds = {});

RfmAnalysis rfm_analysis(RfmScores scores, std::optional<int> days_since_last, Segment segment);

}  // namespace aremko::analytics
