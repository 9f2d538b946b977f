#include "operations/sync.h"

#include <unordered_set>

#include "base/json_write.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/jobs.h"
#include "operations/legacy_records.h"
#include "operations/who_is_who.h"
#include "snapshot/refresh.h"
#include "store/process_mark.h"

namespace aremko::operations {

namespace {

/// Without names: this is what the store keeps too.
SyncDetail detail_of(const snapshot::Snapshot& snapshot, const identity::Candidate& link) {
  SyncDetail out;
  out.legacy_id = snapshot.legacy().legacy_id(link.legacy);
  out.record_id = snapshot.legacy().record_id(link.legacy);
  out.current_id = snapshot.unmerged_ptr()->customers.id[link.current];
  out.confidence = link.confidence;
  for (const std::string_view reason : identity::reasons_of(link)) out.reasons.emplace_back(reason);
  return out;
}

store::ProposedLink proposal_of(const snapshot::Snapshot& snapshot, const identity::Candidate& link) {
  store::ProposedLink out{.legacy_id = snapshot.legacy().legacy_id(link.legacy),
                          .current_id = snapshot.unmerged_ptr()->customers.id[link.current],
                          .confidence = link.confidence};
  out.reasons = identity::reasons_of(link);
  out.record_id = snapshot.record_of(link.legacy, out.print).record_id;
  return out;
}

std::int64_t customers_of(const snapshot::Snapshot& snapshot) {
  const auto& flags = snapshot.customers().contact.flags;
  return std::ranges::count_if(flags, [](std::uint8_t flag) { return (flag & sources::is_staff) == 0; });
}

/// How many of the first `examined` records a person has tied to a customer.
std::int64_t accepted_among(const snapshot::Snapshot& snapshot, std::span<const store::DecidedLink> decisions,
                            snapshot::Row examined) {
  return std::ranges::count_if(decisions, [&](const store::DecidedLink& decision) {
    const auto row = decision.accepted ? row_of(snapshot, decision.record()) : std::nullopt;
    return row && *row < examined;
  });
}

void count_into(SyncReport& report, const store::SyncCounts& counts) {
  report.mappings_created = counts.created;
  report.mappings_updated = counts.updated;
  report.mappings_retired = counts.retired;
  report.mappings_moved = counts.moved;
}

/// Who says it of the links says it of the sources: both lost the same people.
void hear(Tenant& tenant, const SyncInput& input) {
  if (input.accept_loss.value_or(false) && tenant.accept_loss) tenant.accept_loss();
}

Error cancelled() {
  return error(Code::conflict, "La sincronización se canceló; todo quedó como estaba.",
               "The sync was cancelled; everything is as it was.");
}

}  // namespace

std::optional<Error> not_to_sync(const Tenant& tenant, const snapshot::Snapshot& snapshot) {
  for (const snapshot::SourceState& state : snapshot.source_states()) {
    if (state.last_good != 0) continue;
    return error(Code::unavailable,
                 "La fuente «" + state.name + "» todavía no se ha podido leer; sin ella no se puede sincronizar. Vea /api/v1/ready.",
                 "The source \"" + state.name + "\" could not be read yet; without it there can be no sync. See /api/v1/ready.");
  }
  if (const auto loss = tenant.loss ? tenant.loss() : std::nullopt) {
    return error(Code::conflict,
                 "Una fuente perdió mucho (" + loss->es + "); sincronizar ahora retiraría esos vínculos. Si es a propósito, repita con "
                 "accept_loss=true (--accept-loss true).",
                 "A source lost much (" + loss->en + "); a sync now would retire those links. If this is on purpose, say it again with "
                 "accept_loss=true (--accept-loss true).");
  }
  return std::nullopt;
}

std::optional<Error> would_retire_many(const Tenant& tenant, const snapshot::Snapshot& snapshot, const SyncInput& input) {
  if (input.accept_loss.value_or(false) || tenant.loss_accepted) return std::nullopt;
  const snapshot::LinkFit& fit = snapshot.link_fit();
  const std::uint64_t lost = fit.lost + fit.gone;
  const double much = snapshot::most_lost_at_once * static_cast<double>(fit.links);
  if (lost < snapshot::fewest_lost_at_once || static_cast<double>(lost) <= much) return std::nullopt;
  return error(Code::conflict,
               fmt::format("De {} vínculos vigentes, {} ya no tienen su registro o su cliente: parece media fuente, y sincronizar los "
                           "retiraría. Si es a propósito, repita con accept_loss=true (--accept-loss true).", fit.links, lost),
               fmt::format("Of {} live links, {} have lost their record or their customer: this looks like half a source, and a sync "
                           "would retire them. If this is on purpose, say it again with accept_loss=true (--accept-loss true).", fit.links, lost));
}

void name_details(const snapshot::Snapshot& snapshot, SyncReport& report) {
  for (SyncDetail& detail : report.details) {
    // A report may be older than the file: the number may be somebody else's by now.
    const auto legacy = snapshot.legacy_row(detail.legacy_id);
    if (legacy && (!detail.record_id || snapshot.legacy().record_id(*legacy) == *detail.record_id)) detail.legacy_name = snapshot.legacy().nombre(*legacy);
    if (const auto row = snapshot.customer_row(detail.current_id)) {
      detail.current_name = snapshot.customers().contact.nombre[*row];
    }
  }
}

SyncReport sync_as(Context& context, const SyncInput& input, const JobWork& work) {
  Tenant& tenant = context.tenant();
  const snapshot::Snapshot& snapshot = context.snapshot();
  store::Mappings& mappings = context.store().mappings();
  work.watch().at("registry.read");
  const auto all = snapshot.legacy().file_size();
  const auto examined = static_cast<snapshot::Row>(std::min<std::int64_t>(input.limit.value_or(all), all));
  const auto decisions = mappings.decisions(tenant.name);

  SyncReport report;
  report.total_legacy = examined;
  report.total_current = customers_of(snapshot);
  report.high_confidence = accepted_among(snapshot, decisions, examined);
  std::vector<store::ProposedLink> proposals;
  // Linked against everybody even under a limit: a name's rarity and rivals do not depend on how many are written.
  const auto found = find_links(context, decisions, work.watch());
  if (work.watch().stop.stop_requested()) throw Cancelled{};  // the engine is built elsewhere, and may be there before a stop is heard
  for (const identity::Candidate& link : found) {
    if (link.legacy >= examined) continue;
    ++(link.confidence >= identity::high_confidence ? report.high_confidence : report.medium_confidence);
    proposals.push_back(proposal_of(snapshot, link));
    if (report.details.size() < max_sync_details) report.details.push_back(detail_of(snapshot, link));
  }
  report.no_match = report.total_legacy - report.high_confidence - report.medium_confidence;

  std::vector<std::string_view> ids;
  for (snapshot::Row row = 0; row < examined && examined < all; ++row) ids.push_back(snapshot.legacy().legacy_id(row));
  store::SyncTerms terms{.watch = work.watch(), .locate = locate_in(snapshot), .claim = work.claim(), .result = [&](const store::SyncCounts& counts) {
                           count_into(report, counts);
                           return json::to_json(report);
                         }};
  if (examined < all) terms.examined = ids;
  const store::SyncCounts counts =
      mappings.apply_sync(tenant.name, proposals, context.principal().key_id, context.now(), terms);
  name_details(snapshot, report);

  // The registry is right now whatever comes of this, and it is too late to stop.
  tenant.loss_accepted = false;
  work.watch().report("snapshot.publish", 0, 0);
  if (counts.changes() > 0 && tenant.publish_links) static_cast<void>(tenant.publish_links(true));
  return report;
}

Result<SyncReport> sync_legacy_to_current(Context& context, const SyncInput& input) {
  hear(context.tenant(), input);
  if (auto missing = not_to_sync(context.tenant(), context.snapshot())) return fail(std::move(*missing));
  if (auto many = would_retire_many(context.tenant(), context.snapshot(), input)) return fail(std::move(*many));
  store::Jobs& jobs = context.store().jobs();
  const Clock& clock = *context.services().clock;
  const auto job = jobs.create(context.tenant().name, sync_name, json::to_json(input), context.principal().key_id,
                               false, store::process_mark(), clock.now());
  if (!job) return fail(job.error());
  const JobWork work(context.tenant().jobs, jobs, clock, {job->id, job->owner}, context.watch());
  try {
    return sync_as(context, input, work);
  } catch (const Cancelled&) {
    jobs.end(work.claim(), JobState::cancelled, std::nullopt, clock.now());
    return fail(cancelled());
  } catch (const Outage& outage) {
    try {
      jobs.end(work.claim(), JobState::failed, outage.error().detail, clock.now());
    } catch (const Outage&) {
      // Its lease will lapse.
    }
    throw;
  }
}

namespace {

/// Queued for whichever process comes first; this one is woken.
Result<Deferred> defer_sync(const std::vector<Parameter>& parameters, Context& context, const Arguments& arguments) {
  const auto input = read_input<SyncInput>(parameters, context, arguments);
  if (!input) return fail(input.error());
  hear(context.tenant(), *input);
  if (auto missing = not_to_sync(context.tenant(), context.snapshot())) return fail(std::move(*missing));
  if (auto many = would_retire_many(context.tenant(), context.snapshot(), *input)) return fail(std::move(*many));
  const auto job = context.store().jobs().create(context.tenant().name, sync_name, json::to_json(*input),
                                                 context.principal().key_id, true, "", context.now());
  if (!job) return fail(job.error());
  context.tenant().jobs.wake();
  return Deferred{job->id, json::to_json(view_of(context, *job))};
}

}  // namespace

std::vector<Operation> sync_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = sync_name,
                  .group = "mappings",
                  .summary = {"Vincular los registros históricos con los clientes actuales",
                              "Tie legacy records to today's customers"},
                  .description = {"Crea un mapping por cada registro cuya mejor candidata llega a 70 % de confianza: vigente desde 85 %, "
                                  "pendiente de una persona debajo. Lo que una persona decidió no se toca, y una segunda "
                                  "sincronización no crea nada. Una a la vez: `409` nombra el trabajo en curso.",
                                  "Makes a mapping for every record whose best candidate reaches 70 % confidence: live from 85 %, waiting "
                                  "for a person below. What a person decided is left alone, and a second sync creates nothing. One at a "
                                  "time: `409` names the job under way."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/sync/legacy-to-current",
                  .scope = Scope::write,
                  .right = Right::deciding,
                  .cost = Cost::store,
                  .effect = Effect::repeats,
                  .example = examples::sync,
                  .refusals = {Code::conflict},
                  .notes = {{.name = "limit",
                             .about = {"Solo los primeros registros históricos; por omisión, todos.",
                                       "The first legacy records only; all by default."},
                             .min = 1,
                             .max = 100'000'000},
                            {.name = "accept_loss",
                             .about = {"Sincronizar aunque una fuente haya perdido un quinto de sus filas, o a un quinto de los vínculos vigentes le falte su registro o su cliente.",
                                       "Sync even though a source has lost a fifth of its rows, or a fifth of the live links its record or its customer."}}}},
      &sync_legacy_to_current));
  out.back().defer = [parameters = out.back().parameters](Context& context, const Arguments& arguments) {
    return defer_sync(parameters, context, arguments);
  };
  return out;
}

}  // namespace aremko::operations
