#include "operations/catalog.h"

#include "analytics/overview.h"
#include "operations/context.h"

namespace aremko::operations {

Result<ServiceList> list_services(Context& context, const CatalogInput& input) {
  ServiceList out = analytics::services(context.snapshot(), input.only_available);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<ProductList> list_products(Context& context, const CatalogInput& input) {
  ProductList out = analytics::products(context.snapshot(), input.only_available);
  out.kept = context.snapshot_ptr();
  return out;
}

std::vector<Operation> catalog_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "list_services",
                  .group = "catalog",
                  .summary = {"Servicios del catálogo", "Services of the catalogue"},
                  .path = "/api/v1/aremko/services",
                  .notes = {{.name = "only_available", .about = {"Solo los activos.", "Active ones only."}}}},
      &list_services));
  out.push_back(declare(
      Declaration{.name = "list_products",
                  .group = "catalog",
                  .summary = {"Productos del catálogo", "Products of the catalogue"},
                  .path = "/api/v1/aremko/products",
                  .notes = {{.name = "only_available", .about = {"Solo los que tienen existencias.", "In stock only."}}}},
      &list_products));
  return out;
}

}  // namespace aremko::operations
