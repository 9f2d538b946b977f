#include "operations/definitions.h"

#include <fmt/args.h>

#include "base/spoken.h"
#include "operations/context.h"
#include "operations/definition_texts.h"

namespace aremko::operations {

namespace {

Text title_of(Topic topic) {
  switch (topic) {
    case Topic::visits: return {"Clientes y visitas", "Customers and visits"};
    case Topic::money: return {"Dinero", "Money"};
    case Topic::segments: return {"Puntajes y segmentos", "Scores and segments"};
    case Topic::behaviour: return {"Comportamiento", "Behaviour"};
    case Topic::contact: return {"Contacto y consentimiento", "Contact and consent"};
    case Topic::business: return {"El día y el negocio", "The day and the business"};
    case Topic::data: return {"Los datos mismos", "The data themselves"};
  }
  return {};
}

using Words = fmt::dynamic_format_arg_store<fmt::format_context>;

Words thresholds_in(const analytics::RfmThresholds& thresholds, std::string_view language) {
  Words out;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::size_t score = 5 - i;
    out.push_back(fmt::arg(fmt::format("r{}", score).c_str(), fmt::format("{}", thresholds.recency_days[i])));
    out.push_back(fmt::arg(fmt::format("f{}", score).c_str(), fmt::format("{}", thresholds.visits[i])));
    out.push_back(fmt::arg(fmt::format("m{}", score).c_str(), spoken_money(thresholds.money[i], language)));
  }
  out.push_back(fmt::arg("new", thresholds.new_days));
  return out;
}

}  // namespace

Result<DefinitionList> definitions(Context& context, const NoInput&) {
  const std::string_view language = context.language();
  const bool english = language == "en";
  const Words words = thresholds_in(context.thresholds(), language);
  DefinitionList out{.about = english ? "How every figure is counted. \"There\" is the booking system."
                                      : "Cómo se cuenta cada cifra. «Allá» es el sistema de reservas.",
                     .definitions = {}};
  for (const auto texts : {people_definitions(), business_definitions(), use_definitions()}) {
    for (const DefinitionText& text : texts) {
      Definition& made = out.definitions.emplace_back();
      made.id = text.id;
      made.topic = title_of(text.topic).in(language);
      made.title = english ? text.title_en : text.title_es;
      made.how = fmt::vformat(fmt::string_view(english ? text.how_en : text.how_es), words);
      if (!text.differs_es.empty()) made.differs = std::string(english ? text.differs_en : text.differs_es);
    }
  }
  return out;
}

std::vector<Operation> definition_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "definitions",
                  .group = "stats",
                  .summary = {"Qué significa cada cifra y cómo se cuenta", "What every figure means, and how it is counted"},
                  .description = {"Por cada cifra: su título, cómo se cuenta y, donde el sistema de reservas cuenta otra cosa, en qué y por "
                                  "qué. `id` es el nombre del campo en las respuestas.",
                                  "For every figure: its title, how it is counted and, where the booking system counts otherwise, in what "
                                  "and why. `id` is the field's name in the answers."},
                  .path = "/api/v1/aremko/definitions",
                  .needs_snapshot = false},
      &definitions));
  return out;
}

}  // namespace aremko::operations
