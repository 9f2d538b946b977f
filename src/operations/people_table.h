#pragma once
// The whole base, filtered and sorted, page by page.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/people_table.h"
#include "operations/legacy.h"
#include "operations/operation.h"

namespace aremko::operations {

struct PeopleTableInput {
  PeopleOrder order = PeopleOrder::gastado;
  bool descending = true;
  std::optional<Segment> segment;
  std::optional<std::int64_t> recency;
  std::optional<std::int64_t> frequency;
  std::optional<std::int64_t> monetary;
  std::optional<std::int64_t> months;
  std::optional<std::int64_t> min_visits;
  std::optional<std::int64_t> min_spent;
  std::optional<Channel> channel;
  std::optional<std::string> ciudad;
  std::optional<std::int64_t> unwritten_days;
  std::optional<Date> since;
  std::optional<Segment> was;
  std::optional<std::string> ids;
  bool reasons = false;
  std::int64_t limit = 100;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(PeopleTableInput, (),
                      (order, descending, segment, recency, frequency, monetary, months, min_visits, min_spent,
                       channel, ciudad, unwritten_days, since, was, ids, reasons, limit, offset, cursor, as_of))
Result<PeopleTable> people_table(Context& context, const PeopleTableInput& input);

Result<PeoplePlaces> people_places(Context& context, const AsOfInput& input);

std::vector<Operation> people_table_operations();

}  // namespace aremko::operations
