#include "analytics/overview.h"

#include <algorithm>
#include <unordered_map>

#include "analytics/history.h"
#include "analytics/people.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

/// One decimal.
double percentage(std::int64_t part, std::int64_t whole) {
  return static_cast<double>(rounded_share(1000 * part, whole)) / 10.0;
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

bool available(const sources::CatalogService& service) { return service.activo && !service.cancelled; }
bool available(const sources::CatalogProduct& product) { return product.cantidad_disponible > 0; }

template <class Items>
std::int64_t count_available(const Items& items) {
  return std::ranges::count_if(items, [](const auto& item) { return available(item); });
}

}  // namespace

StatsOverview overview(const snapshot::Snapshot& snapshot, const Census& census, AsOf as_of, UnixSeconds now) {
  StatsOverview out{.as_of = as_of,
                    .current_database = {.total_customers = census.customers(),
                                         .inactive_12_months = census.inactive_count(12),
                                         .services_available = count_available(snapshot.current().services),
                                         .products_available = count_available(snapshot.current().products)},
                    .legacy_data = legacy_stats(snapshot, as_of),
                    .data_completeness = completeness(snapshot, census),
                    .staff_excluded = census.staff(),
                    .sources = source_health(snapshot, now, overview_refused_rows)};
  for (const Segment segment : all_segments) {
    const SegmentTotals& totals = census.totals(segment);
    out.segments.emplace_back(json_name(segment), SegmentCount{totals.customers, totals.spent,
                                                               rounded_share(totals.spent, totals.customers)});
  }
  return out;
}

LegacyDataStats legacy_stats(const snapshot::Snapshot& snapshot, AsOf as_of) {
  const auto& people = snapshot.legacy();
  LegacyDataStats out;
  std::unordered_map<std::string_view, std::int64_t> cities;
  for (Row row = 0; row < people.size(); ++row) {
    if (!known_legacy(snapshot, row, as_of)) continue;
    if (people.origin(row) == sources::LegacyOrigin::services_file) {
      ++out.services_only;
      continue;
    }
    ++out.total_customers;
    out.with_email += (people.flags(row) & sources::email_valid) != 0;
    out.with_phone += (people.flags(row) & sources::phone_valid) != 0;
    if (!people.ciudad(row).empty()) ++cities[people.ciudad(row)];
    const Date created = people.created(row).date();
    if (!created.known() || created > as_of.date()) continue;
    if (!out.date_range.earliest.known() || created < out.date_range.earliest) out.date_range.earliest = created;
    if (!out.date_range.latest.known() || created > out.date_range.latest) out.date_range.latest = created;
  }
  out.email_percentage = percentage(out.with_email, out.total_customers);
  out.phone_percentage = percentage(out.with_phone, out.total_customers);
  out.top_cities.assign(cities.begin(), cities.end());
  std::ranges::sort(out.top_cities, [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  if (out.top_cities.size() > 10) out.top_cities.resize(10);
  return out;
}

std::vector<SourceHealth> source_health(const snapshot::Snapshot& snapshot, UnixSeconds now,
                                        std::size_t refused_rows) {
  std::vector<SourceHealth> out;
  for (const auto& state : snapshot.source_states()) out.push_back(health(state, snapshot.zone(), now, refused_rows));
  return out;
}

ServiceList services(const snapshot::Snapshot& snapshot, bool only_available) {
  ServiceList out;
  for (const auto& service : snapshot.current().services) {
    if (only_available && !available(service)) continue;
    out.services.push_back({service.id, service.nombre, service.precio_base, service.duracion,
                            service.tipo_servicio.empty() ? family_name(service.family) : service.tipo_servicio,
                            maybe(service.categoria), service.activo, service.publicado_web,
                            maybe(service.descripcion), service.capacidad_minima, service.capacidad_maxima});
  }
  std::ranges::sort(out.services, {}, &ServiceItem::id);
  out.total_found = static_cast<std::int64_t>(out.services.size());
  return out;
}

ProductList products(const snapshot::Snapshot& snapshot, bool only_available) {
  ProductList out;
  for (const auto& product : snapshot.current().products) {
    if (only_available && !available(product)) continue;
    out.products.push_back({product.id, product.nombre, product.precio_base, product.cantidad_disponible,
                            maybe(product.categoria), product.publicado_web});
  }
  std::ranges::sort(out.products, {}, &ProductItem::id);
  out.total_found = static_cast<std::int64_t>(out.products.size());
  return out;
}

}  // namespace aremko::analytics
