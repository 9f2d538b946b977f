#pragma once
// Finding people: the search answer, and the lists of both sources.

#include <cstddef>
#include <string>
#include <string_view>

#include "analytics/rfm.h"
#include "base/civil.h"
#include "model/customer.h"
#include "model/search_result.h"
#include "snapshot/search.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// `query` must be valid UTF-8. Staff are found and marked.
CustomerSearch search(const snapshot::Snapshot& snapshot, std::string_view query, snapshot::SearchScope scope,
                      AsOf as_of, std::size_t limit, std::size_t offset = 0, const RfmThresholds& thresholds = {});

/// Empty texts filter nothing. Each is read in any of its shapes and must be equal, not similar.
struct ContactFilter {
  std::string telefono{};
  std::string email{};
  std::string documento_identidad{};
};

/// Customers known at as_of, staff left out unless a filter names them; by id.
CustomerList customers(const snapshot::Snapshot& snapshot, AsOf as_of, const ContactFilter& filter, std::size_t limit,
                       std::size_t offset = 0);

/// Legacy people known at as_of, in the files' order.
LegacyCustomerList legacy_customers(const snapshot::Snapshot& snapshot, AsOf as_of, const ContactFilter& filter,
                                    std::size_t limit, std::size_t offset = 0);

/// Since when a customer is known: creation, or the first sale entered where that is earlier (tables that gained
/// their creation column later say the day of that change). Unknown = always.
Moment known_from(const snapshot::Snapshot& snapshot, snapshot::Row customer);
/// Whether a customer was there at as_of.
bool known_customer(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
/// Whether a legacy person was: created (an unknown day counts), or seen on a visit.
bool known_legacy(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of);

}  // namespace aremko::analytics
