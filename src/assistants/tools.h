#pragma once
// What assistants can do here: fourteen tools over the declared operations.

#include "assistants/protocol.h"

namespace aremko::assistants {

/// In the order in which they are listed: first what most conversations begin with.
void add_tools(Registry& registry);

void add_guest_tools(Registry& registry);     // search_customers, get_customer, list_visits
void add_list_tools(Registry& registry);      // list_segments, list_segment_customers, list_inactive_customers, list_services
void add_business_tools(Registry& registry);  // get_today, get_business
void add_proposal_tool(Registry& registry);   // draft_proposal
void add_data_tools(Registry& registry);      // get_data_health, review_mappings, decide_mapping, sync_legacy

}  // namespace aremko::assistants
