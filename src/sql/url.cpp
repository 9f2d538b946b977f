#include "sql/url.h"

#include "base/text.h"
#include "sql/url_parameters.h"

namespace aremko::sql {
namespace {

std::unexpected<Error> bad_url(const char* es, const char* en) {
  return fail(error(Code::malformed, std::string("La dirección de la base de datos no se entiende: ") + es,
                    std::string("The database address cannot be read: ") + en));
}

/// "host", "host:5432", "[::1]:5432", or several of them with a comma between.
Result<void> read_hosts(Url& url, std::string_view authority) {
  std::vector<std::string> ports;
  bool any_port = false;
  for (std::string_view one : split(authority, ',')) {
    std::string_view port;
    std::string host;
    if (one.starts_with('[')) {
      const std::size_t close = one.find(']');
      if (close == std::string_view::npos) return bad_url("falta «]» tras la dirección IPv6.", "a \"]\" is missing.");
      host = one.substr(1, close - 1);
      port = one.substr(close + 1);
      if (port.starts_with(':')) port.remove_prefix(1);
    } else {
      const std::size_t colon = one.find(':');
      host = percent_decoded(one.substr(0, colon));
      if (colon != std::string_view::npos) port = one.substr(colon + 1);
    }
    url.host += (ports.empty() ? "" : ",") + host;
    any_port = any_port || !port.empty();
    ports.emplace_back(port);
  }
  for (std::size_t i = 0; any_port && i < ports.size(); ++i) url.port += (i == 0 ? "" : ",") + ports[i];
  return {};
}

Result<void> check_ports(std::string_view ports) {
  for (const std::string_view port : split(ports, ',')) {
    const auto number = parse_int(port);
    if (!port.empty() && (!number || *number < 1 || *number > 65535)) {
      return bad_url("el puerto no es un número de 1 a 65535.", "the port is not a number from 1 to 65535.");
    }
  }
  return {};
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
  if (!authority.empty() && !authority.contains('@') && (query.contains('@') || rest.contains('@'))) {
    return bad_url("un «?», «/» o «#» de la contraseña debe escribirse %3F, %2F o %23.",
                   "a \"?\", \"/\" or \"#\" of the password must be written %3F, %2F or %23.");
  }
  if (slash != std::string_view::npos) url.database = percent_decoded(rest.substr(slash + 1));
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view who = authority.substr(0, at);
    const std::size_t colon = who.find(':');
    url.user = percent_decoded(who.substr(0, colon));
    if (colon != std::string_view::npos) url.password = percent_decoded(who.substr(colon + 1));
    authority = authority.substr(at + 1);
  }
  if (auto read = read_hosts(url, authority); !read) return fail(std::move(read.error()));
  if (auto read = read_parameters(url, query); !read) return fail(std::move(read.error()));
  if (auto good = check_ports(url.port); !good) return fail(std::move(good.error()));
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

/// "h1:5432,[::1]:5433"
std::string hosts_of(const Url& url) {
  std::string out;
  const std::vector<std::string_view> ports = split(url.port, ',');
  std::size_t at = 0;
  for (const std::string_view host : split(url.host, ',')) {
    const std::string_view port = ports.size() == 1 ? ports[0] : at < ports.size() ? ports[at] : "";
    out += at++ == 0 ? "" : ",";
    out += host.contains(':') ? "[" + std::string(host) + "]" : std::string(host);
    if (!port.empty()) out += ":" + std::string(port);
  }
  return out;
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
  for (const std::string_view name : {"postgresql", "postgres", "pgsql", "psql", "postgis"}) {
    if (scheme == name) return parse_postgres(rest);
  }
  if (scheme == "sqlite" || scheme == "sqlite3") return parse_sqlite(rest);
  return bad_url("debe comenzar por postgresql:// o sqlite:///.", "it must begin with postgresql:// or sqlite:///.");
}

std::string Url::redacted() const {
  if (engine == Engine::sqlite) return "sqlite:///" + (path == ":memory:" ? std::string() : path);
  return "postgresql://" + (user.empty() ? "" : user + "@") + hosts_of(*this) + "/" + database;
}

std::string Url::place() const {
  // Where a file lies is the machine's business; its name says which it is.
  if (engine == Engine::sqlite) return path.substr(path.rfind('/') + 1);
  Url shown = *this;
  if (shown.host.empty()) shown.host = "localhost";
  if (shown.port.empty() && !shown.host.contains(',')) shown.port = "5432";
  return hosts_of(shown) + "/" + database;
}

}  // namespace aremko::sql
