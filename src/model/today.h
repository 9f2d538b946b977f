#pragma once
// The day's desk: who comes, and what is to be done.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/channel.h"
#include "model/guest_extras.h"
#include "model/kept.h"
#include "model/segment.h"

namespace aremko {

struct ArrivalService {
  std::string_view servicio_nombre{};
  std::string_view tipo_servicio{};
  Moment inicio{};                      // null: nobody wrote the hour
  std::int64_t cantidad_personas = 0;
  MaybeText masajista{};
};
BOOST_DESCRIBE_STRUCT(ArrivalService, (), (servicio_nombre, tipo_servicio, inicio, cantidad_personas, masajista))

/// One booking of the day.
struct Arrival {
  std::int64_t reserva = 0;             // ventas_ventareserva.id
  Moment hora{};                        // of its first service; null: nobody wrote it
  bool llego = false;                   // checked in, or its day is past
  std::int64_t customer_id = 0;
  std::string_view nombre{};
  MaybeText telefono{};
  std::int64_t personas = 0;            // the most of any of its services charged by person
  std::vector<ArrivalService> servicios{};
  std::vector<std::string_view> acompanantes{};
  bool primera_vez = false;             // no visit before, in any source
  std::int64_t visitas_previas = 0;
  Segment segment = Segment::occasional;
  Pesos saldo = 0;                      // left to pay of this booking
  Pesos debe = 0;                       // from before
  Pesos saldo_gift_cards = 0;           // theirs to spend
  Date gift_card_vence{};
  MaybeText comentario{};               // of this booking
  std::string_view comentario_tipo{};   // salud, celebracion or nota; empty without a comment
  std::vector<GuestNote> notas{};       // of other visits in 24 months: health and celebrations, at most 3
  std::optional<int> encuesta_nps{};    // of their last survey, where it is 6 or less
  MaybeText encuesta_texto{};
};
BOOST_DESCRIBE_STRUCT(Arrival, (),
                      (reserva, hora, llego, customer_id, nombre, telefono, personas, servicios, acompanantes, primera_vez,
                       visitas_previas, segment, saldo, debe, saldo_gift_cards, gift_card_vence, comentario, comentario_tipo,
                       notas, encuesta_nps, encuesta_texto))

/// Why somebody is on the day's list.
enum class TodoKind : std::uint8_t { responder, pago_pendiente, encuesta, gift_card_por_vencer, primera_visita };
constexpr std::string_view json_name(TodoKind kind) {
  switch (kind) {
    case TodoKind::responder: return "responder";
    case TodoKind::pago_pendiente: return "pago_pendiente";
    case TodoKind::encuesta: return "encuesta";
    case TodoKind::gift_card_por_vencer: return "gift_card_por_vencer";
    case TodoKind::primera_visita: return "primera_visita";
  }
  return "";
}

struct Todo {
  TodoKind tipo = TodoKind::responder;
  std::optional<std::int64_t> customer_id{};  // null: a gift card of somebody who is no customer yet
  std::string_view nombre{};
  MaybeText telefono{};
  std::vector<Channel> channels{};            // how they may be written to; a debt or a reply is no offer, and may be called about
  Moment fecha{};                             // of the visit, the message or the survey
  Pesos monto = 0;                            // owed, or left on the card
  Date vence{};
  std::optional<int> encuesta_nps{};
  MaybeText dijo{};                           // what is to be answered, in their words, where the log has them
};
BOOST_DESCRIBE_STRUCT(Todo, (), (tipo, customer_id, nombre, telefono, channels, fecha, monto, vence, encuesta_nps, dijo))

struct TodayTotals {
  std::int64_t llegan = 0;              // bookings, those that came already included
  std::int64_t llegaron = 0;
  std::int64_t personas = 0;
  std::int64_t deben = 0;               // of them, with something to pay
  Pesos deben_monto = 0;
  std::int64_t gift_cards = 0;          // of them, whose gift card ends within 30 days
  std::int64_t primera_vez = 0;
  std::int64_t con_notas = 0;           // of them, with a note of health or of a celebration
  std::int64_t cuentas_de_la_casa = 0;  // further bookings, on accounts of the house
};
BOOST_DESCRIBE_STRUCT(TodayTotals, (),
                      (llegan, llegaron, personas, deben, deben_monto, gift_cards, primera_vez, con_notas, cuentas_de_la_casa))

struct TodoCount {
  TodoKind tipo = TodoKind::responder;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(TodoCount, (), (tipo, total))

struct Today {
  Date date{};
  AsOf as_of{};
  TodayTotals totales{};
  std::vector<Arrival> llegadas{};      // by hour, those without one last
  std::vector<Todo> por_hacer{};        // at most so many of a kind as asked for; empty for another day than today
  std::vector<TodoCount> por_hacer_total{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(Today, (), (date, as_of, totales, llegadas, por_hacer, por_hacer_total))

}  // namespace aremko
