#pragma once
// The business over time: visits and money by month, and at which hours people come.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/business.h"
#include "model/ordered.h"

namespace aremko {

struct ActivityMonth {
  std::string month{};           // "2024-03"
  std::int64_t visitas = 0;
  std::int64_t visitas_legacy = 0;  // of them, known from the legacy files alone
  std::int64_t personas_nuevas = 0;  // whose first visit it was
  Pesos gastado = 0;
  Pesos gastado_legacy = 0;      // of it, of visits known from the legacy files alone
  std::int64_t personas_nuevas_legacy = 0;  // whose first visit only they know
  bool completo = true;          // false: as_of's month is still running
};
BOOST_DESCRIBE_STRUCT(ActivityMonth, (),
                      (month, visitas, visitas_legacy, personas_nuevas, gastado, gastado_legacy, personas_nuevas_legacy, completo))

/// Twelve whole months against the twelve before, of the sources that know both.
struct YearOnYear {
  Date desde{};
  Date hasta{};
  Comparison comparacion{};
  Pesos ventas = 0;                // of all sources
  std::int64_t visitas = 0;
  std::int64_t personas_nuevas = 0;
  std::optional<double> cambio_ventas{};   // percent, of what is compared
  std::optional<double> cambio_visitas{};
  std::optional<double> cambio_personas_nuevas{};
};
BOOST_DESCRIBE_STRUCT(YearOnYear, (),
                      (desde, hasta, comparacion, ventas, visitas, personas_nuevas, cambio_ventas, cambio_visitas,
                       cambio_personas_nuevas))

/// A month of the year over whole calendar years.
struct MonthOfYear {
  int mes = 1;                       // 1–12
  double media = 0;                  // visits, one decimal
  std::int64_t minimo = 0;
  std::int64_t maximo = 0;
  std::optional<std::int64_t> este_ano{};  // as_of's year, where that month is over
};
BOOST_DESCRIBE_STRUCT(MonthOfYear, (), (mes, media, minimo, maximo, este_ano))

struct Seasons {
  std::vector<int> anos{};           // the whole years that are counted; none: there is none yet
  std::vector<MonthOfYear> meses{};  // twelve, or none
  bool solo_agenda = false;          // of the booking system alone: the old files know these years and not this one
};
BOOST_DESCRIBE_STRUCT(Seasons, (), (anos, meses, solo_agenda))

struct Activity {
  AsOf as_of{};
  std::int64_t total_visitas = 0;  // dated ones
  Pesos total_gastado = 0;
  std::vector<ActivityMonth> months{};  // every month from the first visit to as_of
  Ordered<std::int64_t> visits_by_month{};  // all twelve, over the years
  std::vector<std::vector<std::int64_t>> visits_by_weekday_and_hour{};  // seven, Monday first, of 24; with an hour only
  YearOnYear doce_meses{};
  Seasons temporadas{};
  Date archivos_hasta{};             // the last day the legacy files know; null: there are none
  Pesos gastado_sin_cliente = 0;     // of total_gastado, by people of the old files tied to nobody
  Pesos gastado_sin_fecha = 0;       // of customers, on unknown days: in their figures, not in this series
};
BOOST_DESCRIBE_STRUCT(Activity, (),
                      (as_of, total_visitas, total_gastado, months, visits_by_month, visits_by_weekday_and_hour, doce_meses,
                       temporadas, archivos_hasta, gastado_sin_cliente, gastado_sin_fecha))

}  // namespace aremko
