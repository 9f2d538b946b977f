#include "operations/decisions.h"

#include "base/json_read.h"
#include "operations/actors.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/legacy_records.h"

namespace aremko::operations {

namespace {

constexpr std::size_t most_undone = 200;

struct Phrase {
  std::string_view action;
  std::string_view es;
  std::string_view en;
};

constexpr std::array phrases{
    Phrase{"mapping.accept", "Son la misma persona", "They are one person"},
    Phrase{"mapping.reject", "No son la misma persona", "They are not one person"},
    Phrase{"mapping.link", "Se vincularon a mano", "They were linked by hand"},
    Phrase{"mapping.unlink", "Se desvincularon", "They were unlinked"},
    Phrase{"mapping.undo", "Se deshizo lo decidido", "What was decided was undone"},
    Phrase{"people.same", "Las dos fichas son la misma persona", "The two customers are one person"},
    Phrase{"people.different", "Las dos fichas son personas distintas", "The two customers are two people"},
    Phrase{"people.undo", "Se deshizo lo decidido", "What was decided was undone"}};

constexpr std::array states{
    Phrase{"active", "vinculado por la sincronización", "linked by the sync"},
    Phrase{"pending", "por revisar", "to review"},
    Phrase{"accepted", "confirmado por una persona", "confirmed by a person"},
    Phrase{"rejected", "descartado por una persona", "ruled out by a person"},
    Phrase{"retired", "sin vínculo", "not linked"},
    Phrase{"same", "la misma persona", "one person"},
    Phrase{"different", "personas distintas", "two people"},
    Phrase{"undone", "sin decidir", "undecided"}};

template <std::size_t N>
std::string said(const std::array<Phrase, N>& phrases_of, std::string_view name, std::string_view language) {
  const auto phrase = std::ranges::find(phrases_of, name, &Phrase::action);
  if (phrase == phrases_of.end()) return std::string(name);
  return std::string(language == "en" ? phrase->en : phrase->es);
}

/// How it stood before, out of the audit's JSON.
std::optional<std::string> was_of(std::string_view before, std::string_view language) {
  if (before.empty()) return std::nullopt;
  const auto value = json::parse(before);
  if (!value || !value->is_object()) return std::nullopt;
  for (const std::string_view name : {"status", "verdict"}) {
    const auto* state = value->as_object().if_contains(name);
    if (state == nullptr || !state->is_string()) continue;
    std::string out = said(states, std::string(state->get_string()), language);
    const auto* confidence = value->as_object().if_contains("confidence");
    if (confidence != nullptr && confidence->is_number()) out += fmt::format(" ({:.0f} %)", confidence->to_number<double>());
    return out;
  }
  return std::nullopt;
}

std::optional<std::string> name_of(const snapshot::Snapshot& snapshot, std::optional<std::int64_t> id) {
  const auto row = id ? snapshot.unmerged_row(*id) : std::nullopt;
  if (!row) return std::nullopt;
  return std::string(snapshot.unmerged_ptr()->customers.contact.nombre[*row]);
}

DecisionRow row_for(const Context& context, store::DecisionEntry&& entry) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  const std::string_view language = context.language();
  DecisionRow out{.id = entry.id, .at = context.tenant().zone->local(entry.at), .by = entry.actor, .action = entry.action};
  out.by_name = entry.actor_label.empty() ? std::string(actor_name(context, entry.actor).in(language)) : std::move(entry.actor_label);
  out.about = entry.action.starts_with("people.") ? DecisionAbout::people : DecisionAbout::record;
  out.summary = said(phrases, entry.action, language);
  out.was = was_of(entry.before, language);
  if (!entry.reason.empty()) out.reason = std::move(entry.reason);
  out.stands = entry.stands;
  out.subject = std::move(entry.subject);
  if (out.about == DecisionAbout::people) {
    out.customer_id = entry.kept_id;
    out.other_id = entry.kept_id == entry.first_id ? entry.second_id : entry.first_id;
    out.other_name = name_of(snapshot, out.other_id);
  } else {
    out.legacy_id = std::move(entry.legacy_id);
    out.customer_id = entry.current_id;
    if (const auto legacy = snapshot.legacy_row(*out.legacy_id)) out.legacy_name = std::string(snapshot.legacy().nombre(*legacy));
  }
  out.customer_name = name_of(snapshot, out.customer_id);
  return out;
}

Result<bool> undo_one(const Context& context, const std::string& subject, const std::string& why) {
  const std::string& tenant = context.tenant().name;
  const std::string& who = context.principal().key_id;
  if (const auto mapping = context.store().mappings().find(tenant, subject)) {
    if (mapping->status != MappingStatus::accepted && mapping->status != MappingStatus::rejected) return false;
    const auto done = context.store().mappings().decide(tenant, subject, store::Decision::undo, who, why, context.now(),
                                                        locate_in(context.snapshot()));
    if (!done) return fail(done.error());
    return true;
  }
  const auto merge = context.store().merges().find(tenant, subject);
  if (!merge) return fail(merge.error());
  if (merge->verdict == MergeVerdict::undone) return false;
  const auto done = context.store().merges().undo(tenant, subject, who, why, context.now());
  if (!done) return fail(done.error());
  return true;
}

Note reason_note() {
  return {.name = "reason",
          .about = {"Por qué, para la auditoría: hasta 1000 bytes, sin datos personales.",
                    "Why, for the audit: up to 1,000 bytes, no personal data."},
          .where = Where::body,
          .min = 1,
          .max = 1000,
          .example = "Se decidió sin mirar"};
}

}  // namespace

Result<DecisionList> list_decisions(Context& context, const DecisionsInput& input) {
  auto page = context.store().decisions().list(context.tenant().name,
                                               {.kind = input.kind, .actor = input.by.value_or(""), .standing = input.standing},
                                               static_cast<std::size_t>(input.limit), input.cursor.value_or(""));
  if (!page) return fail(std::move(page.error()));
  DecisionList out;
  for (store::DecisionEntry& entry : page->entries) out.decisions.push_back(row_for(context, std::move(entry)));
  if (!page->next.empty()) out.next = std::move(page->next);
  return out;
}

Result<UndoReport> undo_decisions(Context& context, const UndoInput& input) {
  if (input.subjects.empty() || input.subjects.size() > most_undone) {
    return fail(invalid_field("subjects", fmt::format("De 1 a {} decisiones.", most_undone), fmt::format("1 to {} decisions.", most_undone)));
  }
  UndoReport out;
  for (const std::string& subject : input.subjects) {
    const auto done = undo_one(context, subject, input.reason.value_or(""));
    if (!done) {
      out.refused.push_back({subject, std::string(done.error().detail.in(context.language()))});
    } else if (*done) {
      ++out.undone;
    }
  }
  if (out.undone > 0 && context.tenant().publish_links) static_cast<void>(context.tenant().publish_links(false));
  return out;
}

std::vector<Operation> decision_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "list_decisions",
                  .group = "mappings",
                  .summary = {"Qué decidieron las personas: quién, cuándo, por qué y qué había antes",
                              "What people decided: who, when, why, and what it was before"},
                  .description = {"De registros antiguos y de fichas repetidas, lo último primero. `stands` dice si nadie decidió otra cosa después: "
                                  "entonces se puede deshacer con su `subject`, sea de quien sea.",
                                  "Of old records and of duplicate customers, the latest first. `stands` says whether nobody has decided on the same "
                                  "pair since: then it can be undone by its `subject`, whoever decided it."},
                  .path = "/api/v1/aremko/decisions",
                  .cost = Cost::store,
                  .example = examples::decisions,
                  .refusals = {Code::malformed},
                  .notes = {{.name = "kind",
                             .about = {"`yes` (la misma persona), `no` (otra) o `undone` (deshecho); por omisión, todas.",
                                       "`yes` (one person), `no` (another) or `undone`; all by default."}},
                            {.name = "by",
                             .about = {"Solo las de esta clave (su parte pública) o `cli`.", "Those of this key (its public part) or `cli` only."},
                             .min = 1,
                             .max = 64},
                            {.name = "standing", .about = {"Solo las que siguen en pie.", "Those that still stand only."}},
                            limit_note(500),
                            {.name = "cursor",
                             .about = {"El `next` de la página anterior.", "The previous page's `next`."},
                             .min = 1,
                             .max = 200}}},
      &list_decisions));
  out.push_back(declare(
      Declaration{.name = "undo_decisions",
                  .group = "mappings",
                  .summary = {"Deshacer varias decisiones de una vez", "Undo several decisions at once"},
                  .description = {"Una tras otra, en el orden dado, sean de quien sean; la que no se puede deshacer lo dice y no detiene a las demás. "
                                  "Queda en la auditoría quién las deshizo.",
                                  "One after the other in the order given, whoever decided them; one that cannot be undone says so and hinders no "
                                  "other. The audit keeps who undid them."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/decisions/undo",
                  .scope = Scope::write,
                  .right = Right::deciding,
                  .cost = Cost::store,
                  .effect = Effect::repeats,
                  .notes = {{.name = "subjects",
                             .about = {"Los `subject` de las decisiones, de 1 a 200.", "The decisions' `subject`s, 1 to 200."},
                             .where = Where::body,
                             .required = true,
                             .example = "4c1f0d52-8a37-8d10-9e5b-6f2a90c3b7de"},
                            reason_note()}},
      &undo_decisions));
  return out;
}

}  // namespace aremko::operations
