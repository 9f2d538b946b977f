#pragma once
// Verbs about customers who stand more than once in the booking system: a queue of pairs, and what people say of them. A merge
// is kept here; nothing is written there.
//
// A pair's worth is its probability × (1 + visits + spent / 50,000 of the smaller of its two histories): what is not seen while
// they are two.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/duplicate_view.h"
#include "operations/operation.h"

namespace aremko::operations {

struct DuplicatesInput {
  std::int64_t limit = 50;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(DuplicatesInput, (), (limit, cursor))
Result<DuplicateList> list_duplicates(Context& context, const DuplicatesInput& input);

struct CustomerDuplicatesInput {
  std::int64_t customer_id = 0;
};
BOOST_DESCRIBE_STRUCT(CustomerDuplicatesInput, (), (customer_id))
Result<CustomerDuplicates> customer_duplicates(Context& context, const CustomerDuplicatesInput& input);

struct DuplicatePairInput {
  std::int64_t customer_id = 0;
  std::int64_t other_id = 0;
};
BOOST_DESCRIBE_STRUCT(DuplicatePairInput, (), (customer_id, other_id))
/// Any two customers, candidates or not.
Result<DuplicateView> explain_duplicate(Context& context, const DuplicatePairInput& input);

enum class DuplicateVerdict : std::uint8_t { same, different };
constexpr std::string_view json_name(DuplicateVerdict verdict) { return verdict == DuplicateVerdict::same ? "same" : "different"; }

struct DecideDuplicateInput {
  std::int64_t kept_id = 0;
  std::int64_t other_id = 0;
  DuplicateVerdict verdict = DuplicateVerdict::same;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(DecideDuplicateInput, (), (kept_id, other_id, verdict, reason))
/// invalid for ids that are nobody's, a staff account's or the same; conflict, with who and when, where somebody has decided.
/// The snapshot that shows it is published before the answer, where that takes no longer than a person waits.
Result<MergeView> decide_duplicate(Context& context, const DecideDuplicateInput& input);

struct UndoDuplicateInput {
  std::string merge_id;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(UndoDuplicateInput, (), (merge_id, reason))
Result<MergeView> undo_duplicate(Context& context, const UndoDuplicateInput& input);

std::vector<Operation> duplicate_operations();

}  // namespace aremko::operations
