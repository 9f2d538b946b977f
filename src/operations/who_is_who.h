#pragma once
// Which of the snapshot's legacy records is which of its customers, given what people have decided.

#include <vector>

#include "base/progress.h"
#include "identity/linker.h"
#include "operations/context.h"

namespace aremko::operations {

/// The engine for the call's snapshot and the tenant's decisions. Throws Cancelled.
std::shared_ptr<const identity::Linker> linker_of(Context& context, const Watch& watch = {});

/// The links of the customers file's records (a record that stands only in the services file has none), in the order
/// of the records, each at identity::medium_confidence or more. An accepted record has nothing left to be found, and a
/// rejected pair is not proposed again: the next best candidate of that record may be. Throws Cancelled.
std::vector<identity::Candidate> find_links(Context& context, std::span<const store::DecidedLink> decisions, const Watch& watch = {});

}  // namespace aremko::operations
