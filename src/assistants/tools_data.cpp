// The state of the data: sources, who is who, and the sync that ties the two.

#include "assistants/data_summary.h"
#include "assistants/tool_maker.h"
#include "assistants/tools.h"
#include "base/spoken.h"
#include "operations/all.h"
#include "operations/explanation.h"
#include "operations/mappings.h"
#include "operations/sync.h"

namespace aremko::assistants {

namespace {

Result<DataState> health(Call& call, const HealthArguments& input) { return data_state(call, static_cast<std::size_t>(input.limit)); }

MappingLine line_of(const MappingView& view) {
  return {view.id, view.legacy_id, view.metadata.legacy_name, view.current_id, view.metadata.current_name, view.confidence_score, view.status,
          view.metadata.match_reasons};
}

Result<MappingReview> review(Call& call, const ReviewArguments& input) {
  MappingReview out;
  if (input.mapping_id) {
    auto why = operations::explain_mapping(call.context(), {*input.mapping_id});
    if (!why) return fail(std::move(why.error()));
    if (why->mapping) out.mappings.push_back(line_of(*why->mapping));
    out.explanation = MappingWhy{.confidence = why->confidence, .summary = std::move(why->summary)};
    for (EvidenceView& evidence : why->evidence) out.explanation->evidence.push_back({std::move(evidence.text), evidence.log_odds});
    for (RivalView& rival : why->rivals) {
      if (out.explanation->rivals.size() == 3) break;
      out.explanation->rivals.push_back({rival.current_id, std::move(rival.current_name), rival.confidence});
    }
    return out;
  }
  operations::MappingsInput wanted;
  wanted.status = input.status;
  wanted.limit = input.limit;
  wanted.cursor = input.cursor;
  auto list = operations::list_mappings(call.context(), wanted);
  if (!list) return fail(std::move(list.error()));
  out.counts = list->counts;
  for (const MappingView& view : list->mappings) out.mappings.push_back(line_of(view));
  out.next = std::move(list->next);
  return out;
}

std::string review_words(const MappingReview& review, std::string_view language) {
  std::string out;
  if (review.counts) {
    const operations::MappingCounts& counts = *review.counts;
    out += language == "en" ? fmt::format("Mappings: {} live, {} to review, {} accepted, {} rejected.\n", counts.active, counts.pending, counts.accepted,
                                          counts.rejected)
                            : fmt::format("Vínculos: {}, {} por revisar, {}, {}.\n", counted(counts.active, "vigente", "vigentes"), counts.pending,
                                          counted(counts.accepted, "aceptado", "aceptados"), counted(counts.rejected, "rechazado", "rechazados"));
  }
  for (const MappingLine& line : review.mappings) {
    out += fmt::format(fmt::runtime(say(language, "- {} · histórico {} «{}» = cliente {} «{}» · {} % · {}\n", "- {} · legacy {} \"{}\" = customer {} \"{}\" · {} % · {}\n")),
                       line.mapping_id, line.legacy_id, line.legacy_name, line.customer_id, line.current_name, line.confidence, json_name(line.status));
  }
  if (review.explanation) {
    out += review.explanation->summary + "\n";
    for (const EvidenceLine& evidence : review.explanation->evidence) out += fmt::format("- {:+.1f} {}\n", evidence.log_odds, evidence.text);
    for (const RivalLine& rival : review.explanation->rivals) {
      out += fmt::format(fmt::runtime(say(language, "- También podría ser {} «{}», {} %\n", "- It could also be {} \"{}\", {} %\n")), rival.customer_id, rival.nombre,
                         rival.confidence);
    }
  }
  if (review.mappings.empty() && !review.explanation) out += say(language, "No hay ninguno.\n", "There are none.\n");
  if (review.next) out += fmt::format(fmt::runtime(say(language, "Hay más: repita con cursor=\"{}\".", "There are more: repeat with cursor=\"{}\".")), *review.next);
  return out;
}

Result<MappingLine> decide(Call& call, const DecideArguments& input) {
  Object arguments{{"mapping_id", input.mapping_id}};
  if (input.reason) arguments["reason"] = *input.reason;
  const auto answer = ask_operation(call, std::string(json_name(input.decision)) + "_mapping", arguments);
  if (!answer) return fail(answer.error());
  const Object& view = answer->as_object();
  const Object& names = view.at("metadata").as_object();
  MappingLine out{.mapping_id = std::string(view.at("id").as_string()),
                  .legacy_id = std::string(view.at("legacy_id").as_string()),
                  .legacy_name = std::string(names.at("legacy_name").as_string()),
                  .customer_id = view.at("current_id").to_number<std::int64_t>(),
                  .current_name = std::string(names.at("current_name").as_string()),
                  .confidence = view.at("confidence_score").to_number<double>()};
  for (const MappingStatus status : enum_values<MappingStatus>) {
    if (view.at("status").as_string() == json_name(status)) out.status = status;
  }
  return out;
}

std::string decide_words(const MappingLine& line, std::string_view language) {
  return fmt::format(fmt::runtime(say(language, "El vínculo de «{}» con «{}» queda {}. Lo respetará toda sincronización posterior.",
                                      "The mapping of \"{}\" to \"{}\" is now {}. Every later sync will respect it.")),
                     line.legacy_name, line.current_name, json_name(line.status));
}

Result<SyncSummary> sync(Call& call, const SyncArguments&) {
  // The same call once more, so that the operation tells this call how far it is and hears when it is cancelled.
  const operations::Context& context = call.context();
  operations::Context watched(context.services(), &context.tenant(), context.principal(), call.language(), call.watch());
  const auto report = operations::sync_legacy_to_current(watched, {});
  if (!report) return fail(report.error());
  return SyncSummary{report->total_legacy, report->total_current, report->mappings_created, report->mappings_updated, report->mappings_retired,
                     report->high_confidence, report->medium_confidence, report->no_match};
}

std::string sync_words(const SyncSummary& report, std::string_view language) {
  if (language == "en") {
    return fmt::format("{} against {}: {}, {} changed, {} retired. {} sure (85 % or more), {} to review, {} without a match. Repeating it creates "
                       "nothing more.",
                       counted(report.total_legacy, "legacy record", "legacy records"), counted(report.total_current, "customer", "customers"),
                       counted(report.mappings_created, "new mapping", "new mappings"), report.mappings_updated, report.mappings_retired,
                       report.high_confidence, report.medium_confidence, report.no_match);
  }
  return fmt::format("{} contra {}: {}, {}, {}. {} (85 % o más), {} por revisar, {} sin pareja. Repetirlo no crea nada más.",
                     counted(report.total_legacy, "registro histórico", "registros históricos"), counted(report.total_current, "cliente", "clientes"),
                     counted(report.mappings_created, "vínculo nuevo", "vínculos nuevos"), counted(report.mappings_updated, "cambiado", "cambiados"),
                     counted(report.mappings_retired, "retirado", "retirados"), counted(report.high_confidence, "seguro", "seguros"),
                     report.medium_confidence, report.no_match);
}

ToolDeclaration review_declaration() {
  return {.name = "review_mappings",
          .title = {"Revisar quién es quién", "Review who is who"},
          .description = {"Qué registro histórico es qué cliente: los que esperan a una persona (o de otro estado); con mapping_id, la evidencia a favor y en contra "
                          "de uno.",
                          "Which legacy record is which customer: those waiting for a person (or of another status); with mapping_id, the evidence for and against "
                          "one."},
          .notes = {{.name = "status", .about = {"Estado; pending espera a una persona.", "Status; pending waits for a person."}},
                    {.name = "mapping_id", .about = {"Explicar solo este.", "Explain this one only."}, .min = 1, .max = 64},
                    limit_note(50), cursor_note()},
          .cost = Cost::store};
}

}  // namespace

void add_data_tools(Registry& registry) {
  registry.add(make_tool<HealthArguments, DataState>(
      {.name = "get_data_health",
       .title = {"Salud de los datos", "Data health"},
       .description = {"Si las fuentes están al día, cuán completos son los datos y qué conviene corregir. Úselo cuando un número parezca raro.",
                       "Whether the sources are up to date, how complete the data is and what to put right. Use it when a number looks odd."},
       .notes = {limit_note(30)},
       .cost = Cost::store},
      &health, &data_state_words));
  registry.add(make_tool<ReviewArguments, MappingReview>(review_declaration(), &review, &review_words));
  if (operations::find_operation("accept_mapping") != nullptr) {
    registry.add(make_tool<DecideArguments, MappingLine>(
        {.name = "decide_mapping",
         .title = {"Decidir un vínculo", "Decide a mapping"},
         .description = {"Acepta, rechaza, desvincula o deshace que un registro histórico sea un cliente. Pregunte antes a la persona: queda en la auditoría.",
                         "Accepts, rejects, unlinks or undoes that a legacy record is a customer. Ask the person first: it is audited."},
         .notes = {{.name = "mapping_id", .about = {"El id que da review_mappings.", "The id that review_mappings gives."}, .required = true, .min = 1, .max = 64, .example = "id"},
                   {.name = "decision", .about = {"Qué hacer.", "What to do."}, .required = true, .example = "accept"},
                   {.name = "reason", .about = {"Por qué, sin datos personales.", "Why, without personal data."}, .min = 1, .max = 500}},
         .effect = Effect::repeats,
         .scope = Scope::write,
         .cost = Cost::store},
        &decide, &decide_words));
  }
  registry.add(make_tool<SyncArguments, SyncSummary>(
      {.name = "sync_legacy",
       .title = {"Sincronizar los históricos", "Sync the legacy records"},
       .description = {"Vincula los registros históricos con los clientes de hoy. Puede tardar; respeta lo que decidió una persona y repetirlo no cambia nada más.",
                       "Ties legacy records to today's customers. May take a while; respects what people decided, and repeating it changes nothing more."},
       .notes = {},
       .effect = Effect::repeats,
       .scope = Scope::write,
       .cost = Cost::store},
      &sync, &sync_words));
}

}  // namespace aremko::assistants
