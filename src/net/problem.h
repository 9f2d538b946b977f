#pragma once
// RFC 9457: every refusal and failure is the same JSON, in the client's language.

#include <string_view>

#include "base/error.h"
#include "net/http.h"

namespace aremko::net {

/// `{"type", "title", "status", "detail", "errors": [{"field", "message"}]}`, `errors` only when there are some;
/// Retry-After when the error says when. `language` is "es" or "en" (Request::language()).
Response problem(const Error& error, std::string_view language);

/// For what HTTP itself refuses and no Code names: 408, 431, 501, 505.
Response problem(int status, const Text& detail, std::string_view language);

/// 429: the caller has their share of places, connections or memory already.
Response beyond_share(std::string_view language);

/// "Not Found" for 404, "No encontrado" in Spanish; "Error" for a status we never send.
std::string_view status_title(int status, std::string_view language);

}  // namespace aremko::net
