#pragma once
// Arguments as clients and models really send them, put into the types that a tool's schema asks for: a number as text,
// "" for an optional that was left out, a list as its JSON text. Only what can mean one thing is read; the rest stays as
// it came, and is refused by its field. The schema itself says nothing of it: it promises what is right.

#include <span>

#include "mcp/rpc.h"
#include "operations/parameter.h"

namespace aremko::mcp {

Object as_meant(std::span<const operations::Parameter> parameters, const Object& arguments);

/// `arguments` of a call: an object, or its JSON text; null and "" are none. Nothing for anything else.
std::optional<Object> arguments_of(const Object& params);

/// A number as its digits, for where a text is meant; nothing for what is neither.
std::optional<std::string> text_of(const boost::json::value& value);

}  // namespace aremko::mcp
