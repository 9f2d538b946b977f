#pragma once
// The verb that ties legacy records to today's customers.

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/mapping_view.h"
#include "operations/operation.h"

namespace aremko::operations {

/// Most `details` in one answer, about 5 MB: a spa's whole file fits. The mappings themselves are paged elsewhere.
inline constexpr std::size_t max_sync_details = 20'000;

struct SyncInput {
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(SyncInput, (), (limit))

/// Links what the current snapshot shows, writes the difference in one transaction, and publishes a snapshot that has
/// it. `conflict` while another sync of the tenant runs.
Result<SyncReport> sync_legacy_to_current(Context& context, const SyncInput& input);

std::vector<Operation> sync_operations();

}  // namespace aremko::operations
