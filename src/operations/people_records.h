#pragma once
// The snapshot's people as identity sees them.

#include <vector>

#include "identity/record.h"
#include "snapshot/snapshot.h"

namespace aremko::operations {

/// Views into the snapshot, which must outlive them. Row for row.
std::vector<identity::Record> current_records(const snapshot::Snapshot& snapshot);
std::vector<identity::Record> legacy_records(const snapshot::Snapshot& snapshot);

}  // namespace aremko::operations
