#pragma once
// What the office looks at: where everybody stands, who moved, the business over time, what to propose to a guest.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/activity.h"
#include "model/offer.h"
#include "model/segment_map.h"
#include "operations/legacy.h"
#include "operations/operation.h"

namespace aremko::operations {

Result<SegmentMap> segment_map(Context& context, const AsOfInput& input);

struct MovementInput {
  Date from;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(MovementInput, (), (from, as_of))
Result<SegmentMovement> segment_movement(Context& context, const MovementInput& input);

Result<Activity> stats_activity(Context& context, const AsOfInput& input);

struct OfferInput {
  std::int64_t customer_id = 0;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(OfferInput, (), (customer_id, as_of))
Result<CustomerOffer> customer_offer(Context& context, const OfferInput& input);

/// How a tenant signs what it writes: "aremko" as "Aremko".
std::string signature(std::string name);

std::vector<Operation> office_operations();

}  // namespace aremko::operations
