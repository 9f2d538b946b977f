// A proposal without an API key of ours: the client's own model writes, we hold it to the facts.

#include <boost/json/serialize.hpp>

#include "assistants/proposal_words.h"
#include "assistants/tool_maker.h"
#include "assistants/tool_words.h"
#include "assistants/tools.h"
#include "base/text.h"
#include "operations/proposal_check.h"

namespace aremko::assistants {

namespace {

// A model that was told twice what is wrong will not find it the third time, and a guest waits.
constexpr int most_attempts = 2;
constexpr std::int64_t most_tokens = 700;

/// What the client's model wrote, checked; InputRequired while it has not answered. The template stands in when it
/// cannot write, or writes what is not so.
Outcome<ProposalAnswer> written_by_model(Call& call, ProposalAnswer out, std::string_view language) {
  const auto names = operations::catalogue_names(call.context());
  std::vector<ProposalProblem> wrong;
  std::string draft;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const std::string prompt = attempt == 0 ? writing_prompt(out.hechos, out.mensaje, language) : mending_prompt(out.hechos, draft, wrong, language);
    const Object* answer = call.ask(fmt::format("draft_{}", attempt + 1), mcp::sample(prompt, most_tokens, writing_system(out.hechos, language)));
    if (answer == nullptr) return InputRequired{};
    draft = trim(mcp::sampled_text(*answer));
    wrong = operations::check_message(draft, out.hechos, names, call.language());
    if (!wrong.empty()) continue;
    out.mensaje = std::move(draft);
    out.author = Author::modelo;
    return out;
  }
  out.problems = std::move(wrong);
  return out;
}

Outcome<ProposalAnswer> draft(Call& call, const ProposalArguments& input) {
  auto proposal = operations::draft_proposal(call.context(), {.customer_id = input.customer_id,
                                                              .discount_percent = input.discount_percent,
                                                              .language = input.language,
                                                              .as_of = input.as_of});
  if (!proposal) return fail(std::move(proposal.error()));
  ProposalAnswer out{.mensaje = std::move(proposal->mensaje), .hechos = std::move(proposal->hechos)};
  if (input.message) {
    out.problems = operations::check_message(*input.message, out.hechos, operations::catalogue_names(call.context()), call.language());
    out.accepted = out.problems.empty();
    out.author = Author::usted;
    out.mensaje = *input.message;
    return out;
  }
  // Nothing to offer, nothing to write about.
  if (!call.can(Ask::sampling) || out.hechos.ofertas.empty()) return out;
  return written_by_model(call, std::move(out), operations::json_name(input.language));
}

}  // namespace

void add_proposal_tool(Registry& registry) {
  registry.add(make_tool<ProposalArguments, ProposalAnswer>(
      {.name = "draft_proposal",
       .title = {"Propuesta para un cliente", "A proposal for a guest"},
       .description = {"Reúne los hechos y las ofertas reales de un cliente (servicios, precios y descuento calculados aquí) y un mensaje listo para "
                       "enviar. Si usted prefiere redactarlo, hágalo solo con estos hechos y páselo en `message`: se comprueba y se dice qué sobra. No "
                       "envía nada.",
                       "Gathers a guest's facts and real offers (services, prices and discount computed here) and a message ready to send. To write it "
                       "yourself, use these facts alone and pass it in `message`: it is checked, and you are told what is not so. Sends nothing."},
       .notes = {operations::customer_id_note(),
                 {.name = "message",
                  .about = {"Un mensaje ya redactado, para comprobarlo contra los hechos.", "A message already written, to be checked against the facts."},
                  .min = 1,
                  .max = 4'000},
                 operations::discount_note(),
                 {.name = "language", .about = {"Idioma del mensaje.", "The message's language."}},
                 operations::as_of_note()},
       .cost = Cost::walk},  // what a segment likes asks for a census
      std::function(&draft), std::function<std::string(const ProposalAnswer&, std::string_view)>([](const ProposalAnswer& answer, std::string_view language) {
        return summary_of(answer, language);
      })));
}

}  // namespace aremko::assistants
