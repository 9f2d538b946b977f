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
  std::int64_t limit = 100;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(MappingsInput, (), (status, limit, cursor))

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
  std::vector<MappingView> mappings;   // best confidence first
  std::optional<std::string> next;     // cursor of the next page
};
BOOST_DESCRIBE_STRUCT(MappingList, (), (counts, mappings, next))
Result<MappingList> list_mappings(Context& context, const MappingsInput& input);

/// A mapping as it is shown. The store keeps no names: they come from the snapshot, where it still has the people.
MappingView view_of(const Context& context, const store::Mapping& mapping);

std::vector<Operation> mapping_operations();

}  // namespace aremko::operations
