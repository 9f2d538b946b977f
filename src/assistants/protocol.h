#pragma once
// The protocol's words in which everything here is offered.

#include "mcp/call.h"
#include "mcp/content.h"
#include "mcp/registry.h"

namespace aremko::assistants {

using mcp::Ask;
using mcp::Call;
using mcp::Client;
using mcp::Completer;
using mcp::Completion;
using mcp::Contents;
using mcp::Cost;
using mcp::Effect;
using mcp::Era;
using mcp::Freshness;
using mcp::InputRequired;
using mcp::JsonText;
using mcp::LogLevel;
using mcp::Object;
using mcp::Outcome;
using mcp::Prompt;
using mcp::PromptArgument;
using mcp::PromptMessage;
using mcp::PromptResult;
using mcp::Question;
using mcp::Registry;
using mcp::Resource;
using mcp::ResourceResult;
using mcp::ResourceTemplate;
using mcp::Scope;
using mcp::Tool;
using mcp::ToolResult;

}  // namespace aremko::assistants
