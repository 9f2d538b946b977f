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

/// Everybody's: the live part in order of creation, then what was imported, in that order too.
std::vector<PlannedSale> plan_sales(const World& world);

/// The first day of ordinary business.
Date opening_day();

/// The day on which the booking system itself began to be used; every sale made before it was imported. Those made since
/// are the live part: they have the ids from 1 up and all the ways of the real system (demo/live_sale.h). It is 2024-10-01,
/// but no demo is without a live part of a year: the guide's story is told on 2024-03-14, before there was one, and its own
/// two people's visits are older than any of it.
Date live_begins(const World& world);
bool is_live(const World& world, const PlannedSale& sale);

}  // namespace aremko::demo
