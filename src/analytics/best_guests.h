#pragma once
// Who left most money in a span. Texts are views into the snapshot.

#include <cstddef>

#include "analytics/census.h"
#include "analytics/coverage.h"
#include "model/business.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// One line a person: several rows of one customer are added up, staff is left out, and somebody of the old files stands
/// alone while nobody ties them to a customer. `census` is of the same as_of.
BestGuests best_guests(const snapshot::Snapshot& snapshot, const Census& census, const Span& span, AsOf as_of, GuestOrder order,
                       std::size_t limit);

}  // namespace aremko::analytics
