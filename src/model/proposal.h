#pragma once
// What may be written to one guest: who they are to us, what we can offer at which price, and a message of it.

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

struct OfferedService {
  std::int64_t servicio_id = 0;
  std::string_view nombre{};
  std::string_view tipo_servicio{};
  int duracion = 0;               // minutes
  Pesos precio = 0;               // what is charged for the people and nights below
  std::int64_t veces_reservado = 0;  // by this guest; 0 = new to them
  std::string_view unidad{};      // of precio_unitario: por_persona, total, por_noche
  Pesos precio_unitario = 0;      // the catalogue's
  int personas = 0;               // 0: a price without a unit
  int noches = 0;                 // of lodging
  std::string dura{};             // duracion as one says it, in Spanish: "1 hora y 30 minutos"
};
BOOST_DESCRIBE_STRUCT(OfferedService, (),
                      (servicio_id, nombre, tipo_servicio, duracion, precio, veces_reservado, unidad, precio_unitario,
                       personas, noches, dura))

struct Offer {
  std::string nombre{};           // "Pack Masaje Relajante + Tina Caliente Premium"
  std::vector<OfferedService> servicios{};
  Pesos precio_lista = 0;         // the services' prices added up
  Pesos ahorro = 0;
  Pesos precio_oferta = 0;        // precio_lista - ahorro
  int personas = 0;               // whom all of it is for; 0: not said
  int noches = 0;
};
BOOST_DESCRIBE_STRUCT(Offer, (), (nombre, servicios, precio_lista, ahorro, precio_oferta, personas, noches))

struct FavouriteFact {
  std::string_view nombre{};
  std::int64_t veces_reservado = 0;
  Date ultima_reserva{};
};
BOOST_DESCRIBE_STRUCT(FavouriteFact, (), (nombre, veces_reservado, ultima_reserva))

/// All that a message may say. What is not here is not known, and must not be written.
struct ProposalFacts {
  std::int64_t customer_id = 0;
  AsOf as_of{};
  std::string negocio{};                 // the business, "Aremko"
  std::string_view nombre{};
  std::string primer_nombre{};
  Segment segment = Segment::occasional;
  std::int64_t total_visitas = 0;
  Date primera_visita{};
  Date ultima_visita{};
  std::optional<int> dias_sin_venir{};
  Moment proxima_reserva{};              // a booking ahead; then nobody is missing them
  MaybeText ultimo_servicio{};
  std::vector<FavouriteFact> favoritos{};  // at most 3
  std::vector<std::string_view> mejores_meses{};
  std::vector<Channel> channels{};       // the ways that are open; empty: do not write
  Date no_contactar_antes_de{};
  int descuento_porcentaje = 0;          // 0: there is none
  MaybeText regalo{};                    // a product in stock, given with the first offer
  std::vector<Offer> ofertas{};          // the first is the one to lead with; at most 3; none for who comes today or is here
  bool here = false;                     // in the house now: welcomed, and offered nothing; not told
  bool owes = false;                     // nobody is missed who has something to pay; not told, as no message speaks of it
};
BOOST_DESCRIBE_STRUCT(ProposalFacts, (),
                      (customer_id, as_of, negocio, nombre, primer_nombre, segment, total_visitas, primera_visita,
                       ultima_visita, dias_sin_venir, proxima_reserva, ultimo_servicio, favoritos, mejores_meses,
                       channels, no_contactar_antes_de, descuento_porcentaje, regalo, ofertas))

struct Proposal {
  ProposalFacts hechos{};
  std::string mensaje{};                 // from a template, of the facts alone
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (hechos, mensaje))

/// Something in a message that the facts do not say.
struct ProposalProblem {
  std::string code{};   // precio, descuento, servicio, fecha, duracion, cantidad, nombre, contacto, regalo, plazo, formato, largo, falta
  std::string quote{};  // the piece of the message; empty when something is missing
  std::string message{};  // what to do about it
};
BOOST_DESCRIBE_STRUCT(ProposalProblem, (), (code, quote, message))

struct ProposalCheck {
  std::int64_t customer_id = 0;
  bool accepted = false;
  std::vector<ProposalProblem> problems{};  // at most 20
};
BOOST_DESCRIBE_STRUCT(ProposalCheck, (), (customer_id, accepted, problems))

}  // namespace aremko
