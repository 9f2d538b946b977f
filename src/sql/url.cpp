#include "sql/url.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace aremko::sql {
namespace {

std::unexpected<Error> bad_url(const char* es, const char* en) {
  return fail(error(Code::malformed, std::string("La dirección de la base de datos no se entiende: ") + es,
                    std::string("The database address cannot be read: ") + en));
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// A '%' that starts no escape stays: people paste passwords as they are.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// Only what libpq knows: SQLAlchemy's own parameters (prepared_statement_cache_size, …) mean nothing here.
void add_parameters(Url& url, std::string_view query) {
  constexpr std::array known{"sslmode",  "sslrootcert", "sslcert", "sslkey", "target_session_attrs",
                             "gssencmode", "channel_binding", "options", "passfile", "service", "hostaddr"};
  for (std::string_view part : split(query, '&')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    std::string name = percent_decoded(part.substr(0, equals));
    std::string value = percent_decoded(part.substr(equals + 1));
    if (name == "ssl") name = "sslmode";  // asyncpg's name for it
    if (name == "host") {
      url.host = std::move(value);
    } else if (name == "port") {
      url.port = std::move(value);
    } else if (name == "user") {
      url.user = std::move(value);
    } else if (name == "password") {
      url.password = std::move(value);
    } else if (std::ranges::find(known, name) != known.end()) {
      url.parameters.emplace_back(std::move(name), std::move(value));
    }
  }
}

Result<Url> parse_postgres(std::string_view rest) {
  Url url{.engine = Engine::postgres};
  std::string_view query;
  // An unescaped '?' or '/' in a password is beyond saving; an '@' is not.
  if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
    query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  const std::size_t slash = rest.find('/');
  std::string_view authority = rest.substr(0, slash);
  if (slash != std::string_view::npos) url.database = percent_decoded(rest.substr(slash + 1));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = authority.substr(0, at);
    const std::size_t colon = who.find(':');
    url.user = percent_decoded(who.substr(0, colon));
    if (colon != std::string_view::npos) url.password = percent_decoded(who.substr(colon + 1));
    authority = authority.substr(at + 1);
  }
  std::string_view port;
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return bad_url("falta «]» tras la dirección IPv6.", "a \"]\" is missing.");
    url.host = std::string(authority.substr(1, close - 1));
    port = authority.substr(close + 1);
    if (port.starts_with(':')) port.remove_prefix(1);
  } else {
    const std::size_t colon = authority.find(':');
    url.host = percent_decoded(authority.substr(0, colon));
    if (colon != std::string_view::npos) port = authority.substr(colon + 1);
  }
  url.port = std::string(port);
  add_parameters(url, query);
  if (!url.port.empty()) {
    const auto number = parse_int(url.port);
    if (!number || *number < 1 || *number > 65535) {
      return bad_url("el puerto no es un número de 1 a 65535.", "the port is not a number from 1 to 65535.");
    }
  }
  return url;
}

Result<Url> parse_sqlite(std::string_view rest) {
  Url url{.engine = Engine::sqlite};
  rest = rest.substr(0, rest.find('?'));
  if (!rest.empty() && !rest.starts_with('/')) {
    return bad_url("use sqlite:///archivo.db o sqlite:////ruta/absoluta.db (tres o cuatro barras).",
                   "use sqlite:///file.db or sqlite:////absolute/path.db (three or four slashes).");
  }
  if (!rest.empty()) rest.remove_prefix(1);
  url.path = rest.empty() ? ":memory:" : std::string(rest);
  return url;
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  text = trim(text);
  const std::size_t mark = text.find("://");
  if (text.find('\0') != std::string_view::npos || mark == std::string_view::npos) {
    return bad_url("debe comenzar por postgresql:// o sqlite:///.",
                   "it must begin with postgresql:// or sqlite:///.");
  }
  const std::string whole = ascii_lower(text.substr(0, mark));
  const std::string_view scheme = std::string_view(whole).substr(0, whole.find('+'));
  const std::string_view rest = text.substr(mark + 3);
  if (scheme == "postgresql" || scheme == "postgres") return parse_postgres(rest);
  if (scheme == "sqlite" || scheme == "sqlite3") return parse_sqlite(rest);
  return bad_url("debe comenzar por postgresql:// o sqlite:///.", "it must begin with postgresql:// or sqlite:///.");
}

std::string Url::redacted() const {
  if (engine == Engine::sqlite) return "sqlite:///" + (path == ":memory:" ? std::string() : path);
  std::string out = "postgresql://";
  if (!user.empty()) out += user + "@";
  out += host.find(':') != std::string::npos ? "[" + host + "]" : host;
  if (!port.empty()) out += ":" + port;
  return out + "/" + database;
}

}  // namespace aremko::sql
