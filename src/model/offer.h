#pragma once
// What to propose to a guest, with its reasons and a message ready to send.

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

struct OfferItem {
  std::int64_t servicio_id = 0;
  std::string_view servicio_nombre{};
  std::string_view tipo_servicio{};
  int duracion = 0;              // minutes; 0 = unknown
  Pesos precio = 0;              // what is charged for the people and nights it says
  std::string motivo{};          // why this service, in Spanish
  std::string motivo_en{};
  std::string_view unidad{};     // of precio_unitario: por_persona, total, por_noche
  Pesos precio_unitario = 0;     // the catalogue's, for one unit
  int personas = 1;              // whom precio is for
  int noches = 0;                // of lodging
};
BOOST_DESCRIBE_STRUCT(OfferItem, (),
                      (servicio_id, servicio_nombre, tipo_servicio, duracion, precio, motivo, motivo_en, unidad,
                       precio_unitario, personas, noches))

struct CustomerOffer {
  std::optional<std::int64_t> customer_id{};  // null: of the old files alone
  MaybeText legacy_id{};                      // where they were asked for by it
  AsOf as_of{};
  Segment segment = Segment::occasional;
  std::vector<OfferItem> items{};       // at most two; none for who comes today, or when the catalogue is empty
  Pesos precio_lista = 0;
  int descuento_porcentaje = 0;
  Pesos precio_final = 0;               // whole thousands, never above precio_lista
  std::string motivo{};                 // why this discount, in Spanish
  std::string motivo_en{};
  std::string mensaje{};                // to be sent as it is, in Spanish
  std::string mensaje_en{};
  int personas = 1;                     // whom all of it is for
  std::vector<Channel> channels{};      // none: they may not be written to now
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(CustomerOffer, (),
                      (customer_id, legacy_id, as_of, segment, items, precio_lista, descuento_porcentaje, precio_final, motivo,
                       motivo_en, mensaje, mensaje_en, personas, channels))

}  // namespace aremko
