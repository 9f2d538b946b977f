#pragma once
// Long work that outlives the request that asked for it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "model/mapping_view.h"

namespace aremko {

enum class JobState {
  queued,     // waits for a process that does it
  running,
  done,       // what it had to write is written, whole
  failed,     // nothing is written; `error` says why
  cancelled,  // nothing is written
};

constexpr std::string_view json_name(JobState state) {
  switch (state) {
    case JobState::queued: return "queued";
    case JobState::running: return "running";
    case JobState::done: return "done";
    case JobState::failed: return "failed";
    case JobState::cancelled: return "cancelled";
  }
  return "";
}

constexpr bool has_ended(JobState state) { return state != JobState::queued && state != JobState::running; }

struct JobView {
  std::string id{};                    // UUID
  std::string kind{};                  // the operation it does: sync_legacy_to_current
  JobState state = JobState::queued;
  bool cancel_requested = false;
  std::string phase{};                 // what is being done; empty before the beginning
  std::int64_t done = 0;               // of this phase
  std::int64_t total = 0;              // 0: not known
  std::int64_t per_second = 0;         // in this phase; 0: not known
  std::int64_t attempts = 0;           // how often a process began it: more than one after a kill
  std::string requested_by{};          // a key's public id, or cli
  Moment created_at{};                 // local
  std::optional<Moment> started_at{};  // the last beginning
  std::optional<Moment> ended_at{};
  std::optional<SyncReport> result{};  // as the sync answers; once it is done, and left out of lists
  std::optional<std::string> error{};  // a sentence, when it failed
};
BOOST_DESCRIBE_STRUCT(JobView, (),
                      (id, kind, state, cancel_requested, phase, done, total, per_second, attempts, requested_by,
                       created_at, started_at, ended_at, result, error))

struct JobList {
  std::vector<JobView> jobs{};  // newest first
};
BOOST_DESCRIBE_STRUCT(JobList, (), (jobs))

}  // namespace aremko
