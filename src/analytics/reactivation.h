#pragma once
// Lists to act on: the inactive by priority, and a segment's people. Ranges are checked by the caller; the numbers
// here are taken as they are.

#include <cstddef>

#include "analytics/census.h"
#include "analytics/rfm.h"
#include "model/reactivation.h"
#include "model/segment.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Customers whose last visit was `months` months ago or longer. `as_of` is what was asked; `census` answers for it.
InactiveCustomers inactive_customers(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of, int months,
                                     std::size_t limit, std::size_t offset = 0, const RfmThresholds& thresholds = {});

SegmentCustomers segment_customers(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of,
                                   Segment segment, std::size_t limit, std::size_t offset = 0,
                                   const RfmThresholds& thresholds = {});

}  // namespace aremko::analytics
