#pragma once
// From a handler's Response to the bytes of an answer; no sockets. Used by the connection alone.

#include <chrono>
#include <string>
#include <string_view>

#include "net/http.h"
#include "net/router.h"

namespace aremko::net {

/// What the answer's head says beside the Response.
struct Answer {
  std::string etag{};  // without quotes; empty = none
  bool gzipped = false;
  bool head_only = false;     // an answer to HEAD: the length is told, the body is not sent
  std::size_t length = 0;     // of the body as it would be sent
};

/// Runs the handler; whatever it throws becomes a problem, and only the exception's type is logged.
Response call(const Handler& handler, const Request& request);

/// Whether finish() would compress this body.
bool to_compress(const Request& request, const Response& response);

/// ETag, If-None-Match, gzip: changes the response to what is sent. May be called off the I/O thread.
Answer finish(const Request& request, Response& response);

struct HeadFacts {
  std::string_view date{};  // RFC 9110 form
  std::chrono::nanoseconds took{0};
  int version = 11;
  bool keep_alive = true;
};

/// Appends status line and header fields to `out`, the empty line included.
void write_head(std::string& out, const Response& response, const Answer& answer, const HeadFacts& facts);

/// "Sun, 22 Nov 2026 09:39:32 GMT"
std::string http_date(std::int64_t unix_seconds);

}  // namespace aremko::net
