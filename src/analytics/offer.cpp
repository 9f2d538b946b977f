#include "analytics/offer.h"

#include <algorithm>

#include "analytics/guest_extras.h"
#include "analytics/guest_notice.h"
#include "analytics/history.h"
#include "analytics/lines.h"
#include "analytics/preferences.h"
#include "analytics/price.h"
#include "analytics/priority.h"
#include "base/spoken.h"
#include "identity/nobody.h"
#include "normalize/text.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

using Service = sources::CatalogService;

/// Whether a service may be proposed to so many; 0 = not known.
bool suits(const snapshot::Snapshot& snapshot, const Service& service, AsOf as_of, int party) {
  return may_be_offered(snapshot, service, as_of) && (party == 0 || holds(service, party));
}

const Service* service_of(const snapshot::Snapshot& snapshot, std::int64_t id, AsOf as_of, int party) {
  const auto& all = snapshot.current().services;
  const auto at = std::ranges::find(all, id, &Service::id);
  return at == all.end() || !suits(snapshot, *at, as_of, party) ? nullptr : &*at;
}

/// The cheapest massage or tub that may be offered, of a family other than `but`.
const Service* to_discover(const snapshot::Snapshot& snapshot, std::optional<Family> but, AsOf as_of, int party) {
  const Service* best = nullptr;
  const auto asked = [&](const Service& service) { return price_of(service, party).charged; };
  for (const Service& service : snapshot.current().services) {
    const bool inviting = service.family == Family::masaje || service.family == Family::tina;
    if (!inviting || service.family == but || !suits(snapshot, service, as_of, party)) continue;
    if (best == nullptr || asked(service) < asked(*best)) best = &service;
  }
  return best;
}

struct Choice {
  const Service* service;
  Text why;
};

OfferItem item_of(const Choice& choice, int people) {
  const Service& service = *choice.service;
  const Priced price = price_of(service, people);
  return {.servicio_id = service.id,
          .servicio_nombre = service.nombre,
          .tipo_servicio = type_of(service),
          .duracion = service.duracion,
          .precio = price.charged,
          .motivo = choice.why.es,
          .motivo_en = choice.why.en,
          .unidad = unit_name(service.unit),
          .precio_unitario = service.precio_base,
          .personas = price.people,
          .noches = price.nights};
}

Text times(std::int64_t count) {
  if (count == 1) return {"Ya lo eligió una vez.", "They have chosen it once."};
  return {fmt::format("Lo ha elegido {} veces.", count), fmt::format("They have chosen it {} times.", count)};
}

std::vector<Choice> choices(const snapshot::Snapshot& snapshot, const std::vector<ServicePreference>& likes, AsOf as_of, int party) {
  std::vector<Choice> out;
  std::optional<Family> first;
  for (const ServicePreference& like : likes) {
    const Service* service = like.servicio_id ? service_of(snapshot, *like.servicio_id, as_of, party) : nullptr;
    if (service == nullptr || service->family == first) continue;
    out.push_back({service, times(like.veces_reservado)});
    if (out.size() == 2) return out;
    first = service->family;
  }
  while (out.size() < 2) {
    const Service* service = to_discover(snapshot, first, as_of, party);
    if (service == nullptr) return out;
    out.push_back({service, {"Para descubrir: no lo ha probado.", "To discover: they have not tried it."}});
    first = service->family;
  }
  return out;
}

/// What to offer, and to how many: all of it is for the one number of people they come with. Where nobody knows it, for whom
/// the least of it is charged; where nothing holds so many, their favourite alone, for as many as it holds.
std::pair<std::vector<Choice>, int> chosen_for(const snapshot::Snapshot& snapshot, const std::vector<ServicePreference>& likes, AsOf as_of, int usual) {
  int party = usual;
  if (party == 0) {
    party = 1;
    for (const Choice& choice : choices(snapshot, likes, as_of, 0)) party = std::max(party, std::min(2, price_of(*choice.service, 0).people));
  }
  auto out = choices(snapshot, likes, as_of, party);
  if (!out.empty()) return {std::move(out), party};
  out = choices(snapshot, likes, as_of, 0);
  if (out.size() > 1) out.pop_back();
  return {std::move(out), party};
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
std::optional<Text> away(std::optional<int> days, Date to) {
  if (!days || *days < 60) return std::nullopt;
  return Text{"hace " + how_long(*days, to, "es"), how_long(*days, to, "en") + " ago"};
}

struct Greeting {
  std::string name;
  std::string_view last;          // what they came for last
  std::optional<Text> ago;
  Moment booked{};                // a booking ahead: nobody misses them
  bool today = false;             // it is for today
  bool here = false;              // they are in the house
  bool new_here = false;          // never came
  bool owes = false;              // nor whoever has something to pay
  std::string_view spa;
};

std::string opening(const Greeting& to, bool spanish) {
  const auto in = [spanish](std::string_view es, std::string_view en) { return spanish ? es : en; };
  const std::string_view language = in("es", "en");
  std::string out = std::string(in("¡Hola", "Hello")) + (to.name.empty() ? "" : " " + to.name) + "! ";
  if (to.here) return out + welcome_today(to.spa).in(language) + " 💙\n";
  if (to.today) return out + expected_today(to.booked, to.spa).in(language) + " 💙\n";
  if (to.booked.known()) {
    return out + fmt::format(fmt::runtime(in("Te esperamos en {} el {} 💙\n", "We look forward to seeing you at {} on {} 💙\n")), to.spa,
                             long_date(to.booked.date(), language));
  }
  if (to.new_here) return out + invitation_to(to.spa).in(language) + " 💙\n";
  if (to.ago && (to.last.empty() || to.owes)) return out + greetings_from(to.spa).in(language) + " 💙\n";
  if (!to.ago) {
    return out + fmt::format(fmt::runtime(in("Gracias por preferir {} 💙\n", "Thank you for choosing {} 💙\n")), to.spa);
  }
  return out + fmt::format(fmt::runtime(in("Te extrañamos en {} 💙\nTu última visita fue {} ({}).\n",
                                           "We miss you at {} 💙\nYour last visit was {} ({}).\n")),
                           to.spa, spanish ? to.ago->es : to.ago->en, to.last);
}

std::string item_line(const OfferItem& item, bool spanish) {
  std::string out = "✓ " + std::string(item.servicio_nombre);
  // A night says how long lodging lasts.
  if (item.noches == 0 && item.duracion > 0) out += ", " + spoken_duration(item.duracion, spanish ? "es" : "en");
  const Text whom = for_whom(item.personas, item.noches);
  return out + ", " + (spanish ? whom.es : whom.en) + "\n";
}

std::string message(const CustomerOffer& offer, const Greeting& to, bool spanish) {
  const auto in = [spanish](std::string_view es, std::string_view en) { return std::string(spanish ? es : en); };
  const std::string_view language = spanish ? "es" : "en";
  std::string out = opening(to, spanish);
  if (offer.items.empty()) return to.booked.known() || to.here ? out : out + in("¿Cuándo te gustaría venir?", "When would you like to come?");
  const int nights = std::ranges::max(offer.items, {}, &OfferItem::noches).noches;
  const Text whom = for_whom(offer.personas, nights);
  out += in("\nTenemos algo para ti: ", "\nWe have something for you: ") + spoken_money(offer.precio_final, language) + " " +
         (spanish ? whom.es : whom.en) + "\n";
  for (const OfferItem& item : offer.items) out += item_line(item, spanish);
  if (offer.descuento_porcentaje > 0) {
    out += fmt::format("✓ {} % {} ({} {})\n", offer.descuento_porcentaje, in("de descuento para ti", "off for you"),
                       in("antes", "before"), spoken_money(offer.precio_lista, language));
  }
  return out + in("\n¿Te reservo una hora?", "\nShall I book you a time?");
}

}  // namespace

Text expected_today(Moment booked, std::string_view spa) {
  const int minute = booked.minute_of_day();
  const std::string clock = fmt::format("{}:{:02}", minute / 60, minute % 60);
  if (minute == 0) return {fmt::format("Te esperamos hoy en {}", spa), fmt::format("We look forward to seeing you today at {}", spa)};
  return {fmt::format("Te esperamos hoy a las {} en {}", clock, spa), fmt::format("We look forward to seeing you today at {} at {}", clock, spa)};
}

std::string greeted_as(std::string_view name) {
  return std::string(identity::is_organisation(normalize::fold(name)) ? name : name.substr(0, name.find(' ')));
}

Text welcome_today(std::string_view spa) { return {fmt::format("Qué bueno tenerte hoy en {}", spa), fmt::format("How good to have you at {} today", spa)}; }
Text greetings_from(std::string_view spa) { return {fmt::format("Te saludamos de {}", spa), fmt::format("Greetings from {}", spa)}; }
Text invitation_to(std::string_view spa) { return {fmt::format("Nos encantaría recibirte en {}", spa), fmt::format("We would love to have you at {}", spa)}; }

Pesos offer_price(Pesos list, int percent) {
  const Pesos price = list * (100 - percent) / 100;
  return price >= 1000 ? price - price % 1000 : price;
}

namespace {

/// Somebody who may be offered something, whichever files they stand in.
struct Guest {
  snapshot::PersonId person = 0;
  std::string_view name;
  Moment booked{};
  bool here = false;
  bool owes = false;
  Reach reach;
};

CustomerOffer offer_to(const snapshot::Snapshot& snapshot, const Guest& guest, AsOf as_of, std::string_view spa, const RfmThresholds& thresholds) {
  const View view{.as_of = as_of};
  const auto likes = service_preferences(snapshot, guest.person, view);
  const Tally sums = tally(snapshot, guest.person, view);
  const RfmAnalysis scores = rfm(sums, as_of, thresholds);
  Discount discount = discount_of(scores.segment, sums.spent);
  const bool today = guest.booked.known() && guest.booked.date() == as_of.date();
  CustomerOffer out{.as_of = as_of, .segment = scores.segment};
  if (guest.here) {
    discount = {0, {"Está aquí hoy: se le atiende, no se le ofrece nada.", "They are here today: they are looked after, and offered nothing."}};
  } else if (today) {
    discount = {0, {"Viene hoy: se le espera, no se le ofrece nada.", "They come today: they are expected, and offered nothing."}};
  } else {
    const auto [chosen, party] = chosen_for(snapshot, likes, as_of, usual_party(snapshot, guest.person, as_of));
    for (const Choice& choice : chosen) out.items.push_back(item_of(choice, party));
  }
  if (sums.visits == 0 && discount.percent > 0) discount.why = {"Invita a conocer la casa.", "Invites them to a first visit."};
  for (const OfferItem& item : out.items) out.precio_lista += item.precio;
  if (!out.items.empty()) out.personas = out.items.front().personas;
  out.descuento_porcentaje = discount.percent;
  out.precio_final = offer_price(out.precio_lista, discount.percent);
  out.motivo = std::move(discount.why.es);
  out.motivo_en = std::move(discount.why.en);
  out.channels = channels(guest.reach);

  const Greeting to{.name = greeted_as(guest.name),
                    .last = last_service(snapshot, guest.person, view),
                    .ago = away(scores.days_since_last_visit, as_of.date()),
                    .booked = guest.booked,
                    .today = today,
                    .here = guest.here,
                    .new_here = sums.visits == 0,
                    .owes = guest.owes,
                    .spa = spa};
  out.mensaje = message(out, to, true);
  out.mensaje_en = message(out, to, false);
  return out;
}

}  // namespace

CustomerOffer offer(const snapshot::Snapshot& snapshot, Row customer, AsOf as_of, std::string_view spa, const RfmThresholds& thresholds) {
  CustomerOffer out = offer_to(snapshot,
                               {.person = snapshot.person_of_customer(customer),
                                .name = snapshot.customers().contact.nombre[customer],
                                .booked = booked_ahead(snapshot, customer, as_of),
                                .here = here_since(snapshot, customer, as_of).known(),
                                .owes = owed(snapshot, customer, as_of) > 0,
                                .reach = reach(snapshot, customer, as_of)},
                               as_of, spa, thresholds);
  out.customer_id = snapshot.customers().id[customer];
  return out;
}

CustomerOffer legacy_offer(const snapshot::Snapshot& snapshot, Row legacy, AsOf as_of, std::string_view spa, const RfmThresholds& thresholds) {
  const auto& people = snapshot.legacy();
  CustomerOffer out;
  if (const Row customer = snapshot.customer_of(legacy); customer != snapshot::no_row) {
    out = offer(snapshot, customer, as_of, spa, thresholds);
  } else {
    out = offer_to(snapshot,
                   {.person = snapshot.person_of_legacy(legacy), .name = people.nombre(legacy), .reach = legacy_reach(snapshot, legacy, as_of)},
                   as_of, spa, thresholds);
  }
  out.legacy_id = people.legacy_id(legacy);
  return out;
}

}  // namespace aremko::analytics
