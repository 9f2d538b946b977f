#pragma once
// What is said of the months beside their figures.

#include "model/activity.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// From the months of `out`: which are over, the twelve last against those before, the months of the year over whole years,
/// and the end of the legacy files.
void complete(const snapshot::Snapshot& snapshot, Activity& out);

}  // namespace aremko::analytics
