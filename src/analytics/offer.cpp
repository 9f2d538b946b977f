#include "analytics/offer.h"

#include <algorithm>

#include "analytics/history.h"
#include "analytics/lines.h"
#include "analytics/preferences.h"
#include "analytics/priority.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

using Service = sources::CatalogService;

const Service* service_of(const snapshot::Snapshot& snapshot, std::int64_t id) {
  const auto& all = snapshot.current().services;
  const auto at = std::ranges::find(all, id, &Service::id);
  return at == all.end() || !at->activo || !is_preference(*at) ? nullptr : &*at;
}

/// The cheapest active massage or tub with a price, of a family other than `but`.
const Service* to_discover(const snapshot::Snapshot& snapshot, std::optional<Family> but) {
  const Service* best = nullptr;
  for (const Service& service : snapshot.current().services) {
    const bool inviting = service.family == Family::masaje || service.family == Family::tina;
    if (!service.activo || !inviting || service.precio_base <= 0 || service.family == but) continue;
    if (best == nullptr || service.precio_base < best->precio_base) best = &service;
  }
  return best;
}

OfferItem item_of(const Service& service, Text why) {
  return {.servicio_id = service.id,
          .servicio_nombre = service.nombre,
          .tipo_servicio = type_of(service),
          .duracion = service.duracion,
          .precio = service.precio_base,
          .motivo = std::move(why.es),
          .motivo_en = std::move(why.en)};
}

Text times(std::int64_t count) {
  if (count == 1) return {"Ya lo eligió una vez.", "They have chosen it once."};
  return {fmt::format("Lo ha elegido {} veces.", count), fmt::format("They have chosen it {} times.", count)};
}

std::vector<OfferItem> items_of(const snapshot::Snapshot& snapshot, const std::vector<ServicePreference>& likes) {
  std::vector<OfferItem> out;
  std::optional<Family> first;
  for (const ServicePreference& like : likes) {
    const Service* service = like.servicio_id ? service_of(snapshot, *like.servicio_id) : nullptr;
    if (service == nullptr || service->family == first) continue;
    out.push_back(item_of(*service, times(like.veces_reservado)));
    if (out.size() == 2) return out;
    first = service->family;
  }
  while (out.size() < 2) {
    const Service* service = to_discover(snapshot, first);
    if (service == nullptr) return out;
    out.push_back(item_of(*service, {"Para descubrir: no lo ha probado.", "To discover: they have not tried it."}));
    first = service->family;
  }
  return out;
}

struct Discount {
  int percent;
  Text why;
};

Discount discount_of(Segment segment, Pesos spent) {
  // Who has left this much is worth winning back.
  const int more = spent >= 1'000'000 ? 5 : 0;
  switch (segment) {
    case Segment::vip:
    case Segment::champions:
    case Segment::loyal: return {10, {"Agradece su preferencia.", "Thanks them for their loyalty."}};
    case Segment::at_risk: return {15 + more, {"Fue buen cliente y dejó de venir.", "A good customer who stopped coming."}};
    case Segment::hibernating:
    case Segment::lost: return {20 + more, {"Hace mucho que no viene.", "They have not come for long."}};
    case Segment::new_customer: return {10, {"Invita a la segunda visita.", "Invites them to a second visit."}};
    case Segment::promising:
    case Segment::occasional: return {10, {"Invita a venir más seguido.", "Invites them to come more often."}};
  }
  return {10, {}};
}

/// "hace 4 años", or nothing for somebody who was here lately.
std::optional<Text> away(std::optional<int> days) {
  if (!days || *days < 60) return std::nullopt;
  const auto said = [](int count, std::string_view es, std::string_view ess, std::string_view en) {
    return Text{fmt::format("hace {} {}", count, count == 1 ? es : ess),
                fmt::format("{} {}{} ago", count, en, count == 1 ? "" : "s")};
  };
  if (*days >= 365) return said((*days + 5) / 365, "año", "años", "year");
  return said(*days / 30, "mes", "meses", "month");
}

std::string first_name(std::string_view name) { return std::string(name.substr(0, name.find(' '))); }

std::string pesos(Pesos amount) {
  std::string digits = std::to_string(amount);
  for (std::ptrdiff_t at = std::ssize(digits) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), 1, '.');
  return "$" + digits;
}

std::string message(const CustomerOffer& offer, std::string_view name, std::string_view last, const std::optional<Text>& ago,
                    std::string_view spa, bool spanish) {
  const auto in = [spanish](std::string_view es, std::string_view en) { return std::string(spanish ? es : en); };
  std::string out = in("¡Hola", "Hello") + (name.empty() ? "" : " " + std::string(name)) + in("! ", "! ");
  if (ago && !last.empty()) {
    out += in("Te extrañamos en ", "We miss you at ") + std::string(spa) + " 💙\n";
    out += in("Tu última visita fue ", "Your last visit was ") + (spanish ? ago->es : ago->en) +
           in(fmt::format(" ({}).\n", last), fmt::format(" ({}).\n", last));
  } else {
    out += in("Gracias por preferir ", "Thank you for choosing ") + std::string(spa) + " 💙\n";
  }
  if (offer.items.empty()) return out + in("¿Cuándo te gustaría venir?", "When would you like to come?");
  out += in("\nTenemos algo para ti: ", "\nWe have something for you: ") + pesos(offer.precio_final) + "\n";
  for (const OfferItem& item : offer.items) {
    out += "✓ " + std::string(item.servicio_nombre);
    if (item.duracion > 0) out += fmt::format(" {} min", item.duracion);
    out += "\n";
  }
  if (offer.descuento_porcentaje > 0) {
    out += fmt::format("{} {} % {} ({} {})\n", "✓", offer.descuento_porcentaje, in("de descuento para ti", "off for you"),
                       in("antes", "before"), pesos(offer.precio_lista));
  }
  return out + in("\n¿Te reservo una hora?", "\nShall I book you a time?");
}

}  // namespace

Pesos offer_price(Pesos list, int percent) {
  const Pesos price = list * (100 - percent) / 100;
  return price >= 1000 ? price - price % 1000 : price;
}

CustomerOffer offer(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of, std::string_view spa,
                    const RfmThresholds& thresholds) {
  const auto person = snapshot.person_of_customer(customer);
  const View view{.as_of = as_of};
  const auto likes = service_preferences(snapshot, person, view);
  const Tally sums = tally(snapshot, person, view);
  const RfmAnalysis scores = rfm(sums, as_of, thresholds);
  Discount discount = discount_of(scores.segment, sums.spent);

  CustomerOffer out{.customer_id = snapshot.customers().id[customer], .as_of = as_of, .segment = scores.segment};
  out.items = items_of(snapshot, likes);
  for (const OfferItem& item : out.items) out.precio_lista += item.precio;
  out.descuento_porcentaje = discount.percent;
  out.precio_final = offer_price(out.precio_lista, discount.percent);
  out.motivo = std::move(discount.why.es);
  out.motivo_en = std::move(discount.why.en);
  out.channels = channels(reach(snapshot, customer, as_of));

  const std::string name = first_name(snapshot.customers().contact.nombre[customer]);
  const std::string_view last = likes.empty() ? std::string_view() : likes.front().servicio_nombre;
  const auto ago = away(scores.days_since_last_visit);
  out.mensaje = message(out, name, last, ago, spa, true);
  out.mensaje_en = message(out, name, last, ago, spa, false);
  return out;
}

}  // namespace aremko::analytics
