#pragma once
// A record's history in a few figures, to lay two of them side by side.

#include "model/explanation.h"
#include "snapshot/snapshot.h"

namespace aremko::operations {

MiniHistory legacy_history(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of);
MiniHistory customer_history(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of, bool include_legacy);

}  // namespace aremko::operations
