// Finding a guest, and everything about one.

#include <algorithm>

#include "analytics/history.h"
#include "analytics/insights.h"
#include "analytics/offer.h"
#include "analytics/preferences.h"
#include "analytics/price.h"
#include "analytics/profile.h"
#include "assistants/cards.h"
#include "assistants/guest_card.h"
#include "assistants/guest_search.h"
#include "assistants/tool_maker.h"
#include "assistants/tool_words.h"
#include "assistants/tools.h"
#include "operations/office.h"

namespace aremko::assistants {

namespace {

VisitLine line_of(const Reservation& reservation) {
  VisitLine out{.fecha = reservation.fecha, .source = reservation.source, .total = reservation.total};
  for (const ReservedService& service : reservation.servicios) {
    if (std::ranges::find(out.servicios, service.servicio_nombre) == out.servicios.end()) out.servicios.push_back(service.servicio_nombre);
  }
  return out;
}

std::vector<VisitLine> lines_of(const std::vector<Reservation>& reservations, std::size_t most) {
  std::vector<VisitLine> out;
  for (const Reservation& reservation : reservations) {
    if (out.size() == most) break;
    out.push_back(line_of(reservation));
  }
  return out;
}

Result<GuestSearch> search(Call& call, const SearchArguments& input) {
  const auto found = find_guests(
      call, {.query = input.query, .source = input.source, .limit = input.limit, .cursor = input.cursor, .as_of = input.as_of});
  if (!found) return fail(found.error());
  GuestSearch out{.as_of = found->as_of, .next = found->next_cursor};
  for (const CurrentMatch& match : found->current_matches) {
    out.guests.push_back({.customer_id = match.id, .nombre = match.nombre, .ciudad = match.ciudad, .segment = match.segment,
                          .total_visitas = match.total_visitas, .ultima_visita = match.ultima_visita.date(), .score = match.score,
                          .matched_on = match.matched_on, .es_staff = match.es_staff});
  }
  for (const LegacyMatch& match : found->legacy_matches) {
    const bool shown = match.customer_id && std::ranges::any_of(out.guests, [&](const GuestHit& guest) { return guest.customer_id == match.customer_id; });
    if (shown) continue;  // the same person, whole
    out.guests.push_back({.customer_id = match.customer_id, .legacy_id = match.legacy_id, .nombre = match.nombre, .ciudad = match.ciudad,
                          .total_visitas = match.total_visitas, .ultima_visita = match.ultima_visita.date(), .score = match.score,
                          .matched_on = match.matched_on});
  }
  std::ranges::sort(out.guests, [](const GuestHit& a, const GuestHit& b) {
    return std::tuple(-a.score, -a.total_visitas, a.customer_id.value_or(0), a.legacy_id.value_or("")) <
           std::tuple(-b.score, -b.total_visitas, b.customer_id.value_or(0), b.legacy_id.value_or(""));
  });
  return out;
}

void add_years(GuestCard& card, const snapshot::Snapshot& snapshot, snapshot::Row row, AsOf as_of) {
  analytics::for_each_seen(snapshot, snapshot.person_of_customer(row), {.as_of = as_of},
                           [&](std::size_t, Moment at, Pesos money, snapshot::VisitRef) {
                             if (!at.known()) return;
                             const int year = at.date().year();
                             if (card.visits_by_year.empty() || card.visits_by_year.back().year != year) card.visits_by_year.push_back({.year = year});
                             ++card.visits_by_year.back().visits;
                             card.visits_by_year.back().spent += money;
                           });
  analytics::for_each_charge(snapshot, snapshot.person_of_customer(row), {.as_of = as_of},
                             [&](Moment at, Pesos money, snapshot::ChargeKind) {
                               if (!at.known()) return;
                               auto year = std::ranges::lower_bound(card.visits_by_year, at.date().year(), {}, &YearLine::year);
                               if (year == card.visits_by_year.end() || year->year != at.date().year()) {
                                 year = card.visits_by_year.insert(year, {.year = at.date().year()});
                               }
                               year->spent += money;
                             });
}

OfferHint hint_of(const CustomerOffer& offer, bool english) {
  OfferHint out{.precio_lista = offer.precio_lista, .descuento_porcentaje = offer.descuento_porcentaje, .precio_oferta = offer.precio_final,
                .motivo = english ? offer.motivo_en : offer.motivo, .personas = offer.personas};
  for (const OfferItem& item : offer.items) {
    out.servicios.push_back({item.servicio_id, item.servicio_nombre, item.tipo_servicio, item.duracion, item.precio, 0,
                             item.unidad, item.precio_unitario, item.personas, item.noches, {}});
  }
  out.nombre = analytics::offer_name(out.servicios);
  return out;
}

Result<GuestCard> customer(Call& call, const CustomerArguments& input) {
  return guest_card(call, input.customer_id, input.include_contact, input.as_of);
}

Result<VisitList> visits(Call& call, const VisitsArguments& input) {
  const auto found = operations::customer_visits(
      call.context(), {.customer_id = input.customer_id, .limit = input.limit, .cursor = input.cursor, .as_of = input.as_of});
  if (!found) return fail(found.error());
  return VisitList{.customer_id = found->customer_id,
                   .as_of = found->as_of,
                   .total_visitas = found->total_visitas,
                   .visits = lines_of(found->visits, found->visits.size()),
                   .upcoming = lines_of(found->upcoming, 10),
                   .next = found->next_cursor};
}

Note query_note() {
  return {.name = "query",
          .about = {"Nombre (o parte, con faltas); con una clave de alcance write también teléfono (o sus últimos dígitos), RUT o e-mail.",
                    "Name (or part, misspelt); with a key of scope write also phone (or its last digits), RUT or e-mail."},
          .required = true,
          .min = 1,
          .max = 200,
          .example = "María González"};
}

}  // namespace

Result<GuestCard> guest_card(Call& call, std::int64_t customer_id, bool include_contact, const std::optional<Date>& day) {
  if (auto fault = contact_refused(call, include_contact)) return fail(std::move(*fault));
  operations::Context& context = call.context();
  const AsOf as_of = context.as_of(day);
  const auto found = context.customer(customer_id, as_of);
  if (!found) return fail(found.error());
  const snapshot::Snapshot& snapshot = context.snapshot();
  const snapshot::Row row = *found;
  const analytics::View view{.as_of = as_of};
  // What both the profile and the insights begin with, once.
  const auto likes = analytics::service_preferences(snapshot, snapshot.person_of_customer(row), view);
  const CustomerProfile whole = analytics::profile(snapshot, row, view, likes, context.thresholds());
  const CustomerInsights behaviour = analytics::insights(snapshot, row, view, likes, context.thresholds());
  const bool english = call.language() == "en";

  GuestCard out{.customer_id = customer_id, .as_of = as_of, .nombre = whole.basic_info.nombre, .ciudad = whole.basic_info.ciudad,
                .es_staff = whole.basic_info.es_staff, .segment = whole.rfm_analysis.segment};
  out.segment_meaning = segment_meaning(out.segment).in(call.language());
  if (include_contact) {
    out.contact = ContactDetails{whole.basic_info.telefono, whole.basic_info.email, whole.basic_info.documento_identidad};
  }
  out.statistics = whole.statistics;
  out.rfm_analysis = whole.rfm_analysis;
  out.visit_frequency = behaviour.visit_frequency;
  out.churn_risk = behaviour.churn_risk;
  out.upsell_potential = behaviour.upsell_potential;
  out.service_preferences = whole.service_preferences;
  if (out.service_preferences.size() > 5) out.service_preferences.resize(5);
  out.seasonality = behaviour.seasonality;
  out.payment_behavior = behaviour.payment_behavior;
  out.recent_visits = lines_of(whole.recent_reservations, 8);
  out.upcoming_visits = lines_of(whole.upcoming_reservations, 3);
  add_years(out, snapshot, row, as_of);
  if (whole.legacy_data) {
    for (const LegacyRecord& record : whole.legacy_data->records) {
      if (out.legacy_records.size() == 5) break;
      out.legacy_records.push_back({record.legacy_id, record.nombre, record.confidence_score});
    }
  }
  out.channels = whole.contacto.channels;
  for (const ClosedChannel& closed : whole.contacto.cerrados) {
    out.closed_channels.push_back({closed.canal, closed.codigo, english ? closed.texto_en : closed.texto});
  }
  out.no_contact_before = whole.contacto.esperar_hasta;
  out.debe = whole.debe;
  for (const GuestGiftCard& card : whole.gift_cards) {
    if (!card.vencida) out.saldo_gift_cards += card.saldo;
  }
  if (!out.es_staff) {
    const auto offer = analytics::offer(snapshot, row, as_of, operations::signature(context.tenant().name), context.thresholds());
    if (!offer.items.empty()) out.offer = hint_of(offer, english);
  }
  return out;
}

void add_guest_tools(Registry& registry) {
  registry.add(make_tool<SearchArguments, GuestSearch>(
      {.name = "search_customers",
       .title = {"Buscar clientes", "Search customers"},
       .description = {"Encuentra a un cliente por nombre, teléfono, RUT o e-mail, aunque esté mal escrito, en la base actual y en los archivos "
                       "históricos. Empiece por aquí: da el customer_id que piden las demás herramientas.",
                       "Finds a guest by name, phone, RUT or e-mail, even misspelt, in the current database and the legacy files. Start here: it "
                       "gives the customer_id that the other tools take."},
       .notes = {query_note(), {.name = "source", .about = {"Dónde buscar.", "Where to search."}}, limit_note(50), cursor_note(), fields_note(),
                 operations::as_of_note()},
       .cost = Cost::quick,
       .list = "guests",
       .always = {"customer_id", "legacy_id", "nombre"}},
      &search, &summary_of));
  registry.add(make_tool<CustomerArguments, GuestCard>(
      {.name = "get_customer",
       .title = {"Ficha 360° de un cliente", "A customer's 360° card"},
       .description = {"Todo de un cliente en una ficha: segmento RFM, visitas de ambas fuentes, gasto, servicios preferidos, meses, riesgo de fuga y "
                       "qué ofrecerle. Sin datos de contacto, salvo que se pidan.",
                       "Everything about one customer: RFM segment, visits of both sources, money, favourite services, months, churn risk and what to "
                       "offer. No contact details unless asked for."},
       .notes = {operations::customer_id_note(), contact_note(), fields_note(), operations::as_of_note()},
       .cost = Cost::light,
       .always = {"customer_id", "as_of", "nombre"},
       .card = std::string(guest_card_uri)},
      &customer, &summary_of));
  registry.add(make_tool<VisitsArguments, VisitList>(
      {.name = "list_visits",
       .title = {"Historia de visitas", "Visit history"},
       .description = {"La línea de tiempo completa de un cliente, de las dos fuentes, y lo que tiene reservado. get_customer ya trae las últimas.",
                       "A customer's whole timeline over both sources, and what is booked. get_customer has the latest already."},
       .notes = {operations::customer_id_note(), limit_note(100), cursor_note(), operations::as_of_note()},
       .cost = Cost::quick},
      &visits, &summary_of));
}

}  // namespace aremko::assistants
