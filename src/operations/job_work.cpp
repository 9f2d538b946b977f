#include "operations/job_work.h"

#include <algorithm>

namespace aremko::operations {

std::optional<store::JobProgress> JobBoard::progress(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  for (const JobWork* work : works_) {
    if (work->claim().id == id) return work->progress();
  }
  return std::nullopt;
}

void JobBoard::stop(std::string_view id) {
  const std::lock_guard lock(mutex_);
  for (JobWork* work : works_) {
    if (work->claim().id == id) work->stop();
  }
}

void JobBoard::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void JobBoard::wait(const std::stop_token& stop, std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, stop, longest, [this] { return woken_; });
  woken_ = false;
}

JobWork::JobWork(JobBoard& board, store::Jobs& jobs, const Clock& clock, store::JobClaim claim, Watch outer)
    : board_(board),
      jobs_(jobs),
      clock_(clock),
      claim_(std::move(claim)),
      outer_(std::move(outer)),
      watch_{[this](std::string_view phase, std::uint64_t done, std::uint64_t total) { report(phase, done, total); },
             stop_.get_token()},
      outer_stop_(outer_.stop, [this] { stop_.request_stop(); }),
      heart_([this](const std::stop_token& stop) { beat(stop); }) {
  const std::lock_guard lock(board_.mutex_);
  board_.works_.push_back(this);
}

JobWork::~JobWork() {
  heart_.request_stop();
  heart_.join();
  const std::lock_guard lock(board_.mutex_);
  std::erase(board_.works_, this);
}

store::JobProgress JobWork::progress() const {
  const std::lock_guard lock(mutex_);
  return progress_;
}

void JobWork::report(std::string_view phase, std::uint64_t done, std::uint64_t total) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (progress_.phase != phase) {
      progress_.phase = phase;
      phase_since_ = now;
    }
    progress_.done = static_cast<std::int64_t>(done);
    progress_.total = static_cast<std::int64_t>(total);
    const double seconds = std::chrono::duration<double>(now - phase_since_).count();
    // The first moments tell nothing of the speed.
    progress_.per_second = seconds < 0.001 ? 0 : static_cast<std::int64_t>(static_cast<double>(done) / seconds);
  }
  if (outer_.report) outer_.report(phase, done, total);
}

void JobWork::beat(const std::stop_token& stop) {
  constexpr std::chrono::seconds every{1};
  while (true) {
    {
      std::unique_lock lock(wait_mutex_);
      wait_.wait_for(lock, stop, every, [] { return false; });
    }
    if (stop.stop_requested()) return;
    try {
      if (jobs_.beat(claim_, progress(), clock_.now()) != store::Hold::ours) stop_.request_stop();
    } catch (const Outage&) {
      // The store is away or busy with this very job; the end of the work will tell whether it is still ours.
    }
  }
}

}  // namespace aremko::operations
