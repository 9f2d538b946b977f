#pragma once
// The store's records as a snapshot has them: mappings are of records, whose numbers may move with the next export.

#include <optional>
#include <vector>

#include "operations/context.h"
#include "snapshot/snapshot.h"
#include "store/mappings.h"

namespace aremko::operations {

/// Nothing when it is not there, or somebody else's by now.
std::optional<snapshot::Row> row_of(const snapshot::Snapshot& snapshot, const RecordRef& record);

/// What to remember of a row.
store::RecordNow record_now(const snapshot::Snapshot& snapshot, snapshot::Row row);

/// Keeps a reference to the snapshot.
store::Locate locate_in(const snapshot::Snapshot& snapshot);

/// The mappings of the record that has this row now, in the store's order.
std::vector<store::Mapping> mappings_of(const Context& context, snapshot::Row row);

}  // namespace aremko::operations
