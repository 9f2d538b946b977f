#include "operations/proposal.h"

#include "analytics/offer.h"
#include "analytics/price.h"
#include "analytics/proposal.h"
#include "base/spoken.h"
#include "operations/context.h"
#include "operations/office.h"
#include "operations/proposal_check.h"

namespace aremko::operations {

namespace {

Result<ProposalFacts> facts_of(Context& context, std::int64_t customer_id, const std::optional<std::int64_t>& discount,
                               const std::optional<Date>& day) {
  const AsOf as_of = context.as_of(day);
  const auto row = context.customer(customer_id, as_of);
  if (!row) return fail(row.error());
  if ((context.snapshot().customers().contact.flags[*row] & sources::is_staff) != 0) {
    return fail(error(Code::conflict, "Es una cuenta del personal, no un cliente: no hay nada que proponerle.",
                      "It is a staff account and no customer: there is nothing to propose."));
  }
  analytics::ProposalOptions options{.as_of = as_of, .business = signature(context.tenant().name)};
  if (discount) options.discount = static_cast<int>(*discount);
  const auto census = context.census(as_of);
  return analytics::proposal_facts(context.snapshot(), *row, census.get(), options, context.thresholds());
}

/// " para 2 personas", " por 1 noche para 2 personas"; nothing where nobody said.
std::string whom(int people, int nights, bool english) {
  if (people == 0) return {};
  const Text text = analytics::for_whom(people, nights);
  return " " + (english ? text.en : text.es);
}

std::string service_line(const OfferedService& service, bool english) {
  std::string out = fmt::format("   ✓ {}", service.nombre);
  // A night says how long lodging lasts.
  if (service.noches == 0 && service.duracion > 0) out += ", " + spoken_duration(service.duracion, english ? "en" : "es");
  out += (service.personas == 0 ? "" : ",") + whom(service.personas, service.noches, english);
  if (service.veces_reservado > 0) return out;
  return out + (english ? " (new to you)" : " (algo nuevo para ti)");
}

std::string opening(const ProposalFacts& facts, bool english) {
  constexpr int long_back = 180;  // days: nobody is thanked for that
  const std::string_view language = english ? "en" : "es";
  const auto greeted = [&](const Text& with) {
    return fmt::format("{}{}{}! {} 💙\n", english ? "Hi" : "¡Hola", facts.primer_nombre.empty() ? "" : " ", facts.primer_nombre, with.in(language));
  };
  const std::string& spa = facts.negocio;
  if (facts.here) return greeted(analytics::welcome_today(spa));
  if (is_for_today(facts)) return greeted(analytics::expected_today(facts.proxima_reserva, spa));
  if (facts.proxima_reserva.known()) {
    const Date day = facts.proxima_reserva.date();
    return greeted({fmt::format("Te esperamos en {} el {}", spa, long_date(day, "es")),
                    fmt::format("We look forward to seeing you at {} on {}", spa, long_date(day, "en"))});
  }
  if (facts.total_visitas == 0) return greeted(analytics::invitation_to(spa));
  const bool long_away = facts.dias_sin_venir.value_or(0) > long_back;
  if (long_away && facts.owes) return greeted(analytics::greetings_from(spa));
  if (!long_away) return greeted({fmt::format("Gracias por venir a {}", spa), fmt::format("Thank you for coming to {}", spa)});
  const std::string out = greeted({fmt::format("Te extrañamos en {}", spa), fmt::format("We miss you at {}", spa)});
  if (!facts.ultimo_servicio) return out;
  const std::string span = how_long(*facts.dias_sin_venir, facts.as_of.date(), language);
  return out + (english ? fmt::format("Your last {} was {} ago…\n", *facts.ultimo_servicio, span)
                        : fmt::format("Tu última visita, con {}, fue hace {}…\n", *facts.ultimo_servicio, span));
}

}  // namespace

bool is_for_today(const ProposalFacts& facts) { return facts.proxima_reserva.known() && facts.proxima_reserva.date() == facts.as_of.date(); }

std::string template_message(const ProposalFacts& facts, std::string_view language) {
  const bool english = language == "en";
  std::string out = opening(facts, english);
  if (facts.ofertas.empty()) return out;
  const Offer& lead = facts.ofertas.front();
  if (facts.descuento_porcentaje > 0) out += english ? "\nAn offer for you:\n" : "\nOferta especial para ti:\n";
  else out += english ? "\nWe suggest:\n" : "\nTe proponemos:\n";
  out += fmt::format("🎁 {}: {}{}\n", lead.nombre, spoken_money(lead.precio_oferta, language), whom(lead.personas, lead.noches, english));
  for (const OfferedService& service : lead.servicios) out += service_line(service, english) + "\n";
  if (facts.regalo) out += fmt::format(fmt::runtime(english ? "   ✓ {} as a gift\n" : "   ✓ {} de regalo\n"), *facts.regalo);
  if (facts.descuento_porcentaje > 0) {
    const std::string list = spoken_money(lead.precio_lista, language) + whom(lead.personas, lead.noches, english);
    out += fmt::format(fmt::runtime(english ? "   ✓ {} % off the list price of {}\n" : "   ✓ {} % de descuento sobre {}\n"),
                       facts.descuento_porcentaje, list);
  }
  if (facts.ofertas.size() > 1) {
    const Offer& other = facts.ofertas[1];
    out += fmt::format(fmt::runtime(english ? "\nOr, if you prefer, {}: {}{}.\n" : "\nO, si prefieres, {}: {}{}.\n"), other.nombre,
                       spoken_money(other.precio_oferta, language), whom(other.personas, other.noches, english));
  }
  out += english ? "\nShall we book it for you?" : "\n¿Te ayudamos a reservar?";
  return out;
}

std::vector<std::string_view> catalogue_names(const Context& context) {
  std::vector<std::string_view> out;
  for (const auto& service : context.snapshot().current().services) out.emplace_back(service.nombre);
  for (const auto& product : context.snapshot().current().products) out.emplace_back(product.nombre);
  return out;
}

Result<Proposal> draft_proposal(Context& context, const ProposalInput& input) {
  auto facts = facts_of(context, input.customer_id, input.discount_percent, input.as_of);
  if (!facts) return fail(std::move(facts.error()));
  Proposal out{.hechos = std::move(*facts)};
  out.mensaje = template_message(out.hechos, json_name(input.language));
  out.kept = context.snapshot_ptr();
  return out;
}

Result<ProposalCheck> check_proposal(Context& context, const ProposalCheckInput& input) {
  const auto facts = facts_of(context, input.customer_id, input.discount_percent, input.as_of);
  if (!facts) return fail(facts.error());
  ProposalCheck out{.customer_id = input.customer_id};
  out.problems = check_message(input.message, *facts, catalogue_names(context), context.language());
  out.accepted = out.problems.empty();
  return out;
}

Note discount_note() {
  // Half the price and more is a mistake, not an offer.
  return {.name = "discount_percent",
          .about = {"Descuento en por ciento; 0, ninguno. Por omisión, según lo que valía el cliente y cuánto lleva sin venir.",
                    "Discount in percent; 0 for none. By default from what the guest was worth and how long they have been away."},
          .min = 0,
          .max = 50};
}

std::vector<Operation> proposal_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "draft_proposal",
                  .group = "campaigns",
                  .summary = {"Propuesta para un cliente: hechos, ofertas y mensaje", "A proposal for a guest: facts, offers and a message"},
                  .description = {"Los servicios y precios son los del catálogo de hoy; el mensaje sale de una plantilla y dice solo lo "
                                  "que dicen los hechos. Quien escriba otro puede comprobarlo con `check_proposal`.",
                                  "Services and prices are those of today's catalogue; the message comes of a template and says only what "
                                  "the facts say. Whoever writes another can have it checked with `check_proposal`."},
                  .path = "/api/v1/aremko/customers/{customer_id}/proposal",
                  .cost = Cost::walk,  // what a segment likes asks for a census
                  .refusals = {Code::conflict},
                  .notes = {customer_id_note(), discount_note(),
                            {.name = "language", .about = {"Idioma del mensaje.", "The message's language."}}, as_of_note()}},
      &draft_proposal));
  out.push_back(declare(
      Declaration{.name = "check_proposal",
                  .group = "campaigns",
                  .summary = {"Comprobar un mensaje contra los hechos", "Check a message against the facts"},
                  .description = {"Rechaza servicios, precios, descuentos, fechas, plazos y nombres que los hechos no dicen, cada uno con su razón.",
                                  "Refuses services, prices, discounts, dates, deadlines and names that the facts do not say, each with its reason."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/customers/{customer_id}/proposal/check",
                  .cost = Cost::walk,
                  .effect = Effect::reads,
                  .refusals = {Code::conflict},
                  .notes = {customer_id_note(),
                            {.name = "message",
                             .about = {"El mensaje que se quiere enviar.", "The message that is to be sent."},
                             .where = Where::body,
                             .required = true,
                             .min = 1,
                             .max = 4'000,
                             .example = "¡Hola María!"},
                            discount_note(), as_of_note()}},
      &check_proposal));
  return out;
}

}  // namespace aremko::operations
