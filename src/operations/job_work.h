#pragma once
// Jobs in the hands of this process: their lease is renewed, how far they are is known, and they hear that they
// should stop.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/progress.h"
#include "store/jobs.h"

namespace aremko::operations {

class JobWork;

/// A tenant's jobs in this process. Any thread may use it.
class JobBoard {
 public:
  /// How far a job is; nothing when this process does not do it.
  std::optional<store::JobProgress> progress(std::string_view id) const;
  /// Asks the work on a job to stop, if it is here.
  void stop(std::string_view id);

  /// Something was queued: whoever waits looks at once.
  void wake();
  /// Until wake(), the stop, or so long.
  void wait(const std::stop_token& stop, std::chrono::milliseconds longest);

 private:
  friend class JobWork;
  mutable std::mutex mutex_;
  std::vector<JobWork*> works_;  // guarded by mutex_
  bool woken_ = false;           // guarded by mutex_
  std::condition_variable_any wake_;
};

/// One job being done, as long as the object lives: on its board, and with a heartbeat of its own once a second.
class JobWork {
 public:
  /// `outer` is told of the progress too, and its stop stops this work.
  JobWork(JobBoard& board, store::Jobs& jobs, const Clock& clock, store::JobClaim claim, Watch outer = {});
  ~JobWork();
  JobWork(const JobWork&) = delete;
  JobWork& operator=(const JobWork&) = delete;

  /// For the work; valid as long as this object.
  const Watch& watch() const { return watch_; }
  const store::JobClaim& claim() const { return claim_; }
  store::JobProgress progress() const;
  void stop() { stop_.request_stop(); }

 private:
  void report(std::string_view phase, std::uint64_t done, std::uint64_t total);
  void beat(const std::stop_token& stop);

  JobBoard& board_;
  store::Jobs& jobs_;
  const Clock& clock_;
  store::JobClaim claim_;
  Watch outer_;
  std::stop_source stop_;
  Watch watch_;
  std::stop_callback<std::function<void()>> outer_stop_;
  mutable std::mutex mutex_;
  store::JobProgress progress_;                           // guarded by mutex_
  std::chrono::steady_clock::time_point phase_since_{};   // guarded by mutex_
  std::mutex wait_mutex_;
  std::condition_variable_any wait_;
  std::jthread heart_;  // last: it uses the others
};

}  // namespace aremko::operations
