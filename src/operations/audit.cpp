#include "operations/audit.h"

#include "operations/context.h"

namespace aremko::operations {

namespace {

std::optional<json::JsonText> state_of(std::string text) {
  if (text.empty()) return std::nullopt;
  return json::JsonText{std::move(text)};
}

}  // namespace

Result<AuditTrail> audit_trail(Context& context, const AuditInput& input) {
  auto page = context.store().audit().list(context.tenant().name, input.subject,
                                           static_cast<std::size_t>(input.limit), input.cursor.value_or(""));
  if (!page) return fail(std::move(page.error()));
  AuditTrail out;
  for (store::AuditEntry& entry : page->entries) {
    AuditRow& row = out.entries.emplace_back();
    row.id = entry.id;
    row.at = context.tenant().zone->local(entry.at);
    row.actor = std::move(entry.actor);
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
                  .cost = Cost::heavy,
                  .needs_snapshot = false,
                  .refusals = {Code::malformed},
                  .notes = {{.name = "subject",
                             .about = {"Solo lo que toca a este mapping o a esta clave.", "Only what concerns this mapping or key."},
                             .min = 1,
                             .max = 64},
                            limit_note(500),
                            {.name = "cursor",
                             .about = {"El `next` de la página anterior.", "The previous page's `next`."},
                             .min = 1,
                             .max = 200}}},
      &audit_trail));
  return out;
}

}  // namespace aremko::operations
