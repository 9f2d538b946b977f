#include "mcp/product.h"

namespace aremko::mcp {

Registry product(const operations::Services& services) {
  Registry out;
  out.version = services.version;
  out.title = {"Aremko: la ficha completa de cada cliente", "Aremko: every customer, whole"};
  return out;
}

}  // namespace aremko::mcp
