// Lists to act on: segments, their people, the inactive, and what is sold.

#include "analytics/reactivation.h"
#include "assistants/cards.h"
#include "assistants/guest_card.h"
#include "assistants/tool_maker.h"
#include "assistants/tool_words.h"
#include "assistants/tools.h"
#include "operations/catalog.h"
#include "operations/reactivation.h"

namespace aremko::assistants {

namespace {

std::vector<std::string_view> names_of(const std::vector<TopService>& services, std::size_t most) {
  std::vector<std::string_view> out;
  for (const TopService& service : services) {
    if (out.size() == most) break;
    out.push_back(service.servicio_nombre);
  }
  return out;
}

Result<SegmentTable> segments(Call& call, const SegmentsArguments& input) { return segment_table(call, input.as_of); }

InactiveLine line_of(const InactiveCustomer& customer, bool contact, bool english) {
  InactiveLine out{.customer_id = customer.profile.customer_id,
                   .nombre = customer.profile.basic_info.nombre,
                   .reactivation_priority = customer.reactivation_priority,
                   .segment = customer.profile.rfm_analysis.segment,
                   .days_since_last_visit = customer.profile.rfm_analysis.days_since_last_visit,
                   .total_visitas = customer.profile.statistics.total_visitas,
                   .total_gastado = customer.profile.statistics.total_gastado,
                   .preferred_services = customer.insights.preferred_services,
                   .churn_risk = customer.insights.churn_risk,
                   .channels = customer.channels};
  if (out.preferred_services.size() > 2) out.preferred_services.resize(2);
  for (const PriorityReason& reason : customer.priority_reasons) {
    out.priority_reasons.push_back(fmt::format("{:+} {}", reason.points, english ? reason.text_en : reason.text));
  }
  const BasicInfo& who = customer.profile.basic_info;
  if (contact) out.contact = ContactDetails{who.telefono, who.email, {}};
  return out;
}

Result<InactiveList> inactive(Call& call, const InactiveArguments& input) {
  if (auto fault = contact_refused(call, input.include_contact)) return fail(std::move(*fault));
  const auto found = operations::inactive_customers(
      call.context(), {.months = input.months, .limit = input.limit, .cursor = input.cursor, .as_of = input.as_of});
  if (!found) return fail(found.error());
  InactiveList out{.as_of = found->as_of, .months = input.months, .total_inactive = found->total_inactive, .next = found->next_cursor};
  for (const InactiveCustomer& customer : found->customers) {
    out.guests.push_back(line_of(customer, input.include_contact, call.language() == "en"));
  }
  return out;
}

Result<Catalogue> catalogue(Call& call, const CatalogueArguments& input) {
  const auto services = operations::list_services(call.context(), {.only_available = true});
  if (!services) return fail(services.error());
  const auto most = static_cast<std::size_t>(input.limit);
  Catalogue out{.truncated = services->services.size() > most};
  for (const ServiceItem& item : services->services) {
    if (out.services.size() == most) break;
    out.services.push_back({item.id, item.nombre, item.tipo_servicio, item.precio_base, item.duracion, item.unidad,
                            item.personas_cobradas, item.solo_complemento});
  }
  if (!input.include_products) return out;
  const auto products = operations::list_products(call.context(), {.only_available = true});
  if (!products) return fail(products.error());
  out.truncated = out.truncated || products->products.size() > most;
  for (const ProductItem& item : products->products) {
    if (out.products.size() == most) break;
    out.products.push_back({item.id, item.nombre, item.precio_base, item.cantidad_disponible});
  }
  return out;
}

Note months_note() {
  return {.name = "months", .about = {"Meses sin venir.", "Months away."}, .min = 1, .max = 36};
}

}  // namespace

Result<SegmentTable> segment_table(Call& call, const std::optional<Date>& day) {
  operations::Context& context = call.context();
  const AsOf as_of = context.as_of(day);
  const auto census = context.census(as_of);
  SegmentTable out{.as_of = as_of, .total_customers = census->customers()};
  for (const Segment segment : all_segments) {
    const auto whole = analytics::segment_customers(context.snapshot(), *census, as_of, segment, 0, 0, context.thresholds());
    SegmentLine line{.segment = segment,
                     .meaning = segment_meaning(segment).in(call.language()),
                     .customers = whole.total_found,
                     .ltv_total = whole.summary.ltv_total,
                     .ltv_promedio = whole.summary.ltv_promedio,
                     .visitas_promedio = whole.summary.visitas_promedio,
                     .top_services = names_of(whole.summary.top_services, 3),
                     .seasonality_pattern = whole.summary.seasonality_pattern};
    if (out.total_customers > 0) {
      line.share_percent = static_cast<double>(line.customers * 1000 / out.total_customers) / 10.0;
    }
    for (const auto& [month, visits] : whole.summary.visits_by_month) line.visits_by_month.push_back(visits);
    out.ltv_total += line.ltv_total;
    out.segments.push_back(std::move(line));
  }
  return out;
}

Result<SegmentMembers> segment_members(Call& call, const MembersArguments& input) {
  const auto found = operations::segment_customers(
      call.context(), {.segment = input.segment, .limit = input.limit, .cursor = input.cursor, .as_of = input.as_of});
  if (!found) return fail(found.error());
  SegmentMembers out{.segment = input.segment,
                     .meaning = segment_meaning(input.segment).in(call.language()),
                     .as_of = found->as_of,
                     .total_found = found->total_found,
                     .ltv_promedio = found->summary.ltv_promedio,
                     .top_services = names_of(found->summary.top_services, 5),
                     .next = found->next_cursor};
  for (const SegmentMember& member : found->customers) {
    out.guests.push_back({member.customer.id, member.customer.nombre, member.customer.ciudad, member.stats.total_visitas,
                          member.stats.total_gastado, member.stats.ultima_visita.date(), member.rfm.days_since_last_visit,
                          member.rfm.rfm_combined_score});
  }
  return out;
}

void add_list_tools(Registry& registry) {
  registry.add(make_tool<SegmentsArguments, SegmentTable>(
      {.name = "list_segments",
       .title = {"Los segmentos de clientes", "The customer segments"},
       .description = {"Los nueve segmentos RFM con cuántos clientes, cuánto gastan, qué prefieren y en qué meses vienen. Para preguntas sobre el "
                       "negocio entero; para las personas de uno, list_segment_customers.",
                       "The nine RFM segments with how many customers, what they spend and prefer, and their months. For questions about the whole "
                       "business; for the people of one, list_segment_customers."},
       .notes = {operations::as_of_note()},
       .cost = Cost::walk,  // a new as_of counts everybody
       .card = std::string(segments_card_uri)},
      &segments, &summary_of));
  registry.add(make_tool<MembersArguments, SegmentMembers>(
      {.name = "list_segment_customers",
       .title = {"Clientes de un segmento", "A segment's customers"},
       .description = {"Las personas de un segmento RFM, las que más gastan primero.", "The people of one RFM segment, highest spending first."},
       .notes = {{.name = "segment", .about = {"El segmento.", "The segment."}, .required = true, .example = "At Risk"}, limit_note(100), cursor_note(),
                 fields_note(), operations::as_of_note()},
       .cost = Cost::walk,
       .list = "guests",
       .always = {"customer_id", "nombre"}},
      &segment_members, &summary_of));
  registry.add(make_tool<InactiveArguments, InactiveList>(
      {.name = "list_inactive_customers",
       .title = {"A quién reactivar", "Whom to win back"},
       .description = {"Clientes que no vienen hace tantos meses, ordenados por prioridad de reactivación (0–100) con sus razones y por dónde se les puede "
                       "escribir. Para campañas.",
                       "Customers away for so many months, by reactivation priority (0–100) with the reasons and how they may be reached. For campaigns."},
       .notes = {months_note(), limit_note(60), cursor_note(), contact_note(), fields_note(), operations::as_of_note()},
       .cost = Cost::walk,
       .list = "guests",
       .always = {"customer_id", "nombre"}},
      &inactive, &summary_of));
  registry.add(make_tool<CatalogueArguments, Catalogue>(
      {.name = "list_services",
       .title = {"Servicios y precios", "Services and prices"},
       .description = {"Lo que se vende hoy, con precio de catálogo en pesos y duración. No invente otros.",
                       "What is sold today, with the catalogue's price in pesos and the duration. Do not invent others."},
       .notes = {{.name = "include_products", .about = {"También los productos con existencias.", "The products in stock too."}}, limit_note(200)},
       .cost = Cost::quick},
      &catalogue, &summary_of));
}

}  // namespace aremko::assistants
