#pragma once
// Who comes when. A plan is small (16 bytes a sale), so that sales can be written in the order in which a spa would
// have made them, whoever they belong to.

#include <compare>
#include <cstdint>
#include <vector>

#include "base/civil.h"
#include "demo/world.h"

namespace aremko::demo {

struct PlannedSale {
  Moment created;        // fecha_creacion
  Date day;              // of the visit
  Person person = 0;
  std::uint16_t number = 0;  // the person's visits counted from their last one, 0 …
  friend auto operator<=>(const PlannedSale&, const PlannedSale&) = default;
};

/// The person's sales in the booking system, latest visit first; upcoming ones included.
std::vector<PlannedSale> sales_of(const World& world, Person person);

/// Everybody's, in order of creation.
std::vector<PlannedSale> plan_sales(const World& world);

/// The first day of ordinary business.
Date opening_day();

}  // namespace aremko::demo
