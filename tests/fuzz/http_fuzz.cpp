// Everything that reads what a stranger sends: request head and body in any pieces, target, query, path, headers.
#include <cstdlib>

#include "base/text.h"
#include "net/negotiate.h"
#include "net/parser.h"
#include "net/router.h"

namespace {

using namespace aremko;
using namespace aremko::net;

void require(bool holds) {
  if (!holds) std::abort();
}

const Router& router() {
  static const Router instance = [] {
    Router made;
    const auto nothing = [](const Request&) { return Response{}; };
    made.add(Method::get, "/a/{x}/b", nothing);
    made.add(Method::get, "/a/c", nothing);
    made.add(Method::post, "/a/{y}", nothing);
    made.add(Method::get, "/{x}/{y}/{z}", nothing);
    made.add(Method::get, "/", nothing);
    return made;
  }();
  return instance;
}

void check_text(std::string_view text) { require(valid_utf8(text) && text.find('\0') == std::string_view::npos); }

void check_request(Request request) {
  preferred_language(request.headers.get("Accept-Language"));
  accepts_gzip(request.headers.get("Accept-Encoding"));
  names_etag(request.headers.get("If-None-Match"), "00ff");
  if (parse_target(request)) return;
  for (const auto& segment : request.segments) check_text(segment);
  for (const auto& parameter : request.query) {
    check_text(parameter.name);
    check_text(parameter.value);
  }
  const auto match = router().match(request);
  require(match.route == nullptr || request.params.size() == match.route->params.size());
  require(match.route == nullptr || !match.allow.empty());
}

/// Feeds the parser at most `piece` new bytes at a time, as a connection does; false when it is not a request.
bool parse(std::string_view bytes, std::size_t piece, Request& request) {
  Parser parser(request);
  parser.header_limit(16 * 1024);
  parser.set_max_body(1024);
  std::size_t taken = 0;
  std::size_t there = 0;
  while (!parser.is_done()) {
    boost::beast::error_code failed;
    const auto used = there == taken ? 0 : parser.feed({bytes.data() + taken, there - taken}, failed);
    taken += used;
    if (failed && failed != boost::beast::http::error::need_more) return false;
    if (used > 0 && !failed) continue;
    if (there == bytes.size()) return false;
    there = std::min(there + piece, bytes.size());
  }
  require(request.body.size() <= 1024);
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = data[0] % 16U + 1U;
  const bool whole_request = data[1] % 2U == 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);

  if (whole_request) {
    Request at_once;
    Request in_pieces;
    const bool read = parse(text, text.size() + 1, at_once);
    require(parse(text, piece, in_pieces) == read);
    if (!read) return 0;
    require(at_once.target == in_pieces.target && at_once.body == in_pieces.body &&
            at_once.headers.size() == in_pieces.headers.size());
    check_request(std::move(at_once));
  } else {
    Request request;
    request.target = text;
    for (const auto* name : {"Accept-Language", "Accept-Encoding", "If-None-Match"}) request.headers.add(name, text);
    check_request(std::move(request));
  }
  return 0;
}
