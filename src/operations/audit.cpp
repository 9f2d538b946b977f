#include "operations/audit.h"

#include "operations/context.h"
#include "operations/examples.h"

namespace aremko::operations {

namespace {

std::optional<json::JsonText> state_of(std::string text) {
  if (text.empty()) return std::nullopt;
  return json::JsonText{std::move(text)};
}

struct Phrase {
  std::string_view action;
  std::string_view es;  // {0} the legacy record, {1} the customer
  std::string_view en;
};

constexpr std::array phrases{
    Phrase{"mapping.create", "La sincronización vinculó el registro {0} con el cliente {1}.", "The sync tied record {0} to customer {1}."},
    Phrase{"mapping.update", "La sincronización revisó el vínculo del registro {0} con el cliente {1}.",
           "The sync revised the link of record {0} to customer {1}."},
    Phrase{"mapping.retire", "Se retiró el vínculo del registro {0} con el cliente {1}.", "The link of record {0} to customer {1} was retired."},
    Phrase{"mapping.move", "El vínculo con el cliente {1} siguió a su registro, que ahora es el {0}.",
           "The link to customer {1} followed its record, which is {0} now."},
    Phrase{"mapping.return", "Volvió el registro {0}, y con él lo que se había aceptado: es el cliente {1}.",
           "Record {0} is back, and with it what was accepted: it is customer {1}."},
    Phrase{"mapping.accept", "Se aceptó: el registro {0} es el cliente {1}.", "Accepted: record {0} is customer {1}."},
    Phrase{"mapping.reject", "Se rechazó: el registro {0} no es el cliente {1}.", "Rejected: record {0} is not customer {1}."},
    Phrase{"mapping.undo", "Se deshizo lo decidido sobre el registro {0} y el cliente {1}.",
           "What was decided on record {0} and customer {1} was undone."},
    Phrase{"mapping.link", "Se vinculó a mano el registro {0} con el cliente {1}.", "Record {0} was linked to customer {1} by hand."},
    Phrase{"mapping.unlink", "Se desvinculó el registro {0} del cliente {1}.", "Record {0} was unlinked from customer {1}."},
    Phrase{"people.same", "Se unieron dos fichas de una misma persona.", "Two customers who are one person were merged."},
    Phrase{"people.different", "Se dijo que dos fichas son de personas distintas.", "Two customers were said to be two people."},
    Phrase{"people.undo", "Se deshizo lo decidido sobre dos fichas.", "What was decided on two customers was undone."},
    Phrase{"key.create", "Se creó la clave.", "The key was made."},
    Phrase{"key.revoke", "Se revocó la clave.", "The key was revoked."},
    Phrase{"staff.add", "Se agregó una persona al local.", "A person of the house was added."},
    Phrase{"staff.role", "Cambió el rol de una persona del local.", "A person's role was changed."},
    Phrase{"staff.secret", "Cambió el PIN de una persona del local.", "A person's PIN was changed."},
    Phrase{"staff.revoke", "Se quitó a una persona del local.", "A person of the house was removed."},
    Phrase{"device.revoke", "Se olvidó un equipo.", "A device was forgotten."},
    Phrase{"people.export", "Se exportó una lista de personas.", "A list of people was exported."},
};

std::string summary_of(const store::AuditEntry& entry, std::string_view language) {
  const auto phrase = std::ranges::find(phrases, entry.action, &Phrase::action);
  if (phrase == phrases.end()) return entry.action;
  return fmt::format(fmt::runtime(language == "en" ? phrase->en : phrase->es), entry.legacy_id, entry.current_id.value_or(0));
}

}  // namespace

Result<AuditTrail> audit_trail(Context& context, const AuditInput& input) {
  auto page = context.store().audit().list(context.tenant().name,
                                           {.subject = input.subject, .legacy_id = input.legacy_id, .current_id = input.customer_id, .action = input.action},
                                           static_cast<std::size_t>(input.limit), input.cursor.value_or(""));
  if (!page) return fail(std::move(page.error()));
  AuditTrail out;
  for (store::AuditEntry& entry : page->entries) {
    AuditRow& row = out.entries.emplace_back();
    row.id = entry.id;
    row.summary = summary_of(entry, context.language());
    row.at = context.tenant().zone->local(entry.at);
    row.actor = std::move(entry.actor);
    if (!entry.actor_label.empty()) row.actor_label = std::move(entry.actor_label);
    if (!entry.legacy_id.empty()) row.legacy_id = std::move(entry.legacy_id);
    row.current_id = entry.current_id;
    row.action = std::move(entry.action);
    row.subject = std::move(entry.subject);
    row.before = state_of(std::move(entry.before));
    row.after = state_of(std::move(entry.after));
    if (!entry.reason.empty()) row.reason = std::move(entry.reason);
  }
  if (!page->next.empty()) out.next = std::move(page->next);
  return out;
}

std::vector<Operation> audit_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "audit_trail",
                  .group = "mappings",
                  .summary = {"Quién cambió qué y cuándo", "Who changed what, and when"},
                  .path = "/api/v1/aremko/audit",
                  .scope = Scope::admin,
                  .cost = Cost::store,
                  .needs_snapshot = false,
                  .example = examples::audit,
                  .refusals = {Code::malformed},
                  .notes = {{.name = "subject",
                             .about = {"Solo lo que toca a este mapping o a esta clave.", "Only what concerns this mapping or key."},
                             .min = 1,
                             .max = 64},
                            {.name = "legacy_id",
                             .about = {"Solo lo que toca a este registro histórico.", "Only what concerns this legacy record."},
                             .min = 1,
                             .max = 64},
                            {.name = "customer_id",
                             .about = {"Solo lo que toca a este cliente.", "Only what concerns this customer."},
                             .min = 1,
                             .max = 1'000'000'000'000'000},
                            {.name = "action",
                             .about = {"Solo lo de esta clase: `people.export` da las listas que alguien se llevó.", "Only what is of this kind: `people.export` gives the lists that somebody took away."},
                             .min = 1,
                             .max = 64,
                             .example = "people.export"},
                            limit_note(500),
                            {.name = "cursor",
                             .about = {"El `next` de la página anterior.", "The previous page's `next`."},
                             .min = 1,
                             .max = 200}}},
      &audit_trail));
  return out;
}

}  // namespace aremko::operations
