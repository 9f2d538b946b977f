#include "sources/service_rules.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "normalize/text.h"

namespace aremko::sources {

namespace {

/// Tubs that the checkout charges for capacidad_maxima whoever comes.
constexpr std::array<std::string_view, 8> flat_tubs = {"calbuco",    "osorno",  "tronador",  "hornopiren",
                                                       "llaima", "puntiagudo", "puyehue", "villarrica"};

/// Fewer lines tell nothing: three couples in a tub for two.
constexpr std::uint32_t enough_lines = 10;

bool is_discount_word(std::string_view word) {
  return word.starts_with("descuento") || word == "dcto" || word == "dctos" || word == "dscto" || word == "dsctos";
}

bool begins_with_discount(std::string_view folded) {
  for (const std::string_view word : normalize::tokens(folded)) return is_discount_word(word);
  return false;
}

template <class Is>
bool any_word(std::string_view folded, Is is) {
  for (const std::string_view word : normalize::tokens(folded)) {
    if (is(word)) return true;
  }
  return false;
}

/// How many of a service's lines are for exactly capacidad_maxima people.
struct Sold {
  std::uint32_t lines = 0;
  std::uint32_t full = 0;

  bool enough() const { return lines >= enough_lines; }
  bool always_full() const { return enough() && 10ULL * full >= 9ULL * lines; }
  bool mostly_not_full() const { return enough() && 2ULL * full < lines; }
};

bool is_flat_tub(const CatalogService& service) {
  const std::string name = normalize::fold(service.nombre);
  return std::ranges::any_of(flat_tubs, [&](std::string_view tub) { return name.contains(tub); });
}

}  // namespace

bool takes_money_off(std::string_view name, std::string_view category, std::string_view tipo_servicio, Pesos price) {
  if (price < 0) return true;
  const std::string folded = normalize::fold(name);
  if (begins_with_discount(folded) || begins_with_discount(normalize::fold(category))) return true;
  const bool real = tipo_servicio == "tina" || tipo_servicio == "masaje" || tipo_servicio == "cabana";
  return !real && any_word(folded, is_discount_word);
}

bool never_alone_by_name(const CatalogService& service) {
  const std::string name = normalize::fold(service.nombre);
  const auto decoration = [](std::string_view word) {
    return word.starts_with("ambientaci") || word.starts_with("decoraci");
  };
  if (any_word(name, decoration) || any_word(normalize::fold(service.categoria), decoration)) return true;
  if (any_word(name, [](std::string_view word) { return word.starts_with("adicional"); })) return true;
  if (service.family != Family::tina) return false;
  return any_word(name, [](std::string_view word) {
    return word == "nino" || word == "nina" || word == "ninos" || word == "ninas" || word.starts_with("infantil") ||
           word == "fria" || word == "frias" || word == "frio";
  });
}

void learn_price_units(const ServiceLineColumns& lines, std::vector<CatalogService>& services) {
  std::vector<Sold> sold(services.size());
  for (Row line = 0; line < lines.size(); ++line) {
    const Row service = lines.service[line];
    if (lines.unit_price[line] < 0) continue;
    ++sold[service].lines;
    sold[service].full += lines.people[line] == services[service].capacidad_maxima;
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    CatalogService& service = services[i];
    const int whole = std::max(1, service.capacidad_maxima);
    if (service.adjustment) continue;
    if (service.family == Family::cabana) {
      service.unit = PriceUnit::per_night;
      service.charged_people = whole;
    } else if (service.family == Family::tina && whole > 1 && !service.never_alone &&
               (sold[i].always_full() || (is_flat_tub(service) && !sold[i].mostly_not_full()))) {
      service.unit = PriceUnit::whole;
      service.charged_people = whole;
    }
  }
}

}  // namespace aremko::sources
