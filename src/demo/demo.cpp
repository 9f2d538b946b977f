#include "demo/demo.h"

#include <chrono>
#include <system_error>

#include "demo/current_db.h"
#include "demo/house_db.h"
#include "demo/legacy_files.h"
#include "demo/target.h"
#include "demo/world.h"

namespace aremko::demo {

namespace {

namespace fs = std::filesystem;

Result<void> check(const DemoOptions& options) {
  if (options.customers < 500 || options.customers > 2'000'000) {
    return fail(invalid_field("customers", "Debe estar entre 500 y 2.000.000.", "It must be between 500 and 2,000,000."));
  }
  if (!(options.sales_per_customer >= 0 && options.sales_per_customer <= 50)) {
    return fail(invalid_field("sales_per_customer", "Debe estar entre 0 y 50.", "It must be between 0 and 50."));
  }
  if (options.legacy_customers > 3'000'000 || (options.legacy_customers >= 0 && options.legacy_customers < 10)) {
    return fail(invalid_field("legacy_customers", "Debe estar entre 10 y 3.000.000.", "It must be between 10 and 3,000,000."));
  }
  if (options.today < Date::of(2023, 1, 1) || options.today > Date::of(2037, 1, 1)) {
    return fail(invalid_field("today", "Debe estar entre 2023-01-01 y 2037-01-01.",
                              "It must be between 2023-01-01 and 2037-01-01."));
  }
  if (options.out.empty()) return fail(invalid_field("out", "Falta la carpeta.", "The directory is missing."));
  return {};
}

Outage disk_outage() {
  return Outage(error(Code::unavailable, "No se pudo escribir en la carpeta de la demostración.",
                      "The demo's directory could not be written to."));
}

/// Files that somebody else put there are never written over; truth.csv is the mark of a demo of ours.
Result<void> check_folder(const DemoSummary& summary) {
  if (fs::exists(summary.truth_file)) return {};
  for (const fs::path& file : {summary.database, summary.customers_file, summary.services_file}) {
    if (!file.empty() && fs::exists(file)) {
      return fail(error(Code::conflict, "La carpeta ya tiene archivos que no son de una demostración: elija otra.",
                        "The directory already has files that are no demo's: choose another."));
    }
  }
  return {};
}

Result<sql::Url> database_url(const DemoOptions& options, const fs::path& part) {
  if (options.database_url) return sql::Url::parse(*options.database_url);
  return sql::Url{.engine = sql::Engine::sqlite, .path = part.string()};
}

}  // namespace

Result<DemoSummary> make_demo(const DemoOptions& options, const Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  if (const auto good = check(options); !good) return fail(good.error());
  Result<Zone> zone = Zone::load("America/Santiago");
  if (!zone) return fail(zone.error());

  DemoSummary summary;
  if (!options.database_url) summary.database = options.out / "aremko.sqlite3";
  summary.customers_file = options.out / "legacy" / "Clientes-2024-06-23-16-31-48.csv";
  summary.services_file = options.out / "legacy" / "servicios_historicos.csv";
  summary.truth_file = options.out / "truth.csv";
  std::error_code failed;
  fs::create_directories(options.out / "legacy", failed);
  if (failed) throw disk_outage();
  if (const auto good = check_folder(summary); !good) return fail(good.error());

  // Made beside the old file and put in its place at the end: who reads it never sees half a demo.
  const fs::path part = options.out / "aremko.sqlite3.part";
  if (!options.database_url) fs::remove(part, failed);
  Result<sql::Url> url = database_url(options, part);
  if (!url) return fail(url.error());

  const World world(options, std::move(*zone));
  {
    Target target(std::move(*url));
    if (const auto good = target.prepare(); !good) return fail(good.error());
    write_house(world, target);
    write_customers(world, target, progress, summary);
    const std::vector<SoldLive> sold_live = write_sales(world, target, progress, summary);
    write_legacy_files(world, target, sold_live, progress, summary);
    if (progress) progress("índices", 0, 0);
    target.commit();
  }
  if (!options.database_url) {
    fs::rename(part, summary.database, failed);
    if (failed) throw disk_outage();
  }
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return summary;
}

}  // namespace aremko::demo
