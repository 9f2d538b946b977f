#include "operations/mini_history.h"

#include "analytics/history.h"
#include "analytics/preferences.h"

namespace aremko::operations {

namespace {

constexpr std::size_t most_services = 3;

MiniHistory history_of(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const analytics::View& view) {
  const analytics::Tally sums = analytics::tally(snapshot, person, view);
  MiniHistory out{.total_visitas = sums.visits, .total_gastado = sums.spent, .primera_visita = sums.first, .ultima_visita = sums.last};
  for (const ServicePreference& one : analytics::service_preferences(snapshot, person, view)) {
    if (out.servicios.size() == most_services) break;
    out.servicios.emplace_back(one.servicio_nombre);
  }
  return out;
}

}  // namespace

MiniHistory legacy_history(const snapshot::Snapshot& snapshot, snapshot::Row legacy, AsOf as_of) {
  return history_of(snapshot, snapshot.person_of_legacy(legacy), {.as_of = as_of});
}

MiniHistory customer_history(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of, bool include_legacy) {
  return history_of(snapshot, snapshot.person_of_customer(customer), {.as_of = as_of, .include_legacy = include_legacy});
}

}  // namespace aremko::operations
