#pragma once
// The two people of the guide, visit by visit: every number it shows at 2024-03-14 comes out of these rows.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/money.h"
#include "demo/plan.h"
#include "demo/world.h"

namespace aremko::demo {

struct FixedVisit {
  Date day;
  int start_minute = 0;  // of the service
  int service = 0;
  Pesos price = 0;
  bool in_legacy = false;      // stands in the services file, else in the database
  int extra_minute = -1;       // an ambientación that begins before the service; -1 = none
  Pesos extra_price = 0;
  std::string_view deposit{};  // method of the first payment (half the total); empty: one payment only
  std::string_view balance{};  // method of the last payment
};

/// In order of time.
std::span<const FixedVisit> guide_visits(Person person);

/// Those in the database, as sales_of() gives them.
std::vector<PlannedSale> guide_sales(Person person);
const FixedVisit& guide_visit(const PlannedSale& sale);

}  // namespace aremko::demo
