#pragma once
// The snapshot's people as identity sees them.

#include <vector>

#include "identity/record.h"
#include "snapshot/snapshot.h"

namespace aremko::operations {

/// Views into the snapshot, which must outlive them. Row for row: customers as the booking system has them, whoever of them
/// people said are one, so that what links a record to one of them stays.
std::vector<identity::Record> current_records(const snapshot::Snapshot& snapshot);
std::vector<identity::Record> legacy_records(const snapshot::Snapshot& snapshot);
identity::Record legacy_record_of(const snapshot::Snapshot& snapshot, snapshot::Row row);

}  // namespace aremko::operations
