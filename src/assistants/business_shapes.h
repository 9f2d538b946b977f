#pragma once
// What the tools about the day and the business take and answer.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "model/business.h"
#include "model/today.h"

namespace aremko::assistants {

struct DayArguments {
  std::optional<Date> date;
  std::int64_t limit = 40;
};
BOOST_DESCRIBE_STRUCT(DayArguments, (), (date, limit))

struct ArrivalLine {
  std::int64_t customer_id = 0;
  std::string_view nombre{};
  Moment hora{};
  bool llego = false;
  std::int64_t personas = 0;
  std::vector<std::string_view> servicios{};
  bool primera_vez = false;
  Pesos por_pagar = 0;                     // of this booking and from before
  Pesos saldo_gift_cards = 0;
  Date gift_card_vence{};
  std::vector<std::string_view> notas{};   // at most 3
};
BOOST_DESCRIBE_STRUCT(ArrivalLine, (),
                      (customer_id, nombre, hora, llego, personas, servicios, primera_vez, por_pagar, saldo_gift_cards, gift_card_vence,
                       notas))

struct TodoLine {
  TodoKind tipo = TodoKind::responder;
  std::optional<std::int64_t> customer_id{};
  std::string_view nombre{};
  Pesos monto = 0;
  Date vence{};
};
BOOST_DESCRIBE_STRUCT(TodoLine, (), (tipo, customer_id, nombre, monto, vence))

struct DayCard {
  Date date{};
  TodayTotals totales{};
  std::vector<ArrivalLine> llegadas{};
  std::vector<TodoLine> por_hacer{};
  bool truncated = false;
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(DayCard, (), (date, totales, llegadas, por_hacer, truncated))

enum class BusinessQuestion : std::uint8_t { services, best_guests, occupancy };
constexpr std::string_view json_name(BusinessQuestion question) {
  switch (question) {
    case BusinessQuestion::services: return "services";
    case BusinessQuestion::best_guests: return "best_guests";
    case BusinessQuestion::occupancy: return "occupancy";
  }
  return "";
}

struct BusinessArguments {
  BusinessQuestion question = BusinessQuestion::services;
  std::optional<Date> from;
  std::optional<Date> to;
  std::int64_t limit = 15;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(BusinessArguments, (), (question, from, to, limit, as_of))

struct ServiceSales {
  std::string_view nombre{};
  Pesos ventas = 0;
  std::int64_t visitas = 0;
  std::optional<double> cambio{};  // percent, against the same months a year before
};
BOOST_DESCRIBE_STRUCT(ServiceSales, (), (nombre, ventas, visitas, cambio))

struct GuestSpending {
  std::optional<std::int64_t> customer_id{};
  std::string_view nombre{};
  Pesos gastado = 0;
  std::int64_t visitas = 0;
};
BOOST_DESCRIBE_STRUCT(GuestSpending, (), (customer_id, nombre, gastado, visitas))

struct HourLine {
  std::string_view tipo_servicio{};
  int dia = 0;                     // 0 Monday … 6 Sunday
  int hora = 0;
  double por_dia = 0;
  std::optional<double> ocupacion{};  // percent; null: no capacity is known
};
BOOST_DESCRIBE_STRUCT(HourLine, (), (tipo_servicio, dia, hora, por_dia, ocupacion))

/// Of the parts only those of the question.
struct BusinessAnswer {
  Date desde{};
  Date hasta{};
  Pesos ventas = 0;
  std::int64_t visitas = 0;
  std::optional<double> cambio{};
  std::vector<std::string_view> comparadas{};  // sources that both spans are compared by
  std::vector<ServiceSales> servicios{};
  std::vector<ServicePair> combinaciones{};    // at most 5
  std::vector<GuestSpending> clientes{};
  double parte_del_diez = 0;                   // percent of the money by the tenth who spent most
  std::vector<HourLine> horas{};               // the fullest first
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(BusinessAnswer, (),
                      (desde, hasta, ventas, visitas, cambio, comparadas, servicios, combinaciones, clientes, parte_del_diez, horas))

}  // namespace aremko::assistants
