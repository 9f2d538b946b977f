#include "rest/cookies.h"

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::rest {

namespace {

constexpr std::string_view session_name = "aremko_session";
constexpr std::string_view device_name = "aremko_device";
constexpr int session_days = 30;
constexpr int device_days = 400;  // the most that browsers keep one

std::string_view cookie(const net::Request& request, std::string_view name) {
  for (std::string_view each : split(request.headers.get("Cookie"), ';')) {
    each = trim(each);
    const auto equals = each.find('=');
    if (equals != std::string_view::npos && each.substr(0, equals) == name) return each.substr(equals + 1);
  }
  return {};
}

bool says_our_page(const net::Request& request) { return !request.headers.get("X-Aremko-Session").empty(); }

/// Behind a proxy that ends TLS; without one this server speaks plain HTTP, on the machine itself or a network of the house's.
bool came_by_https(const net::Request& request) { return ascii_lower(trim(request.headers.get("X-Forwarded-Proto"))) == "https"; }

void set(net::Response& response, std::string_view name, const std::string& value, int days, bool remembered, bool secure) {
  std::string line = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", name, value);
  if (secure) line += "; Secure";
  if (value.empty()) line += "; Max-Age=0";
  else if (remembered) line += fmt::format("; Max-Age={}", days * 86'400);
  response.headers.add("Set-Cookie", line);
}

}  // namespace

std::string_view session_token(const net::Request& request) { return cookie(request, session_name); }

bool may_use_session(const net::Request& request) {
  return request.method == net::Method::get || request.method == net::Method::head || says_our_page(request);
}

Error not_our_page() {
  return error(Code::forbidden, "La petición no viene de una página de este servidor: falta X-Aremko-Session.",
               "The request is not of a page of this server: X-Aremko-Session is missing.");
}

operations::Browser browser_of(const net::Request& request) {
  return {.peer = request.remote,
          .agent = request.headers.get("User-Agent"),
          .device = cookie(request, device_name),
          .session = session_token(request),
          .our_page = says_our_page(request)};
}

void keep_cookies(const operations::Browser& browser, const net::Request& request, net::Response& response) {
  const bool secure = came_by_https(request);
  if (browser.keep_session) set(response, session_name, *browser.keep_session, session_days, browser.remembered, secure);
  if (browser.keep_device) set(response, device_name, *browser.keep_device, device_days, browser.remembered, secure);
}

}  // namespace aremko::rest
