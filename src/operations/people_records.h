#pragma once
// The snapshot's people as identity sees them.

#include <vector>

#include "identity/record.h"
#include "snapshot/snapshot.h"

namespace aremko::operations {

/// Views into the snapshot, which must outlive them. Row for row.
std::vector<identity::Record> current_records(const snapshot::Snapshot& snapshot);
std::vector<identity::Record> legacy_records(const snapshot::Snapshot& snapshot);
identity::Record legacy_record_of(const snapshot::Snapshot& snapshot, snapshot::Row row);

}  // namespace aremko::operations
