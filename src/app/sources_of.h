#pragma once
#include <memory>
#include <vector>

#include "app/config.h"
#include "base/clock.h"
#include "sources/source.h"

namespace aremko::app {

/// A tenant's sources: its database, the legacy customers, and the legacy services from their file, or from the
/// database where the legacy folder has no such file. `invalid` when none is configured.
Result<std::vector<std::unique_ptr<sources::Source>>> sources_of(const TenantConfig& tenant,
                                                                 std::shared_ptr<const Zone> zone, const Clock& clock);

}  // namespace aremko::app
