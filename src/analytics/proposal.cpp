#include "analytics/proposal.h"

#include <algorithm>

#include "analytics/guest_extras.h"
#include "analytics/guest_notice.h"
#include "analytics/history.h"
#include "analytics/insights.h"
#include "analytics/lines.h"
#include "analytics/offer.h"
#include "analytics/preferences.h"
#include "analytics/price.h"
#include "analytics/priority.h"
#include "analytics/profile.h"
#include "base/spoken.h"
#include "normalize/text.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

constexpr std::size_t most_offers = 3;   // more is a list of prices, not an offer
constexpr std::size_t most_favourites = 3;

std::int64_t times_booked(std::span<const ServicePreference> known, std::int64_t service) {
  const auto at = std::ranges::find(known, std::optional(service), &ServicePreference::servicio_id);
  return at == known.end() ? 0 : at->veces_reservado;
}

std::string dura(int minutes) { return minutes > 0 ? spoken_duration(minutes, "es") : std::string(); }

Offer offer_of(std::vector<OfferedService> services, int discount) {
  Offer out;
  for (const OfferedService& service : services) {
    out.precio_lista += service.precio;
    out.noches = std::max(out.noches, service.noches);
  }
  out.personas = services.empty() ? 0 : services.front().personas;
  out.nombre = offer_name(services);
  out.precio_oferta = offer_price(out.precio_lista, discount);
  out.ahorro = out.precio_lista - out.precio_oferta;
  out.servicios = std::move(services);
  return out;
}

/// The most booked of the guest's segment that is none of `known` and not among `taken`.
std::optional<OfferedService> something_new(const snapshot::Snapshot& snapshot, const Census& census, Segment segment,
                                            std::span<const ServicePreference> known,
                                            std::span<const OfferedService> taken, AsOf as_of, int party) {
  const auto services = census.services(snapshot);
  const auto& catalogue = snapshot.current().services;
  for (const auto& popular : census.habits(snapshot, segment).top_services) {
    const auto id = services[popular.service].id;
    if (!id || times_booked(known, *id) > 0) continue;
    if (std::ranges::find(taken, *id, &OfferedService::servicio_id) != taken.end()) continue;
    const auto service = std::ranges::find(catalogue, *id, &sources::CatalogService::id);
    if (service == catalogue.end() || !may_be_offered(snapshot, *service, as_of) || !holds(*service, party)) continue;
    const Priced price = price_of(*service, party);
    return OfferedService{service->id, service->nombre, type_of(*service), service->duracion, price.charged, 0,
                          unit_name(service->unit), service->precio_base, price.people, price.nights, dura(service->duracion)};
  }
  return std::nullopt;
}

/// The guest's offer, its first service alone, and something new.
std::vector<Offer> offers(const snapshot::Snapshot& snapshot, const CustomerOffer& lead, const Census* census,
                          std::span<const ServicePreference> known, int discount) {
  std::vector<OfferedService> services;
  for (const OfferItem& item : lead.items) {
    if (item.precio <= 0) continue;  // what costs nothing is not sold alone
    services.push_back({item.servicio_id, item.servicio_nombre, item.tipo_servicio, item.duracion, item.precio,
                        times_booked(known, item.servicio_id), item.unidad, item.precio_unitario, item.personas, item.noches,
                        dura(item.duracion)});
  }
  std::vector<Offer> out;
  if (services.empty()) return out;
  out.push_back(offer_of(services, discount));
  if (services.size() > 1) out.push_back(offer_of({services.front()}, discount));
  if (census == nullptr || out.size() == most_offers) return out;
  if (auto fresh = something_new(snapshot, *census, lead.segment, known, services, lead.as_of, lead.personas)) out.push_back(offer_of({*fresh}, discount));
  return out;
}

/// The guide's oil: for somebody who is to be won back and has earned it, the cheapest oil in stock.
MaybeText gift(const snapshot::Snapshot& snapshot, int discount) {
  if (discount < 15) return std::nullopt;
  const sources::CatalogProduct* best = nullptr;
  for (const sources::CatalogProduct& product : snapshot.current().products) {
    if (product.cantidad_disponible <= 0 || product.precio_base <= 0) continue;
    if (!normalize::fold(product.nombre).starts_with("aceite")) continue;
    if (best == nullptr || product.precio_base < best->precio_base) best = &product;
  }
  return best == nullptr ? MaybeText{} : maybe(best->nombre);
}

}  // namespace

ProposalFacts proposal_facts(const snapshot::Snapshot& snapshot, Row customer, const Census* census,
                             const ProposalOptions& options, const RfmThresholds& thresholds) {
  const View view{.as_of = options.as_of};
  const auto person = snapshot.person_of_customer(customer);
  const Tally sums = tally(snapshot, person, view);
  const RfmAnalysis scores = rfm(sums, options.as_of, thresholds);
  const auto preferences = service_preferences(snapshot, person, view);
  const CustomerOffer lead = offer(snapshot, customer, options.as_of, options.business, thresholds);
  const int discount = options.discount.value_or(lead.descuento_porcentaje);

  ProposalFacts out;
  out.customer_id = snapshot.customers().id[customer];
  out.as_of = options.as_of;
  out.negocio = options.business;
  out.nombre = snapshot.customers().contact.nombre[customer];
  out.primer_nombre = greeted_as(out.nombre);
  out.segment = scores.segment;
  out.total_visitas = sums.visits;
  out.primera_visita = sums.first.date();
  out.ultima_visita = sums.last.date();
  out.dias_sin_venir = scores.days_since_last_visit;
  out.proxima_reserva = booked_ahead(snapshot, customer, options.as_of);
  out.here = here_since(snapshot, customer, options.as_of).known();
  out.owes = owed(snapshot, customer, options.as_of) > 0;
  out.ultimo_servicio = maybe(last_service(snapshot, person, view));
  for (const ServicePreference& preference : preferences) {
    if (out.favoritos.size() == most_favourites) break;
    out.favoritos.push_back({preference.servicio_nombre, preference.veces_reservado, preference.ultima_reserva.date()});
  }
  out.mejores_meses = insights(snapshot, customer, view, preferences, thresholds).seasonality.best_months;
  out.channels = lead.channels;
  out.no_contactar_antes_de = reach(snapshot, customer, options.as_of).wait_until;
  out.ofertas = offers(snapshot, lead, census, preferences, discount);
  out.descuento_porcentaje = out.ofertas.empty() ? 0 : discount;
  if (!out.ofertas.empty()) out.regalo = gift(snapshot, out.descuento_porcentaje);
  return out;
}

}  // namespace aremko::analytics
