#pragma once
// The owner's questions over a span of days.

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/business.h"
#include "operations/operation.h"

namespace aremko::operations {

struct SpanInput {
  std::optional<Date> from;
  std::optional<Date> to;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(SpanInput, (), (from, to, as_of))
Result<ServicesReport> stats_services(Context& context, const SpanInput& input);
Result<Occupancy> stats_occupancy(Context& context, const SpanInput& input);

struct BestGuestsInput {
  std::optional<Date> from;
  std::optional<Date> to;
  GuestOrder order = GuestOrder::gastado;
  std::int64_t limit = 50;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(BestGuestsInput, (), (from, to, order, limit, as_of))
Result<BestGuests> stats_best_guests(Context& context, const BestGuestsInput& input);

std::vector<Operation> business_operations();

}  // namespace aremko::operations
