#pragma once
// What people come for: services by their canonical name over both sources.

#include <cstddef>
#include <vector>

#include "analytics/history.h"
#include "model/profile.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Every different service of the seen visits, extras and cancelled ones left out; most visits first, ties by the
/// more recent, then by name. A service counts once a visit, however many people or lines it has. A line later than
/// as_of is not seen even when its visit has begun.
std::vector<ServicePreference> service_preferences(const snapshot::Snapshot& snapshot, snapshot::PersonId person,
                                                   const View& view);

/// The service for which the last dated visit began, as today's catalogue calls it; empty when that visit had none, or
/// there is none.
std::string_view last_service(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view);

}  // namespace aremko::analytics
