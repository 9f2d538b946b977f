#include "analytics/rfm.h"

namespace aremko::analytics {

RfmScores rfm_scores(std::optional<int> days_since_last, std::int64_t visits, Pesos spent,
                     const RfmThresholds& thresholds) {
  if (visits <= 0) return {};
  RfmScores out{.recency = 0, .frequency = 1, .monetary = 1};
  for (int step = 3; step >= 0; --step) {
    const auto i = static_cast<std::size_t>(step);
    if (visits >= thresholds.visits[i]) out.frequency = 5 - step;
    if (spent >= thresholds.money[i]) out.monetary = 5 - step;
  }
  if (days_since_last) {
    out.recency = 1;
    for (int step = 3; step >= 0; --step) {
      if (*days_since_last <= thresholds.recency_days[static_cast<std::size_t>(step)]) out.recency = 5 - step;
    }
  }
  return out;
}

Segment segment_of(RfmScores scores, std::optional<int> days_since_first, const RfmThresholds& thresholds) {
  const auto [r, f, m] = scores;
  if (f == 0) return Segment::occasional;
  if (r >= 4 && f >= 4 && m >= 4) return Segment::vip;
  if (r >= 4 && f >= 3 && m >= 3) return Segment::champions;
  if (r <= 2 && f >= 3 && m >= 3) return Segment::at_risk;
  if (f >= 4 && m >= 3) return Segment::loyal;
  if (r >= 4 && f <= 2) {
    const bool is_new = days_since_first && *days_since_first <= thresholds.new_days;
    return is_new ? Segment::new_customer : Segment::promising;
  }
  if (r == 1) return f >= 2 ? Segment::hibernating : Segment::lost;
  return Segment::occasional;
}

RfmAnalysis rfm_analysis(RfmScores scores, std::optional<int> days_since_last, Segment segment) {
  const int sum = scores.recency + scores.frequency + scores.monetary;
  const int tenths = (sum * 20 + 3) / 6;  // sum / 3 in tenths, rounded half up
  return {.recency_score = scores.recency,
          .frequency_score = scores.frequency,
          .monetary_score = scores.monetary,
          .rfm_combined_score = tenths / 10.0,
          .days_since_last_visit = days_since_last,
          .segment = segment};
}

}  // namespace aremko::analytics
