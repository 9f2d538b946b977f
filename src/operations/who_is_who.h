#pragma once
// Which of the snapshot's legacy records is which of its customers, given what people have decided.

#include <span>
#include <vector>

#include "base/progress.h"
#include "identity/linker.h"
#include "snapshot/snapshot.h"
#include "store/mappings.h"

namespace aremko::operations {

/// The links of the customers file's records (a record that stands only in the services file has none), in the order
/// of the records, each at identity::medium_confidence or more. An accepted record has nothing left to be found, and
/// a rejected pair is not proposed again: the next best candidate of that record may be, with the probability it has
/// once the rejected one is known to be wrong. Decisions about rows that are gone change nothing. Throws Cancelled.
std::vector<identity::Candidate> find_links(const snapshot::Snapshot& snapshot,
                                            std::span<const store::DecidedLink> decisions, const Watch& watch = {});

}  // namespace aremko::operations
