#pragma once
// What the program was told: the guide's `.env`, every value checked at start, all faults named at once.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/env_file.h"
#include "base/log.h"
#include "sql/url.h"

namespace aremko::app {

struct TenantConfig {
  std::string name;                          // lower case letters, digits, '-' and '_'
  std::string database_url;                  // the booking system's database; empty = none
  std::string legacy_path;                   // a directory with both files, or one file; empty = none
  std::string time_zone = "America/Santiago";
  std::map<std::string, std::string> customers_columns;  // our field → the file's header, where it differs
  std::map<std::string, std::string> services_columns;
  std::string booking_url;                   // where a booking is made by hand, https or this machine; empty = not known
  std::vector<std::string> staff_names;      // whole names that are staff's, beside whoever bears the tenant's own
};

struct Config {
  std::vector<TenantConfig> tenants;         // never empty; the unsuffixed settings are tenant "aremko"
  std::string store_url;                     // DATABASE_URL
  std::string secret_key;
  double refresh_seconds = 2;                // how often sources are asked whether they changed; 0.1–3600
  double idle_minutes = 15;                  // then whoever signed in is asked for the PIN again; 0.05–720
  std::string web_path;                      // the built dashboard; empty = beside the program
  // Access tokens at /mcp, beside API keys: all three or none.
  std::string mcp_url;                       // the endpoint as clients know it, "https://mcp.example.cl/mcp"
  std::string mcp_issuer;                    // of the authorization server
  std::string mcp_jwks;                      // a file with its keys
  std::vector<std::string> mcp_hosts;        // names /mcp answers by beside localhost, in lower case, without port
  std::optional<std::uint16_t> metrics_port; // /metrics without a key, on this port of the same host
  log::Level log_level = log::Level::info;
  log::Format log_format = log::Format::text;

  std::vector<FieldError> notes;             // what was understood otherwise than written, by setting; no value but names

  const TenantConfig* tenant(std::string_view name) const;
};

/// A shorter SECRET_KEY is not used: it could be guessed.
inline constexpr std::size_t least_secret = 16;
/// What stands in the example file; not used either.
inline constexpr std::string_view example_secret = "your-secret-key-here";
inline constexpr std::string_view default_tenant = "aremko";
inline constexpr std::string_view default_store_url = "sqlite:///var/aremko-mcp.sqlite3";

/// The store's address with SQLite's relative path settled; the same is done for the sources' databases.
Result<sql::Url> resolve_url(std::string_view text);

/// Every fault is one entry of the error's `fields`, named by its setting; no value is repeated.
Result<Config> make_config(const Settings& settings);

/// The lines that say what is wrong, one a fault, for standard error.
std::string describe_faults(const Error& error, std::string_view language);

}  // namespace aremko::app
