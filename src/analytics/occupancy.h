#pragma once
// How full the house is, by weekday and hour. Texts are views into the snapshot.

#include "analytics/coverage.h"
#include "model/business.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// The booking system's bookings of a span as known at as_of, those ahead and those of the house's own accounts included:
/// they take a tub all the same. A capacity is known of what is let whole and has hours (CatalogService::slots): each
/// hour of it that is not closed can be booked once.
Occupancy occupancy(const snapshot::Snapshot& snapshot, const Span& span, AsOf as_of);

}  // namespace aremko::analytics
