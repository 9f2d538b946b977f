#pragma once
// A request as a handler sees it and the response it gives back: plain values, no sockets, no Beast.

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace aremko::net {

class Stream;  // stream.h: a body written piece by piece, such as server-sent events
class Later;   // stream.h: an answer that is waited for without a thread

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };
inline constexpr std::size_t method_count = 8;
std::string_view method_name(Method method);  // "GET"; "OTHER" for what we do not know
Method method_of(std::string_view name);      // exact, as RFC 9110 has it

/// Header fields in their order; names compare without case. All text lies in one buffer, which clear() keeps:
/// a connection reads request after request without allocating.
class Headers {
 public:
  void add(std::string_view name, std::string_view value);
  /// The first field of that name; empty when there is none.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const { return count(name) > 0; }
  std::size_t count(std::string_view name) const;
  std::size_t size() const { return entries_.size(); }
  std::pair<std::string_view, std::string_view> at(std::size_t index) const;  // name, value
  void clear();

 private:
  struct Entry {
    std::uint32_t name_at, name_size, value_at, value_size;
  };
  std::string_view name_of(const Entry& entry) const { return {bytes_.data() + entry.name_at, entry.name_size}; }
  std::string_view value_of(const Entry& entry) const { return {bytes_.data() + entry.value_at, entry.value_size}; }

  std::string bytes_;
  std::vector<Entry> entries_;
};

struct Parameter {
  std::string name;
  std::string value;
};

/// Everything in it is valid UTF-8 without NUL, except the body. Target, query, headers, body and remote address
/// may tell who a person is: none of them goes into a log or an error.
struct Request {
  Method method = Method::get;
  int version = 11;                   // 10 or 11
  std::string target{};               // as sent
  std::vector<std::string> segments{};  // the path cut at '/', then decoded: "/a/At%20Risk" is {"a", "At Risk"}
  std::vector<Parameter> query{};     // decoded, in order; '+' is a space
  std::vector<Parameter> params{};    // the pattern's {names}, decoded; set by the router
  std::string_view pattern{};         // the pattern that matched: what logs and metrics may see; empty when none
  Headers headers{};
  std::string body{};
  std::string remote{};               // the peer's address without port
  std::stop_token stop{};             // of `walk`: nobody waits for the answer any more
  std::shared_ptr<const void> granted{};  // of `light`: what the route's gate made of the head a moment ago

  /// The first query parameter of that name.
  std::optional<std::string_view> query_value(std::string_view name) const;
  /// A path parameter; empty when the pattern has none of that name.
  std::string_view param(std::string_view name) const;
  /// "es" or "en", by Accept-Language; Spanish unless English is asked for.
  std::string_view language() const;
};

struct Response {
  int status = 200;
  /// A constant: it is not copied. Empty for an answer without a body.
  std::string_view content_type = "application/json";
  Headers headers{};  // beside those the server sets; ETag and Cache-Control given here win
  std::variant<std::string, std::shared_ptr<const std::string>> body{};
  std::shared_ptr<Stream> stream{};  // when set, it writes the body, and `body` is ignored
  std::shared_ptr<Later> later{};    // when set, what it comes to is the answer, and all the rest is ignored
  std::string_view tag{};  // for the observer, such as the tenant: a text that outlives the server
  std::string subject{};   // for the observer: which one record was read, by its number

  std::string_view bytes() const;
};

Response json_response(std::string body, int status = 200);

/// Percent-decodes `text` into `out` (emptied first). False for a '%' without two hex digits, for bytes that are
/// no UTF-8, and for NUL, which no source can hold.
bool percent_decode(std::string_view text, bool plus_is_space, std::string& out);

/// Fills `segments` and `query` from `target`; `malformed` when it cannot be read. Takes the absolute form
/// (`http://host/path`, RFC 9112 3.2.2) and `*` (no segments) too.
std::optional<Error> parse_target(Request& request);

}  // namespace aremko::net
