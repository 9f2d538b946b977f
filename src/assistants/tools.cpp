#include "assistants/tools.h"

namespace aremko::assistants {

void add_tools(Registry& registry) {
  add_guest_tools(registry);
  add_list_tools(registry);
  add_business_tools(registry);
  add_proposal_tool(registry);
  add_data_tools(registry);
}

}  // namespace aremko::assistants
