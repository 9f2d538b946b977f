#pragma once
// The day's desk.

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/today.h"
#include "operations/operation.h"

namespace aremko::operations {

struct TodayInput {
  std::optional<Date> date;
  std::int64_t todo_limit = 10;
};
BOOST_DESCRIBE_STRUCT(TodayInput, (), (date, todo_limit))
Result<Today> today(Context& context, const TodayInput& input);

std::vector<Operation> today_operations();

}  // namespace aremko::operations
