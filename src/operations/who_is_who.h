#pragma once
// Which of the snapshot's legacy records is which of its customers, given what people have decided.

#include <vector>

#include "base/progress.h"
#include "identity/linker.h"
#include "operations/context.h"

namespace aremko::operations {

/// How much a question insists on the people of its snapshot.
enum class People { last, these };

/// The engine for the tenant's decisions: of the call's snapshot, or of the people known a moment before it while theirs is
/// being built. `unavailable` when it is not there in time; the next question finds more of it done. Who follows the call's
/// progress waits as long as it takes. Throws Cancelled.
Result<PeopleEnginePtr> engine_of(Context& context, std::span<const store::DecidedLink> decisions, People people = People::last);

/// The links of the customers file's records (a record that stands only in the services file has none), in the order
/// of the records, each at identity::medium_confidence or more. An accepted record has nothing left to be found, and a
/// rejected pair is not proposed again: the next best candidate of that record may be. Throws Cancelled.
std::vector<identity::Candidate> find_links(Context& context, std::span<const store::DecidedLink> decisions, const Watch& watch = {});

}  // namespace aremko::operations
