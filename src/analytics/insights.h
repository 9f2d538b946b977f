#pragma once
// What a history says about a person, in the contract's words; see semantics, "Insights".

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analytics/history.h"
#include "analytics/rfm.h"
#include "model/insights.h"
#include "model/profile.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Dated visits by month, and when each month was last visited.
struct MonthCounts {
  std::array<std::int64_t, 12> visits{};  // January first
  std::array<Moment, 12> latest{};
  std::int64_t total() const;
  void add(Moment at);
};

std::string_view visit_frequency(const Tally& tally);
std::string_view seasonality_pattern(const std::array<std::int64_t, 12>& visits);
Seasonality seasonality(const MonthCounts& months);
std::string_view churn_risk(Segment segment, int recency_score, const Tally& tally, AsOf as_of);
std::string_view upsell_potential(const Tally& tally, std::size_t different_services);
/// Over every payment of the customer up to as_of, cancelled sales' too; `descuento` is no method.
PaymentBehavior payment_behavior(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

/// `customer` is a row of customers().
CustomerInsights insights(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                          const RfmThresholds& thresholds = {});
/// The same where the preferences (all of them) are known already.
CustomerInsights insights(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                          std::span<const ServicePreference> preferences, const RfmThresholds& thresholds = {});

}  // namespace aremko::analytics
