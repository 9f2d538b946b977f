#include "operations/mapping_worth.h"

#include <cmath>

#include "operations/legacy_records.h"

namespace aremko::operations {

DecisionWorth worth_of(const snapshot::Snapshot& snapshot, const RecordRef& record, double confidence,
                       MappingStatus status) {
  constexpr double pesos_a_visit = 50'000;
  DecisionWorth out;
  if (const auto row = row_of(snapshot, record)) {
    const snapshot::VisitSpan visits = snapshot.visits(snapshot.person_of_legacy(*row));
    out.visits = static_cast<std::int64_t>(visits.size());
    if (out.visits > 0) out.total_spent = visits.spent.back();
  }
  if (status == MappingStatus::active || status == MappingStatus::pending) {
    const double p = confidence / 100;
    out.uncertainty = std::round(4 * p * (1 - p) * 1000) / 1000;
  }
  const double history = 1 + static_cast<double>(out.visits) + static_cast<double>(out.total_spent) / pesos_a_visit;
  // A refund can make the money negative; a decision is worth nothing less than nothing.
  out.score = std::max(0.0, std::round(out.uncertainty * history * 100) / 100);
  return out;
}

}  // namespace aremko::operations
