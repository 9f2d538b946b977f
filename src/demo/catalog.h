#pragma once
// What the spa sells: 18 services in six categories and 45 products in six; and, among both, what the booking system
// takes money off with: a service of price -1, booked for as many people as pesos, and products below zero.

#include <cstdint>
#include <span>
#include <string_view>

#include "base/money.h"

namespace aremko::demo {

enum class Kind : std::uint8_t { tina, masaje, cabana, otro };
constexpr std::string_view tipo_servicio(Kind kind) {
  switch (kind) {
    case Kind::tina: return "tina";
    case Kind::masaje: return "masaje";
    case Kind::cabana: return "cabana";
    case Kind::otro: return "otro";
  }
  return "otro";
}

struct Service {
  int id;
  std::string_view name;
  Pesos price;  // precio_base, a person; × most_people always where the whole is let
  int minutes;
  Kind kind;
  int category;
  int most_people;
  std::string_view description;
  bool whole = false;        // cabins and the named tubs: let whole, whoever comes
  bool never_alone = false;  // only ever added to something else
};

struct Product {
  std::string_view name;
  Pesos price;
  int category;
};

// The guide's services.
inline constexpr int masaje_relajante = 5;
inline constexpr int masaje_terapeutico = 6;
inline constexpr int tina_premium = 8;
inline constexpr int alojamiento_weekend = 9;
inline constexpr int hidromasaje = 12;
inline constexpr int desayuno = 13;
inline constexpr int ambientacion = 14;
inline constexpr int tabla_quesos = 15;
inline constexpr int tina_nino = 16;
inline constexpr int tina_fria = 17;
inline constexpr int persona_adicional = 18;
inline constexpr int descuento_servicios = 19;  // cantidad_personas = the pesos taken off
// Products of which a piece takes 1.000 or 5.000 off; the 45 before them are sold.
inline constexpr int products_sold = 45;
inline constexpr int descuento_1000 = 46;
inline constexpr int descuento_5000 = 47;

std::span<const Service> services();  // ids 1 … in order
const Service& service(int id);
std::span<const Product> products();  // ids 1 … in order
std::span<const std::string_view> service_categories();
std::span<const std::string_view> product_categories();
/// Starting times of a kind, minutes of the day.
std::span<const int> start_minutes(Kind kind);

/// What the catalogue charged in a year: prices rose, and are whole thousands.
Pesos price_in(Pesos price_now, int year);

}  // namespace aremko::demo
