#pragma once
// The day's desk. Texts are views into the snapshot.

#include "analytics/rfm.h"
#include "model/today.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// How many days ahead the end of a gift card is told.
inline constexpr int card_days = 30;
/// So many of a kind are to be done at a glance.
inline constexpr std::size_t most_todos = 10;

/// The bookings of a day as they are known at as_of, and on as_of's own day what is to be done. Accounts of the house are
/// counted, not listed. `is_past`: the day is over, so who was not checked in and paid nothing never came.
Today today(const snapshot::Snapshot& snapshot, Date day, AsOf as_of, bool is_past, const RfmThresholds& thresholds = {},
            std::size_t most_of_a_kind = most_todos);

/// What is to be done on as_of's day, into `out`.
void to_do(const snapshot::Snapshot& snapshot, AsOf as_of, Today& out, std::size_t most_of_a_kind);

/// No visit of theirs was seen before `before`, by any row that is surely theirs.
bool first_timer(const snapshot::Snapshot& snapshot, snapshot::Row customer, Date before);

}  // namespace aremko::analytics
