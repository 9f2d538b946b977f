#include "analytics/preferences.h"

#include <algorithm>
#include <limits>

#include "analytics/lines.h"

namespace aremko::analytics {

const sources::CatalogService* in_catalogue(const sources::CurrentBatch& current, std::string_view key) {
  const sources::CatalogService* best = nullptr;
  for (const auto& service : current.services) {
    if (service.key != key || service.cancelled) continue;
    const bool better = best == nullptr || (service.activo != best->activo ? service.activo : service.id < best->id);
    if (better) best = &service;
  }
  return best;
}

bool is_legacy_preference(const sources::CurrentBatch& current, const sources::CatalogService& service) {
  if (!is_preference(service)) return false;
  const sources::CatalogService* today = in_catalogue(current, service.key);
  return today == nullptr || !today->never_alone;
}

namespace {

/// A person has a handful of different services, so a list that is searched from its front beats any map.
struct Count {
  const sources::CatalogService* service;  // by which it is shown: a current one before a legacy one, then the latest
  bool legacy = true;
  Moment shown_at{};                                 // when `service` was last reserved
  std::int64_t visits = 0;
  std::size_t last_visit = std::numeric_limits<std::size_t>::max();
  Moment latest{};
};

class Counts {
 public:
  void add(std::size_t visit, const Line& line, Moment at) {
    Count& count = find(*line.service);
    if (count.last_visit != visit) {
      count.last_visit = visit;
      ++count.visits;
    }
    count.latest = std::max(count.latest, at);
    if ((count.legacy && !line.legacy) || (count.legacy == line.legacy && at >= count.shown_at)) {
      count.service = line.service;
      count.legacy = line.legacy;
      count.shown_at = at;
    }
  }
  std::vector<Count>& all() { return counts_; }

 private:
  Count& find(const sources::CatalogService& service) {
    for (Count& count : counts_) {
      if (count.service == &service || (!service.key.empty() && count.service->key == service.key)) return count;
    }
    counts_.push_back({.service = &service});
    return counts_.back();
  }
  std::vector<Count> counts_;
};

ServicePreference shown(const snapshot::Snapshot& snapshot, const Count& count) {
  const sources::CatalogService* today =
      count.legacy ? in_catalogue(snapshot.current(), count.service->key) : count.service;
  ServicePreference out{.veces_reservado = count.visits, .ultima_reserva = count.latest};
  if (today != nullptr) out.servicio_id = today->id;
  const sources::CatalogService& service = today != nullptr ? *today : *count.service;
  out.servicio_nombre = today != nullptr && !today->nombre.empty() ? today->nombre : service.canonical;
  out.tipo_servicio = type_of(service);
  return out;
}

}  // namespace

std::string_view last_service(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view) {
  Moment last{};
  std::optional<snapshot::VisitRef> visit;
  for_each_seen(snapshot, person, view, [&](std::size_t, Moment at, Pesos, snapshot::VisitRef ref) {
    if (!at.known() || at < last) return;
    last = at;
    visit = ref;
  });
  std::optional<Line> first;
  if (visit) {
    for_each_line(snapshot, *visit, [&](const Line& line) {
      if (line.at > view.as_of.moment || !is_preference(*line.service)) return;
      if (line.legacy && !is_legacy_preference(snapshot.current(), *line.service)) return;
      if (!first || (line.at.known() && (!first->at.known() || line.at < first->at))) first = line;
    });
  }
  if (!first) return {};
  const auto* today = first->legacy ? in_catalogue(snapshot.current(), first->service->key) : first->service;
  return today != nullptr && !today->nombre.empty() ? std::string_view(today->nombre) : std::string_view(first->service->canonical);
}

std::vector<ServicePreference> service_preferences(const snapshot::Snapshot& snapshot, snapshot::PersonId person,
                                                   const View& view) {
  Counts counts;
  for_each_seen(snapshot, person, view, [&](std::size_t visit, Moment visit_at, Pesos, snapshot::VisitRef ref) {
    for_each_line(snapshot, ref, [&](const Line& line) {
      if (line.at > view.as_of.moment || !is_preference(*line.service)) return;
      counts.add(visit, line, line.at.known() ? line.at : visit_at);
    });
  });
  std::vector<ServicePreference> out;
  out.reserve(counts.all().size());
  for (const Count& count : counts.all()) {
    if (!count.legacy || is_legacy_preference(snapshot.current(), *count.service)) out.push_back(shown(snapshot, count));
  }
  std::ranges::sort(out, [](const ServicePreference& a, const ServicePreference& b) {
    if (a.veces_reservado != b.veces_reservado) return a.veces_reservado > b.veces_reservado;
    if (a.ultima_reserva != b.ultima_reserva) return a.ultima_reserva > b.ultima_reserva;
    return a.servicio_nombre < b.servicio_nombre;
  });
  return out;
}

}  // namespace aremko::analytics
