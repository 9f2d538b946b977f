// The catalogue's small tables: places, services, products, providers.
#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "normalize/service.h"
#include "sources/django_load.h"
#include "sources/service_rules.h"
#include "sources/slots.h"

namespace aremko::sources {

namespace {

constexpr Reason no_id{"no_id", "La fila no tiene identificador.", "The row has no id."};

/// Below zero where it takes money off.
Pesos signed_price(sql::RowReader& row, std::size_t column) {
  const Pesos price = row.pesos(column);
  return std::abs(price) <= max_sale_amount ? price : 0;
}

int small_number(sql::RowReader& row, std::size_t column) {
  return static_cast<int>(std::clamp<std::int64_t>(row.integer(column), -1'000'000, 1'000'000));
}

}  // namespace

void DjangoLoad::read_places(sql::Connection& database) {
  const auto read = [&](const TablePlan& plan, std::unordered_map<std::int64_t, Place>& into, bool with_region) {
    if (!plan.exists) return;
    Cleaner cleaner;
    const auto row = database.read(plan.select);
    while (row->next()) {
      Place& place = into[row->integer(0)];
      place.name = cleaned(cleaner, row->text(1));
      if (with_region) place.region = row->integer(2);
    }
  };
  read(regions_, regions_by_id_, false);
  read(comunas_, comunas_by_id_, true);
}

DjangoLoad::NamesById DjangoLoad::read_names(sql::Connection& database, const TablePlan& plan) {
  NamesById names;
  if (!plan.exists) return names;
  Cleaner cleaner;
  const auto row = database.read(plan.select);
  while (row->next()) names.emplace(row->integer(0), cleaned(cleaner, row->text(1)));
  small_.report.texts_repaired += cleaner.repaired();
  return names;
}

void DjangoLoad::read_services(sql::Connection& database) {
  Cleaner cleaner;
  const NamesById categories = read_names(database, categories_);
  std::vector<std::int64_t> ids;
  const auto row = database.read(services_.select);
  while (row->next()) {
    ++small_.report.rows_read;
    CatalogService service;
    service.id = row->integer(0);
    if (row->is_null(0) || row->bad_column() == 0) {
      refuse(small_.report, services_.table, row->rows(), no_id);
      continue;
    }
    service.nombre = cleaned(cleaner, row->text(1));
    service.precio_base = signed_price(*row, 2);
    service.duracion = small_number(*row, 3);
    service.tipo_servicio = ascii_lower(cleaned(cleaner, row->text(4)));
    if (const auto category = categories.find(row->integer(5)); category != categories.end()) {
      service.categoria = category->second;
    }
    service.activo = row->is_null(6) || row->boolean(6);
    service.publicado_web = row->boolean(7);
    service.descripcion = cleaned(cleaner, row->text(8));
    service.capacidad_minima = small_number(*row, 9);
    service.capacidad_maxima = small_number(*row, 10);
    service.slots = read_slots(row->text(11));
    service.adjustment =
        takes_money_off(service.nombre, service.categoria, service.tipo_servicio, service.precio_base);
    if (service.adjustment) service.precio_base = -std::abs(service.precio_base);
    normalize::ServiceKind kind =
        normalize::service(service.nombre, service.tipo_servicio.empty() ? service.categoria : service.tipo_servicio);
    service.key = std::move(kind.key);
    service.canonical = std::move(kind.canonical);
    service.family = kind.family;
    service.cancelled = kind.cancelled;
    service.never_alone = !service.adjustment && never_alone_by_name(service);
    ids.push_back(service.id);
    batch_.services.push_back(std::move(service));
    ++small_.report.rows_kept;
  }
  service_of_ = IdIndex(ids);
  small_.report.texts_repaired += cleaner.repaired();
  if (complements_.exists) mark_never_alone(database);
}

void DjangoLoad::mark_never_alone(sql::Connection& database) {
  const auto row = database.read(complements_.select);
  while (row->next()) {
    const Row service = row->is_null(0) ? no_row : service_of_.find(row->integer(0));
    if (!row->take_bad() && service != no_row) batch_.services[service].never_alone = true;
  }
}

void DjangoLoad::read_providers(sql::Connection& database) {
  if (!providers_.exists) return;
  constexpr std::size_t most = 65'535;  // as many as a line can tell apart
  Cleaner cleaner;
  std::vector<std::int64_t> ids;
  const auto row = database.read(providers_.select);
  while (row->next() && ids.size() < most) {
    ids.push_back(row->integer(0));
    batch_.providers.push_back(cleaned(cleaner, row->text(1)));
  }
  provider_of_ = IdIndex(ids);
  small_.report.texts_repaired += cleaner.repaired();
}

void DjangoLoad::read_products(sql::Connection& database) {
  Cleaner cleaner;
  const NamesById categories = read_names(database, product_categories_);
  std::vector<std::int64_t> ids;
  const auto row = database.read(products_.select);
  while (row->next()) {
    ++small_.report.rows_read;
    CatalogProduct product;
    product.id = row->integer(0);
    if (row->is_null(0) || row->bad_column() == 0) {
      refuse(small_.report, products_.table, row->rows(), no_id);
      continue;
    }
    product.nombre = cleaned(cleaner, row->text(1));
    product.precio_base = signed_price(*row, 2);
    product.cantidad_disponible = small_number(*row, 3);
    if (const auto category = categories.find(row->integer(4)); category != categories.end()) {
      product.categoria = category->second;
    }
    product.publicado_web = row->boolean(5);
    product.adjustment = takes_money_off(product.nombre, product.categoria, "", product.precio_base);
    if (product.adjustment) product.precio_base = -std::abs(product.precio_base);
    ids.push_back(product.id);
    batch_.products.push_back(std::move(product));
    ++small_.report.rows_kept;
  }
  product_of_ = IdIndex(ids);
  small_.report.texts_repaired += cleaner.repaired();
}

}  // namespace aremko::sources
