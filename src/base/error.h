#pragma once
// What can go wrong and be expected: one of a few codes, and a sentence in both languages that says what was
// wrong, where, and what to do. Never a stack trace, a query or a personal datum.

#include <string>
#include <string_view>
#include <vector>

namespace aremko {

/// A sentence for people, in Spanish (the product's default) and English.
struct Text {
  std::string es;
  std::string en;

  const std::string& in(std::string_view language) const { return language == "en" ? en : es; }
  friend bool operator==(const Text&, const Text&) = default;
};

/// The classes of expected failure; each door maps them to its own form (see http_status).
enum class Code {
  malformed,       // 400: could not be read at all
  unauthorized,    // 401: no key, or not a key of ours
  forbidden,       // 403: a key without the scope, or another tenant's
  not_found,       // 404
  not_allowed,     // 405
  conflict,        // 409
  too_large,       // 413
  invalid,         // 422: read, but out of range or unknown
  too_many,        // 429
  internal,        // 500: a fault of ours
  unavailable,     // 503: a source or the store is down
};

/// The HTTP status (RFC 9110) that stands for a code; the command line and MCP derive theirs from it.
int http_status(Code code);

/// One input field that was refused. `field` is the parameter's name or a JSON path such as `filters.months`.
struct FieldError {
  std::string field;
  Text message;
};

struct Error {
  Code code = Code::internal;
  Text detail;
  std::vector<FieldError> fields{};
  int retry_after_s = 0;  // seconds, for too_many and unavailable; 0 = not said
};

Error error(Code code, std::string es, std::string en);

/// `invalid` (422) for one field.
Error invalid_field(std::string field, std::string es, std::string en);

}  // namespace aremko
