#pragma once
// How much it is worth to write to somebody again, 0–100, with its reasons.

#include <cstdint>
#include <vector>

#include "analytics/reach.h"
#include "analytics/rfm.h"
#include "base/civil.h"
#include "base/money.h"
#include "model/reactivation.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// The parts of a priority. The tier is what the person was worth at their peak (frequency and money), each tier
/// ends below the next, and every part only rises with money and visits: so the whole never falls when they rise.
///   tier 80: F ≥ 3 and M ≥ 4 · tier 60: F ≥ 3 and M = 3, or F = 2 and M ≥ 4 · tier 0: the rest
///   value 0–9 / 0–8 / 0–30 by money within the tier · loyalty 0–5 / 0–5 / 0–11 by visits
///   warmth 0–6 (tier 0: 0–18) by days since the last visit: ≤ 90, 180, 365, 730, 1460, more
struct Priority {
  int tier = 0;
  int value = 0;
  int loyalty = 0;
  int warmth = 0;
  bool reachable = false;
  bool booked = false;  // a booking is ahead: nobody to win back
  int total() const { return reachable && !booked ? tier + value + loyalty + warmth : 0; }
};

/// `days_since_last` ≥ 0. Nobody without a dated visit has a priority.
Priority priority(int days_since_last, std::int64_t visits, Pesos spent, bool reachable,
                  const RfmThresholds& thresholds = {});

/// The first booking ahead of a person, whichever of their rows it stands on; unknown without.
Moment booked_ahead(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);

/// The parts in words; their points sum to total(). Somebody who is booked (`next`), or whom nobody may reach: one reason
/// that says so, 0 points.
std::vector<PriorityReason> priority_reasons(const Priority& priority, Reach reach, int days_since_last,
                                             std::int64_t visits, Pesos spent, Moment next = {},
                                             const RfmThresholds& thresholds = {});

}  // namespace aremko::analytics
