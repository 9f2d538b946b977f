#pragma once
// What the business sells today.

#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/kept.h"

namespace aremko {

struct ServiceClosure {
  Date desde{};
  Date hasta{};                      // the last day
  MaybeText motivo{};
};
BOOST_DESCRIBE_STRUCT(ServiceClosure, (), (desde, hasta, motivo))

struct ServiceItem {
  std::int64_t id = 0;
  std::string_view nombre{};
  Pesos precio_base = 0;
  int duracion = 0;                  // minutes
  std::string_view tipo_servicio{};    // tina, masaje, cabana, otro
  MaybeText categoria{};
  bool activo = true;
  bool publicado_web = false;
  MaybeText descripcion{};
  int capacidad_minima = 0;
  int capacidad_maxima = 0;
  std::string_view unidad{};         // of precio_base: por_persona, total, por_noche
  int personas_cobradas = 1;         // of total and por_noche: for how many it is always charged, each at precio_base
  bool solo_complemento = false;     // only ever added to a booking
  std::vector<ServiceClosure> cierres{};  // when it cannot be booked, as they were written
};
BOOST_DESCRIBE_STRUCT(ServiceItem, (),
                      (id, nombre, precio_base, duracion, tipo_servicio, categoria, activo, publicado_web,
                       descripcion, capacidad_minima, capacidad_maxima, unidad, personas_cobradas, solo_complemento,
                       cierres))

struct ServiceList {
  std::int64_t total_found = 0;
  std::vector<ServiceItem> services{};  // by id
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(ServiceList, (), (total_found, services))

struct ProductItem {
  std::int64_t id = 0;
  std::string_view nombre{};
  Pesos precio_base = 0;
  int cantidad_disponible = 0;
  MaybeText categoria{};
  bool publicado_web = false;
};
BOOST_DESCRIBE_STRUCT(ProductItem, (), (id, nombre, precio_base, cantidad_disponible, categoria, publicado_web))

struct ProductList {
  std::int64_t total_found = 0;
  std::vector<ProductItem> products{};  // by id
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(ProductList, (), (total_found, products))

}  // namespace aremko
