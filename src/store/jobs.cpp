#include "store/jobs.h"

#include <sodium.h>

#include "base/enum_values.h"
#include "base/text.h"
#include "sql/error.h"
#include "store/process_mark.h"

namespace aremko::store {
namespace {

JobState state_named(std::string_view name) {
  for (const JobState state : enum_values<JobState>) {
    if (json_name(state) == name) return state;
  }
  return JobState::failed;
}

Job read_job(const sql::Rows::Row& row) {
  Job out{.id = row.string(0),
          .tenant = row.string(1),
          .kind = row.string(2),
          .input = row.string(3),
          .actor = row.string(4),
          .state = state_named(row.text(5)),
          .resumable = row.integer(6) != 0,
          .stop_asked = row.integer(7) != 0,
          .attempts = row.integer(8),
          .owner = row.string(9),
          .lease_until = row.integer(10),
          .phase = row.string(11),
          .done = row.integer(12),
          .total = row.integer(13),
          .per_second = row.integer(14),
          .created_at = row.integer(15)};
  if (!row.is_null(16)) out.started_at = row.integer(16);
  if (!row.is_null(17)) out.ended_at = row.integer(17);
  if (!row.is_null(18)) out.error = Text{row.string(18), row.string(19)};
  if (!row.is_null(20)) out.result = row.string(20);
  return out;
}

/// A random UUID (RFC 9562, version 4): a job's id tells nothing.
std::string random_id() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += fmt::format("{:02x}", bytes[i]);
  }
  return out;
}

bool nobody_does(const Job& job, UnixSeconds now) {
  return job.owner.empty() || job.lease_until < now || is_gone(job.owner);
}

std::optional<Job> open_job(sql::Connection& connection, std::string_view tenant) {
  const sql::Rows rows = connection.run("open_job", {tenant});
  if (rows.empty()) return std::nullopt;
  return read_job(rows[0]);
}

void end_as(sql::Connection& connection, const Job& job, JobState state, const std::optional<Text>& error,
            UnixSeconds now) {
  const std::optional<std::string_view> es = error ? std::optional<std::string_view>(error->es) : std::nullopt;
  const std::optional<std::string_view> en = error ? std::optional<std::string_view>(error->en) : std::nullopt;
  connection.run("end_job", {job.id, job.owner, json_name(state), now, es, en});
}

/// What becomes of an open job that nobody does, when it is not to be begun again.
bool close_if_hopeless(sql::Connection& connection, const Job& job, UnixSeconds now) {
  if (job.stop_asked) {
    end_as(connection, job, JobState::cancelled, std::nullopt, now);
  } else if (!job.resumable) {
    end_as(connection, job, JobState::failed,
           Text{"El proceso que lo hacía terminó antes; no se escribió nada.",
                "The process that did it ended before; nothing was written."},
           now);
  } else if (job.attempts >= Jobs::max_attempts) {
    end_as(connection, job, JobState::failed,
           Text{fmt::format("Se interrumpió {} veces; no se intenta más.", job.attempts),
                fmt::format("It was interrupted {} times; it is not tried again.", job.attempts)},
           now);
  } else {
    return false;
  }
  return true;
}

Error already_running(const Job& job) {
  return error(Code::conflict,
               fmt::format("Ya hay una sincronización en curso, el trabajo {}; espere a que termine o cancélelo "
                           "(GET /api/v1/aremko/jobs/{}).", job.id, job.id),
               fmt::format("A sync is under way already, the job {}; wait for it to end or cancel it "
                           "(GET /api/v1/aremko/jobs/{}).", job.id, job.id));
}

Error no_such_job() { return error(Code::not_found, "No existe ese trabajo.", "There is no such job."); }

}  // namespace

Result<Job> Jobs::create(std::string_view tenant, std::string_view kind, std::string_view input, std::string_view actor,
                         bool resumable, std::string_view owner, UnixSeconds now) {
  const auto connection = pool_.acquire();
  // The answer for most, without waiting for the lock that a sync's own transaction holds.
  if (const auto other = open_job(*connection, tenant); other && !nobody_does(*other, now)) return fail(already_running(*other));
  sql::Transaction transaction(*connection);
  // The tenant's row is the lock: two that ask at once come one after the other.
  connection->run("lock_tenant", {tenant});
  if (const auto other = open_job(*connection, tenant)) {
    const bool makes_room = (!other->resumable || other->stop_asked) && nobody_does(*other, now);
    if (!makes_room || !close_if_hopeless(*connection, *other, now)) return fail(already_running(*other));
  }
  const bool running = !owner.empty();
  const std::int64_t seq = connection->run("next_job", {tenant})[0].integer(0);
  Job job{.id = random_id(), .tenant = std::string(tenant), .kind = std::string(kind), .input = std::string(input),
          .actor = std::string(actor), .state = running ? JobState::running : JobState::queued, .resumable = resumable,
          .attempts = running ? 1 : 0, .owner = std::string(owner), .lease_until = running ? now + lease : 0,
          .created_at = now};
  if (running) job.started_at = now;
  connection->run("create_job", {job.id, seq, tenant, kind, input, actor, json_name(job.state), std::int64_t{resumable},
                                 job.attempts, owner, job.lease_until, now, job.started_at});
  connection->run("drop_old_jobs", {tenant, seq - static_cast<std::int64_t>(kept)});
  transaction.commit();
  return job;
}

Result<Job> Jobs::find(std::string_view tenant, std::string_view id) {
  if (valid_utf8(id) && id.find('\0') == std::string_view::npos) {
    const sql::Rows rows = pool_.acquire()->run("find_job", {tenant, id});
    if (!rows.empty()) return read_job(rows[0]);
  }
  return fail(no_such_job());
}

std::vector<Job> Jobs::list(std::string_view tenant, std::size_t limit) {
  std::vector<Job> out;
  for (const auto row : pool_.acquire()->run("list_jobs", {tenant, limit})) out.push_back(read_job(row));
  return out;
}

std::optional<Job> Jobs::open(std::string_view tenant) { return open_job(*pool_.acquire(), tenant); }

std::optional<Job> Jobs::take(std::string_view tenant, std::string_view owner, UnixSeconds now) {
  const auto connection = pool_.acquire();
  auto job = open_job(*connection, tenant);
  if (!job || !nobody_does(*job, now) || close_if_hopeless(*connection, *job, now)) return std::nullopt;
  const sql::Rows taken =
      connection->run("take_job", {job->id, owner, now + lease, job->owner, job->lease_until, now});
  if (taken.empty()) return std::nullopt;  // another process was faster
  job->state = JobState::running;
  job->owner = owner;
  job->lease_until = now + lease;
  job->attempts = taken[0].integer(0);
  job->started_at = now;
  return job;
}

Hold Jobs::beat(const JobClaim& claim, const JobProgress& progress, UnixSeconds now) {
  const sql::Rows rows = pool_.acquire()->run("beat_job", {claim.id, claim.owner, now + lease, progress.phase,
                                                           progress.done, progress.total, progress.per_second});
  if (rows.empty()) return Hold::lost;
  return rows[0].integer(0) != 0 ? Hold::stop_asked : Hold::ours;
}

void Jobs::release(const JobClaim& claim, UnixSeconds now) {
  pool_.acquire()->run("release_job", {claim.id, claim.owner, now});
}

void Jobs::end(const JobClaim& claim, JobState state, const std::optional<Text>& error, UnixSeconds now) {
  end_as(*pool_.acquire(), {.id = claim.id, .owner = claim.owner}, state, error, now);
}

bool Jobs::finish(sql::Connection& connection, const JobClaim& claim, std::string_view result, UnixSeconds now) {
  return !connection.run("finish_job", {claim.id, claim.owner, now, result}).empty();
}

Result<Job> Jobs::ask_to_stop(std::string_view tenant, std::string_view id, UnixSeconds now) {
  auto job = find(tenant, id);
  if (!job || job->state == JobState::cancelled) return job;
  if (!has_ended(job->state)) {
    const auto connection = pool_.acquire();
    connection->run("ask_job_to_stop", {id});
    // Nobody may do it, and then nobody would hear of it.
    if (const auto open = open_job(*connection, tenant); open && open->id == id && nobody_does(*open, now)) {
      close_if_hopeless(*connection, *open, now);
    }
  }
  job = find(tenant, id);
  if (job && (job->state == JobState::done || job->state == JobState::failed)) {
    return fail(error(Code::conflict, "Ese trabajo ya terminó.", "That job has ended already."));
  }
  return job;
}

}  // namespace aremko::store
