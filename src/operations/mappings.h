#pragma once
// Verbs about which legacy record is which customer.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/mapping.h"
#include "model/mapping_view.h"
#include "operations/operation.h"
#include "store/mappings.h"

namespace aremko::operations {

struct CustomerMappingInput {
  std::int64_t customer_id = 0;
};
BOOST_DESCRIBE_STRUCT(CustomerMappingInput, (), (customer_id))
Result<CustomerMapping> customer_mapping(Context& context, const CustomerMappingInput& input);

struct LegacyMappingInput {
  std::string legacy_id;
};
BOOST_DESCRIBE_STRUCT(LegacyMappingInput, (), (legacy_id))
Result<LegacyMapping> legacy_mapping(Context& context, const LegacyMappingInput& input);

struct MappingsInput {
  std::optional<MappingStatus> status;
  std::optional<MappingOrder> order;  // by worth for what is pending, else by confidence
  std::int64_t min_confidence = 0;    // percent, both inclusive
  std::int64_t max_confidence = 100;
  std::optional<std::string> reason;  // a part of one of its reasons
  std::int64_t limit = 100;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(MappingsInput, (), (status, order, min_confidence, max_confidence, reason, limit, cursor))

struct MappingCounts {
  std::int64_t active = 0;
  std::int64_t pending = 0;
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::int64_t retired = 0;
};
BOOST_DESCRIBE_STRUCT(MappingCounts, (), (active, pending, accepted, rejected, retired))

struct MappingList {
  MappingCounts counts;                // of the whole registry
  MappingOrder order = MappingOrder::confidence;
  std::vector<MappingView> mappings;   // the greatest first
  std::optional<std::string> next;     // cursor of the next page
};
BOOST_DESCRIBE_STRUCT(MappingList, (), (counts, order, mappings, next))
Result<MappingList> list_mappings(Context& context, const MappingsInput& input);

struct DecideInput {
  std::string mapping_id;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(DecideInput, (), (mapping_id, reason))
/// not_found; conflict, with who and when, where somebody has decided on the pair or on the record already, or the customer or
/// the record is gone or is a staff account. Each is in force for every later sync, stands in the audit with who, when and why,
/// and is in the snapshot that is published before the answer. The same decision twice by the same key changes nothing.
Result<MappingView> accept_mapping(Context& context, const DecideInput& input);
Result<MappingView> reject_mapping(Context& context, const DecideInput& input);
/// Rejects what is live, a sync's link as a person's.
Result<MappingView> unlink_mapping(Context& context, const DecideInput& input);
/// Whoever decided it.
Result<MappingView> undo_mapping(Context& context, const DecideInput& input);

struct LinkInput {
  std::string legacy_id;
  std::int64_t current_id = 0;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(LinkInput, (), (legacy_id, current_id, reason))
/// A mapping no sync found, accepted. invalid for ids that are nobody's or a staff account's; conflict as above.
Result<MappingView> link_by_hand(Context& context, const LinkInput& input);

/// A mapping as it is shown, with names and worth from the snapshot.
MappingView view_of(const Context& context, const store::Mapping& mapping);

std::vector<Operation> mapping_operations();
std::vector<Operation> mapping_decision_operations();

}  // namespace aremko::operations
