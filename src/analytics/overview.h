#pragma once
// The tenant as a whole.

#include <cstddef>
#include <vector>

#include "analytics/census.h"
#include "base/clock.h"
#include "model/catalog.h"
#include "model/overview.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Refused rows shown of each source in the overview.
inline constexpr std::size_t overview_refused_rows = 5;

/// Without its sources: how they stand is not the snapshot's to say.
StatsOverview overview(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of);

/// Legacy people known at as_of, of both files.
LegacyDataStats legacy_stats(const snapshot::Snapshot& snapshot, AsOf as_of, unsigned threads = 2);

/// Views into `states`. `now` tells how old each source's data is.
std::vector<SourceHealth> source_health(std::span<const snapshot::SourceState> states, const Zone& zone, UnixSeconds now,
                                        std::size_t refused_rows);

/// By id, without what only takes money off a sale. `only_available`: active services, products in stock.
ServiceList services(const snapshot::Snapshot& snapshot, bool only_available = false);
ProductList products(const snapshot::Snapshot& snapshot, bool only_available = false);

}  // namespace aremko::analytics
