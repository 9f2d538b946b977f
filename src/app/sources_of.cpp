#include "app/sources_of.h"

#include <filesystem>

#include <fmt/format.h>

#include "app/process.h"
#include "sources/django.h"
#include "sources/legacy_customers.h"
#include "sources/legacy_services.h"
#include "sources/services_file.h"

namespace aremko::app {

namespace {

sources::ColumnMapping mapping_of(const std::map<std::string, std::string>& columns) {
  sources::ColumnMapping out;
  out.headers.insert(columns.begin(), columns.end());
  return out;
}

// A path to one file is that file alone; a folder is looked into.
bool has_services_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return path.filename().string().starts_with("servicios");
  return sources::find_services_file(path).has_value();
}

bool may_have_customers_file(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored) || !has_services_file(path);
}

}  // namespace

Result<std::vector<std::unique_ptr<sources::Source>>> sources_of(const TenantConfig& tenant,
                                                                 std::shared_ptr<const Zone> zone, const Clock& clock) {
  std::vector<std::unique_ptr<sources::Source>> out;
  const std::filesystem::path legacy = tenant.legacy_path;
  const bool services_file = !legacy.empty() && has_services_file(legacy);
  const sources::StaffNames staff(tenant.name, tenant.staff_names);
  if (!tenant.database_url.empty()) {
    auto url = resolve_url(tenant.database_url);
    if (!url) return fail(url.error());
    if (!services_file) out.push_back(std::make_unique<sources::DjangoServiceHistorySource>(*url, clock));
    sources::DjangoOptions options;
    options.staff = staff;
    out.push_back(std::make_unique<sources::DjangoSource>(*url, zone, clock, std::move(options)));
  }
  if (!legacy.empty() && may_have_customers_file(legacy)) {
    out.push_back(std::make_unique<sources::LegacyCustomersSource>(legacy, clock, mapping_of(tenant.customers_columns),
                                                                   staff));
  }
  if (services_file) {
    out.push_back(std::make_unique<sources::LegacyServicesSource>(legacy, clock, mapping_of(tenant.services_columns), staff));
  }
  if (out.empty()) {
    return fail(error(Code::invalid,
                      fmt::format("El inquilino «{}» no tiene fuentes: defina AREMKO_DATABASE_URL o "
                                  "AREMKO_LEGACY_DATA_PATH en .env o en el entorno.", tenant.name),
                      fmt::format("Tenant \"{}\" has no sources: set AREMKO_DATABASE_URL or AREMKO_LEGACY_DATA_PATH in "
                                  ".env or in the environment.", tenant.name)));
  }
  return out;
}

}  // namespace aremko::app
