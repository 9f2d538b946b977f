#include "app/config.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "normalize/text.h"
#include "sources/legacy_customers.h"
#include "sources/legacy_services.h"
#include "sql/url.h"

namespace aremko::app {

namespace {

// Settings that a tenant may have of its own, as NAME_TENANT.
constexpr std::string_view tenant_settings[] = {"AREMKO_DATABASE_URL", "AREMKO_LEGACY_DATA_PATH", "AREMKO_TIME_ZONE",
                                                "AREMKO_LEGACY_CUSTOMERS_COLUMNS", "AREMKO_LEGACY_SERVICES_COLUMNS",
                                                "AREMKO_STAFF_NAMES", "AREMKO_BOOKING_URL"};

class Checker {
 public:
  explicit Checker(const Settings& settings) : settings_(settings) {}

  std::string text(std::string_view name) const {
    const auto found = settings_.find(name);
    return found == settings_.end() ? std::string() : std::string(trim(found->second));
  }
  void fault(std::string_view name, std::string es, std::string en) {
    faults_.push_back({std::string(name), {std::move(es), std::move(en)}});
  }
  void note(std::string_view name, std::string es, std::string en) {
    notes_.push_back({std::string(name), {std::move(es), std::move(en)}});
  }
  std::string url(std::string_view name, std::string fallback = {}) {
    std::string value = text(name);
    if (value.empty()) return fallback;
    const auto parsed = sql::Url::parse(value);
    if (!parsed) fault(name, parsed.error().detail.es, parsed.error().detail.en);
    if (parsed && !parsed->ignored.empty()) {
      const std::string names = fmt::format("{}", fmt::join(parsed->ignored, ", "));
      note(name, "No se usan estos parámetros de otros programas: " + names + ".", "These parameters of other programs are not used: " + names + ".");
    }
    return value;
  }
  std::map<std::string, std::string> columns(std::string_view name, std::span<const sources::FileField> fields);
  std::vector<std::string> names(std::string_view name);
  double number(std::string_view name, double fallback, double least, double most);
  template <class T>
  T one_of(std::string_view name, T fallback, std::initializer_list<std::pair<std::string_view, T>> choices);

  std::vector<FieldError> take() { return std::move(faults_); }
  std::vector<FieldError> take_notes() { return std::move(notes_); }

 private:
  const Settings& settings_;
  std::vector<FieldError> faults_;
  std::vector<FieldError> notes_;
};

// "nombre=Cliente, telefono=Fono"
std::map<std::string, std::string> Checker::columns(std::string_view name,
                                                    std::span<const sources::FileField> fields) {
  std::map<std::string, std::string> out;
  const std::string value = text(name);
  if (value.empty()) return out;
  for (const std::string_view pair : split(value, ',')) {
    const std::size_t equals = pair.find('=');
    const std::string_view field = trim(pair.substr(0, equals));
    const std::string_view header = equals == std::string_view::npos ? "" : trim(pair.substr(equals + 1));
    if (field.empty() || header.empty()) {
      fault(name, "Debe tener la forma campo=Encabezado, campo=Encabezado.", "Must be field=Header, field=Header.");
      return {};
    }
    if (std::ranges::find(fields, field, &sources::FileField::field) == fields.end()) {
      std::string known;
      for (const sources::FileField& one : fields) known += (known.empty() ? "" : ", ") + std::string(one.field);
      fault(name, fmt::format("Hay un campo desconocido; los campos son: {}.", known),
            fmt::format("There is an unknown field; the fields are: {}.", known));
      return {};
    }
    out[std::string(field)] = header;
  }
  return out;
}

// "Deborah Soto, Caja Norte". A name without a letter, or of one, would be found in half the guests.
std::vector<std::string> Checker::names(std::string_view name) {
  std::vector<std::string> out;
  const std::string value = text(name);
  if (value.empty()) return out;
  for (const std::string_view part : split(value, ',')) {
    const std::string_view one = trim(part);
    if (normalize::fold(one).size() < 2 || one.size() > 100) {
      fault(name, "Debe ser una lista de nombres separados por comas.", "Must be names with commas between.");
      return {};
    }
    out.emplace_back(one);
  }
  return out;
}

double Checker::number(std::string_view name, double fallback, double least, double most) {
  const std::string value = text(name);
  if (value.empty()) return fallback;
  double parsed = 0;
  const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), parsed);
  if (failure != std::errc{} || end != value.data() + value.size() || !(parsed >= least && parsed <= most)) {
    fault(name, fmt::format("Debe ser un número entre {} y {}.", least, most),
          fmt::format("Must be a number from {} to {}.", least, most));
    return fallback;
  }
  return parsed;
}

template <class T>
T Checker::one_of(std::string_view name, T fallback, std::initializer_list<std::pair<std::string_view, T>> choices) {
  const std::string value = ascii_lower(text(name));
  if (value.empty()) return fallback;
  std::string known;
  for (const auto& [word, choice] : choices) {
    if (word == value) return choice;
    known += known.empty() ? "" : ", ";
    known += word;
  }
  fault(name, fmt::format("Debe ser uno de: {}.", known), fmt::format("Must be one of: {}.", known));
  return fallback;
}

// What is plain HTTP is for this machine alone.
bool is_secure(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
}

TenantConfig read_tenant(Checker& check, std::string name, const std::string& suffix) {
  TenantConfig out;
  out.name = std::move(name);
  out.database_url = check.url("AREMKO_DATABASE_URL" + suffix);
  out.legacy_path = check.text("AREMKO_LEGACY_DATA_PATH" + suffix);
  out.customers_columns = check.columns("AREMKO_LEGACY_CUSTOMERS_COLUMNS" + suffix, sources::LegacyCustomersSource::fields());
  out.services_columns = check.columns("AREMKO_LEGACY_SERVICES_COLUMNS" + suffix, sources::LegacyServicesSource::fields());
  out.staff_names = check.names("AREMKO_STAFF_NAMES" + suffix);
  out.booking_url = check.text("AREMKO_BOOKING_URL" + suffix);
  if (!out.booking_url.empty() && (!is_secure(out.booking_url) || out.booking_url.find_first_of(" \"<>\\") != std::string::npos)) {
    check.fault("AREMKO_BOOKING_URL" + suffix, "Debe ser una URL https.", "Must be an https URL.");
  }
  std::string zone = check.text("AREMKO_TIME_ZONE" + suffix);
  if (zone.empty() && !suffix.empty()) zone = check.text("AREMKO_TIME_ZONE");
  if (!zone.empty()) out.time_zone = zone;
  if (const auto loaded = Zone::load(out.time_zone); !loaded) {
    check.fault("AREMKO_TIME_ZONE" + suffix, loaded.error().detail.es, loaded.error().detail.en);
  }
  return out;
}

// The suffixes in use: AREMKO_DATABASE_URL_LAGUNA is tenant "laguna".
std::set<std::string> tenant_suffixes(const Settings& settings) {
  std::set<std::string> out;
  for (const auto& [name, value] : settings) {
    for (const std::string_view setting : tenant_settings) {
      if (name.size() > setting.size() + 1 && name.starts_with(setting) && name[setting.size()] == '_') {
        out.insert(name.substr(setting.size()));
      }
    }
  }
  return out;
}

// Where access tokens come from: a token must not be read on its way.
void read_tokens(Checker& check, Config& out) {
  out.mcp_url = check.text("AREMKO_MCP_URL");
  out.mcp_issuer = check.text("AREMKO_MCP_ISSUER");
  out.mcp_jwks = check.text("AREMKO_MCP_JWKS");
  for (const auto& [name, value] : {std::pair("AREMKO_MCP_URL", out.mcp_url), std::pair("AREMKO_MCP_ISSUER", out.mcp_issuer)}) {
    if (!value.empty() && (!is_secure(value) || value.contains('#') || value.contains('"'))) {
      check.fault(name, "Debe ser una URL https sin fragmento.", "Must be an https URL without a fragment.");
    }
  }
  if (out.mcp_issuer.empty() != out.mcp_jwks.empty() || (!out.mcp_issuer.empty() && out.mcp_url.empty())) {
    check.fault("AREMKO_MCP_ISSUER", "AREMKO_MCP_URL, AREMKO_MCP_ISSUER y AREMKO_MCP_JWKS van juntos.",
                "AREMKO_MCP_URL, AREMKO_MCP_ISSUER and AREMKO_MCP_JWKS go together.");
  }
  if (!out.mcp_jwks.empty() && !std::filesystem::is_regular_file(out.mcp_jwks)) {
    check.fault("AREMKO_MCP_JWKS", "No hay ningún archivo ahí.", "There is no file there.");
  }
}

/// One file or one database of one server, however the addresses are written; another schema keeps them apart.
bool same_database(const sql::Url& one, const sql::Url& other) {
  if (one.engine != other.engine) return false;
  if (one.engine == sql::Engine::sqlite) {
    std::error_code ignored;
    return one.path != ":memory:" && std::filesystem::weakly_canonical(std::filesystem::absolute(one.path), ignored) ==
                                         std::filesystem::weakly_canonical(std::filesystem::absolute(other.path), ignored);
  }
  const auto place = [](const sql::Url& url) {
    std::string host = ascii_lower(url.host);
    if (host.empty() || host == "127.0.0.1" || host == "::1" || host.starts_with('/')) host = "localhost";
    return std::tuple(host, url.port.empty() ? "5432" : url.port, url.database.empty() ? url.user : url.database);
  };
  return place(one) == place(other) && one.schemas == other.schemas;
}

/// The booking system's database is read and never written to. A file of SQLite is one thing; in a PostgreSQL database our
/// tables stand apart by their names, so that is only said.
void check_store_apart(Checker& check, const Config& config, const TenantConfig& tenant) {
  const auto store = resolve_url(config.store_url), source = resolve_url(tenant.database_url);
  if (tenant.database_url.empty() || !store || !source || !same_database(*store, *source)) return;
  if (store->engine == sql::Engine::sqlite) {
    check.fault("DATABASE_URL", "Es el mismo archivo que AREMKO_DATABASE_URL de «" + tenant.name + "»: ahí este servidor solo lee; lo suyo necesita un archivo propio.",
                "It is the same file as AREMKO_DATABASE_URL of \"" + tenant.name + "\": this server only reads there; what it owns needs a file of its own.");
  } else {
    check.note("DATABASE_URL", "Es la misma base que AREMKO_DATABASE_URL de «" + tenant.name + "»: las tablas de este servidor (aremko_…) quedan entre las del sistema de reservas; mejor una base propia.",
               "It is the same database as AREMKO_DATABASE_URL of \"" + tenant.name + "\": this server's tables (aremko_…) stand among the booking system's; better a database of its own.");
  }
}

}  // namespace

Result<sql::Url> resolve_url(std::string_view text) {
  auto url = sql::Url::parse(text);
  if (!url || url->engine != sql::Engine::sqlite) return url;
  // sqlite:///tmp/x.db is relative by the convention, but is written for the absolute path just as often: where
  // the relative folder does not exist and the absolute one does, that one is meant.
  const std::filesystem::path path = url->path;
  std::error_code ignored;
  if (path.is_relative() && path.has_parent_path() && !std::filesystem::exists(path.parent_path(), ignored) &&
      std::filesystem::exists("/" / path.parent_path(), ignored)) {
    url->path = "/" + url->path;
  }
  return url;
}

const TenantConfig* Config::tenant(std::string_view name) const {
  const auto found = std::ranges::find(tenants, name, &TenantConfig::name);
  return found == tenants.end() ? nullptr : &*found;
}

Result<Config> make_config(const Settings& settings) {
  Checker check(settings);
  Config out;
  out.store_url = check.url("DATABASE_URL", std::string(default_store_url));
  out.secret_key = check.text("SECRET_KEY");
  out.refresh_seconds = check.number("AREMKO_REFRESH_SECONDS", 2, 0.1, 3600);
  out.idle_minutes = check.number("AREMKO_IDLE_MINUTES", 15, 0.05, 720);
  out.web_path = check.text("AREMKO_WEB_PATH");
  if (!out.web_path.empty() && !std::filesystem::is_regular_file(std::filesystem::path(out.web_path) / "index.html")) {
    check.fault("AREMKO_WEB_PATH", "Ahí no hay un index.html; se hace con scripts/web.",
                "There is no index.html there; scripts/web makes it.");
  }
  read_tokens(check, out);
  const std::string hosts = ascii_lower(check.text("AREMKO_MCP_HOSTS"));
  for (const std::string_view host : split(hosts, ',')) {
    if (!trim(host).empty()) out.mcp_hosts.emplace_back(trim(host));
  }
  if (!check.text("AREMKO_METRICS_PORT").empty()) {
    out.metrics_port = static_cast<std::uint16_t>(check.number("AREMKO_METRICS_PORT", 0, 1, 65535));
  }
  out.log_level = check.one_of("AREMKO_LOG_LEVEL", log::Level::info,
                               {{"debug", log::Level::debug}, {"info", log::Level::info},
                                {"warning", log::Level::warning}, {"error", log::Level::error}});
  out.log_format = check.one_of("AREMKO_LOG_FORMAT", log::Format::text,
                                {{"text", log::Format::text}, {"json", log::Format::json}});

  const auto suffixes = tenant_suffixes(settings);
  const bool plain = settings.contains("AREMKO_DATABASE_URL") || settings.contains("AREMKO_LEGACY_DATA_PATH");
  if (plain || suffixes.empty()) out.tenants.push_back(read_tenant(check, std::string(default_tenant), ""));
  for (const std::string& suffix : suffixes) {
    const std::string name = ascii_lower(std::string_view(suffix).substr(1));
    if (out.tenant(name) != nullptr) {
      check.fault("AREMKO_DATABASE_URL" + suffix, "El inquilino ya está configurado sin sufijo.",
                  "This tenant is already configured without a suffix.");
      continue;
    }
    out.tenants.push_back(read_tenant(check, name, suffix));
  }

  for (const TenantConfig& tenant : out.tenants) check_store_apart(check, out, tenant);
  out.notes = check.take_notes();
  auto faults = check.take();
  if (faults.empty()) return out;
  Error all = error(Code::invalid, "La configuración tiene errores.", "The configuration has faults.");
  all.fields = std::move(faults);
  return fail(std::move(all));
}

std::string describe_faults(const Error& error, std::string_view language) {
  std::string out = error.detail.in(language) + "\n";
  for (const FieldError& field : error.fields) out += fmt::format("  {}: {}\n", field.field, field.message.in(language));
  return out;
}

}  // namespace aremko::app
