#pragma once
// What the Model Context Protocol's conformance suite expects a server to offer: its test tools, resources and
// prompts. None of it is in the product.

#include "mcp/changes.h"
#include "mcp/registry.h"

namespace aremko::conformance {

void add_tools(mcp::Registry& registry, mcp::Changes& changes);
/// Those that ask the client for something.
void add_asking_tools(mcp::Registry& registry);
void add_resources(mcp::Registry& registry);
void add_prompts(mcp::Registry& registry);

std::string png();  // a red pixel
std::string wav();  // a moment of silence

inline mcp::Object no_arguments() { return {{"type", "object"}, {"properties", mcp::Object{}}}; }

}  // namespace aremko::conformance
