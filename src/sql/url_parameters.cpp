#include "sql/url_parameters.h"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::sql {
namespace {

/// What drivers, pools and frameworks of other languages write into the same address. None of it changes what is read
/// or how safely; so nothing here may concern TLS.
constexpr std::array others{
    "adapter", "applicationname", "async_fallback", "autosave", "binary_parameters", "charset", "checkout_timeout",
    "command_timeout", "conn_health_checks", "conn_max_age", "connection_limit", "connectiontimeout",
    "default_query_exec_mode", "description_cache_capacity", "encoding", "idle_timeout", "idletimeoutmillis",
    "logintimeout", "max",
    "max_cacheable_statement_size", "max_cached_statement_lifetime", "max_overflow", "min", "pgbouncer", "pool",
    "pool_max_conn_idle_time", "pool_max_conn_lifetime", "pool_max_conns", "pool_min_conns", "pool_mode",
    "pool_pre_ping", "pool_recycle", "pool_size", "pool_timeout", "prefer_simple_protocol", "preferquerymode",
    "prepared_statement_cache_size", "prepared_statement_name_func", "prepared_statements", "preparethreshold",
    "reaping_frequency", "rewritebatchedinserts", "serverversion", "single_use_connections", "socket_timeout",
    "sockettimeout", "statement_cache_capacity", "statement_cache_mode", "statement_cache_size", "stringtype", "supa",
    "tcpkeepalive", "timeout", "timezone", "unicode", "use_native_hstore", "uselibpqcompat"};

std::string_view quoted_name(std::string_view name) {
  const bool plain = !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
  return plain ? name : std::string_view("?");
}

std::unexpected<Error> refused(std::string_view name, const char* es, const char* en) {
  return fail(error(
      Code::malformed,
      fmt::format("La dirección de la base de datos no se entiende: el parámetro «{}» {}", quoted_name(name), es),
      fmt::format("The database address cannot be read: the parameter \"{}\" {}", quoted_name(name), en)));
}

bool libpq_knows(std::string_view name) {
  struct Free {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
  };
  static const std::unique_ptr<PQconninfoOption, Free> options(PQconndefaults());
  for (const PQconninfoOption* one = options.get(); one != nullptr && one->keyword != nullptr; ++one) {
    if (name == one->keyword) return true;
  }
  return false;
}

/// asyncpg's, node's and Django's short form of sslmode.
Result<std::string> sslmode_of(std::string_view written) {
  const std::string value = ascii_lower(written);
  for (const char* yes : {"true", "1", "on", "yes", "require", "no-verify"}) {
    if (value == yes) return "require";
  }
  for (const char* no : {"false", "0", "off", "no", "disable"}) {
    if (value == no) return "disable";
  }
  for (const char* mode : {"allow", "prefer", "verify-ca", "verify-full"}) {
    if (value == mode) return value;
  }
  return refused("ssl", "debe ser true o false.", "must be true or false.");
}

Result<void> read_one(Url& url, std::string name, std::string value) {
  const std::string lower = ascii_lower(name);
  if (value.find('\0') != std::string::npos) return refused(name, "tiene un byte nulo.", "holds a null byte.");
  for (const auto& [word, field] :
       {std::pair("host", &Url::host), std::pair("port", &Url::port), std::pair("user", &Url::user),
        std::pair("password", &Url::password), std::pair("dbname", &Url::database)}) {
    if (lower != word) continue;
    url.*field = std::move(value);
    return {};
  }
  if (lower == "schema" || lower == "currentschema" || lower == "search_path") {
    for (const std::string_view schema : split(value, ',')) {
      if (!trim(schema).empty()) url.schemas.emplace_back(trim(schema));
    }
    return {};
  }
  if (lower == "ssl") {
    auto mode = sslmode_of(value);
    if (!mode) return fail(std::move(mode.error()));
    url.parameters.emplace_back("sslmode", *std::move(mode));
    return {};
  }
  std::string plain = lower;
  std::ranges::replace(plain, '-', '_');
  // client_encoding is ours to say: what is read is UTF-8.
  if (std::ranges::find(others, plain) != others.end() || lower == "client_encoding") {
    url.ignored.emplace_back(quoted_name(name));
    return {};
  }
  if (lower == "replication" || !libpq_knows(lower)) {
    return refused(name, "no se conoce; corríjalo o quítelo.", "is not known; correct it or take it away.");
  }
  url.parameters.emplace_back(lower, std::move(value));
  return {};
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  const auto hex = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
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

Result<void> read_parameters(Url& url, std::string_view query) {
  for (const std::string_view part : split(query, '&')) {
    const std::size_t equals = part.find('=');
    std::string name = percent_decoded(part.substr(0, equals));
    if (name.empty()) continue;
    std::string value = equals == std::string_view::npos ? "" : percent_decoded(part.substr(equals + 1));
    if (auto read = read_one(url, std::move(name), std::move(value)); !read) return read;
  }
  return {};
}

}  // namespace aremko::sql
