#pragma once
// The OpenAPI 3.1 document, read off the operations.

#include <span>
#include <string>
#include <string_view>

#include "operations/operation.h"

namespace aremko::rest {

/// The whole document as JSON, its words in `language` ("es" or "en").
std::string openapi(std::span<const operations::Operation> all, std::string_view version, std::string_view language);

}  // namespace aremko::rest
