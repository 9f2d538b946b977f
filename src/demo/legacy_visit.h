#pragma once
// The reservations of the legacy services file.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.h"
#include "base/money.h"
#include "demo/catalog.h"
#include "demo/world.h"

namespace aremko::demo {

struct PlannedReservation {
  Date day;
  std::uint32_t who = 0;      // a row of the customers file, or legacy_rows() + the number of a stranger
  std::uint16_t number = 0;   // counted within that person
  std::uint16_t start_minute = 0;
  Kind kind = Kind::tina;     // what the visit was for
  bool in_database = false;   // the booking system has the same visit
  friend auto operator<=>(const PlannedReservation&, const PlannedReservation&) = default;
};

/// All of them in order of their days, which is how they were numbered. Exactly legacy_reservations(), unless the
/// people of the file have more between them; `live` of them are sales of the live system, which stand behind these.
std::vector<PlannedReservation> plan_reservations(const World& world, std::uint32_t live = 0);

struct ServiceRow {
  std::string service;
  std::int64_t quantity = 1;
  Pesos amount = 0;
  std::string_view category;
  std::string_view type;  // in crm_service_history: the category in full
};

/// The rows of one reservation, 1.9 on average.
std::vector<ServiceRow> service_rows(const World& world, const PlannedReservation& reservation);

/// Names the person of a reservation; empty for a few.
std::string whole_reservation_name(const World& world, const PlannedReservation& reservation);
/// The same as the file has it: cut at its first ñ or ü.
std::string reservation_name(const World& world, const PlannedReservation& reservation);

}  // namespace aremko::demo
