// Who was there at a moment.
#include <algorithm>

#include "analytics/people.h"

namespace aremko::analytics {

Moment known_from(const snapshot::Snapshot& snapshot, snapshot::Row customer) {
  Moment from = snapshot.customers().contact.created[customer];
  if (!from.known()) return from;
  const auto& created = snapshot.current().sales.created;
  for (const snapshot::Row sale : snapshot.sales_of(customer)) {
    if (created[sale].known()) from = std::min(from, created[sale]);
  }
  return from;
}

bool known_customer(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of) {
  if (snapshot.customers().contact.created[customer] <= as_of.moment) return true;  // unknown sorts first
  return known_from(snapshot, customer) <= as_of.moment;
}

bool known_legacy(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of) {
  const auto& people = snapshot.legacy();
  const bool in_file = people.origin(legacy) == sources::LegacyOrigin::customers_file;
  if (in_file && people.created(legacy) <= as_of.moment) return true;  // unknown sorts first
  return snapshot.visits(snapshot.person_of_legacy(legacy)).seen(as_of) > 0;
}

}  // namespace aremko::analytics
