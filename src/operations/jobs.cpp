#include "operations/jobs.h"

#include "base/json_read.h"
#include "operations/context.h"
#include "operations/examples.h"
#include "operations/sync.h"

namespace aremko::operations {

namespace {

Note job_id_note() {
  return {.name = "job_id",
          .about = {"ID del trabajo (UUID).", "The job's id (UUID)."},
          .where = Where::path,
          .min = 1,
          .max = 64,
          .example = "0d6f3c1a-52b7-4c0e-9a41-7be2f1c0d9a3"};
}

}  // namespace

JobView view_of(const Context& context, const store::Job& job) {
  const auto local = [&](std::optional<UnixSeconds> at) -> std::optional<Moment> {
    if (!at) return std::nullopt;
    return context.tenant().zone->local(*at);
  };
  JobView out{.id = job.id,
              .kind = job.kind,
              .state = job.state,
              .cancel_requested = job.stop_asked,
              .phase = job.phase,
              .done = job.done,
              .total = job.total,
              .per_second = job.per_second,
              .attempts = job.attempts,
              .requested_by = job.actor,
              .created_at = context.tenant().zone->local(job.created_at),
              .started_at = local(job.started_at),
              .ended_at = local(job.ended_at)};
  // Written is not yet shown: while this process publishes what it wrote, the job is not over.
  if (auto here = context.tenant().jobs.progress(job.id); here && (job.state == JobState::running || job.state == JobState::done)) {
    out.state = JobState::running;
    out.ended_at.reset();
    out.phase = std::move(here->phase);
    out.done = here->done;
    out.total = here->total;
    out.per_second = here->per_second;
    return out;
  }
  if (job.error) out.error = job.error->in(context.language());
  if (job.result) {
    if (auto report = json::from_json<SyncReport>(*job.result)) {
      if (context.has_snapshot()) name_details(context.snapshot(), *report);
      out.result = std::move(*report);
    }
  }
  return out;
}

Result<JobView> show_job(Context& context, const JobInput& input) {
  const auto job = context.store().jobs().find(context.tenant().name, input.job_id);
  if (!job) return fail(job.error());
  return view_of(context, *job);
}

Result<JobView> cancel_job(Context& context, const JobInput& input) {
  auto job = context.store().jobs().ask_to_stop(context.tenant().name, input.job_id, context.now());
  if (!job) return fail(std::move(job.error()));
  context.tenant().jobs.stop(input.job_id);
  return view_of(context, *job);
}

Result<JobList> list_jobs(Context& context, const JobsInput& input) {
  JobList out;
  for (const store::Job& job : context.store().jobs().list(context.tenant().name, static_cast<std::size_t>(input.limit))) {
    out.jobs.push_back(view_of(context, job));
  }
  return out;
}

std::vector<Operation> job_operations() {
  std::vector<Operation> out;
  out.push_back(declare(
      Declaration{.name = "list_jobs",
                  .group = "jobs",
                  .summary = {"Los últimos trabajos", "The last jobs"},
                  .path = "/api/v1/aremko/jobs",
                  .cost = Cost::store,
                  .needs_snapshot = false,
                  .example = examples::jobs,
                  .notes = {limit_note(store::Jobs::kept)}},
      &list_jobs));
  out.push_back(declare(
      Declaration{.name = "show_job",
                  .group = "jobs",
                  .summary = {"Cómo va un trabajo, y qué resultó", "How a job is doing, and what came of it"},
                  .description = {"`result` es lo que la operación habría respondido; está cuando `state` es `done`.",
                                  "`result` is what the operation would have answered; it is there once `state` is `done`."},
                  .path = "/api/v1/aremko/jobs/{job_id}",
                  .cost = Cost::store,
                  .needs_snapshot = false,
                  .example = examples::job,
                  .notes = {job_id_note()}},
      &show_job));
  out.push_back(declare(
      Declaration{.name = "cancel_job",
                  .group = "jobs",
                  .summary = {"Cancelar un trabajo", "Cancel a job"},
                  .description = {"Todo queda como estaba. Uno en curso se detiene en uno o dos segundos.",
                                  "Everything stays as it was. One under way stops within a second or two."},
                  .verb = Verb::post,
                  .path = "/api/v1/aremko/jobs/{job_id}/cancel",
                  .scope = Scope::write,
                  .cost = Cost::store,
                  .effect = Effect::repeats,
                  .needs_snapshot = false,
                  .example = examples::job_cancelled,
                  .refusals = {Code::conflict},
                  .notes = {job_id_note()}},
      &cancel_job));
  return out;
}

}  // namespace aremko::operations
