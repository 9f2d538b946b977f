#include "sources/service_rules.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "normalize/service.h"
#include "normalize/text.h"

namespace aremko::sources {

namespace {

/// Tubs that the checkout charges for capacidad_maxima whoever comes.
constexpr std::array<std::string_view, 8> flat_tubs = {"calbuco",    "osorno",  "tronador",  "hornopiren",
                                                       "llaima", "puntiagudo", "puyehue", "villarrica"};

/// The catalogue asks for a price, and 1 stands where there is none.
constexpr Pesos stand_in_price = 1;

/// Fewer lines tell nothing: three couples in a tub for two.
constexpr std::uint32_t enough_lines = 10;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::ranges::find(list, word) != list.end();
}

/// "DCTO5000" is the word with its amount.
std::string_view without_amount(std::string_view word) {
  return word.substr(0, word.find_last_not_of("0123456789") + 1);
}

/// Means nothing else, whatever its price.
bool is_discount_word(std::string_view word) {
  word = without_amount(word);
  return word.starts_with("descuento") ||
         is_one_of(word, {"dcto", "dctos", "dscto", "dsctos", "dto", "dtos", "descto", "desctos"});
}

/// Means a discount where nothing is asked for it: "Desc." with a price is a massage, "Ajuste" a service of its own.
bool is_likely_discount_word(std::string_view word) {
  word = without_amount(word);
  return is_discount_word(word) || word.starts_with("rebaja") || word.starts_with("bonifica") ||
         is_one_of(word, {"desc", "ajuste", "ajustes", "discount", "discounts", "cupon", "cupones", "dsct"});
}

template <class Is>
bool begins_with(std::string_view folded, Is is) {
  if (folded.starts_with("des cuento")) return true;  // "Des-cuento"
  for (const std::string_view word : normalize::tokens(folded)) return is(word);
  return false;
}

/// "Promo -20%": a promotion is a discount only where it says how much.
bool is_promotion_off(std::string_view name, std::string_view folded) {
  return folded.starts_with("promo") && (name.contains('%') || name.contains(" -"));
}

template <class Is>
bool any_word(std::string_view folded, Is is) {
  for (const std::string_view word : normalize::tokens(folded)) {
    if (is(word)) return true;
  }
  return false;
}

/// Something that people come for, whatever stands before it.
bool is_real(std::string_view word) {
  const Family family = normalize::family_of(word);
  return family == Family::tina || family == Family::masaje || family == Family::cabana;
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
  if (begins_with(folded, is_discount_word)) return true;
  if (is_one_of(tipo_servicio, {"tina", "masaje", "cabana"})) return false;
  const bool no_price = price <= stand_in_price;
  if (no_price && (begins_with(folded, is_likely_discount_word) || is_promotion_off(name, folded))) return true;
  // "Pack Descuento 2x1 Tina" is sold for what it names.
  if (any_word(folded, is_real)) return false;
  return any_word(folded, is_discount_word) || (no_price && begins_with(normalize::fold(category), is_discount_word));
}

bool is_gift_card_or_product(std::string_view name, std::string_view category) {
  const auto begins = [](std::string_view folded, std::initializer_list<std::string_view> list) {
    return std::ranges::any_of(list, [&](std::string_view start) { return folded.starts_with(start); });
  };
  const std::string folded = normalize::fold(name);
  if (begins(folded, {"gift card", "giftcard", "tarjeta de regalo", "tarjeta regalo"})) return true;
  return begins(normalize::fold(category), {"producto", "gift card", "giftcard"}) &&
         !any_word(folded, is_real);
}

bool never_alone_by_name(const CatalogService& service) {
  const std::string_view name = service.key;
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
