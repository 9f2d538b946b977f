#include "sources/services_builder.h"

#include "normalize/name.h"
#include "normalize/phone.h"
#include "normalize/service.h"
#include "normalize/text.h"
#include "sources/cells.h"
#include "sources/service_rules.h"

namespace aremko::sources {

namespace {
constexpr std::size_t max_name = 200;

/// A line's amount is no catalogue's price: what stands for a discount only at no price does not here.
constexpr Pesos some_price = 1'000;
}

ServicesBuilder::ServicesBuilder(LegacyServicesBatch& into) : into_(into) {
  into_.people.emplace_back();
  people_.emplace("", 0);
}

const ServicesBuilder::Who& ServicesBuilder::person(std::string_view name) {
  if (const auto known = names_.find(name); known != names_.end()) return known->second;
  normalize::PersonName person = normalize::person_name(name);
  const std::string_view shown = clip(person.shown, max_name);
  std::string folded = normalize::fold(shown);
  Who who;
  if (!person.glued_phone.empty()) who.glued_phone = normalize::phone(person.glued_phone).e164;
  auto [entry, added] = people_.try_emplace(std::move(folded), static_cast<Row>(into_.people.size()));
  if (added) into_.people.push_back({.shown = std::string(shown), .folded = entry->first});
  who.person = entry->second;
  return names_.emplace(name, std::move(who)).first->second;
}

ServicesBuilder::What ServicesBuilder::service(std::string_view name, std::string_view category) {
  std::string spelling;
  spelling.reserve(name.size() + category.size() + 1);
  spelling.append(name).append(1, '\0').append(category);
  if (const auto known = spellings_.find(spelling); known != spellings_.end()) return known->second;
  normalize::ServiceKind kind = normalize::service(name, category);
  const bool takes_off = takes_money_off(name, category, family_name(normalize::family_of(category)), some_price);
  auto [entry, added] = services_.try_emplace(kind.key, static_cast<Row>(into_.services.size()));
  if (added) {
    CatalogService service;
    service.nombre = kind.canonical;
    service.tipo_servicio = std::string(family_name(kind.family == Family::extra ? Family::otro : kind.family));
    service.key = kind.key;
    service.canonical = kind.canonical;
    service.family = kind.family;
    service.cancelled = kind.cancelled;
    service.adjustment = takes_off || is_gift_card_or_product(name, category);
    service.never_alone = !service.adjustment && never_alone_by_name(service);
    into_.services.push_back(std::move(service));
  } else if (CatalogService& known = into_.services[entry->second]; known.family == Family::otro) {
    known.family = kind.family;  // another line's category knew better
    known.never_alone = !known.adjustment && never_alone_by_name(known);
  }
  const What what{.service = entry->second, .cancelled = kind.cancelled, .takes_off = takes_off};
  spellings_.emplace(std::move(spelling), what);
  return what;
}

ServicesBuilder::What ServicesBuilder::money_back(const What& sold) {
  return into_.services[sold.service].adjustment ? sold : service("Descuento o devolución", "");
}

}  // namespace aremko::sources
