#pragma once
// The service lines of a visit, whichever source it stands in.

#include <cstdint>

#include "base/civil.h"
#include "base/money.h"
#include "snapshot/snapshot.h"
#include "sources/batch.h"

namespace aremko::analytics {

struct Line {
  const sources::CatalogService* service = nullptr;
  snapshot::Row service_row = snapshot::no_row;
  bool legacy = false;
  snapshot::Row row = snapshot::no_row;  // in service_lines, or in the services file's rows
  Moment at;  // unknown when the line has no day
};

/// The start of a current service line; unknown without a day, or when its day is nobody's (thousands of years off).
inline Moment line_start(const sources::ServiceLineColumns& lines, snapshot::Row row) {
  const Date day = lines.day[row];
  if (!day.known() || day.days < -1'400'000 || day.days > 1'400'000) return {};
  const int minute = lines.start_minute[row];
  return {day.days * 1440 + (minute >= 0 && minute < 1440 ? minute : 0)};
}

/// Calls f(Line) for every line of a visit; cancelled ones and adjustments are not among them.
template <class Function>
void for_each_line(const snapshot::Snapshot& snapshot, snapshot::VisitRef ref, Function f) {
  if (ref.legacy()) {
    const auto& file = *snapshot.legacy().services;
    for (const snapshot::Row row : snapshot.legacy_visits().lines_of(ref.legacy_visit())) {
      if (file.service[row] >= file.services.size()) continue;
      f(Line{&file.services[file.service[row]], file.service[row], true, row, file.at[row]});
    }
    return;
  }
  const auto& current = snapshot.current();
  for (const snapshot::Row row : snapshot.service_lines_of(ref.sale())) {
    const snapshot::Row service = current.service_lines.service[row];
    if (service >= current.services.size() || snapshot::is_adjustment(current, row)) continue;
    f(Line{&current.services[service], service, false, row, line_start(current.service_lines, row)});
  }
}

/// A reason to come: no extra, no cancellation, no discount, and nothing that is only ever added to a booking.
inline bool is_preference(const sources::CatalogService& service) {
  return service.family != Family::extra && !service.cancelled && !service.adjustment && !service.never_alone && !(service.key.empty() && service.nombre.empty());
}

/// Of a service by the files' name for it: today's catalogue may know that it is never booked alone.
bool is_legacy_preference(const sources::CurrentBatch& current, const sources::CatalogService& service);

/// The contract's word for a service's kind.
inline std::string_view type_of(const sources::CatalogService& service) {
  return service.tipo_servicio.empty() || service.family == Family::extra ? family_name(service.family)
                                                                          : std::string_view(service.tipo_servicio);
}

/// Today's service of that key: an active one before others, then the lowest id. Null when there is none.
const sources::CatalogService* in_catalogue(const sources::CurrentBatch& current, std::string_view key);

}  // namespace aremko::analytics
