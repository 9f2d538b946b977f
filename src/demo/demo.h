#pragma once
// From a seed, a whole spa of people who do not exist: the booking system's database, both legacy files with their
// dirt, and the truth of who is who. The same seed and options make the same bytes on every machine.
//
// The database has two parts (live_begins() in demo/plan.h). What was sold since the booking system began to be used,
// 2024-10-01, is written in all its ways: emptied sales, refunds, discounts, gift cards, bookings that nobody came to
// (demo/live_sale.h), and the last months of the services file are those sales once more. What is older was imported and
// is plain; there the guide's two people and their story of 2024-03-14 stand, and no number of theirs ever changes.
//
// Among its people are relatives, firms, and rows that are nobody's, in the shares of demo/people_shares.h.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/result.h"

namespace aremko::demo {

struct DemoOptions {
  std::int64_t customers = 13'300;  // 500 – 5,000,000
  std::uint64_t seed = 1;
  /// Written to: aremko.sqlite3 (unless database_url is given), legacy/*.csv, truth.csv, truth_damage.csv, truth_services.csv.
  std::filesystem::path out;
  /// postgresql:// or sqlite:///: filled instead of out/aremko.sqlite3. Refused when a ventas_ table has rows.
  std::optional<std::string> database_url{};
  /// The spa's last day so far: bookings after it are upcoming.
  Date today = Date::of(2024, 3, 14);
  double sales_per_customer = 25'000.0 / 13'300.0;  // mean, 0 – 50
  /// Rows of the legacy customers file; -1: as many for each customer as the real files have (15,392 on 13,300).
  std::int64_t legacy_customers = -1;
};

struct DemoSummary {
  std::filesystem::path database;  // the SQLite file; empty when a URL was given
  std::filesystem::path customers_file;
  std::filesystem::path services_file;
  std::filesystem::path truth_file;
  std::int64_t customers = 0;
  std::int64_t sales = 0;
  std::int64_t service_lines = 0;
  std::int64_t product_lines = 0;
  std::int64_t payments = 0;
  std::int64_t legacy_customers = 0;
  std::int64_t legacy_service_rows = 0;
  std::int64_t legacy_reservations = 0;
  std::int64_t links = 0;  // rows of truth.csv
  double seconds = 0;
};

/// What is being written (in Spanish, for a screen), rows so far, rows in all (0 = unknown). Called every few thousand rows.
using Progress = std::function<void(std::string_view phase, std::uint64_t done, std::uint64_t total)>;

/// `invalid` for options out of range, `conflict` when there are rows already: an existing aremko.sqlite3 that we
/// did not make, or a filled database. A demo's own files are written anew. Throws Outage when a disk or database fails;
/// a PostgreSQL database is then left without our rows, or without part of them if it failed while committing.
Result<DemoSummary> make_demo(const DemoOptions& options, const Progress& progress);

}  // namespace aremko::demo
