#include "analytics/reactivation.h"

#include <algorithm>
#include <cmath>

#include "analytics/insights.h"
#include "analytics/preferences.h"
#include "analytics/priority.h"
#include "analytics/profile.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

/// The offset of the next page, where there is one.
std::optional<std::int64_t> next_page(std::size_t offset, std::size_t shown, std::int64_t total) {
  const auto next = static_cast<std::int64_t>(offset + shown);
  return shown > 0 && next < total ? std::optional(next) : std::nullopt;
}

InactiveCustomer inactive_customer(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of, Row row,
                                   const RfmThresholds& thresholds) {
  const View view{.as_of = as_of};
  const auto preferences = service_preferences(snapshot, snapshot.person_of_customer(row), view);
  const Reach open = reach(snapshot, row, as_of);
  const int days = census.days(row);
  const std::int64_t visits = census.visits(row);
  const Pesos spent = census.spent(row);
  const Moment next = booked_ahead(snapshot, row, as_of);
  Priority parts = priority(days, visits, spent, open.reachable(), thresholds);
  parts.booked = next.known();
  return {.profile = profile(snapshot, row, view, preferences, thresholds),
          .insights = insights(snapshot, row, view, preferences, thresholds),
          .reactivation_priority = parts.total(),
          .priority_reasons = priority_reasons(parts, open, days, visits, spent, next, thresholds),
          .channels = channels(open)};
}

SegmentSummary summary(const snapshot::Snapshot& snapshot, const Census& census, Segment segment) {
  const SegmentTotals& totals = census.totals(segment);
  const SegmentHabits& habits = census.habits(snapshot, segment);
  const double visits = static_cast<double>(rounded_share(10 * totals.visits, totals.customers)) / 10.0;
  SegmentSummary out{.ltv_total = totals.spent,
                     .ltv_promedio = rounded_share(totals.spent, totals.customers),
                     .visitas_promedio = visits,
                     .seasonality_pattern = seasonality_pattern(habits.visits_by_month)};
  const auto services = census.services(snapshot);
  for (const auto& [number, times] : habits.top_services) {
    const CanonicalService& service = services[number];
    out.top_services.push_back({service.id, service.name, service.type, times});
  }
  for (std::size_t month = 0; month < 12; ++month) {
    const std::string_view name = month_name_es(static_cast<int>(month) + 1);
    out.visits_by_month.emplace_back(name, habits.visits_by_month[month]);
  }
  return out;
}

}  // namespace

InactiveCustomers inactive_customers(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of, int months,
                                     std::size_t limit, std::size_t offset, const RfmThresholds& thresholds) {
  InactiveCustomers out{.as_of = as_of,
                        .total_inactive = census.inactive_count(months),
                        .parameters = {months, static_cast<std::int64_t>(limit), static_cast<std::int64_t>(offset)}};
  for (const Row row : census.inactive(months, limit, offset)) {
    out.customers.push_back(inactive_customer(snapshot, census, as_of, row, thresholds));
  }
  out.total_analyzed = static_cast<std::int64_t>(out.customers.size());
  out.next = next_page(offset, out.customers.size(), out.total_inactive);
  return out;
}

SegmentCustomers segment_customers(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of,
                                   Segment segment, std::size_t limit, std::size_t offset,
                                   const RfmThresholds& thresholds) {
  const auto members = census.members(segment);
  SegmentCustomers out{.segment = segment,
                       .as_of = as_of,
                       .total_found = static_cast<std::int64_t>(members.size()),
                       .summary = summary(snapshot, census, segment)};
  const std::size_t from = std::min(offset, members.size());
  for (const Row row : members.subspan(from, std::min(limit, members.size() - from))) {
    const snapshot::PersonId person = snapshot.person_of_customer(row);
    const Tally sums = tally(snapshot, person, {.as_of = as_of});
    out.customers.push_back({basic_info(snapshot, row), statistics(sums, next_visit(snapshot, person, as_of)),
                             rfm(sums, as_of, thresholds)});
  }
  out.next = next_page(offset, out.customers.size(), out.total_found);
  return out;
}

}  // namespace aremko::analytics
