#pragma once
// The business over time: visits and money by month, and at which hours people come.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/ordered.h"

namespace aremko {

struct ActivityMonth {
  std::string month{};           // "2024-03"
  std::int64_t visitas = 0;
  std::int64_t visitas_legacy = 0;  // of them, known from the legacy files alone
  std::int64_t personas_nuevas = 0;  // whose first visit it was
  Pesos gastado = 0;
};
BOOST_DESCRIBE_STRUCT(ActivityMonth, (), (month, visitas, visitas_legacy, personas_nuevas, gastado))

struct Activity {
  AsOf as_of{};
  std::int64_t total_visitas = 0;  // dated ones
  Pesos total_gastado = 0;
  std::vector<ActivityMonth> months{};  // every month from the first visit to as_of
  Ordered<std::int64_t> visits_by_month{};  // all twelve, over the years
  std::vector<std::vector<std::int64_t>> visits_by_weekday_and_hour{};  // seven, Monday first, of 24; with an hour only
};
BOOST_DESCRIBE_STRUCT(Activity, (),
                      (as_of, total_visitas, total_gastado, months, visits_by_month, visits_by_weekday_and_hour))

}  // namespace aremko
