#include "operations/sync.h"

#include "operations/context.h"
#include "operations/examples.h"
#include "operations/who_is_who.h"

namespace aremko::operations {

namespace {

SyncDetail detail_of(const snapshot::Snapshot& snapshot, const identity::Candidate& link) {
  SyncDetail out;
  out.legacy_id = snapshot.legacy().legacy_id(link.legacy);
  out.legacy_name = snapshot.legacy().nombre(link.legacy);
  out.current_id = snapshot.customers().id[link.current];
  out.current_name = snapshot.customers().contact.nombre[link.current];
  out.confidence = link.confidence;
  for (const std::string_view reason : identity::reasons_of(link)) out.reasons.emplace_back(reason);
  return out;
}

store::ProposedLink proposal_of(const snapshot::Snapshot& snapshot, const identity::Candidate& link) {
  store::ProposedLink out{.legacy_id = snapshot.legacy().legacy_id(link.legacy),
                          .current_id = snapshot.customers().id[link.current],
                          .confidence = link.confidence};
  out.reasons = identity::reasons_of(link);
  return out;
}

std::int64_t customers_of(const snapshot::Snapshot& snapshot) {
  const auto& flags = snapshot.customers().contact.flags;
  return std::ranges::count_if(flags, [](std::uint8_t flag) { return (flag & sources::is_staff) == 0; });
}

// A source that was never read looks like one without people: a sync then would retire everybody's mappings.
std::optional<Error> unread_source(const snapshot::Snapshot& snapshot) {
  for (const snapshot::SourceState& state : snapshot.source_states()) {
    if (state.last_good != 0) continue;
    return error(Code::unavailable,
                 "La fuente «" + state.name + "» todavía no se ha podido leer; sin ella no se puede sincronizar. Vea /api/v1/ready.",
                 "The source \"" + state.name + "\" could not be read yet; without it there can be no sync. See /api/v1/ready.");
  }
  return std::nullopt;
}

}  // namespace

Result<SyncReport> sync_legacy_to_current(Context& context, const SyncInput& input) {
  Tenant& tenant = context.tenant();
  const std::unique_lock alone(tenant.syncing, std::try_to_lock);
  if (!alone.owns_lock()) {
    return fail(error(Code::conflict, "Ya hay una sincronización en curso; espere a que termine.",
                      "A sync is under way already; wait for it to end."));
  }
  const snapshot::Snapshot& snapshot = context.snapshot();
  if (auto missing = unread_source(snapshot)) return fail(std::move(*missing));
  const auto all = snapshot.legacy().file_size();
  const auto examined = static_cast<snapshot::Row>(std::min<std::int64_t>(input.limit.value_or(all), all));
  const auto decisions = context.store().mappings().decisions(tenant.name);

  SyncReport report;
  report.total_legacy = examined;
  report.total_current = customers_of(snapshot);
  std::vector<store::ProposedLink> proposals;
  // Linked against everybody even under a limit: a name's rarity and rivals do not depend on how many are written.
  for (const identity::Candidate& link : find_links(context, decisions)) {
    if (link.legacy >= examined) continue;
    ++(link.confidence >= identity::high_confidence ? report.high_confidence : report.medium_confidence);
    proposals.push_back(proposal_of(snapshot, link));
    if (report.details.size() < max_sync_details) report.details.push_back(detail_of(snapshot, link));
  }
  report.no_match = report.total_legacy - report.high_confidence - report.medium_confidence;

  std::vector<std::string_view> ids;
  for (snapshot::Row row = 0; row < examined && examined < all; ++row) ids.push_back(snapshot.legacy().legacy_id(row));
  std::optional<std::span<const std::string_view>> only;
  if (examined < all) only = ids;
  const store::SyncCounts counts = context.store().mappings().apply_sync(
      tenant.name, proposals, context.principal().key_id, context.now(), {.examined = only});
  report.mappings_created = counts.created;
  report.mappings_updated = counts.updated;
  report.mappings_retired = counts.retired;

  // The registry is right now whatever comes of this; a refresh that fails here is made up for by the next one.
  if (counts.changes() > 0 && tenant.refresh) static_cast<void>(tenant.refresh());
  return report;
}

std::vector<Operation> sync_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "sync_legacy_to_current",
                  .group = "mappings",
                  .summary = {"Vincular los registros históricos con los clientes actuales",
                              "Tie legacy records to today's customers"},
                  .description = {"Crea un mapping por cada registro cuya mejor candidata llega a 70 % de confianza: vigente desde 85 %, "
                                  "pendiente de una persona debajo. Lo que una persona decidió no se toca, y una segunda "
                                  "sincronización no crea nada.",
                                  "Makes a mapping for every record whose best candidate reaches 70 % confidence: live from 85 %, waiting "
                                  "for a person below. What a person decided is left alone, and a second sync creates nothing."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/sync/legacy-to-current",
                  .scope = Scope::write,
                  .cost = Cost::heavy,
                  .effect = Effect::repeats,
                  .example = examples::sync,
                  .refusals = {Code::conflict},
                  .notes = {{.name = "limit",
                             .about = {"Solo los primeros registros históricos; por omisión, todos.",
                                       "The first legacy records only; all by default."},
                             .min = 1,
                             .max = 100'000'000}}},
      &sync_legacy_to_current));
  return out;
}

}  // namespace aremko::operations
