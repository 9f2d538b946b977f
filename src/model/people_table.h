#pragma once
// The whole base as one table: a line a customer, light enough to scroll through a million of them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/kept.h"
#include "model/reactivation.h"
#include "model/segment.h"

namespace aremko {

/// What a table is sorted by.
enum class PeopleOrder : std::uint8_t { nombre, visitas, gastado, promedio, ultima_visita, prioridad };
constexpr std::string_view json_name(PeopleOrder order) {
  switch (order) {
    case PeopleOrder::nombre: return "nombre";
    case PeopleOrder::visitas: return "visitas";
    case PeopleOrder::gastado: return "gastado";
    case PeopleOrder::promedio: return "promedio";
    case PeopleOrder::ultima_visita: return "ultima_visita";
    case PeopleOrder::prioridad: return "prioridad";
  }
  return "";
}

struct PersonLine {
  std::int64_t id = 0;
  std::string_view nombre{};
  MaybeText telefono{};
  MaybeText email{};
  MaybeText ciudad{};
  Segment segment = Segment::occasional;
  int recency_score = 0;
  int frequency_score = 0;
  int monetary_score = 0;
  std::int64_t total_visitas = 0;
  Pesos total_gastado = 0;
  Pesos promedio_por_visita = 0;
  Date ultima_visita{};                       // null without a dated visit
  std::optional<int> days_since_last_visit{};
  int reactivation_priority = 0;              // 0–100
  std::vector<Channel> channels{};            // the ways they may be reached
  bool con_historia = false;                  // tied to a legacy record
  MaybeText servicio_favorito{};              // in most of their visits
  std::vector<PriorityReason> priority_reasons{};  // when they are asked for
};
BOOST_DESCRIBE_STRUCT(PersonLine, (),
                      (id, nombre, telefono, email, ciudad, segment, recency_score, frequency_score, monetary_score,
                       total_visitas, total_gastado, promedio_por_visita, ultima_visita, days_since_last_visit,
                       reactivation_priority, channels, con_historia, servicio_favorito, priority_reasons))

struct PeopleTable {
  AsOf as_of{};
  std::int64_t snapshot_version = 0;  // pages of one version are pages of one table
  std::int64_t total_found = 0;       // all that match
  Pesos ltv_total = 0;                // theirs
  std::vector<PersonLine> customers{};
  std::optional<std::int64_t> next{};
  std::optional<std::string> next_cursor{};  // the same place, for pages of one list
  std::int64_t version = 0;                  // of the data this page is of
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(PeopleTable, (), (as_of, snapshot_version, total_found, ltv_total, customers, next,
                       next_cursor, version))

struct PlaceCount {
  std::string_view nombre{};
  std::int64_t customers = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceCount, (), (nombre, customers))

/// Where the counted customers live, for whoever chooses among the places.
struct PeoplePlaces {
  AsOf as_of{};
  std::vector<PlaceCount> ciudades{};
  std::vector<PlaceCount> regiones{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(PeoplePlaces, (), (as_of, ciudades, regiones))

}  // namespace aremko
