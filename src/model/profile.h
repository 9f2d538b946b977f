#pragma once
// The 360° profile: one person over both sources, at one moment.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/channel.h"
#include "model/customer.h"
#include "model/guest_extras.h"
#include "model/segment.h"

namespace aremko {

struct BySource {
  std::int64_t current = 0;
  std::int64_t legacy = 0;
};
BOOST_DESCRIBE_STRUCT(BySource, (), (current, legacy))

struct CustomerStatistics {
  std::int64_t total_visitas = 0;        // undated ones too
  Pesos total_gastado = 0;
  Pesos promedio_por_visita = 0;         // rounded to whole pesos; 0 without visits
  Moment ultima_visita{};
  Moment primera_visita{};
  std::int64_t visitas_ultimo_ano = 0;   // in the twelve months up to as_of
  Moment proxima_visita{};                 // the first reservation ahead that was already made at as_of
  BySource visitas_por_fuente{};
  BySource gasto_por_fuente{};
  std::int64_t visitas_sin_fecha = 0;    // count for money and preferences, never for anything in time
};
BOOST_DESCRIBE_STRUCT(CustomerStatistics, (),
                      (total_visitas, total_gastado, promedio_por_visita, ultima_visita, primera_visita,
                       visitas_ultimo_ano, proxima_visita, visitas_por_fuente, gasto_por_fuente, visitas_sin_fecha))

struct RfmAnalysis {
  int recency_score = 0;     // 0–5 each; 0 = no visit (recency: no dated visit)
  int frequency_score = 0;
  int monetary_score = 0;
  double rfm_combined_score = 0;  // their mean, one decimal
  std::optional<int> days_since_last_visit{};
  Segment segment = Segment::occasional;
};
BOOST_DESCRIBE_STRUCT(RfmAnalysis, (),
                      (recency_score, frequency_score, monetary_score, rfm_combined_score, days_since_last_visit,
                       segment))

struct ServicePreference {
  std::optional<std::int64_t> servicio_id{};  // null when today's catalogue has no such service
  std::string_view servicio_nombre{};
  std::string_view tipo_servicio{};           // tina, masaje, cabana, otro
  std::int64_t veces_reservado = 0;         // visits with it
  Moment ultima_reserva{};
};
BOOST_DESCRIBE_STRUCT(ServicePreference, (),
                      (servicio_id, servicio_nombre, tipo_servicio, veces_reservado, ultima_reserva))

struct ReservedService {
  std::optional<std::int64_t> servicio_id{};
  std::string_view servicio_nombre{};
  std::string_view tipo_servicio{};           // "extra" for ambientación and food
  Moment inicio{};
  std::int64_t cantidad_personas = 0;
  std::optional<Pesos> precio_unitario{};     // null in the legacy files
  Pesos valor = 0;                          // the whole line
  MaybeText masajista{};                      // whose hands, where somebody is named
};
BOOST_DESCRIBE_STRUCT(ReservedService, (),
                      (servicio_id, servicio_nombre, tipo_servicio, inicio, cantidad_personas, precio_unitario,
                       valor, masajista))

struct ReservedProduct {
  std::int64_t producto_id = 0;
  std::string_view producto_nombre{};
  std::int64_t cantidad = 0;
  Pesos precio_unitario = 0;
  Date fecha_entrega{};
};
BOOST_DESCRIBE_STRUCT(ReservedProduct, (), (producto_id, producto_nombre, cantidad, precio_unitario, fecha_entrega))

struct Reservation {
  std::string_view source{};                  // "current" or "legacy"
  std::optional<std::int64_t> id{};           // ventas_ventareserva.id; null for legacy
  std::optional<std::int64_t> reserva{};      // the legacy reservation's number, where it has one
  MaybeText legacy_id{};                      // whose legacy record
  Moment fecha{};                             // null = undated
  MaybeText estado_pago{};                    // null for legacy
  MaybeText estado_reserva{};
  Pesos total = 0;                          // the sale's own, descuento taken off; below zero for an adjustment
  Pesos descuento = 0;                      // what discount lines took off it
  std::optional<Pesos> pagado{};
  std::optional<Pesos> saldo_pendiente{};
  std::vector<ReservedService> servicios{};
  std::vector<ReservedProduct> productos{};
  std::vector<std::string_view> acompanantes{};  // who came along, where they are named
  MaybeText comentarios{};
};
BOOST_DESCRIBE_STRUCT(Reservation, (),
                      (source, id, reserva, legacy_id, fecha, estado_pago, estado_reserva, total, descuento, pagado,
                       saldo_pendiente, servicios, productos, acompanantes, comentarios))

struct PaymentMade {
  std::int64_t venta_reserva_id = 0;
  Pesos monto = 0;
  std::string_view metodo_pago{};
  Moment fecha_pago{};
};
BOOST_DESCRIBE_STRUCT(PaymentMade, (), (venta_reserva_id, monto, metodo_pago, fecha_pago))

struct LegacyStatistics {
  std::int64_t total_visitas = 0;
  Pesos total_gastado = 0;
  Moment ultima_visita{};
  Moment primera_visita{};
  std::int64_t visitas_sin_fecha = 0;
};
BOOST_DESCRIBE_STRUCT(LegacyStatistics, (),
                      (total_visitas, total_gastado, ultima_visita, primera_visita, visitas_sin_fecha))

/// What the legacy files add to a customer; visits known to both sources count as current ones.
struct LegacyData {
  std::vector<LegacyRecord> records{};
  LegacyStatistics statistics{};
  std::vector<Reservation> recent_reservations{};  // newest first, at most 10
};
BOOST_DESCRIBE_STRUCT(LegacyData, (), (records, statistics, recent_reservations))

struct CustomerProfile {
  std::int64_t customer_id = 0;
  AsOf as_of{};
  BasicInfo basic_info{};
  CustomerStatistics statistics{};
  RfmAnalysis rfm_analysis{};
  std::vector<ServicePreference> service_preferences{};  // most often first, at most 10
  std::vector<Reservation> recent_reservations{};        // visits, newest first, at most 10
  std::vector<Reservation> upcoming_reservations{};      // soonest first, at most 10
  std::vector<PaymentMade> recent_payments{};            // newest first, at most 10; refunds below zero
  std::vector<Reservation> otras_ventas{};               // money for which nobody came: products, gift cards, adjustments; at most 10
  std::optional<LegacyData> legacy_data{};
  ContactWays contacto{};                                // how they may be written to, and what is closed
  Pesos debe = 0;                                        // what sales up to as_of leave open
  std::optional<SpentExplained> gasto_explicado{};       // null: total_gastado is the booking system's own figure
  std::vector<GuestGiftCard> gift_cards{};
  std::vector<GuestSurvey> encuestas{};                  // newest first, at most 10
  std::vector<GuestPrize> premios{};                     // newest first, at most 10
  std::optional<OwnLabelView> etiqueta_propia{};
  std::optional<LastMessage> ultimo_mensaje{};
  std::vector<BasicInfo> fichas_unidas{};                // other customers who are this person by somebody's word, as they stand there
  GuestNotice ojo{};                                     // what to know before one speaks with them
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerProfile, (),
                      (customer_id, as_of, basic_info, statistics, rfm_analysis, service_preferences,
                       recent_reservations, upcoming_reservations, recent_payments, otras_ventas, legacy_data,
                       contacto, debe, gasto_explicado, gift_cards, encuestas, premios, etiqueta_propia, ultimo_mensaje,
                       fichas_unidas, ojo))

/// The same for a legacy person by themselves; what a customer tied to them has of their own is not in it.
struct LegacyProfile {
  std::string_view legacy_id{};
  std::optional<std::int64_t> customer_id{};  // the customer a live mapping ties them to: ask for that profile
  AsOf as_of{};
  LegacyRecord basic_info{};
  CustomerStatistics statistics{};
  RfmAnalysis rfm_analysis{};
  std::vector<ServicePreference> service_preferences{};
  std::vector<Reservation> recent_reservations{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(LegacyProfile, (),
                      (legacy_id, customer_id, as_of, basic_info, statistics, rfm_analysis, service_preferences,
                       recent_reservations))

}  // namespace aremko
