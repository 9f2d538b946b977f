#pragma once
// Verbs about long work: what was asked for, how far it is, and stopping it.

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/job.h"
#include "operations/operation.h"
#include "store/jobs.h"

namespace aremko::operations {

struct JobInput {
  std::string job_id;
};
BOOST_DESCRIBE_STRUCT(JobInput, (), (job_id))
Result<JobView> show_job(Context& context, const JobInput& input);

/// Ends it with everything as it was: at once when nobody does it yet, else within a second or two. conflict when it
/// has ended already; cancelling twice changes nothing.
Result<JobView> cancel_job(Context& context, const JobInput& input);

struct JobsInput {
  std::int64_t limit = 20;
};
BOOST_DESCRIBE_STRUCT(JobsInput, (), (limit))
Result<JobList> list_jobs(Context& context, const JobsInput& input);

/// A job as it is shown; how far it is comes from this process where it does the job.
JobView view_of(const Context& context, const store::Job& job);

std::vector<Operation> job_operations();

}  // namespace aremko::operations
