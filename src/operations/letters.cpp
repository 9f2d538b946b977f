#include "operations/letters.h"

#include "analytics/offer.h"
#include "analytics/people_table.h"
#include "analytics/price.h"
#include "base/spoken.h"
#include "base/text.h"
#include "operations/context.h"
#include "operations/customers.h"
#include "operations/proposal.h"
#include "operations/proposal_check.h"

namespace aremko::operations {

namespace {

LetterInsights insights_of(const ProposalFacts& facts, const CustomerInsights& known) {
  LetterInsights out{.segmento = "Cliente " + std::string(json_name(known.segment)),
                     .segment = known.segment,
                     .ltv = known.ltv,
                     .avg_ticket = known.avg_ticket,
                     .visit_frequency = known.visit_frequency,
                     .churn_risk = known.churn_risk,
                     .upsell_potential = known.upsell_potential};
  out.comportamiento = facts.total_visitas == 0
                           ? "Todavía no ha venido"
                           : fmt::format("{}, {} en total", counted(facts.total_visitas, "visita", "visitas"), spoken_money(known.ltv, "es"));
  if (facts.dias_sin_venir) out.comportamiento += ", la última hace " + how_long(*facts.dias_sin_venir, facts.as_of.date(), "es");
  out.preferencias = known.preferred_services.empty() ? "Sin preferencias conocidas" : fmt::format("{}", fmt::join(known.preferred_services, ", "));
  return out;
}

/// The rule of succession: of so many visits so many had it, what is the next one's chance.
double chance(std::int64_t with_it, std::int64_t visits) {
  const double share = static_cast<double>(with_it + 1) / static_cast<double>(visits + 2);
  return static_cast<double>(static_cast<std::int64_t>(100 * share + 0.5)) / 100;
}

/// " para 2 personas"; nothing where it is not said for whom.
std::string whom(int people, int nights) { return people == 0 ? "" : " " + analytics::for_whom(people, nights).es; }

std::string reason_of(const OfferedService& service) {
  std::string out = service.veces_reservado == 0 ? "Algo nuevo para esta persona"
                                                 : fmt::format("Lo ha reservado {}", counted(service.veces_reservado, "vez", "veces"));
  return service.personas == 0 ? out : out + "; el precio es" + whom(service.personas, service.noches);
}

std::vector<Recommendation> recommendations_of(const ProposalFacts& facts) {
  std::vector<Recommendation> out;
  for (const Offer& offer : facts.ofertas) {
    for (const OfferedService& service : offer.servicios) {
      if (std::ranges::find(out, service.servicio_id, &Recommendation::servicio_id) != out.end()) continue;
      out.push_back({.service_name = service.nombre,
                     .reason = reason_of(service),
                     .confidence = chance(service.veces_reservado, facts.total_visitas),
                     .estimated_price = service.precio,
                     .servicio_id = service.servicio_id,
                     .unidad = service.unidad,
                     .personas = service.personas,
                     .noches = service.noches});
    }
  }
  return out;
}

}  // namespace

std::optional<LetterOffer> offer_of(const ProposalFacts& facts) {
  if (facts.ofertas.empty()) return std::nullopt;
  const Offer& lead = facts.ofertas.front();
  LetterOffer out{.title = lead.nombre, .precio_lista = lead.precio_lista, .precio_oferta = lead.precio_oferta, .personas = lead.personas, .noches = lead.noches};
  out.description = fmt::format("{}: {}{}", lead.nombre, spoken_money(lead.precio_oferta, "es"), whom(lead.personas, lead.noches));
  if (facts.regalo) out.description += fmt::format(", con {} de regalo", *facts.regalo);
  if (facts.descuento_porcentaje > 0) out.discount = fmt::format("{}% descuento", facts.descuento_porcentaje);
  return out;
}

namespace {

/// Why no e-mail may be written to them; nothing when one may.
std::optional<Text> no_email(const CustomerProfile& profile) {
  const ContactWays& ways = profile.contacto;
  if (std::ranges::find(ways.channels, Channel::email) != ways.channels.end()) return std::nullopt;
  const auto closed = std::ranges::find(ways.cerrados, Channel::email, &ClosedChannel::canal);
  if (closed != ways.cerrados.end()) return Text{closed->texto, closed->texto_en};
  if (!profile.basic_info.email) return Text{"No tiene e-mail.", "They have no e-mail address."};
  return Text{"Su e-mail no es válido.", "Their e-mail address is invalid."};
}

Text subject_of(const ProposalFacts& facts) {
  if (facts.here) {
    const Text welcome = analytics::welcome_today(facts.negocio);
    return {fmt::format("{}, {}", welcome.es, facts.primer_nombre), fmt::format("{}, {}", welcome.en, facts.primer_nombre)};
  }
  if (is_for_today(facts)) {
    return {fmt::format("{}: te esperamos hoy, {}", facts.negocio, facts.primer_nombre), fmt::format("{}: see you today, {}", facts.negocio, facts.primer_nombre)};
  }
  return {fmt::format("{}: una propuesta para ti, {}", facts.negocio, facts.primer_nombre),
          fmt::format("{}: a proposal for you, {}", facts.negocio, facts.primer_nombre)};
}

/// The e-mail, or why there is none.
void write_email(const Context& context, const Proposal& proposal, CustomerLetter& out) {
  auto why_not = no_email(out.customer_profile);
  if (!why_not && !check_message(proposal.mensaje, proposal.hechos, catalogue_names(context), "es").empty()) {
    why_not = Text{"El mensaje dice algo que los hechos no dicen; hay que escribirlo a mano.",
                   "The message says what the facts do not; it has to be written by hand."};
  }
  if (why_not) {
    out.no_email_reason = why_not->in(context.language());
    return;
  }
  out.email_subject = subject_of(proposal.hechos).es;
  out.email_body = html_of(proposal.mensaje);
}

}  // namespace

std::string html_of(std::string_view message) {
  std::string out = "<html><body><div style=\"max-width:600px;margin:0 auto;font-family:sans-serif;line-height:1.6\">\n<p>";
  for (std::size_t at = 0; at < message.size(); ++at) {
    const char c = message[at];
    const bool paragraph = message.substr(at).starts_with("\n\n");
    if (paragraph) ++at;
    switch (c) {
      case '\n': out += paragraph ? "</p>\n<p>" : "<br>\n"; break;
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out + "</p>\n</div></body></html>";
}

Result<CustomerLetter> customer_letter(Context& context, const LetterInput& input) {
  auto proposal = draft_proposal(context, {.customer_id = input.customer_id, .discount_percent = {}, .as_of = input.as_of});
  if (!proposal) return fail(std::move(proposal.error()));
  auto profile = customer_profile(context, {.customer_id = input.customer_id, .as_of = input.as_of});
  if (!profile) return fail(std::move(profile.error()));
  const auto insights = customer_insights(context, {.customer_id = input.customer_id, .as_of = input.as_of});
  if (!insights) return fail(insights.error());
  CustomerLetter out;
  out.customer_profile = std::move(*profile);
  out.insights = insights_of(proposal->hechos, *insights);
  out.recommendations = recommendations_of(proposal->hechos);
  out.offer = offer_of(proposal->hechos);
  out.channels = proposal->hechos.channels;
  write_email(context, *proposal, out);
  out.kept = context.snapshot_ptr();
  return out;
}

Result<LetterSent> send_letter(Context& context, const LetterInput& input) {
  const auto letter = customer_letter(context, input);
  if (!letter) return fail(letter.error());
  if (letter->no_email_reason) return fail(error(Code::conflict, *letter->no_email_reason, *letter->no_email_reason));
  return fail(error(Code::conflict,
                    "Este servidor todavía no envía correos: envíelo desde el sistema de reservas con el `email_body` de "
                    "GET /api/v1/aremko/proposals/customer/{id}.",
                    "This server sends no e-mail yet: send it from the booking system with the `email_body` of "
                    "GET /api/v1/aremko/proposals/customer/{id}."));
}

Result<LetterBatch> letter_batch(Context& context, const LetterBatchInput& input) {
  const AsOf as_of = context.as_of(input.as_of);
  const auto census = context.census(as_of);
  analytics::PeopleFilter filter{.segment = input.segment};
  const auto find = [&](std::size_t limit) {
    return analytics::people_table(context.snapshot(), *census, as_of, filter, input.segment ? PeopleOrder::gastado : PeopleOrder::prioridad,
                                   true, limit, 0);
  };
  const std::int64_t everybody = find(0).total_found;
  filter.channel = Channel::email;
  const PeopleTable found = find(static_cast<std::size_t>(input.limit));
  LetterBatch out{.total_found = found.total_found, .left_out = everybody - found.total_found, .proposals = {}, .kept = context.snapshot_ptr()};
  for (const PersonLine& person : found.customers) {
    context.watch().at("letters.write", out.proposals.size(), found.customers.size());
    auto letter = customer_letter(context, {.customer_id = person.id, .as_of = input.as_of});
    if (!letter) return fail(std::move(letter.error()));
    if (letter->email_body) {
      out.proposals.push_back(std::move(*letter));
    } else {  // its own message was not accepted
      ++out.left_out;
      --out.total_found;
    }
  }
  out.total_generated = std::ssize(out.proposals);
  return out;
}

namespace {

/// The booking system's client sends the fields of its form as they are: one left empty says nothing.
void take_empty_for_absent(Operation& operation) {
  operation.call = [call = std::move(operation.call)](Context& context, const Arguments& arguments) {
    std::vector<Argument> given;
    std::ranges::copy_if(arguments.text, std::back_inserter(given),
                         [](const Argument& each) { return each.where != Where::query || !each.text.empty(); });
    Arguments filled = arguments;
    filled.text = given;
    return call(context, filled);
  };
}

}  // namespace

std::vector<Operation> letter_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "customer_letter",
                  .group = "campaigns",
                  .summary = {"Propuesta para un cliente con su correo listo, como la pide el sistema de reservas",
                              "A proposal for a guest with its e-mail ready, as the booking system asks for it"},
                  .description = {"`email_body` es HTML del mensaje comprobado. Nulo cuando no se le debe escribir por e-mail; `no_email_reason` "
                                  "dice por qué.",
                                  "`email_body` is HTML of the checked message. Null when no e-mail may be written to them; `no_email_reason` "
                                  "says why."},
                  .path = "/api/v1/aremko/proposals/customer/{customer_id}",
                  .cost = Cost::walk,  // what a segment likes asks for a census
                  .refusals = {Code::conflict},
                  .notes = {customer_id_note(), as_of_note()}},
      &customer_letter));
  out.push_back(declare(
      Declaration{.name = "send_letter",
                  .group = "campaigns",
                  .summary = {"Enviar la propuesta por e-mail: todavía no se envía desde aquí", "Send the proposal by e-mail: nothing is sent from here yet"},
                  .description = {"Responde 409 y dice por qué: a esa persona no se le debe escribir, o este servidor todavía no envía correos.",
                                  "Answers 409 and says why: that person may not be written to, or this server sends no e-mail yet."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/proposals/send/{customer_id}",
                  .scope = Scope::write,
                  .right = Right::sending,
                  .cost = Cost::walk,
                  .effect = Effect::adds,
                  .refusals = {Code::conflict},
                  .notes = {customer_id_note(), as_of_note()}},
      &send_letter));
  out.push_back(declare(
      Declaration{.name = "letter_batch",
                  .group = "campaigns",
                  .summary = {"Propuestas con su correo para un segmento, o para quienes más conviene recuperar",
                              "Proposals with their e-mails for a segment, or for those most worth winning back"},
                  .description = {"Solo de quienes pueden recibir un correo; `left_out` dice cuántos quedaron fuera.",
                                  "Only of those who may get an e-mail; `left_out` says how many were left out."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/proposals/batch",
                  .cost = Cost::walk,
                  .notes = {{.name = "segment", .about = {"Solo este segmento.", "This segment only."}, .example = "At Risk"}, limit_note(500),
                            as_of_note()}},
      &letter_batch));
  std::ranges::for_each(out, &take_empty_for_absent);
  return out;
}

}  // namespace aremko::operations
