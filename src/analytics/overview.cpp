#include "analytics/overview.h"

#include <algorithm>
#include <unordered_map>

#include "analytics/census_parts.h"
#include "analytics/history.h"
#include "analytics/people.h"
#include "analytics/price.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

/// One decimal.
double percentage(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(rounded_share(1000 * part, whole)) / 10.0;
}

using Cities = std::unordered_map<std::string_view, std::int64_t>;
using TopCities = std::vector<std::pair<std::string_view, std::int64_t>>;

TopCities top_of(const Cities& cities) {
  constexpr std::size_t most = 10;
  TopCities out(cities.begin(), cities.end());
  std::ranges::sort(out, [](const auto& a, const auto& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  if (out.size() > most) out.resize(most);
  return out;
}

TopCities customers_cities(const snapshot::Snapshot& snapshot, const Census& census) {
  Cities cities;
  const auto& ciudad = snapshot.customers().contact.ciudad;
  for (Row row = 0; row < census.size(); ++row) {
    if (census.counted(row) && !ciudad[row].empty()) ++cities[ciudad[row]];
  }
  return top_of(cities);
}

/// Counted in one pass; asking the census for its count would have it sort everybody first.
std::int64_t inactive(const Census& census, int months) {
  const std::int32_t least = std::max(census.days_of_months(months), Census::no_days + 1);
  std::int64_t count = 0;
  for (Row row = 0; row < census.size(); ++row) count += census.counted(row) && census.days(row) >= least;
  return count;
}

DataCompleteness completeness(const snapshot::Snapshot& snapshot, const Census& census) {
  DataCompleteness out;
  const auto& flags = snapshot.customers().contact.flags;
  for (Row row = 0; row < census.size(); ++row) {
    if (!census.counted(row)) continue;
    out.current_with_email += (flags[row] & sources::email_valid) != 0;
    out.current_with_phone += (flags[row] & sources::phone_valid) != 0;
    out.current_with_rut += (flags[row] & sources::rut_valid) != 0;
    out.current_with_legacy += !snapshot.legacy_of(row).empty();
  }
  return out;
}

SourceHealth health(const snapshot::SourceState& state, const Zone& zone, UnixSeconds now, std::size_t refused_rows) {
  const sources::LoadReport& report = state.report;
  SourceHealth out{.name = state.name,
                   .description = state.description,
                   .ok = state.ok,
                   .detail = state.ok ? MaybeText{} : maybe(state.detail_es),
                   .detail_en = state.ok ? MaybeText{} : maybe(state.detail_en),
                   .load_seconds = report.seconds,
                   .rows_read = static_cast<std::int64_t>(report.rows_read),
                   .rows_kept = static_cast<std::int64_t>(report.rows_kept),
                   .rows_refused = static_cast<std::int64_t>(report.rows_refused),
                   .texts_repaired = static_cast<std::int64_t>(report.texts_repaired),
                   .notes = {report.notes_es.begin(), report.notes_es.end()}};
  if (state.last_good != 0) {
    out.last_good = zone.local(state.last_good);
    out.age_seconds = std::max<std::int64_t>(0, now - state.last_good);
  }
  for (const auto& row : report.refused) {
    if (out.refused_rows.size() == refused_rows) break;
    const auto line = static_cast<std::int64_t>(row.line);
    out.refused_rows.push_back({row.file, line, row.code, row.reason_es, row.reason_en});
  }
  return out;
}

bool available(const sources::CatalogService& service) {
  return service.activo && !service.cancelled && !service.adjustment;
}
bool available(const sources::CatalogProduct& product) {
  return product.cantidad_disponible > 0 && !product.adjustment && product.precio_base >= 0;
}

template <class Items>
std::int64_t count_available(const Items& items) {
  return std::ranges::count_if(items, [](const auto& item) { return available(item); });
}

}  // namespace

StatsOverview overview(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of) {
  StatsOverview out{.as_of = as_of,
                    .current_database = {.total_customers = census.customers(),
                                         .duplicate_rows = census.folded(),
                                         .inactive_12_months = inactive(census, 12),
                                         .services_available = count_available(snapshot.current().services),
                                         .products_available = count_available(snapshot.current().products),
                                         .top_cities = customers_cities(snapshot, census)},
                    .legacy_data = legacy_stats(snapshot, as_of),
                    .data_completeness = completeness(snapshot, census),
                    .staff_excluded = census.staff()};
  for (const Segment segment : all_segments) {
    const SegmentTotals& totals = census.totals(segment);
    out.segments.emplace_back(json_name(segment), SegmentCount{totals.customers, totals.spent,
                                                               rounded_share(totals.spent, totals.customers)});
  }
  return out;
}

namespace {

/// One thread's share of the legacy people.
struct LegacyPass {
  LegacyDataStats sums;
  Cities cities;

  void run(const snapshot::Snapshot& snapshot, AsOf as_of, Row from, Row to) {
    for (Row row = from; row < to; ++row) one(snapshot, as_of, row);
  }
  void one(const snapshot::Snapshot& snapshot, AsOf as_of, Row row) {
    if (!known_legacy(snapshot, row, as_of)) return;
    const auto& people = snapshot.legacy();
    if (people.origin(row) == sources::LegacyOrigin::services_file) {
      sums.services_only += (people.flags(row) & sources::is_staff) == 0;
      return;
    }
    ++sums.total_customers;
    sums.with_email += (people.flags(row) & sources::email_valid) != 0;
    sums.with_phone += (people.flags(row) & sources::phone_valid) != 0;
    if (!people.ciudad(row).empty()) ++cities[people.ciudad(row)];
    const Date created = people.created(row).date();
    if (created.known() && created <= as_of.date()) spans(created, created);
  }
  void spans(Date earliest, Date latest) {
    auto& range = sums.date_range;
    if (!range.earliest.known() || earliest < range.earliest) range.earliest = earliest;
    if (!range.latest.known() || latest > range.latest) range.latest = latest;
  }
  void add(const LegacyPass& other) {
    sums.services_only += other.sums.services_only;
    sums.total_customers += other.sums.total_customers;
    sums.with_email += other.sums.with_email;
    sums.with_phone += other.sums.with_phone;
    for (const auto& [city, people] : other.cities) cities[city] += people;
    const auto& range = other.sums.date_range;
    if (range.earliest.known()) spans(range.earliest, range.latest);
  }
};

}  // namespace

LegacyDataStats legacy_stats(const snapshot::Snapshot& snapshot, AsOf as_of, unsigned threads) {
  const Row people = snapshot.legacy().size();
  std::vector<LegacyPass> passes(parts_for(people, threads));
  in_parts(people, passes.size(),
           [&](std::size_t part, Row from, Row to) { passes[part].run(snapshot, as_of, from, to); });
  for (std::size_t part = 1; part < passes.size(); ++part) passes[0].add(passes[part]);
  LegacyDataStats& out = passes[0].sums;
  out.email_percentage = percentage(out.with_email, out.total_customers);
  out.phone_percentage = percentage(out.with_phone, out.total_customers);
  out.top_cities = top_of(passes[0].cities);
  return std::move(out);
}

std::vector<SourceHealth> source_health(std::span<const snapshot::SourceState> states, const Zone& zone, UnixSeconds now,
                                        std::size_t refused_rows) {
  std::vector<SourceHealth> out;
  for (const auto& state : states) out.push_back(health(state, zone, now, refused_rows));
  return out;
}

ServiceList services(const snapshot::Snapshot& snapshot, bool only_available) {
  ServiceList out;
  const auto& all = snapshot.current().services;
  for (Row row = 0; row < all.size(); ++row) {
    const auto& service = all[row];
    if (service.adjustment || (only_available && !available(service))) continue;
    out.services.push_back({service.id, service.nombre, service.precio_base, service.duracion,
                            service.tipo_servicio.empty() ? family_name(service.family) : service.tipo_servicio,
                            maybe(service.categoria), service.activo, service.publicado_web,
                            maybe(service.descripcion), service.capacidad_minima, service.capacidad_maxima,
                            unit_name(service.unit), service.charged_people, service.never_alone, {}});
    for (const sources::Closure& closure : snapshot.current().closures) {
      if (closure.service != row && closure.service != snapshot::no_row) continue;
      out.services.back().cierres.push_back({closure.from, closure.to, maybe(closure.reason)});
    }
  }
  std::ranges::sort(out.services, {}, &ServiceItem::id);
  out.total_found = static_cast<std::int64_t>(out.services.size());
  return out;
}

ProductList products(const snapshot::Snapshot& snapshot, bool only_available) {
  ProductList out;
  for (const auto& product : snapshot.current().products) {
    if (product.adjustment || (only_available && !available(product))) continue;
    out.products.push_back({product.id, product.nombre, product.precio_base, product.cantidad_disponible,
                            maybe(product.categoria), product.publicado_web});
  }
  std::ranges::sort(out.products, {}, &ProductItem::id);
  out.total_found = static_cast<std::int64_t>(out.products.size());
  return out;
}

}  // namespace aremko::analytics
