#include "operations/job_runner.h"

#include "base/json_read.h"
#include "base/log.h"
#include "operations/sync.h"
#include "store/process_mark.h"

namespace aremko::operations {

JobRunner::JobRunner(Services& services, Tenant& tenant)
    : services_(services), tenant_(tenant), thread_([this](const std::stop_token& stop) { run(stop); }) {}

JobRunner::~JobRunner() {
  thread_.request_stop();
  thread_.join();
}

void JobRunner::run(const std::stop_token& stop) {
  // Another process may have died or stopped; what is queued here wakes us.
  constexpr std::chrono::seconds every{1};
  while (!stop.stop_requested()) {
    try {
      take_up(stop);
    } catch (const Outage&) {
      // The store is away: the job stands as it stood, and is looked at again.
    }
    tenant_.jobs.wait(stop, every);
  }
}

void JobRunner::take_up(const std::stop_token& stop) {
  const auto snapshot = tenant_.holder.current();
  if (snapshot == nullptr || not_to_sync(tenant_, *snapshot)) return;
  store::Jobs& jobs = services_.store->jobs();
  const auto job = jobs.take(tenant_.name, store::process_mark(), services_.clock->now());
  if (!job) return;
  log::info("job_begins", {{"tenant", tenant_.name}, {"job", job->id}, {"attempt", job->attempts}});
  JobWork work(tenant_.jobs, jobs, *services_.clock, {job->id, job->owner}, {.stop = stop});
  std::optional<Text> failed;
  try {
    Context context(services_, &tenant_, {.key_id = job->actor, .tenant = tenant_.name, .scope = Scope::write}, "es");
    const auto input = json::from_json<SyncInput>(job->input);
    if (!input || job->kind != sync_name) {
      failed = Text{"Es de una versión más nueva de Aremko.", "It is of a newer version of Aremko."};
    } else if (const auto many = would_retire_many(tenant_, *snapshot, *input)) {
      failed = many->detail;
    } else {
      static_cast<void>(sync_as(context, *input, work));
    }
  } catch (const Cancelled&) {
    if (stop.stop_requested()) jobs.release(work.claim(), services_.clock->now());
    else jobs.end(work.claim(), JobState::cancelled, std::nullopt, services_.clock->now());
    log::info("job_stopped", {{"tenant", tenant_.name}, {"job", job->id}});
    return;
  } catch (const Outage& outage) {
    failed = outage.error().detail;
  } catch (const std::exception&) {
    // What an exception says may hold data.
    failed = Text{"Falla interna.", "Internal fault."};
  }
  if (failed) jobs.end(work.claim(), JobState::failed, failed, services_.clock->now());
  log::info("job_ends", {{"tenant", tenant_.name}, {"job", job->id}, {"failed", std::int64_t{failed.has_value()}}});
}

}  // namespace aremko::operations
