#include "assistants/prompts.h"

#include "assistants/guest_card.h"
#include "assistants/resources.h"
#include "assistants/tool_maker.h"
#include "base/text.h"

namespace aremko::assistants {

namespace {

PromptMessage said(std::string_view text) { return {.role = "user", .content = mcp::text_block(text)}; }

Error out_of_range(std::string_view name, int least, int most) {
  return invalid_field(std::string(name), fmt::format("Debe ser un número entero entre {} y {}.", least, most),
                       fmt::format("Must be a whole number between {} and {}.", least, most));
}

Outcome<PromptResult> returning_guest(Call& call) {
  const bool english = call.language() == "en";
  const std::string_view who = call.argument("customer");
  PromptResult out{std::string(english ? "A guest calls after years" : "Un cliente llama después de años"), {}};
  const auto id = customer_in(who);
  if (id) {
    if (auto fault = not_ready(call)) return fail(std::move(*fault));
    const auto card = guest_card(call, *id, false, {});
    if (!card) return fail(card.error());
    // The card is in the conversation from the start: one call less while the guest waits on the phone.
    out.messages.push_back({.role = "user",
                            .content = mcp::resource_block({.uri = fmt::format("aremko://customers/{}", *id),
                                                       .mime = "application/json",
                                                       .text = json::to_json(*card)})});
  }
  const std::string find = id ? std::string(english ? "Their card is above." : "Su ficha está arriba.")
                              : fmt::format(fmt::runtime(english ? "Find them with search_customers (source \"all\") and look at get_customer; if several fit, ask which."
                                                                 : "Búsquelo con search_customers (source «all») y mire get_customer; si calzan varios, pregunte cuál."));
  out.messages.push_back(said(
      english ? fmt::format("I am at the reception of the spa and {} is on the phone. {}\nTell me in five lines: who they are to us, when they last came and for what, what they like, "
                            "what they usually spend, and how to greet them. Then make a proposal with draft_proposal. Say nothing that the data does not say.",
                            who, find)
              : fmt::format("Estoy en la recepción del spa y {} está al teléfono. {}\nDígame en cinco líneas: quién es para nosotros, cuándo vino por última vez y a qué, qué le gusta, "
                            "cuánto suele gastar y cómo saludarlo. Después haga una propuesta con draft_proposal. No diga nada que los datos no digan.",
                            who, find)));
  return out;
}

Outcome<PromptResult> reactivation_list(Call& call) {
  const bool english = call.language() == "en";
  const std::string_view months_text = call.argument("months"), count_text = call.argument("count");
  const auto months = months_text.empty() ? std::optional<std::int64_t>(12) : parse_int(trim(months_text));
  if (!months || *months < 1 || *months > 36) return fail(out_of_range("months", 1, 36));
  const auto count = count_text.empty() ? std::optional<std::int64_t>(10) : parse_int(trim(count_text));
  if (!count || *count < 1 || *count > 60) return fail(out_of_range("count", 1, 60));
  PromptResult out{std::string(english ? "A reactivation list" : "Una lista de reactivación"), {}};
  out.messages.push_back(said(
      english ? fmt::format("Prepare a reactivation campaign: list_inactive_customers with months={} and limit={}. Show a table with name, priority and why, last visit, money, favourites "
                            "and the channel that is open; leave out who may not be contacted and say how many they are. Then draft_proposal for the first three. Send nothing.",
                            *months, *count)
              : fmt::format("Prepare una campaña de reactivación: list_inactive_customers con months={} y limit={}. Muestre una tabla con nombre, prioridad y por qué, última visita, gasto, "
                            "favoritos y el canal abierto; deje fuera a quien no se puede contactar y diga cuántos son. Después draft_proposal para los tres primeros. No envíe nada.",
                            *months, *count)));
  return out;
}

Outcome<PromptResult> segments_of_the_month(Call& call) {
  const bool english = call.language() == "en";
  const std::string_view wanted = call.argument("segment");
  const auto segment = wanted.empty() ? std::nullopt : segment_named(wanted);
  if (!wanted.empty() && !segment) {
    return fail(invalid_field("segment", "No hay ningún segmento con ese nombre.", "There is no segment of that name."));
  }
  PromptResult out{std::string(english ? "The month's segments" : "Los segmentos del mes"), {}};
  std::string text = english ? "Look at list_segments and tell the owner, in one page: how many customers each segment has, their average value, what they prefer and in which months they come; "
                               "what changed if last month is asked with as_of; and three actions for this month, each with the segment and the number behind it."
                             : "Mire list_segments y cuéntele a la dueña, en una página: cuántos clientes tiene cada segmento, su valor promedio, qué prefieren y en qué meses vienen; qué cambió "
                               "si se pregunta por el mes pasado con as_of; y tres acciones para este mes, cada una con el segmento y el número que la respalda.";
  if (segment) {
    text += fmt::format(fmt::runtime(english ? " Look closer at {}: list_segment_customers." : " Mire más de cerca {}: list_segment_customers."), json_name(*segment));
  }
  out.messages.push_back(said(text));
  return out;
}

Result<Completion> complete_months(Call&, std::string_view value) {
  Completion out;
  for (const std::string_view months : {"3", "6", "12", "18", "24", "36"}) {
    if (months.starts_with(value)) out.values.emplace_back(months);
  }
  return out;
}

}  // namespace

void add_prompts(Registry& registry) {
  registry.add(Prompt{.name = "returning_guest",
                      .title = {"Llama un cliente después de años", "A guest calls after years"},
                      .description = {"Quién es, cuándo vino, qué le gusta y qué proponerle.", "Who they are, when they came, what they like and what to propose."},
                      .arguments = {{.name = "customer",
                                     .title = {"Cliente", "Guest"},
                                     .description = {"Nombre, teléfono o «Nombre (id)».", "Name, phone or \"Name (id)\"."},
                                     .required = true,
                                     .complete = &complete_customer}},
                      .cost = Cost::quick,
                      .get = &returning_guest});
  registry.add(Prompt{.name = "reactivation_list",
                      .title = {"Lista de reactivación", "Reactivation list"},
                      .description = {"A quién escribir, por prioridad, y qué proponer a los primeros.", "Whom to write to, by priority, and what to propose to the first."},
                      .arguments = {{.name = "months",
                                     .title = {"Meses sin venir", "Months away"},
                                     .description = {"De 1 a 36; por omisión, 12.", "1 to 36; 12 by default."},
                                     .complete = &complete_months},
                                    {.name = "count",
                                     .title = {"Cuántos", "How many"},
                                     .description = {"De 1 a 60; por omisión, 10.", "1 to 60; 10 by default."}}},
                      .cost = Cost::quick,
                      .get = &reactivation_list});
  registry.add(Prompt{.name = "segments_of_the_month",
                      .title = {"Los segmentos del mes", "The month's segments"},
                      .description = {"Cómo se compone la clientela y qué hacer este mes.", "How the customers divide, and what to do this month."},
                      .arguments = {{.name = "segment",
                                     .title = {"Segmento", "Segment"},
                                     .description = {"Uno que mirar más de cerca.", "One to look at more closely."},
                                     .complete = &complete_segment}},
                      .cost = Cost::quick,
                      .get = &segments_of_the_month});
}

}  // namespace aremko::assistants
