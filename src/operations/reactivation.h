#pragma once
// Verbs that make lists to act on.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/reactivation.h"
#include "model/segment.h"
#include "operations/operation.h"

namespace aremko::operations {

struct InactiveInput {
  std::int64_t months = 12;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(InactiveInput, (), (months, limit, offset, cursor, as_of))
Result<InactiveCustomers> inactive_customers(Context& context, const InactiveInput& input);

struct SegmentInput {
  Segment segment = Segment::vip;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(SegmentInput, (), (segment, limit, offset, cursor, as_of))
Result<SegmentCustomers> segment_customers(Context& context, const SegmentInput& input);

std::vector<Operation> reactivation_operations();

}  // namespace aremko::operations
