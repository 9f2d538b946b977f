#include "net/respond.h"

#include <charconv>
#include <ctime>
#include <cxxabi.h>
#include <typeinfo>

#include "base/log.h"
#include "base/progress.h"
#include "base/text.h"
#include "net/gzip.h"
#include "net/negotiate.h"
#include "net/problem.h"

namespace aremko::net {

namespace {

// Below it the head and a packet's worth of frame outweigh what is saved.
constexpr std::size_t gzip_from = 1024;

template <class Number>
void append_number(std::string& out, Number value) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

std::string type_name(const std::exception& exception) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(typeid(exception).name(), nullptr, nullptr, &status), std::free);
  return name ? name.get() : "unknown";
}

Response fault(const Request& request, std::string_view type) {
  log::failure("handler_failed",
               {{"method", method_name(request.method)}, {"pattern", request.pattern}, {"type", type}});
  return problem(error(Code::internal, "Ocurrió un error interno; quedó registrado.",
                       "An internal error occurred; it has been logged."),
                 request.language());
}

bool compressible(std::string_view content_type) {
  const auto type = content_type.substr(0, content_type.find(';'));
  return type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml") || type.ends_with("javascript");
}

bool bodiless(int status) { return status == 204 || status == 304 || status < 200; }

void append_etag(std::string& out, const Answer& answer) {
  out.append("ETag: \"").append(answer.etag).append(answer.gzipped ? "-gz\"\r\n" : "\"\r\n");
}

void append_status_line(std::string& out, int status) {
  if (status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  out.append("HTTP/1.1 ");
  append_number(out, status);
  out.append(" ").append(status_title(status, "en")).append("\r\n");
}

/// Milliseconds with three decimals, which to_chars gives for doubles only at ten times the price.
void append_milliseconds(std::string& out, std::chrono::nanoseconds took) {
  const auto microseconds = std::max<std::int64_t>(took.count() / 1000, 0);
  append_number(out, microseconds / 1000);
  const auto rest = static_cast<int>(microseconds % 1000);
  const char decimals[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                           static_cast<char>('0' + rest % 10)};
  out.append(decimals, sizeof decimals);
}

}  // namespace

Response call(const Handler& handler, const Request& request) {
  try {
    return handler(request);
  } catch (const Outage& outage) {
    return problem(outage.error(), request.language());
  } catch (const Cancelled&) {
    return problem(503, {"La solicitud se canceló.", "The request was cancelled."}, request.language());  // nobody waits for it
  } catch (const std::exception& exception) {
    return fault(request, type_name(exception));
  } catch (...) {
    return fault(request, "unknown");
  }
}

bool to_compress(const Request& request, const Response& response) {
  return !response.stream && response.bytes().size() >= gzip_from && compressible(response.content_type) &&
         accepts_gzip(request.headers.get("Accept-Encoding")) && !response.headers.has("Content-Encoding");
}

Answer finish(const Request& request, Response& response) {
  Answer answer{.head_only = request.method == Method::head};
  if (bodiless(response.status)) response.body = std::string();
  if (response.stream) return answer;
  const bool readable = request.method == Method::get || request.method == Method::head;
  const bool compress = to_compress(request, response);
  if (readable && response.status == 200 && !response.headers.has("ETag")) {
    char hex[16];
    const auto end = std::to_chars(hex, hex + sizeof hex, hash64(response.bytes()), 16).ptr;
    answer.etag.assign(hex, end);
    if (names_etag(request.headers.get("If-None-Match"), answer.etag)) {
      answer.gzipped = compress;
      response.status = 304;
      response.body = std::string();
      return answer;
    }
  }
  if (compress) {
    if (auto smaller = gzip(response.bytes())) {
      response.body = std::move(*smaller);
      answer.gzipped = true;
    }
  }
  answer.length = response.bytes().size();
  return answer;
}

void write_head(std::string& out, const Response& response, const Answer& answer, const HeadFacts& facts) {
  append_status_line(out, response.status);
  if (!bodiless(response.status)) {
    if (!response.content_type.empty()) out.append("Content-Type: ").append(response.content_type).append("\r\n");
    if (!response.stream) {
      out.append("Content-Length: ");
      append_number(out, answer.length);
      out.append("\r\n");
    } else if (facts.version >= 11) {
      out.append("Transfer-Encoding: chunked\r\n");
    }
    if (answer.gzipped) out.append("Content-Encoding: gzip\r\n");
  }
  if (!answer.etag.empty()) append_etag(out, answer);
  bool cache_said = false;
  for (std::size_t i = 0; i < response.headers.size(); ++i) {
    const auto [name, value] = response.headers.at(i);
    // A value with a line break could forge fields; it is left out.
    if (value.find_first_of("\r\n") != std::string_view::npos) continue;
    cache_said = cache_said || equal_ignoring_case(name, "Cache-Control");
    out.append(name).append(": ").append(value).append("\r\n");
  }
  if (!cache_said) out.append("Cache-Control: private, no-cache\r\n");
  out.append("Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nDate: ");
  out.append(facts.date).append("\r\nServer-Timing: app;dur=");
  append_milliseconds(out, facts.took);
  if (!facts.keep_alive) {
    out.append("\r\nConnection: close");
  } else if (facts.version < 11) {
    out.append("\r\nConnection: keep-alive");
  }
  out.append("\r\n\r\n");
}

std::string http_date(std::int64_t unix_seconds) {
  const std::time_t time = unix_seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[parts.tm_wday], parts.tm_mday,
                     months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace aremko::net
