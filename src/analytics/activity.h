#pragma once
// The business over time, from every visit of both sources.

#include "base/civil.h"
#include "model/activity.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Visits of customers (staff left out) and of legacy people tied to nobody, each visit once. Visits without a day
/// are left out. 5,000,000 visits take well under 100 ms on two threads.
Activity activity(const snapshot::Snapshot& snapshot, AsOf as_of, unsigned threads = 2);

}  // namespace aremko::analytics
