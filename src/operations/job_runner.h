#pragma once
// Does the jobs that were queued for a tenant, and those whose process died, one after the other on a thread of its
// own.

#include <thread>

#include "operations/context.h"

namespace aremko::operations {

class JobRunner {
 public:
  /// Begins at once; waits for the tenant's first snapshot before it takes anything up. Both must outlive it.
  JobRunner(Services& services, Tenant& tenant);
  /// Stops what is being done, which leaves everything as it was, and puts it back into the queue.
  ~JobRunner();
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

 private:
  void run(const std::stop_token& stop);
  void take_up(const std::stop_token& stop);

  Services& services_;
  Tenant& tenant_;
  std::jthread thread_;
};

}  // namespace aremko::operations
