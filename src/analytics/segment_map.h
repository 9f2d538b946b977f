#pragma once
// Where everybody stands by their RFM scores, and who moved between two days.

#include "analytics/census.h"
#include "model/segment_map.h"

namespace aremko::analytics {

SegmentMap segment_map(const Census& census, AsOf as_of);

/// Both censuses are of one snapshot. Their names live as long as the program.
SegmentMovement segment_movement(const Census& before, AsOf from, const Census& after, AsOf as_of);

}  // namespace aremko::analytics
