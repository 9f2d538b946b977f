#include "assistants/product.h"

#include "assistants/cards.h"
#include "assistants/prompts.h"
#include "assistants/resources.h"
#include "assistants/tools.h"

namespace aremko::assistants {

Registry product(const operations::Services& services) {
  Registry out;
  out.version = services.version;
  out.title = {"Aremko: la ficha completa de cada cliente", "Aremko: every customer, whole"};
  out.instructions = {
      "Aremko une la base de reservas de un spa con sus archivos históricos. Empiece con search_customers y siga con get_customer; "
      "list_inactive_customers y list_segments responden sobre todos. Para escribirle a alguien, draft_proposal: solo sus hechos y precios "
      "existen. El dinero es en pesos chilenos; as_of mira el pasado sin ver lo posterior. aremko://definitions dice cómo se cuenta "
      "cada cifra. Cuide los datos personales: pida contacto solo si hace falta.",
      "Aremko unites a spa's booking database with its legacy files. Start with search_customers and go on with get_customer; "
      "list_inactive_customers and list_segments answer about everybody. To write to somebody, draft_proposal: only its facts and prices "
      "exist. Money is in Chilean pesos; as_of looks at the past without seeing what came later. aremko://definitions says how every figure is "
      "counted. Mind personal data: ask for contact details only when they are needed."};
  add_tools(out);
  add_resources(out);
  add_cards(out);
  add_prompts(out);
  return out;
}

}  // namespace aremko::assistants
