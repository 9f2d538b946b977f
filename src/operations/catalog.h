#pragma once
// Verbs about what the business sells.

#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/catalog.h"
#include "operations/operation.h"

namespace aremko::operations {

struct CatalogInput {
  bool only_available = false;
};
BOOST_DESCRIBE_STRUCT(CatalogInput, (), (only_available))
Result<ServiceList> list_services(Context& context, const CatalogInput& input);
Result<ProductList> list_products(Context& context, const CatalogInput& input);

std::vector<Operation> catalog_operations();

}  // namespace aremko::operations
