#include "analytics/rfm.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <set>

namespace aremko::analytics {
namespace {

TEST(Rfm, RecencyByDays) {
  const std::pair<int, int> table[] = {{0, 5},   {30, 5},  {31, 4},  {90, 4},   {91, 3},
                                       {180, 3}, {181, 2}, {365, 2}, {366, 1}, {5000, 1}};
  for (const auto& [days, score] : table) EXPECT_EQ(rfm_scores(days, 1, 0).recency, score) << days;
}

TEST(Rfm, FrequencyByVisits) {
  const std::pair<int, int> table[] = {{1, 1}, {2, 2}, {4, 2}, {5, 3}, {9, 3}, {10, 4}, {19, 4}, {20, 5}, {999, 5}};
  for (const auto& [visits, score] : table) EXPECT_EQ(rfm_scores(0, visits, 0).frequency, score) << visits;
}

TEST(Rfm, MoneyByPesos) {
  const std::pair<Pesos, int> table[] = {{-5, 1},      {0, 1},       {99'999, 1},  {100'000, 2},   {299'999, 2},
                                         {300'000, 3}, {699'999, 3}, {700'000, 4}, {1'499'999, 4}, {1'500'000, 5}};
  for (const auto& [pesos, score] : table) EXPECT_EQ(rfm_scores(0, 1, pesos).monetary, score) << pesos;
}

TEST(Rfm, NobodyWithoutAVisit) {
  EXPECT_EQ(rfm_scores(std::nullopt, 0, 0), (RfmScores{0, 0, 0}));
  EXPECT_EQ(rfm_scores(std::nullopt, 0, 900'000), (RfmScores{0, 0, 0}));
  EXPECT_EQ(segment_of({}, std::nullopt), Segment::occasional);
}

TEST(Rfm, UndatedVisitsCountForMoneyAndFrequencyOnly) {
  EXPECT_EQ(rfm_scores(std::nullopt, 6, 320'000), (RfmScores{0, 3, 3}));
}

TEST(Rfm, ATenantsOwnThresholds) {
  RfmThresholds own;
  own.recency_days = {7, 14, 28, 56};
  own.money = {400, 300, 200, 100};
  EXPECT_EQ(rfm_scores(8, 1, 250, own), (RfmScores{4, 1, 3}));
}

TEST(Rfm, TheCombinedScoreHasOneDecimal) {
  const auto combined = [](int r, int f, int m) {
    return rfm_analysis({r, f, m}, 1, Segment::lost).rfm_combined_score;
  };
  EXPECT_EQ(combined(1, 4, 3), 2.7);
  EXPECT_EQ(combined(1, 1, 2), 1.3);
  EXPECT_EQ(combined(5, 5, 5), 5.0);
  EXPECT_EQ(combined(0, 0, 0), 0.0);
  EXPECT_EQ(combined(0, 1, 1), 0.7);
}

/// The page's words, in its order, for every score and tenure.
Segment by_the_page(int r, int f, int m, bool fresh, bool any_visit) {
  if (!any_visit) return Segment::occasional;
  if (r >= 4 && f >= 4 && m >= 4) return Segment::vip;
  if (r >= 4 && f >= 3 && m >= 3) return Segment::champions;
  if (r <= 2 && f >= 3 && m >= 3) return Segment::at_risk;
  if (f >= 4 && m >= 3) return Segment::loyal;
  if (r >= 4 && f <= 2 && fresh) return Segment::new_customer;
  if (r >= 4 && f <= 2) return Segment::promising;
  if (r == 1 && f >= 2) return Segment::hibernating;
  if (r == 1) return Segment::lost;
  return Segment::occasional;
}

TEST(Segments, TheFirstThatHoldsAndEachIsReachable) {
  std::set<Segment> reached;
  for (int r = 1; r <= 5; ++r) {
    for (int f = 1; f <= 5; ++f) {
      for (int m = 1; m <= 5; ++m) {
        for (const int tenure : {0, 90, 91, 4000}) {
          const Segment segment = segment_of({r, f, m}, tenure);
          EXPECT_EQ(segment, by_the_page(r, f, m, tenure <= 90, true)) << r << f << m << ' ' << tenure;
          reached.insert(segment);
        }
        EXPECT_NE(segment_of({r, f, m}, std::nullopt), Segment::new_customer);
      }
    }
  }
  EXPECT_EQ(reached.size(), all_segments.size());
}

/// Scores that real numbers give, not only scores put together by hand.
TEST(Segments, EachIsReachedByAHistory) {
  struct Case {
    int since_last;
    std::int64_t visits;
    Pesos spent;
    int since_first;
    Segment segment;
  };
  const Case cases[] = {{10, 12, 900'000, 900, Segment::vip},        {10, 6, 400'000, 900, Segment::champions},
                        {200, 6, 400'000, 900, Segment::at_risk},    {1460, 17, 680'000, 2763, Segment::at_risk},
                        {120, 12, 400'000, 900, Segment::loyal},     {10, 1, 40'000, 10, Segment::new_customer},
                        {10, 2, 80'000, 91, Segment::promising},     {900, 3, 90'000, 1200, Segment::hibernating},
                        {900, 1, 40'000, 900, Segment::lost},        {120, 2, 80'000, 200, Segment::occasional},
                        {60, 6, 90'000, 900, Segment::occasional}};
  for (const Case& one : cases) {
    EXPECT_EQ(segment_of(rfm_scores(one.since_last, one.visits, one.spent), one.since_first), one.segment);
  }
}

RC_GTEST_PROP(Segments, ScoresRiseWithTheirMeasure, ()) {
  const int days = *rc::gen::inRange(0, 3000);
  const auto visits = *rc::gen::inRange<std::int64_t>(1, 40);
  const auto spent = *rc::gen::inRange<Pesos>(0, 2'000'000);
  const RfmScores one = rfm_scores(days, visits, spent);
  const RfmScores more = rfm_scores(days, visits + 1, spent + *rc::gen::inRange<Pesos>(0, 400'000));
  const RfmScores later = rfm_scores(days + *rc::gen::inRange(0, 400), visits, spent);
  RC_ASSERT(more.frequency >= one.frequency && more.monetary >= one.monetary);
  RC_ASSERT(later.recency <= one.recency);
}

}  // namespace
}  // namespace aremko::analytics
