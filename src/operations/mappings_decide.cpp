// What a person says of a mapping: accept, reject, undo, and a link by hand.

#include "operations/actors.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/legacy_records.h"
#include "operations/mappings.h"

namespace aremko::operations {

namespace {

using store::Decision;

bool is_staff(const snapshot::Snapshot& snapshot, snapshot::Row customer) {
  return (snapshot.customers().contact.flags[customer] & sources::is_staff) != 0;
}

/// Why the pair cannot be one person today, whatever a person says.
std::optional<Error> impossible(const snapshot::Snapshot& snapshot, const store::Mapping& mapping) {
  const auto customer = snapshot.customer_row(mapping.current_id);
  if (!customer) {
    return error(Code::conflict, fmt::format("El cliente {} ya no está en la base actual; no se puede aceptar.", mapping.current_id),
                 fmt::format("Customer {} is no longer in the current database; it cannot be accepted.", mapping.current_id));
  }
  if (is_staff(snapshot, *customer)) {
    return error(Code::conflict, fmt::format("El cliente {} es una cuenta del personal; no se puede aceptar.", mapping.current_id),
                 fmt::format("Customer {} is a staff account; it cannot be accepted.", mapping.current_id));
  }
  const snapshot::FoundRecord found = snapshot.find_record(mapping.record());
  if (found.another) {
    return error(Code::conflict, "Ese registro histórico es ahora de otra persona en los archivos; no se puede aceptar.",
                 "That legacy record is somebody else's in the files by now; it cannot be accepted.");
  }
  if (found.row == snapshot::no_row) {
    return error(Code::conflict, "El registro histórico ya no está en los archivos; no se puede aceptar.",
                 "The legacy record is no longer in the files; it cannot be accepted.");
  }
  return std::nullopt;
}

/// The decision is kept, and the snapshot that shows it comes, whether or not it is there when the answer goes out.
void publish(const Context& context) {
  if (context.tenant().publish_links) static_cast<void>(context.tenant().publish_links(false));
}

/// The store's refusal, with whose word stands against it and since when.
Error refused(const Context& context, Error error, const RecordRef& record, std::int64_t current_id) {
  if (error.code != Code::conflict) return error;
  const store::Mapping* stands = nullptr;
  const auto all = context.store().mappings().by_legacy(context.tenant().name, record.legacy_id, record.record_id);
  for (const store::Mapping& one : all) {
    const bool decided = one.status == MappingStatus::accepted || (one.status == MappingStatus::rejected && one.current_id == current_id);
    if (decided && one.decided_by && one.decided_at && (stands == nullptr || one.current_id == current_id)) stands = &one;
  }
  if (stands == nullptr) return error;
  const Text who = who_and_when(context, *stands->decided_by, *stands->decided_at);
  if (stands->current_id != current_id) {
    error.detail = {fmt::format("Ese registro histórico ya fue aceptado para otro cliente (n.º {}) por {}. Deshaga aquello primero.", stands->current_id, who.es),
                    fmt::format("That legacy record was accepted for another customer (no. {}) by {}. Undo that first.", stands->current_id, who.en)};
  } else if (stands->status == MappingStatus::accepted) {
    error.detail = {fmt::format("Ya está decidido: son la misma persona, dijo {}. Deshaga aquello primero.", who.es),
                    fmt::format("It is decided already: one person, said {}. Undo that first.", who.en)};
  } else {
    error.detail = {fmt::format("Ya está decidido: no son la misma persona, dijo {}. Deshaga aquello primero.", who.es),
                    fmt::format("It is decided already: not one person, said {}. Undo that first.", who.en)};
  }
  return error;
}

Result<MappingView> decide(const Context& context, const DecideInput& input, Decision decision) {
  store::Mappings& mappings = context.store().mappings();
  const auto found = mappings.find(context.tenant().name, input.mapping_id);
  if (!found) return fail(found.error());
  if (decision == Decision::accept && found->status != MappingStatus::accepted) {
    if (auto cannot_be = impossible(context.snapshot(), *found)) return fail(*std::move(cannot_be));
  }
  const auto decided = mappings.decide(context.tenant().name, input.mapping_id, decision, context.principal().key_id,
                                       input.reason.value_or(""), context.now(), locate_in(context.snapshot()));
  if (!decided) return fail(refused(context, decided.error(), found->record(), found->current_id));
  if (decided->status != found->status) publish(context);
  return view_of(context, *decided);
}

Note mapping_id_note() {
  return {.name = "mapping_id",
          .about = {"ID del mapping (UUID).", "The mapping's id (UUID)."},
          .where = Where::path,
          .min = 1,
          .max = 64,
          .example = "bd3c1c0d-0cef-8888-b21f-b711a972fa04"};
}

Note why_note() {
  return {.name = "reason",
          .about = {"Por qué, para la auditoría: hasta 1000 bytes, sin datos personales.",
                    "Why, for the audit: up to 1,000 bytes, no personal data."},
          .where = Where::body,
          .min = 1,
          .max = 1000,
          .example = "Lo confirmó por teléfono"};
}

Operation decision_operation(std::string_view name, std::string_view path, Text summary, Text description,
                             Result<MappingView> (*act)(Context&, const DecideInput&)) {
  Declaration out{.name = name,
                  .group = "mappings",
                  .summary = std::move(summary),
                  .description = std::move(description),
                  .verb = Verb::post,
                  .path = path,
                  .scope = Scope::write,
                  .right = Right::deciding,
                  .cost = Cost::store,
                  .effect = Effect::repeats,
                  .example = examples::decision,
                  .notes = {mapping_id_note(), why_note()}};
  if (act != &undo_mapping) out.refusals = {Code::conflict};
  return declare(std::move(out), act);
}

}  // namespace

Result<MappingView> accept_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::accept);
}

Result<MappingView> reject_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::reject);
}

Result<MappingView> unlink_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::unlink);
}

Result<MappingView> undo_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::undo);
}

Result<MappingView> link_by_hand(Context& context, const LinkInput& input) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  const auto customer = snapshot.customer_row(input.current_id);  // of a merged one: whom they are one with
  const auto legacy = snapshot.legacy_row(input.legacy_id);
  if (!legacy) {
    return fail(invalid_field("legacy_id", "No hay ningún registro histórico con ese legacy_id.",
                              "There is no legacy record with that legacy_id."));
  }
  if (!customer) {
    return fail(invalid_field("current_id", fmt::format("No hay ningún cliente con id {}.", input.current_id),
                              fmt::format("There is no customer with id {}.", input.current_id)));
  }
  if (is_staff(snapshot, *customer)) {
    return fail(invalid_field("current_id", "Es una cuenta del personal; no se vincula.",
                              "It is a staff account; those are not linked."));
  }
  std::string print;
  const auto made = context.store().mappings().link_by_hand(context.tenant().name, snapshot.record_of(*legacy, print), input.current_id,
                                                            context.principal().key_id, input.reason.value_or(""),
                                                            context.now(), locate_in(snapshot));
  if (!made) return fail(refused(context, made.error(), snapshot.record_of(*legacy, print), input.current_id));
  publish(context);
  return view_of(context, *made);
}

std::vector<Operation> mapping_decision_operations() {
  std::vector<Operation> out;
  out.push_back(decision_operation(
      "accept_mapping", "/api/v1/aremko/mappings/{mapping_id}/accept",
      {"Aceptar un mapping: son la misma persona", "Accept a mapping: they are one person"},
      {"Queda vigente para siempre; los demás candidatos del registro se retiran. La ficha lo muestra de inmediato.",
       "It is live for good; the record's other candidates are retired. The profile shows it at once."},
      &accept_mapping));
  out.push_back(decision_operation(
      "reject_mapping", "/api/v1/aremko/mappings/{mapping_id}/reject",
      {"Rechazar un mapping: no son la misma persona", "Reject a mapping: they are not one person"},
      {"Ninguna sincronización lo vuelve a proponer; la siguiente puede proponer al candidato que sigue.",
       "No sync proposes it again; the next one may propose the candidate that follows."},
      &reject_mapping));
  out.push_back(decision_operation(
      "unlink_mapping", "/api/v1/aremko/mappings/{mapping_id}/unlink",
      {"Desvincular: el registro no es de este cliente", "Unlink: the record is not this customer's"},
      {"De lo vinculado, por una sincronización o por una persona; queda rechazado. Deshacerlo devuelve lo que había.",
       "Of what is linked, by a sync or by a person; it stands rejected. Undoing gives back what there was."},
      &unlink_mapping));
  out.push_back(decision_operation(
      "undo_mapping", "/api/v1/aremko/mappings/{mapping_id}/undo",
      {"Deshacer lo decidido sobre un mapping", "Undo what was decided on a mapping"},
      {"Lo haya decidido quien lo haya decidido. Vuelve a lo que dice su confianza; los candidatos que se retiraron vuelven con la próxima "
       "sincronización.",
       "Whoever decided it. Back to what its confidence says; candidates that were retired come back with the next sync."},
      &undo_mapping));
  Note legacy = legacy_id_note(), current = customer_id_note();
  legacy.where = current.where = Where::body;
  legacy.required = current.required = true;
  current.name = "current_id";
  out.push_back(declare(Declaration{.name = "link_by_hand",
                                    .group = "mappings",
                                    .summary = {"Vincular a mano un registro histórico con un cliente",
                                                "Link a legacy record to a customer by hand"},
                                    .description = {"Como aceptar un mapping que ninguna sincronización encontró.",
                                                    "Like accepting a mapping that no sync found."},
                                    .verb = Verb::post,
                                    .path = "/api/v1/aremko/mappings",
                                    .scope = Scope::write,
                                    .right = Right::deciding,
                  .right = Right::deciding,
                                    .cost = Cost::store,
                                    .effect = Effect::repeats,
                                    .example = examples::decision,
                                    .refusals = {Code::conflict},
                                    .notes = {std::move(legacy), std::move(current), why_note()}},
                        &link_by_hand));
  return out;
}

}  // namespace aremko::operations
