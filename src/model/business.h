#pragma once
// The owner's questions: what sells, who the best guests are, how full the house is.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/kept.h"
#include "model/segment.h"

namespace aremko {

/// Two spans of equal months, and the sources that know both from end to end: only what these say is compared.
struct Comparison {
  Date antes_desde{};
  Date antes_hasta{};
  std::vector<std::string_view> fuentes{};      // "current", "legacy"; empty: nothing can be compared
  std::vector<std::string_view> sin_comparar{}; // sources with something in the span that are left out
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (antes_desde, antes_hasta, fuentes, sin_comparar))

struct SoldService {
  std::optional<std::int64_t> servicio_id{};    // of today's catalogue
  std::string_view servicio_nombre{};
  std::string_view tipo_servicio{};
  bool solo_complemento = false;                // only ever added to a booking
  Pesos ventas = 0;                             // its lines of paid and partly paid visits, before discounts
  double participacion = 0;                     // percent of all services
  std::int64_t visitas = 0;
  std::int64_t personas = 0;
  Pesos ventas_comparables = 0;                 // of the sources compared
  std::optional<Pesos> ventas_antes{};
  std::optional<std::int64_t> visitas_antes{};
  std::optional<double> cambio{};               // percent of ventas_antes; null where there was nothing
};
BOOST_DESCRIBE_STRUCT(SoldService, (),
                      (servicio_id, servicio_nombre, tipo_servicio, solo_complemento, ventas, participacion, visitas, personas,
                       ventas_comparables, ventas_antes, visitas_antes, cambio))

struct SoldProduct {
  std::int64_t producto_id = 0;
  std::string_view producto_nombre{};
  Pesos ventas = 0;
  std::int64_t unidades = 0;
  std::optional<Pesos> ventas_antes{};
  std::optional<double> cambio{};
};
BOOST_DESCRIBE_STRUCT(SoldProduct, (), (producto_id, producto_nombre, ventas, unidades, ventas_antes, cambio))

/// Two services of one visit.
struct ServicePair {
  std::string_view uno{};
  std::string_view otro{};
  std::int64_t visitas = 0;
  double participacion = 0;                     // percent of the visits of the rarer of the two
};
BOOST_DESCRIBE_STRUCT(ServicePair, (), (uno, otro, visitas, participacion))

struct SalesPart {
  std::string_view codigo{};                    // servicios, productos, gift_cards, descuentos, con_gift_card, devoluciones, otros
  Pesos monto = 0;
  std::string_view texto{};
  std::string_view texto_en{};
};
BOOST_DESCRIBE_STRUCT(SalesPart, (), (codigo, monto, texto, texto_en))

struct ServicesReport {
  AsOf as_of{};
  Date desde{};
  Date hasta{};
  std::int64_t visitas = 0;
  Pesos ventas = 0;                             // of the whole span, as in the series by month
  std::optional<double> cambio{};               // of what is compared
  Comparison comparacion{};
  std::vector<SalesPart> partes{};              // they add up to ventas
  std::vector<SoldService> servicios{};         // most money first
  std::vector<SoldProduct> productos{};
  std::vector<ServicePair> combinaciones{};     // most visits first, at most 10
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(ServicesReport, (),
                      (as_of, desde, hasta, visitas, ventas, cambio, comparacion, partes, servicios, productos, combinaciones))

enum class GuestOrder : std::uint8_t { gastado, visitas };
constexpr std::string_view json_name(GuestOrder order) {
  switch (order) {
    case GuestOrder::gastado: return "gastado";
    case GuestOrder::visitas: return "visitas";
  }
  return "";
}

struct BestGuest {
  std::optional<std::int64_t> customer_id{};
  MaybeText legacy_id{};                        // of somebody of the old files alone
  std::string_view nombre{};
  MaybeText telefono{};
  MaybeText ciudad{};
  std::optional<Segment> segment{};
  Pesos gastado = 0;                            // in the span
  std::int64_t visitas = 0;
  Pesos promedio = 0;
  Moment ultima_visita{};                       // of the span
  double participacion = 0;                     // percent of all that was spent in it
};
BOOST_DESCRIBE_STRUCT(BestGuest, (),
                      (customer_id, legacy_id, nombre, telefono, ciudad, segment, gastado, visitas, promedio, ultima_visita,
                       participacion))

struct BestGuests {
  AsOf as_of{};
  Date desde{};
  Date hasta{};
  std::int64_t total_personas = 0;              // with a visit or money in the span
  Pesos total_gastado = 0;
  double parte_del_diez = 0;                    // percent of the money that the tenth of them who spent most left
  std::vector<BestGuest> guests{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(BestGuests, (), (as_of, desde, hasta, total_personas, total_gastado, parte_del_diez, guests))

/// One hour of one weekday, over all such days of the span.
struct HourOfWeek {
  int dia = 0;                                  // 0 Monday … 6 Sunday
  int hora = 0;
  std::int64_t reservas = 0;                    // that begin then
  std::int64_t personas = 0;
  double por_dia = 0;                           // reservas a day of that weekday, two decimals
  std::int64_t mas = 0;                         // the most on one day
  std::int64_t cupos = 0;                       // hours that could be booked; 0 where no capacity is known
  std::int64_t tomados = 0;                     // of them, taken
};
BOOST_DESCRIBE_STRUCT(HourOfWeek, (), (dia, hora, reservas, personas, por_dia, mas, cupos, tomados))

struct ServiceOccupancy {
  std::int64_t servicio_id = 0;
  std::string_view servicio_nombre{};
  std::int64_t reservas = 0;
  std::int64_t cupos = 0;
  std::int64_t tomados = 0;
  std::optional<double> ocupacion{};            // percent; null: no capacity is known
};
BOOST_DESCRIBE_STRUCT(ServiceOccupancy, (), (servicio_id, servicio_nombre, reservas, cupos, tomados, ocupacion))

struct KindOccupancy {
  std::string_view tipo_servicio{};
  std::int64_t reservas = 0;
  std::int64_t personas = 0;
  std::int64_t cupos = 0;
  std::int64_t tomados = 0;
  std::optional<double> ocupacion{};            // percent; null: no capacity is known
  std::vector<ServiceOccupancy> servicios{};
  std::vector<HourOfWeek> horas{};              // that have something, by day then hour
};
BOOST_DESCRIBE_STRUCT(KindOccupancy, (), (tipo_servicio, reservas, personas, cupos, tomados, ocupacion, servicios, horas))

struct Occupancy {
  AsOf as_of{};
  Date desde{};
  Date hasta{};
  std::vector<std::int64_t> dias{};             // how many Mondays … Sundays the span has
  std::vector<KindOccupancy> tipos{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(Occupancy, (), (as_of, desde, hasta, dias, tipos))

}  // namespace aremko
