#include "net/http.h"

#include "base/text.h"
#include "net/negotiate.h"

namespace aremko::net {

namespace {

constexpr std::array<std::string_view, method_count> method_names{"GET",   "HEAD",   "POST",    "PUT",
                                                                  "PATCH", "DELETE", "OPTIONS", "OTHER"};

// More parameters than any operation has; a longer list is an attack on whoever walks it.
constexpr std::size_t max_parameters = 100;

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Error unreadable(std::string_view es, std::string_view en) {
  return error(Code::malformed, std::string(es), std::string(en));
}

std::optional<Error> parse_segments(std::string_view path, std::vector<std::string>& out) {
  out.resize(static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) + 1);
  std::size_t index = 0;
  while (true) {
    const auto slash = path.find('/');
    if (!percent_decode(path.substr(0, slash), false, out[index++])) {
      return unreadable("La ruta contiene una secuencia % inválida o bytes que no son UTF-8.",
                        "The path has an invalid % sequence or bytes that are not UTF-8.");
    }
    if (slash == std::string_view::npos) return {};
    path.remove_prefix(slash + 1);
  }
}

std::optional<Error> parse_query(std::string_view text, std::vector<Parameter>& out) {
  out.clear();
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (out.size() == max_parameters) {
      return unreadable("La consulta tiene más de 100 parámetros.", "The query has more than 100 parameters.");
    }
    const auto equals = std::min(pair.find('='), pair.size());
    auto& parameter = out.emplace_back();
    if (!percent_decode(pair.substr(0, equals), true, parameter.name) ||
        !percent_decode(pair.substr(std::min(equals + 1, pair.size())), true, parameter.value)) {
      return unreadable("La consulta contiene una secuencia % inválida o bytes que no son UTF-8.",
                        "The query has an invalid % sequence or bytes that are not UTF-8.");
    }
  }
  return {};
}

}  // namespace

std::string_view method_name(Method method) { return method_names[static_cast<std::size_t>(method)]; }

Method method_of(std::string_view name) {
  for (std::size_t i = 0; i + 1 < method_count; ++i) {
    if (method_names[i] == name) return static_cast<Method>(i);
  }
  return Method::other;
}

void Headers::add(std::string_view name, std::string_view value) {
  const auto at = static_cast<std::uint32_t>(bytes_.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  entries_.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
  bytes_.append(name).append(value);
}

std::string_view Headers::get(std::string_view name) const {
  for (const auto& entry : entries_) {
    if (equal_ignoring_case(name_of(entry), name)) return value_of(entry);
  }
  return {};
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return equal_ignoring_case(name_of(entry), name);
  }));
}

std::pair<std::string_view, std::string_view> Headers::at(std::size_t index) const {
  return {name_of(entries_[index]), value_of(entries_[index])};
}

void Headers::clear() {
  bytes_.clear();
  entries_.clear();
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  for (const auto& parameter : query) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

std::string_view Request::param(std::string_view name) const {
  for (const auto& parameter : params) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

std::string_view Request::language() const { return preferred_language(headers.get("Accept-Language")); }

std::string_view Response::bytes() const {
  if (const auto* own = std::get_if<std::string>(&body)) return *own;
  const auto& shared = std::get<std::shared_ptr<const std::string>>(body);
  return shared ? std::string_view(*shared) : std::string_view();
}

Response json_response(std::string body, int status) { return Response{.status = status, .body = std::move(body)}; }

bool percent_decode(std::string_view text, bool plus_is_space, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return false;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return false;
    out += c;
  }
  return valid_utf8(out);
}

std::optional<Error> parse_target(Request& request) {
  std::string_view target = request.target;
  request.segments.clear();
  request.query.clear();
  if (target == "*") return {};
  if (!target.starts_with('/')) {
    const auto scheme = target.find("://");
    if (scheme == std::string_view::npos || target.find_first_of("/?") < scheme) {
      return unreadable("El destino de la solicitud no es una ruta.", "The request target is not a path.");
    }
    const auto path = target.find_first_of("/?", scheme + 3);
    target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  target = target.substr(0, target.find('#'));  // no client should send a fragment; some do
  const auto mark = std::min(target.find('?'), target.size());
  auto path = target.substr(0, mark);
  if (path.starts_with('/')) path.remove_prefix(1);
  if (auto wrong = parse_segments(path, request.segments)) return wrong;
  return parse_query(target.substr(std::min(mark + 1, target.size())), request.query);
}

}  // namespace aremko::net
