#include "analytics/people_table.h"

#include <algorithm>
#include <unordered_map>

#include "analytics/history.h"
#include "analytics/preferences.h"
#include "analytics/priority.h"
#include "normalize/text.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

bool reached_by(const std::vector<Channel>& channels, Channel wanted) {
  return std::ranges::find(channels, wanted) != channels.end();
}

class Sieve {
 public:
  Sieve(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of, const PeopleFilter& filter)
      : snapshot_(snapshot), census_(census), as_of_(as_of), filter_(filter), city_(normalize::fold(filter.ciudad)) {
    if (filter.months) least_days_ = census.days_of_months(*filter.months);
  }

  // Cheapest first: most rows fall at the first column they are asked for.
  bool passes(Row row) {
    if (filter_.among && !std::ranges::binary_search(*filter_.among, row)) return false;
    if (filter_.segment && census_.segment(row) != *filter_.segment) return false;
    if (!scored(row)) return false;
    if (least_days_ && census_.days(row) < *least_days_) return false;
    if (filter_.min_visits && census_.visits(row) < *filter_.min_visits) return false;
    if (filter_.min_spent && census_.spent(row) < *filter_.min_spent) return false;
    if (filter_.channel && !reachable(row)) return false;
    if (!city_.empty() && !in_place(row)) return false;
    if (filter_.before != nullptr && !stood(row)) return false;
    return !filter_.unwritten || !written_since(snapshot_, row, as_of_, as_of_.date().plus_days(-*filter_.unwritten));
  }

 private:
  bool scored(Row row) const {
    if (!filter_.recency && !filter_.frequency && !filter_.monetary) return true;
    const RfmScores scores = census_.scores(row);
    return scores.recency == filter_.recency.value_or(scores.recency) &&
           scores.frequency == filter_.frequency.value_or(scores.frequency) &&
           scores.monetary == filter_.monetary.value_or(scores.monetary);
  }

  bool reachable(Row row) const {
    return census_.reachable(row) && reached_by(channels(reach(snapshot_, row, as_of_)), *filter_.channel);
  }

  bool in_place(Row row) {
    const auto& contact = snapshot_.customers().contact;
    return bears(contact.ciudad[row]) || bears(contact.region[row]);
  }

  /// Places are few and their spellings hardly more: each is folded once.
  bool bears(std::string_view place) {
    if (place.empty()) return false;
    const auto [at, unknown] = places_.try_emplace(place, false);
    if (unknown) at->second = normalize::fold(place).contains(city_);
    return at->second;
  }

  bool stood(Row row) const {
    const bool counted = filter_.before->counted(row);
    return filter_.was ? counted && filter_.before->segment(row) == *filter_.was : !counted;
  }

  const snapshot::Snapshot& snapshot_;
  const Census& census_;
  AsOf as_of_;
  const PeopleFilter& filter_;
  std::optional<std::int32_t> least_days_;
  std::string city_;
  std::unordered_map<std::string_view, bool> places_;
};

}  // namespace

PersonLine person_line(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of, Row row) {
  const auto& contact = snapshot.customers().contact;
  const RfmScores scores = census.scores(row);
  PersonLine out{.id = snapshot.customers().id[row],
                 .nombre = contact.nombre[row],
                 .telefono = maybe(contact.telefono[row]),
                 .email = maybe(contact.email[row]),
                 .ciudad = maybe(contact.ciudad[row]),
                 .segment = census.segment(row),
                 .recency_score = scores.recency,
                 .frequency_score = scores.frequency,
                 .monetary_score = scores.monetary,
                 .total_visitas = census.visits(row),
                 .total_gastado = census.spent(row),
                 .promedio_por_visita = rounded_share(census.spent(row), census.visits(row)),
                 .reactivation_priority = census.priority(row),
                 .channels = channels(reach(snapshot, row, as_of)),
                 .con_historia = !snapshot.legacy_of(row).empty()};
  if (census.days(row) != Census::no_days) {
    out.days_since_last_visit = census.days(row);
    out.ultima_visita = census.as_of().date().plus_days(-census.days(row));
  }
  const auto liked = service_preferences(snapshot, snapshot.person_of_customer(row), {.as_of = as_of});
  if (!liked.empty()) out.servicio_favorito = liked.front().servicio_nombre;
  return out;
}

PeopleTable people_table(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of,
                         const PeopleFilter& filter, PeopleOrder order, bool descending, std::size_t limit,
                         std::size_t offset) {
  const auto rows = census.order(snapshot, order);
  const auto at = [&](std::size_t i) { return rows[descending ? rows.size() - 1 - i : i]; };
  PeopleTable out{.as_of = as_of, .snapshot_version = static_cast<std::int64_t>(snapshot.version())};
  const auto show = [&](Row row) { out.customers.push_back(person_line(snapshot, census, as_of, row)); };
  if (!filter.any()) {
    out.total_found = census.customers();
    for (const Segment segment : all_segments) out.ltv_total += census.totals(segment).spent;
    for (std::size_t i = offset; i < rows.size() && i - offset < limit; ++i) show(at(i));
  } else {
    Sieve sieve(snapshot, census, as_of, filter);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Row row = at(i);
      if (!sieve.passes(row)) continue;
      const auto found = static_cast<std::size_t>(out.total_found++);
      out.ltv_total += census.person_spent(row);
      if (found >= offset && found - offset < limit) show(row);
    }
  }
  const auto end = static_cast<std::int64_t>(offset + out.customers.size());
  if (!out.customers.empty() && end < out.total_found) out.next = end;
  return out;
}

void add_reasons(PeopleTable& table, const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of,
                 const RfmThresholds& thresholds) {
  for (PersonLine& line : table.customers) {
    const auto row = snapshot.customer_row(line.id);
    if (!row || census.days(*row) == Census::no_days) continue;
    const Reach open = reach(snapshot, *row, as_of);
    const Moment next = booked_ahead(snapshot, *row, as_of);
    Priority parts = priority(census.days(*row), census.visits(*row), census.spent(*row), open.reachable(), thresholds);
    parts.booked = next.known();
    line.priority_reasons = priority_reasons(parts, open, census.days(*row), census.visits(*row), census.spent(*row), next, thresholds);
  }
}

namespace {

std::vector<PlaceCount> most_first(const std::unordered_map<std::string_view, std::int64_t>& counts) {
  std::vector<PlaceCount> out;
  out.reserve(counts.size());
  for (const auto& [name, customers] : counts) out.push_back({name, customers});
  std::ranges::sort(out, [](const PlaceCount& a, const PlaceCount& b) {
    return a.customers != b.customers ? a.customers > b.customers : a.nombre < b.nombre;
  });
  return out;
}

}  // namespace

PeoplePlaces people_places(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of) {
  std::unordered_map<std::string_view, std::int64_t> cities, regions;
  const auto& contact = snapshot.customers().contact;
  for (Row row = 0; row < census.size(); ++row) {
    if (!census.counted(row)) continue;
    if (const std::string_view city = contact.ciudad[row]; !city.empty()) ++cities[city];
    if (const std::string_view region = contact.region[row]; !region.empty()) ++regions[region];
  }
  return {.as_of = as_of, .ciudades = most_first(cities), .regiones = most_first(regions)};
}

}  // namespace aremko::analytics
