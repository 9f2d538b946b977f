#include "assistants/tool_words.h"

#include <fmt/ranges.h>

#include "analytics/price.h"
#include "base/spoken.h"

namespace aremko::assistants {

namespace {

/// One language's half of everything said here.
struct Say {
  std::string_view language;
  bool en() const { return language == "en"; }
  std::string_view operator()(std::string_view es, std::string_view english) const { return en() ? english : es; }
  std::string money(Pesos amount) const { return spoken_money(amount, language); }
  std::string day(Date date) const { return date.known() ? short_date(date, language) : std::string((*this)("sin fecha", "undated")); }
  std::string ago(const std::optional<int>& days, AsOf as_of) const {
    if (!days) return std::string((*this)("nunca", "never"));
    return (en() ? "" : "hace ") + how_long(*days, as_of.date(), language) + (en() ? " ago" : "");
  }
  std::string visits(std::int64_t count) const {
    return en() ? counted(count, "visit", "visits") : counted(count, "visita", "visitas");
  }
  std::string customers(std::int64_t count) const {
    return en() ? counted(count, "customer", "customers") : counted(count, "cliente", "clientes");
  }
  /// " para 2 personas", " por 1 noche para 2 personas"; nothing where the name says it, or nobody did.
  std::string whom(int people, int nights) const {
    return people == 0 ? std::string() : " " + analytics::for_whom(people, nights).in(language);
  }
  std::string more(const std::optional<std::string>& next) const {
    return next ? fmt::format(fmt::runtime((*this)("\nHay más: repita con cursor=\"{}\".", "\nThere are more: repeat with cursor=\"{}\".")), *next) : "";
  }
};

std::string visit_line(const VisitLine& visit, const Say& say) {
  return fmt::format("- {} · {} · {} ({})\n", say.day(visit.fecha.date()), fmt::join(visit.servicios, ", "), say.money(visit.total),
                     visit.source == "legacy" ? say("histórica", "legacy") : say("actual", "current"));
}

std::string channels(const std::vector<Channel>& open, const Say& say) {
  if (open.empty()) return std::string(say("ninguno: no se le puede escribir", "none: they may not be written to"));
  std::string out;
  for (const Channel channel : open) out += (out.empty() ? "" : ", ") + std::string(json_name(channel));
  return out;
}

/// Of lodging in an offer; 0 without.
int nights_of(const std::vector<OfferedService>& services) {
  int out = 0;
  for (const OfferedService& service : services) out = std::max(out, service.noches);
  return out;
}

/// What is charged for one of it: "$40.000 por persona", "$90.000 por noche para 2 personas".
std::string price_line(const ServiceLine& service, const Say& say) {
  if (service.unidad != "total" && service.unidad != "por_noche") return say.money(service.precio_base) + std::string(say(" por persona", " a person"));
  const Pesos whole = service.precio_base * service.personas_cobradas;
  return say.money(whole) + std::string(service.unidad == "por_noche" ? say(" por noche", " a night") : say(" en total", " in all")) +
         say.whom(service.personas_cobradas, 0);
}

std::string offer_line(const OfferHint& offer, const Say& say) {
  std::string out = fmt::format(fmt::runtime(say("Qué ofrecer: {} por {}{}", "What to offer: {} for {}{}")), offer.nombre,
                                say.money(offer.precio_oferta), say.whom(offer.personas, nights_of(offer.servicios)));
  if (offer.descuento_porcentaje > 0) {
    out += fmt::format(fmt::runtime(say(" ({} % menos que {})", " ({} % off {})")), offer.descuento_porcentaje, say.money(offer.precio_lista));
  }
  return out + ". " + offer.motivo + "\n";
}

}  // namespace

Text segment_meaning(Segment segment) {
  switch (segment) {
    case Segment::vip: return {"Viene hace poco, seguido y gasta mucho: cuidarlo.", "Recent, frequent and high spending: look after them."};
    case Segment::champions: return {"De los mejores clientes, y activo.", "Among the best customers, and active."};
    case Segment::at_risk: return {"Fue buen cliente y dejó de venir: recuperarlo.", "A good customer who stopped coming: win them back."};
    case Segment::loyal: return {"Vuelve siempre.", "Keeps coming back."};
    case Segment::new_customer: return {"Su primera visita fue hace poco: que vuelva.", "First visit lately: bring them back."};
    case Segment::promising: return {"Vino hace poco, todavía pocas veces.", "Came lately, few times yet."};
    case Segment::hibernating: return {"Venía y hace más de un año que no viene.", "Used to come; away for more than a year."};
    case Segment::lost: return {"Vino una vez, hace más de un año.", "Came once, more than a year ago."};
    case Segment::occasional: return {"Viene de vez en cuando, o todavía no ha venido.", "Comes now and then, or has not come yet."};
  }
  return {};
}

std::string summary_of(const GuestSearch& found, std::string_view language) {
  const Say say{language};
  if (found.guests.empty()) {
    return std::string(say("No se encontró a nadie. Pruebe con parte del nombre, los últimos dígitos del teléfono, el RUT o el e-mail.",
                           "Nobody was found. Try a part of the name, the phone's last digits, the RUT or the e-mail."));
  }
  std::string out = std::string(found.guests.size() == 1 ? say("1 encontrado:\n", "1 found:\n") : say("", ""));
  if (found.guests.size() > 1) {
    out = fmt::format(fmt::runtime(say("{} encontrados, el más parecido primero:\n", "{} found, best match first:\n")), found.guests.size());
  }
  for (const GuestHit& guest : found.guests) {
    out += guest.customer_id ? fmt::format("- {} · customer_id {}", guest.nombre, *guest.customer_id)
                             : fmt::format(fmt::runtime(say("- {} · solo histórico, legacy_id {}", "- {} · legacy only, legacy_id {}")), guest.nombre, guest.legacy_id.value_or(""));
    if (guest.ciudad) out += " · " + std::string(*guest.ciudad);
    if (guest.segment) out += " · " + std::string(json_name(*guest.segment));
    out += " · " + say.visits(guest.total_visitas);
    if (guest.ultima_visita.known()) out += fmt::format(fmt::runtime(say(", última {}", ", last {}")), say.day(guest.ultima_visita));
    if (guest.es_staff) out += say(" · cuenta del personal", " · staff account");
    out += fmt::format(fmt::runtime(say(" · coincide {} en {}\n", " · matches {} on {}\n")), guest.score, guest.matched_on);
  }
  return out + say.more(found.next);
}

std::string summary_of(const GuestCard& card, std::string_view language) {
  const Say say{language};
  const CustomerStatistics& stats = card.statistics;
  std::string out = fmt::format("{} (customer_id {}){}\n", card.nombre, card.customer_id, card.ciudad ? ", " + std::string(*card.ciudad) : "");
  if (card.es_staff) out += std::string(say("Es una cuenta del personal, no un cliente.\n", "A staff account, no customer.\n"));
  out += fmt::format(fmt::runtime(say("Segmento {}: {}\n", "Segment {}: {}\n")), json_name(card.segment), card.segment_meaning);
  out += fmt::format(fmt::runtime(say("{} ({}, {}) desde {}; última {} ({}); {} el último año\n",
                                      "{} ({}, {}) since {}; last {} ({}); {} in the last year\n")),
                     say.visits(stats.total_visitas), counted(stats.visitas_por_fuente.current, say("actual", "current"), say("actuales", "current")),
                     counted(stats.visitas_por_fuente.legacy, say("histórica", "legacy"), say("históricas", "legacy")), say.day(stats.primera_visita.date()),
                     say.day(stats.ultima_visita.date()), say.ago(card.rfm_analysis.days_since_last_visit, card.as_of), stats.visitas_ultimo_ano);
  out += fmt::format(fmt::runtime(say("Gasto {}, promedio {} por visita. RFM R={} F={} M={} ({})\n",
                                      "Spent {}, {} a visit on average. RFM R={} F={} M={} ({})\n")),
                     say.money(stats.total_gastado), say.money(stats.promedio_por_visita), card.rfm_analysis.recency_score,
                     card.rfm_analysis.frequency_score, card.rfm_analysis.monetary_score, card.rfm_analysis.rfm_combined_score);
  out += say("Prefiere: ", "Prefers: ");
  for (std::size_t i = 0; i < card.service_preferences.size(); ++i) {
    out += fmt::format("{}{} ({}×)", i == 0 ? "" : ", ", card.service_preferences[i].servicio_nombre, card.service_preferences[i].veces_reservado);
  }
  if (card.service_preferences.empty()) out += say("nada aún", "nothing yet");
  out += fmt::format(fmt::runtime(say("\nFrecuencia: {}. Temporada: {} ({}). Riesgo de fuga: {}. Potencial: {}\n",
                                      "\nFrequency: {}. Season: {} ({}). Churn risk: {}. Upsell: {}\n")),
                     card.visit_frequency, card.seasonality.pattern, fmt::join(card.seasonality.best_months, ", "), card.churn_risk, card.upsell_potential);
  if (stats.proxima_visita.known()) out += fmt::format(fmt::runtime(say("Tiene reserva para el {}.\n", "Has a booking on {}.\n")), say.day(stats.proxima_visita.date()));
  for (std::size_t i = 0; i < std::min<std::size_t>(card.recent_visits.size(), 3); ++i) out += visit_line(card.recent_visits[i], say);
  for (const LegacyTie& tie : card.legacy_records) {
    out += fmt::format(fmt::runtime(say("Registro histórico {} ({}), confianza {} %\n", "Legacy record {} ({}), confidence {} %\n")), tie.legacy_id, tie.nombre,
                       tie.confidence_score.value_or(0));
  }
  if (card.contact) {
    out += fmt::format(fmt::runtime(say("Contacto: {} · {} · {}\n", "Contact: {} · {} · {}\n")), card.contact->telefono.value_or("–"),
                       card.contact->email.value_or("–"), card.contact->documento_identidad.value_or("–"));
  }
  out += fmt::format(fmt::runtime(say("Canales abiertos: {}\n", "Open channels: {}\n")), channels(card.channels, say));
  for (const ClosedWay& closed : card.closed_channels) {
    out += fmt::format(fmt::runtime(say("Cerrado {}: {}\n", "Closed {}: {}\n")), json_name(closed.channel), closed.why);
  }
  if (card.debe > 0) out += fmt::format(fmt::runtime(say("Debe {}.\n", "Owes {}.\n")), say.money(card.debe));
  if (card.saldo_gift_cards > 0) {
    out += fmt::format(fmt::runtime(say("Saldo de las gift cards que compró o recibió: {}.\n", "Balance of the gift cards they bought or were given: {}.\n")), say.money(card.saldo_gift_cards));
  }
  if (card.offer) out += offer_line(*card.offer, say);
  return out;
}

std::string summary_of(const VisitList& list, std::string_view language) {
  const Say say{language};
  std::string out = fmt::format(fmt::runtime(say("Cliente {}: {} en total.\n", "Customer {}: {} in all.\n")), list.customer_id, say.visits(list.total_visitas));
  if (!list.upcoming.empty()) out += say("Por venir:\n", "Ahead:\n");
  for (const VisitLine& visit : list.upcoming) out += visit_line(visit, say);
  if (!list.visits.empty()) out += say("Visitas, la última primero:\n", "Visits, latest first:\n");
  for (const VisitLine& visit : list.visits) out += visit_line(visit, say);
  return out + say.more(list.next);
}

std::string summary_of(const SegmentTable& table, std::string_view language) {
  const Say say{language};
  std::string out = fmt::format(fmt::runtime(say("{}, {} en total, al {}:\n", "{}, {} in all, as of {}:\n")), say.customers(table.total_customers),
                                say.money(table.ltv_total), say.day(table.as_of.date()));
  for (const SegmentLine& line : table.segments) {
    out += fmt::format(fmt::runtime(say("- {}: {} ({} %), {} en promedio, {} {}; {}; {}\n", "- {}: {} ({} %), {} on average, {} {}; {}; {}\n")),
                       json_name(line.segment), line.customers, line.share_percent, say.money(line.ltv_promedio), line.visitas_promedio,
                       line.visitas_promedio == 1 ? say("visita", "visit") : say("visitas", "visits"),
                       fmt::join(line.top_services, ", "), line.seasonality_pattern);
  }
  return out;
}

std::string summary_of(const SegmentMembers& members, std::string_view language) {
  const Say say{language};
  std::string out = fmt::format(fmt::runtime(say("{}: {}. {} Gasto promedio {}. Prefieren: {}.\n", "{}: {}. {} Average spent {}. They prefer: {}.\n")),
                                json_name(members.segment), say.customers(members.total_found), members.meaning, say.money(members.ltv_promedio),
                                fmt::join(members.top_services, ", "));
  for (const MemberLine& guest : members.guests) {
    out += fmt::format("- {} · customer_id {} · {} · {} · {}\n", guest.nombre, guest.customer_id, say.visits(guest.total_visitas),
                       say.money(guest.total_gastado), say.ago(guest.days_since_last_visit, members.as_of));
  }
  return out + say.more(members.next);
}

std::string summary_of(const InactiveList& list, std::string_view language) {
  const Say say{language};
  const bool one = list.total_inactive == 1;
  std::string out = say.en() ? fmt::format("{} away for {} or more; by priority:\n", say.customers(list.total_inactive), counted(list.months, "month", "months"))
                             : fmt::format("{} no {} hace {} o más; por prioridad:\n", say.customers(list.total_inactive), one ? "viene" : "vienen",
                                           counted(list.months, "mes", "meses"));
  for (const InactiveLine& guest : list.guests) {
    out += fmt::format(fmt::runtime(say("- {}: {} · customer_id {} · {} · {} · {} · {} · prefiere {} · canales: {}",
                                        "- {}: {} · customer_id {} · {} · {} · {} · {} · prefers {} · channels: {}")),
                       guest.reactivation_priority, guest.nombre, guest.customer_id, json_name(guest.segment), say.visits(guest.total_visitas),
                       say.money(guest.total_gastado), say.ago(guest.days_since_last_visit, list.as_of), fmt::join(guest.preferred_services, ", "),
                       channels(guest.channels, say));
    if (guest.contact) out += fmt::format(" · {} · {}", guest.contact->telefono.value_or("–"), guest.contact->email.value_or("–"));
    out += "\n";
  }
  return out + say.more(list.next);
}

std::string summary_of(const Catalogue& catalogue, std::string_view language) {
  const Say say{language};
  std::string out(say("Servicios que se venden hoy:\n", "Services sold today:\n"));
  for (const ServiceLine& service : catalogue.services) {
    out += fmt::format("- {} ({}) · {}{}{}\n", service.nombre, service.tipo_servicio, price_line(service, say),
                       service.duracion > 0 ? " · " + spoken_duration(service.duracion, language) : "",
                       service.solo_complemento ? say(" · solo junto a otro", " · only beside another") : "");
  }
  if (!catalogue.products.empty()) out += say("Productos con existencias:\n", "Products in stock:\n");
  for (const ProductLine& product : catalogue.products) out += fmt::format("- {} · {} · {}\n", product.nombre, say.money(product.precio_base), product.cantidad_disponible);
  if (catalogue.truncated) out += say("Hay más: suba limit.\n", "There are more: raise limit.\n");
  return out;
}

std::string summary_of(const ProposalAnswer& answer, std::string_view language) {
  const Say say{language};
  std::string out;
  if (!answer.accepted) {
    out = say("El mensaje dice cosas que los hechos no dicen. Corríjalo y vuelva a enviarlo en `message`:\n",
              "The message says what the facts do not. Mend it and send it again in `message`:\n");
    for (const ProposalProblem& problem : answer.problems) out += fmt::format("- {} «{}»: {}\n", problem.code, problem.quote, problem.message);
  } else {
    out = answer.author == Author::usted ? say("El mensaje está de acuerdo con los hechos:\n\n", "The message agrees with the facts:\n\n")
          : answer.author == Author::modelo ? say("Mensaje escrito por su modelo y comprobado:\n\n", "Message written by your model, and checked:\n\n")
                                            : say("Mensaje de la plantilla (puede escribir otro y comprobarlo con `message`):\n\n",
                                                  "Message from the template (you may write another and have it checked with `message`):\n\n");
    out += answer.mensaje + "\n";
  }
  const ProposalFacts& facts = answer.hechos;
  out += fmt::format(fmt::runtime(say("\nHechos: {}, {}, {}, última {}. Descuento {} %.\n", "\nFacts: {}, {}, {}, last {}. Discount {} %.\n")), facts.nombre,
                     json_name(facts.segment), say.visits(facts.total_visitas), say.ago(facts.dias_sin_venir, facts.as_of), facts.descuento_porcentaje);
  for (const Offer& offer : facts.ofertas) {
    out += fmt::format(fmt::runtime(say("- {}: {}{} (lista {})\n", "- {}: {}{} (list {})\n")), offer.nombre, say.money(offer.precio_oferta),
                       say.whom(offer.personas, offer.noches), say.money(offer.precio_lista));
  }
  if (facts.regalo) out += fmt::format(fmt::runtime(say("- Regalo: {}\n", "- Gift: {}\n")), *facts.regalo);
  out += fmt::format(fmt::runtime(say("Canales: {}\n", "Channels: {}\n")), channels(facts.channels, say));
  if (facts.no_contactar_antes_de.known()) {
    out += fmt::format(fmt::runtime(say("No escribir antes del {}.\n", "Do not write before {}.\n")), say.day(facts.no_contactar_antes_de));
  }
  return out;
}

}  // namespace aremko::assistants
