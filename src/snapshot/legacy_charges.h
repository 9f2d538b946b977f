#pragma once
// The money of the services file with which nobody came: reservations of discounts, gift cards and products alone.
#include "snapshot/stages.h"

namespace aremko::snapshot {

/// Whether every line of a visit is something that nobody comes for (CatalogService::adjustment).
bool nobody_came(const sources::LegacyServicesBatch& services, const LegacyVisits& visits, Row visit);

/// Puts that money among the charges of the people themselves and of the customers they are, in the order it is seen.
void add_legacy_charges(ChargeColumns& charges, const VisitInput& input);

}  // namespace aremko::snapshot
