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
  const snapshot::VisitSpan visits = snapshot.visits(snapshot.person_of_legacy(legacy));
  if (snapshot.legacy().origin(legacy) == sources::LegacyOrigin::customers_file &&
      snapshot.legacy().created(legacy) <= as_of.moment) {
    return true;
  }
  return visits.size() == 0 ? !snapshot.legacy().created(legacy).known() : visits.seen(as_of) > 0;
}

}  // namespace aremko::analytics
