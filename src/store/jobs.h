#pragma once
// Long work as rows: who asked for it, who does it, how far it is, what came of it. One open job a tenant, whatever
// process asks. A process that does a job holds it by a lease it renews; a job whose process is gone is taken up
// anew, from its start. What a job writes and the job's end are one transaction (finish), so that a job whose lease
// was lost or whose end was asked for writes nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/job.h"
#include "sql/pool.h"

namespace aremko::store {

struct Job {
  std::string id{};      // UUID, random
  std::string tenant{};
  std::string kind{};    // the operation's name
  std::string input{};   // its input, JSON
  std::string actor{};   // who asked: a key's public id, or cli
  JobState state = JobState::queued;
  bool resumable = true;  // false: somebody waits for the answer, and nobody does when their process is gone
  bool stop_asked = false;
  std::int64_t attempts = 0;
  std::string owner{};   // process_mark() of whoever does it; empty when nobody does
  UnixSeconds lease_until = 0;
  std::string phase{};
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::int64_t per_second = 0;
  UnixSeconds created_at = 0;
  std::optional<UnixSeconds> started_at{};
  std::optional<UnixSeconds> ended_at{};
  std::optional<std::string> result{};  // JSON without personal data
  std::optional<Text> error{};

  friend bool operator==(const Job&, const Job&) = default;
};

struct JobProgress {
  std::string phase{};
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::int64_t per_second = 0;
};

/// What a heartbeat learns.
enum class Hold {
  ours,
  stop_asked,  // ours, and somebody wants it stopped
  lost,        // another process has it, or it has ended
};

/// The right to end one job, for the transaction that does so.
struct JobClaim {
  std::string id{};
  std::string owner{};
};

/// Calls block and throw SqlError when the store is away.
class Jobs {
 public:
  explicit Jobs(sql::Pool& pool) : pool_(pool) {}

  /// Seconds that a job outlives its last heartbeat. A process that is merely slow loses nothing but its work.
  static constexpr UnixSeconds lease = 6;
  static constexpr std::int64_t max_attempts = 10;  // a job that takes its process down does so no more often
  static constexpr std::size_t kept = 20;           // ended ones a tenant; a big sync's result is some megabytes

  /// A new job, queued; with an `owner` it is running at once. conflict, naming it, while another one is open. One
  /// that is open and whose process is gone makes room when it is not resumable.
  Result<Job> create(std::string_view tenant, std::string_view kind, std::string_view input, std::string_view actor,
                     bool resumable, std::string_view owner, UnixSeconds now);

  Result<Job> find(std::string_view tenant, std::string_view id);
  /// Newest first, without results.
  std::vector<Job> list(std::string_view tenant, std::size_t limit);
  std::optional<Job> open(std::string_view tenant);

  /// Takes up the tenant's open job when nobody does it; one that nobody waits for any more, that was to be stopped
  /// or that was begun too often is ended instead. Nothing when there is none to do.
  std::optional<Job> take(std::string_view tenant, std::string_view owner, UnixSeconds now);
  Hold beat(const JobClaim& claim, const JobProgress& progress, UnixSeconds now);
  /// Puts a job back into the queue: this process ends. Where its end was asked for, it is cancelled.
  void release(const JobClaim& claim, UnixSeconds now);
  /// Ends it as failed (with an error) or cancelled; nothing happens when it is not ours any more.
  void end(const JobClaim& claim, JobState state, const std::optional<Text>& error, UnixSeconds now);
  /// Inside the transaction that does the job's work: `done`. False when the job is lost or its end was asked for;
  /// the transaction must then be dropped.
  static bool finish(sql::Connection& connection, const JobClaim& claim, std::string_view result, UnixSeconds now);

  /// A job nobody does is cancelled at once, a running one soon. not_found; conflict when it has ended otherwise.
  Result<Job> ask_to_stop(std::string_view tenant, std::string_view id, UnixSeconds now);

 private:
  sql::Pool& pool_;
};

}  // namespace aremko::store
