#pragma once
// Cards: pages that a host shows beside an answer (MCP Apps, extension io.modelcontextprotocol/ui).

#include <string_view>

#include "assistants/protocol.h"

namespace aremko::assistants {

inline constexpr std::string_view guest_card_uri = "ui://aremko/guest-card";
inline constexpr std::string_view segments_card_uri = "ui://aremko/segments";

/// The pages as resources, and the extension among the server's.
void add_cards(Registry& registry);

}  // namespace aremko::assistants
