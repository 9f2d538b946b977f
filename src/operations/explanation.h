#pragma once
// Verbs that say why.

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "model/explanation.h"
#include "operations/operation.h"

namespace aremko::operations {

struct MappingIdInput {
  std::string mapping_id;
};
BOOST_DESCRIBE_STRUCT(MappingIdInput, (), (mapping_id))

struct PairInput {
  std::string legacy_id;
  std::int64_t customer_id = 0;
};
BOOST_DESCRIBE_STRUCT(PairInput, (), (legacy_id, customer_id))

/// The evidence for a mapping, by what is known now, beside that for its rivals. `not_found` for an id that is no mapping's,
/// and for one whose record or customer has left the sources.
Result<MatchExplanation> explain_mapping(Context& context, const MappingIdInput& input);
/// The same for any legacy record of the customers file and any customer, mapped or not. `invalid` for a staff account or a
/// record that stands in the services file alone: neither is ever linked.
Result<MatchExplanation> explain_match(Context& context, const PairInput& input);

std::vector<Operation> explanation_operations();

}  // namespace aremko::operations
