#pragma once
// The verb that ties legacy records to today's customers.

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/mapping_view.h"
#include "operations/job_work.h"
#include "operations/operation.h"
#include "snapshot/snapshot.h"

namespace aremko::operations {

struct Tenant;

/// Most `details` in one answer, about 5 MB: a spa's whole file fits. The mappings themselves are paged elsewhere.
inline constexpr std::size_t max_sync_details = 20'000;

struct SyncInput {
  std::optional<std::int64_t> limit;
  std::optional<bool> accept_loss;
};
BOOST_DESCRIBE_STRUCT(SyncInput, (), (limit, accept_loss))

inline constexpr std::string_view sync_name = "sync_legacy_to_current";

/// Links what the current snapshot shows, writes the difference in one transaction, and publishes a snapshot that has
/// it. `conflict`, naming the job, while another sync of the tenant runs in whatever process; and when it is cancelled,
/// which leaves everything as it was.
Result<SyncReport> sync_legacy_to_current(Context& context, const SyncInput& input);

/// The same for a job in hand, which the registry's transaction ends as done. Throws Cancelled, with everything as it
/// was.
SyncReport sync_as(Context& context, const SyncInput& input, const JobWork& work);

/// Why there can be no sync now: a source that was never read looks like one without people, and a sync then would retire
/// everybody's mappings; one that lost much, the mappings of those it lost.
std::optional<Error> not_to_sync(const Tenant& tenant, const snapshot::Snapshot& snapshot);

/// Why a person has to say so first (`accept_loss`): a fifth of the live links has lost its record or its customer, and a sync
/// would retire them. It holds after a restart too, when nobody knows how much there was. Whoever accepted the loss already,
/// with this sync or of the sources, is not asked again.
std::optional<Error> would_retire_many(const Tenant& tenant, const snapshot::Snapshot& snapshot, const SyncInput& input);

/// Puts the names to a report's ids, where the snapshot has them.
void name_details(const snapshot::Snapshot& snapshot, SyncReport& report);

std::vector<Operation> sync_operations();

}  // namespace aremko::operations
