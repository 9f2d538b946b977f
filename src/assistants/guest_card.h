#pragma once
// One guest as a card, for the tool and the resource.

#include "assistants/protocol.h"
#include "assistants/tool_shapes.h"

namespace aremko::assistants {

/// `not_found`; `forbidden` when contact details are asked for with a key that may only read.
Result<GuestCard> guest_card(Call& call, std::int64_t customer_id, bool include_contact, const std::optional<Date>& day);

/// All nine segments with their sums.
Result<SegmentTable> segment_table(Call& call, const std::optional<Date>& day);
Result<SegmentMembers> segment_members(Call& call, const MembersArguments& input);

}  // namespace aremko::assistants
