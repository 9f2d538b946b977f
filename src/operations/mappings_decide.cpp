// What a person says of a mapping: accept, reject, undo, and a link by hand.

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

Result<MappingView> decide(const Context& context, const DecideInput& input, Decision decision) {
  store::Mappings& mappings = context.store().mappings();
  const auto found = mappings.find(context.tenant().name, input.mapping_id);
  if (!found) return fail(found.error());
  if (decision == Decision::accept && found->status != MappingStatus::accepted) {
    if (auto refused = impossible(context.snapshot(), *found)) return fail(*std::move(refused));
  }
  const auto decided = mappings.decide(context.tenant().name, input.mapping_id, decision, context.principal().key_id,
                                       input.reason.value_or(""), context.now(), locate_in(context.snapshot()));
  if (!decided) return fail(decided.error());
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
  if (act == &accept_mapping) out.refusals = {Code::conflict};
  return declare(std::move(out), act);
}

}  // namespace

Result<MappingView> accept_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::accept);
}

Result<MappingView> reject_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::reject);
}

Result<MappingView> undo_mapping(Context& context, const DecideInput& input) {
  return decide(context, input, Decision::undo);
}

Result<MappingView> link_by_hand(Context& context, const LinkInput& input) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  const auto customer = snapshot.customer_row(input.current_id);
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
  if (!made) return fail(made.error());
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
      "undo_mapping", "/api/v1/aremko/mappings/{mapping_id}/undo",
      {"Deshacer lo decidido sobre un mapping", "Undo what was decided on a mapping"},
      {"Vuelve a lo que dice su confianza; los candidatos que se retiraron vuelven con la próxima sincronización.",
       "Back to what its confidence says; candidates that were retired come back with the next sync."},
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
                                    .cost = Cost::store,
                                    .effect = Effect::repeats,
                                    .example = examples::decision,
                                    .refusals = {Code::conflict},
                                    .notes = {std::move(legacy), std::move(current), why_note()}},
                        &link_by_hand));
  return out;
}

}  // namespace aremko::operations
