#pragma once
// What else the booking system knows of a guest, and why their money here is not its own figure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/kept.h"
#include "model/ordered.h"

namespace aremko {

/// A gift card that somebody bought or was given; its balance is of as_of.
struct GuestGiftCard {
  std::string_view codigo{};
  Pesos saldo = 0;
  Pesos monto_inicial = 0;
  Date emitida{};
  Date vence{};
  bool vencida = false;        // at as_of
  MaybeText estado{};          // as the booking system writes it: por_cobrar, cobrado, …
  std::string_view papel{};    // "comprador", "destinatario" or "ambos"
};
BOOST_DESCRIBE_STRUCT(GuestGiftCard, (), (codigo, saldo, monto_inicial, emitida, vence, vencida, estado, papel))

struct GuestSurvey {
  Moment fecha{};
  Date visita{};
  std::optional<int> nps{};            // 0–10
  Ordered<int> notas{};                // 1–5 by what was asked
  MaybeText le_gusto{};
  MaybeText sugerencias{};
  MaybeText decepcion{};
  bool requiere_seguimiento = false;
};
BOOST_DESCRIBE_STRUCT(GuestSurvey, (),
                      (fecha, visita, nps, notas, le_gusto, sugerencias, decepcion, requiere_seguimiento))

struct GuestPrize {
  std::string_view nombre{};
  MaybeText estado{};                  // as written: aprobado, enviado, usado, …
  Moment fecha{};
  Date vence{};                        // null = never
  bool vencido = false;                // at as_of
};
BOOST_DESCRIBE_STRUCT(GuestPrize, (), (nombre, estado, fecha, vence, vencido))

/// The booking system's own label of a guest.
struct OwnLabelView {
  std::string_view etiqueta{};
  Moment fecha{};
};
BOOST_DESCRIBE_STRUCT(OwnLabelView, (), (etiqueta, fecha))

struct LastMessage {
  Moment fecha{};
  std::string_view via{};              // whatsapp, sms, email, otro
  bool entrante = false;               // from the guest
};
BOOST_DESCRIBE_STRUCT(LastMessage, (), (fecha, via, entrante))

/// What the house wrote on a visit or a booking.
struct GuestNote {
  Moment fecha{};                      // the visit's
  std::int64_t reserva = 0;            // ventas_ventareserva.id
  std::string_view texto{};
  std::string_view tipo{};             // "salud", "celebracion" or "nota", by its words
};
BOOST_DESCRIBE_STRUCT(GuestNote, (), (fecha, reserva, texto, tipo))

/// What is to be known before one speaks with them. Health notes are sensitive: shown, never exported.
struct GuestNotice {
  std::vector<GuestNote> notas{};      // of the last 24 months and of what is booked: health first, then newest; at most 10
  Pesos debe = 0;                      // in all
  Pesos saldo_gift_cards = 0;          // of those that still hold, theirs to spend
  Date gift_card_vence{};              // the first of them to expire
  std::optional<int> encuesta_nps{};   // of their last survey, where it is 6 or less
  Moment encuesta_fecha{};
  MaybeText encuesta_texto{};          // in their words
  Moment en_curso{};                   // since when they are in the house; null: they are not
};
BOOST_DESCRIBE_STRUCT(GuestNotice, (), (notas, debe, saldo_gift_cards, gift_card_vence, encuesta_nps, encuesta_fecha, encuesta_texto, en_curso))

struct SpentPart {
  std::string_view codigo{};           // gift_cards, discounts, refunds, later, legacy_files, history
  Pesos monto = 0;                     // added to the booking system's figure; below zero takes away
  std::string_view texto{};
  std::string_view texto_en{};
};
BOOST_DESCRIBE_STRUCT(SpentPart, (), (codigo, monto, texto, texto_en))

/// From the booking system's own figure to ours: its sum and the parts make total_gastado.
struct SpentExplained {
  Pesos gasto_total_reservas = 0;      // its totals of sales pagado and parcial, the imported history and what is ahead included
  Pesos diferencia = 0;                // the parts together
  std::vector<SpentPart> partes{};
};
BOOST_DESCRIBE_STRUCT(SpentExplained, (), (gasto_total_reservas, diferencia, partes))

}  // namespace aremko
