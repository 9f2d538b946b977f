#pragma once
// What the tools take and answer: an answer as a conversation needs it, far shorter than REST's.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "model/insights.h"
#include "model/mapping.h"
#include "model/profile.h"
#include "model/proposal.h"
#include "model/reactivation.h"
#include "operations/customers.h"
#include "operations/proposal.h"

namespace aremko::assistants {

using Fields = std::vector<std::string>;

struct ContactDetails {
  MaybeText telefono{};
  MaybeText email{};
  MaybeText documento_identidad{};
};
BOOST_DESCRIBE_STRUCT(ContactDetails, (), (telefono, email, documento_identidad))

struct SearchArguments {
  std::string query;
  operations::SearchSource source = operations::SearchSource::all;
  std::int64_t limit = 10;
  std::optional<std::string> cursor;
  Fields fields;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(SearchArguments, (), (query, source, limit, cursor, fields, as_of))

/// A customer, or a person of the legacy files whom nothing ties to a customer yet.
struct GuestHit {
  std::optional<std::int64_t> customer_id{};
  MaybeText legacy_id{};
  std::string_view nombre{};
  MaybeText ciudad{};
  std::optional<Segment> segment{};
  std::int64_t total_visitas = 0;
  Date ultima_visita{};
  double score = 0;
  std::string_view matched_on{};
  bool es_staff = false;
};
BOOST_DESCRIBE_STRUCT(GuestHit, (), (customer_id, legacy_id, nombre, ciudad, segment, total_visitas, ultima_visita, score, matched_on, es_staff))

struct GuestSearch {
  AsOf as_of{};
  std::vector<GuestHit> guests{};
  std::optional<std::string> next{};
};
BOOST_DESCRIBE_STRUCT(GuestSearch, (), (as_of, guests, next))

struct CustomerArguments {
  std::int64_t customer_id = 0;
  bool include_contact = false;
  Fields fields;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(CustomerArguments, (), (customer_id, include_contact, fields, as_of))

struct VisitLine {
  Moment fecha{};
  std::string_view source{};
  std::vector<std::string_view> servicios{};
  Pesos total = 0;
};
BOOST_DESCRIBE_STRUCT(VisitLine, (), (fecha, source, servicios, total))

struct YearLine {
  int year = 0;
  std::int64_t visits = 0;
  Pesos spent = 0;
};
BOOST_DESCRIBE_STRUCT(YearLine, (), (year, visits, spent))

struct LegacyTie {
  std::string_view legacy_id{};
  std::string_view nombre{};
  std::optional<double> confidence_score{};
};
BOOST_DESCRIBE_STRUCT(LegacyTie, (), (legacy_id, nombre, confidence_score))

struct OfferHint {
  std::string nombre{};
  std::vector<OfferedService> servicios{};
  Pesos precio_lista = 0;
  int descuento_porcentaje = 0;
  Pesos precio_oferta = 0;
  std::string motivo{};
  int personas = 1;  // whom the price is for
};
BOOST_DESCRIBE_STRUCT(OfferHint, (),
                      (nombre, servicios, precio_lista, descuento_porcentaje, precio_oferta, motivo, personas))

/// A way that is shut although there is a contact, and why.
struct ClosedWay {
  Channel channel = Channel::whatsapp;
  std::string_view code{};
  std::string why{};
};
BOOST_DESCRIBE_STRUCT(ClosedWay, (), (channel, code, why))

/// The whole guest on one card.
struct GuestCard {
  std::int64_t customer_id = 0;
  AsOf as_of{};
  std::string_view nombre{};
  MaybeText ciudad{};
  bool es_staff = false;
  Segment segment = Segment::occasional;
  std::string segment_meaning{};
  std::optional<ContactDetails> contact{};
  CustomerStatistics statistics{};
  RfmAnalysis rfm_analysis{};
  std::string_view visit_frequency{};
  std::string_view churn_risk{};
  std::string_view upsell_potential{};
  std::vector<ServicePreference> service_preferences{};  // at most 5
  Seasonality seasonality{};
  PaymentBehavior payment_behavior{};
  std::vector<VisitLine> recent_visits{};                // newest first, at most 8
  std::vector<VisitLine> upcoming_visits{};
  std::vector<YearLine> visits_by_year{};
  std::vector<LegacyTie> legacy_records{};               // at most 5
  std::vector<Channel> channels{};
  std::vector<ClosedWay> closed_channels{};
  Date no_contact_before{};
  Pesos debe = 0;                                        // what is left to pay
  Pesos saldo_gift_cards = 0;                            // of those they bought or were given that still hold
  std::optional<OfferHint> offer{};
};
BOOST_DESCRIBE_STRUCT(GuestCard, (),
                      (customer_id, as_of, nombre, ciudad, es_staff, segment, segment_meaning, contact, statistics,
                       rfm_analysis, visit_frequency, churn_risk, upsell_potential, service_preferences, seasonality,
                       payment_behavior, recent_visits, upcoming_visits, visits_by_year, legacy_records, channels,
                       closed_channels, no_contact_before, debe, saldo_gift_cards, offer))

struct VisitsArguments {
  std::int64_t customer_id = 0;
  std::int64_t limit = 20;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(VisitsArguments, (), (customer_id, limit, cursor, as_of))

struct VisitList {
  std::int64_t customer_id = 0;
  AsOf as_of{};
  std::int64_t total_visitas = 0;
  std::vector<VisitLine> visits{};
  std::vector<VisitLine> upcoming{};
  std::optional<std::string> next{};
};
BOOST_DESCRIBE_STRUCT(VisitList, (), (customer_id, as_of, total_visitas, visits, upcoming, next))

struct SegmentsArguments {
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(SegmentsArguments, (), (as_of))

struct SegmentLine {
  Segment segment = Segment::occasional;
  std::string meaning{};
  std::int64_t customers = 0;
  double share_percent = 0;
  Pesos ltv_total = 0;
  Pesos ltv_promedio = 0;
  double visitas_promedio = 0;
  std::vector<std::string_view> top_services{};   // at most 3
  std::string_view seasonality_pattern{};
  std::vector<std::int64_t> visits_by_month{};    // twelve, January first
};
BOOST_DESCRIBE_STRUCT(SegmentLine, (),
                      (segment, meaning, customers, share_percent, ltv_total, ltv_promedio, visitas_promedio, top_services,
                       seasonality_pattern, visits_by_month))

struct SegmentTable {
  AsOf as_of{};
  std::int64_t total_customers = 0;
  Pesos ltv_total = 0;
  std::vector<SegmentLine> segments{};
};
BOOST_DESCRIBE_STRUCT(SegmentTable, (), (as_of, total_customers, ltv_total, segments))

struct MembersArguments {
  Segment segment = Segment::vip;
  std::int64_t limit = 20;
  std::optional<std::string> cursor;
  Fields fields;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(MembersArguments, (), (segment, limit, cursor, fields, as_of))

struct MemberLine {
  std::int64_t customer_id = 0;
  std::string_view nombre{};
  MaybeText ciudad{};
  std::int64_t total_visitas = 0;
  Pesos total_gastado = 0;
  Date ultima_visita{};
  std::optional<int> days_since_last_visit{};
  double rfm_combined_score = 0;
};
BOOST_DESCRIBE_STRUCT(MemberLine, (),
                      (customer_id, nombre, ciudad, total_visitas, total_gastado, ultima_visita, days_since_last_visit,
                       rfm_combined_score))

struct SegmentMembers {
  Segment segment = Segment::occasional;
  std::string meaning{};
  AsOf as_of{};
  std::int64_t total_found = 0;
  Pesos ltv_promedio = 0;
  std::vector<std::string_view> top_services{};
  std::vector<MemberLine> guests{};
  std::optional<std::string> next{};
};
BOOST_DESCRIBE_STRUCT(SegmentMembers, (), (segment, meaning, as_of, total_found, ltv_promedio, top_services, guests, next))

struct InactiveArguments {
  std::int64_t months = 12;
  std::int64_t limit = 10;
  std::optional<std::string> cursor;
  bool include_contact = false;
  Fields fields;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(InactiveArguments, (), (months, limit, cursor, include_contact, fields, as_of))

struct InactiveLine {
  std::int64_t customer_id = 0;
  std::string_view nombre{};
  int reactivation_priority = 0;
  std::vector<std::string> priority_reasons{};
  Segment segment = Segment::occasional;
  std::optional<int> days_since_last_visit{};
  std::int64_t total_visitas = 0;
  Pesos total_gastado = 0;
  std::vector<std::string_view> preferred_services{};
  std::string_view churn_risk{};
  std::vector<Channel> channels{};
  std::optional<ContactDetails> contact{};
};
BOOST_DESCRIBE_STRUCT(InactiveLine, (),
                      (customer_id, nombre, reactivation_priority, priority_reasons, segment, days_since_last_visit,
                       total_visitas, total_gastado, preferred_services, churn_risk, channels, contact))

struct InactiveList {
  AsOf as_of{};
  std::int64_t months = 0;
  std::int64_t total_inactive = 0;
  std::vector<InactiveLine> guests{};
  std::optional<std::string> next{};
};
BOOST_DESCRIBE_STRUCT(InactiveList, (), (as_of, months, total_inactive, guests, next))

struct CatalogueArguments {
  bool include_products = false;
  std::int64_t limit = 60;
};
BOOST_DESCRIBE_STRUCT(CatalogueArguments, (), (include_products, limit))

struct ServiceLine {
  std::int64_t id = 0;
  std::string_view nombre{};
  std::string_view tipo_servicio{};
  Pesos precio_base = 0;
  int duracion = 0;  // minutes
  std::string_view unidad{};      // of precio_base: por_persona, total, por_noche
  int personas_cobradas = 1;      // of total and por_noche: for how many it is always charged, each at precio_base
  bool solo_complemento = false;  // only ever added to a booking
};
BOOST_DESCRIBE_STRUCT(ServiceLine, (),
                      (id, nombre, tipo_servicio, precio_base, duracion, unidad, personas_cobradas, solo_complemento))

struct ProductLine {
  std::int64_t id = 0;
  std::string_view nombre{};
  Pesos precio_base = 0;
  int cantidad_disponible = 0;
};
BOOST_DESCRIBE_STRUCT(ProductLine, (), (id, nombre, precio_base, cantidad_disponible))

struct Catalogue {
  std::vector<ServiceLine> services{};   // active ones
  std::vector<ProductLine> products{};   // in stock
  bool truncated = false;
};
BOOST_DESCRIBE_STRUCT(Catalogue, (), (services, products, truncated))

struct ProposalArguments {
  std::int64_t customer_id = 0;
  std::optional<std::string> message;
  std::optional<std::int64_t> discount_percent;
  operations::MessageLanguage language = operations::MessageLanguage::es;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(ProposalArguments, (), (customer_id, message, discount_percent, language, as_of))

/// Who wrote the message.
enum class Author : std::uint8_t { plantilla, modelo, usted };
constexpr std::string_view json_name(Author author) {
  switch (author) {
    case Author::plantilla: return "template";
    case Author::modelo: return "client_model";
    case Author::usted: return "caller";
  }
  return "";
}

struct ProposalAnswer {
  std::string mensaje{};
  Author author = Author::plantilla;
  bool accepted = true;                       // false: the caller's own message says what the facts do not
  std::vector<ProposalProblem> problems{};    // of the caller's message, or why the client's model was not heeded
  ProposalFacts hechos{};
};
BOOST_DESCRIBE_STRUCT(ProposalAnswer, (), (mensaje, author, accepted, problems, hechos))

}  // namespace aremko::assistants
