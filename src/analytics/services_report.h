#pragma once
// What sells: services, products and what goes together. Texts are views into the snapshot.

#include "analytics/coverage.h"
#include "model/business.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Visits seen at as_of, staff's left out, each once; the money as the series by month has it.
ServicesReport services_report(const snapshot::Snapshot& snapshot, const Span& span, AsOf as_of);

}  // namespace aremko::analytics
