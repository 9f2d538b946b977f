#pragma once
// A person's visits as they are seen at a moment, in one pass and without a copy.

#include <cstdint>
#include <optional>

#include "analytics/rfm.h"
#include "base/civil.h"
#include "base/money.h"
#include "model/profile.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// What an analysis looks at. `include_legacy` = false sees the current source only.
struct View {
  AsOf as_of;
  bool include_legacy = true;
};

/// The sums of a person's seen visits.
struct Tally {
  std::int64_t visits = 0;      // undated ones too
  std::int64_t undated = 0;
  Pesos spent = 0;
  Moment first;                 // dated ones; unknown without
  Moment last;
  std::int64_t last_year = 0;   // dated, in the twelve months up to as_of
  std::int64_t legacy_visits = 0;
  Pesos legacy_spent = 0;
  std::int64_t legacy_undated = 0;
  Moment legacy_first;
  Moment legacy_last;

  std::int64_t dated() const { return visits - undated; }
  /// Calendar days from the last dated visit to as_of; never negative.
  std::optional<int> days_since_last(AsOf as_of) const;
  /// Empty when the first visit ever is not known (no visit, or undated ones).
  std::optional<int> days_since_first(AsOf as_of) const;
};

Tally tally(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view);

CustomerStatistics statistics(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view);
RfmAnalysis rfm(const Tally& tally, AsOf as_of, const RfmThresholds& thresholds = {});

/// The day from which on a visit is "in the last `months` months": a person whose last visit was on the day before
/// it or earlier has been inactive for at least that long.
Date months_window_start(AsOf as_of, int months);

/// Calls f(index, at, money, ref) for every seen visit: undated ones first, then oldest first.
template <class Function>
void for_each_seen(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view, Function f) {
  const snapshot::VisitSpan visits = snapshot.visits(person);
  const std::size_t seen = visits.seen(view.as_of);
  for (std::size_t i = 0; i < seen; ++i) {
    if (!view.include_legacy && visits.ref[i].legacy()) continue;
    f(i, visits.at[i], visits.money(i), visits.ref[i]);
  }
}

}  // namespace aremko::analytics
