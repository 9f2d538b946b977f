// The words and routes of operations/duplicates.h.

#include "operations/context.h"
#include "operations/duplicates.h"
#include "operations/examples.h"

namespace aremko::operations {

namespace {

Note other_note(Where where) {
  Note out = customer_id_note();
  out.name = "other_id";
  out.about = {"La otra ficha.", "The other customer."};
  out.where = where;
  out.required = true;
  out.example = "1002";
  return out;
}

Note reason_note() {
  return {.name = "reason",
          .about = {"Por qué, para la auditoría: hasta 1000 bytes, sin datos personales.",
                    "Why, for the audit: up to 1,000 bytes, no personal data."},
          .where = Where::body,
          .min = 1,
          .max = 1000,
          .example = "Cambió de teléfono"};
}

Operation list_declared() {
  return declare(
      Declaration{.name = "list_duplicates",
                  .group = "mappings",
                  .summary = {"Fichas de hoy que parecen ser la misma persona", "Today's customers who look like one person"},
                  .description = {"Con la evidencia de cada par, a favor y en contra, y la historia de ambas fichas. Primero lo que más se pierde de vista: "
                                  "`worth` = probabilidad × (1 + visitas + gasto / 50.000) de la historia menor. Lo decidido no vuelve a aparecer.",
                                  "With each pair's evidence, for and against, and the history of both. First what is hidden most: `worth` = probability "
                                  "× (1 + visits + spent / 50,000) of the smaller history. What was decided does not come again."},
                  .path = "/api/v1/aremko/duplicates",
                  .cost = Cost::store,  // what people decided
                  .example = examples::duplicates,
                  .refusals = {Code::malformed},
                  .notes = {limit_note(100),
                            {.name = "cursor",
                             .about = {"El `next` de la página anterior.", "The previous page's `next`."},
                             .min = 1,
                             .max = 100}}},
      &list_duplicates);
}

Operation decide_declared() {
  Note kept = customer_id_note();
  kept.name = "kept_id";
  kept.about = {"La ficha cuyo número queda.", "The customer whose number stays."};
  kept.where = Where::body;
  kept.required = true;
  return declare(
      Declaration{.name = "decide_duplicate",
                  .group = "mappings",
                  .summary = {"Decir que dos fichas son la misma persona, o que no", "Say that two customers are one person, or that they are not"},
                  .description = {"La unión queda aquí y no se escribe en el sistema de reservas: desde entonces ambos números responden por una sola "
                                  "persona, con toda su historia, y toda cuenta la cuenta una vez. Se deshace cuando se quiera.",
                                  "The merge is kept here and nothing is written to the booking system: from then on both numbers answer for one "
                                  "person with the whole history, and every count counts them once. It can be undone at any time."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/duplicates",
                  .scope = Scope::write,
                  .right = Right::deciding,
                  .cost = Cost::store,
                  .effect = Effect::repeats,
                  .refusals = {Code::conflict},
                  .notes = {kept, other_note(Where::body),
                            {.name = "verdict",
                             .about = {"`same`: la misma persona; `different`: personas distintas, y el par no se vuelve a proponer.",
                                       "`same`: one person; `different`: two people, and the pair is not proposed again."},
                             .where = Where::body,
                             .required = true,
                             .example = "same"},
                            reason_note()}},
      &decide_duplicate);
}

}  // namespace

std::vector<Operation> duplicate_operations() {
  std::vector<Operation> out;
  out.push_back(list_declared());
  out.push_back(declare(
      Declaration{.name = "customer_duplicates",
                  .group = "mappings",
                  .summary = {"Quién más podría ser este cliente, y con quién se unió", "Who else this customer may be, and with whom they were merged"},
                  .path = "/api/v1/aremko/customers/{customer_id}/duplicates",
                  .cost = Cost::store,  // what people decided
                  .notes = {customer_id_note()}},
      &customer_duplicates));
  out.push_back(declare(
      Declaration{.name = "explain_duplicate",
                  .group = "mappings",
                  .summary = {"Por qué dos fichas son, o no son, la misma persona", "Why two customers are, or are not, one person"},
                  .path = "/api/v1/aremko/customers/{customer_id}/duplicates/{other_id}",
                  .cost = Cost::store,  // what people decided
                  .notes = {customer_id_note(), other_note(Where::path)}},
      &explain_duplicate));
  out.push_back(decide_declared());
  out.push_back(declare(
      Declaration{.name = "undo_duplicate",
                  .group = "mappings",
                  .summary = {"Deshacer lo dicho de dos fichas", "Undo what was said of two customers"},
                  .description = {"Lo haya dicho quien lo haya dicho: cada ficha vuelve a ser exactamente lo que era.",
                                  "Whoever said it: each customer is again exactly what it was."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/duplicates/{merge_id}/undo",
                  .scope = Scope::write,
                  .right = Right::deciding,
                  .cost = Cost::store,
                  .effect = Effect::repeats,
                  .notes = {{.name = "merge_id",
                             .about = {"El id que da `decide_duplicate`.", "The id that `decide_duplicate` gives."},
                             .where = Where::path,
                             .min = 1,
                             .max = 64,
                             .example = "0b2f6c1e-7d3a-8c51-9f40-2a1b3c4d5e6f"},
                            reason_note()}},
      &undo_duplicate));
  return out;
}

}  // namespace aremko::operations
