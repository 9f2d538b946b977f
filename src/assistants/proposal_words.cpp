#include "assistants/proposal_words.h"

#include "base/json_write.h"
#include "base/spoken.h"

namespace aremko::assistants {

namespace {

constexpr std::string_view rules_es =
    "Reglas, todas obligatorias:\n"
    "- Diga solo lo que dicen los hechos. Ningún otro servicio, precio, porcentaje, regalo, fecha, plazo, duración, cantidad ni nombre de persona.\n"
    "- Escriba los servicios con su nombre exacto y junto a cada precio nombre lo que cuesta.\n"
    "- Junto a cada precio diga para quién es, como dicen los hechos: para 2 personas, por persona, por 1 noche.\n"
    "- Los precios van como $45.000. Sin enlaces, teléfonos ni HTML. Sin otros números.\n"
    "- Salude por el primer nombre. Menos de 900 caracteres. Tuteo cálido, de Chile.\n"
    "- Responda con el mensaje y nada más.\n";
constexpr std::string_view rules_en =
    "Rules, all binding:\n"
    "- Say only what the facts say. No other service, price, percentage, gift, date, deadline, duration, count or person's name.\n"
    "- Write services by their exact names, and name beside each price what it is for.\n"
    "- Say beside each price for whom it is, as the facts do: for 2 people, per person, for 1 night.\n"
    "- Prices are written $45,000. No links, phones or HTML. No other numbers.\n"
    "- Greet by the first name. Under 900 characters. Warm, in sentence case.\n"
    "- Answer with the message and nothing else.\n";

std::string facts_text(const ProposalFacts& facts, bool english) {
  const std::string_view language = english ? "en" : "es";
  std::string out = english ? "Facts (JSON):\n" : "Hechos (JSON):\n";
  out += json::to_json(facts);
  if (facts.dias_sin_venir) {
    out += fmt::format(fmt::runtime(english ? "\nThe last visit was {} ago." : "\nLa última visita fue hace {}."),
                       how_long(*facts.dias_sin_venir, facts.as_of.date(), language));
  }
  return out + "\n";
}

}  // namespace

std::string writing_system(const ProposalFacts& facts, std::string_view language) {
  return language == "en" ? fmt::format("You write for {}, a spa, to one of its guests. You never invent anything.", facts.negocio)
                          : fmt::format("Escribe por {}, un spa, a uno de sus clientes. Nunca inventa nada.", facts.negocio);
}

std::string writing_prompt(const ProposalFacts& facts, std::string_view example, std::string_view language) {
  const bool english = language == "en";
  return fmt::format("{}\n{}\n{}\n{}\n{}", english ? "Write one message (WhatsApp or e-mail) to win this guest back." : "Escriba un mensaje (WhatsApp o e-mail) para que este cliente vuelva.",
                     english ? rules_en : rules_es, facts_text(facts, english), english ? "A right one, to better:" : "Uno correcto, para mejorarlo:", example);
}

std::string mending_prompt(const ProposalFacts& facts, std::string_view draft, const std::vector<ProposalProblem>& wrong,
                           std::string_view language) {
  const bool english = language == "en";
  std::string out = english ? "Your message says what the facts do not. Write it again, whole, without this:\n"
                            : "Su mensaje dice lo que los hechos no dicen. Escríbalo otra vez, entero, sin esto:\n";
  for (const ProposalProblem& problem : wrong) out += fmt::format("- «{}»: {}\n", problem.quote, problem.message);
  return fmt::format("{}\n{}\n{}\n{}\n{}", out, english ? rules_en : rules_es, facts_text(facts, english), english ? "Your message:" : "Su mensaje:", draft);
}

}  // namespace aremko::assistants
