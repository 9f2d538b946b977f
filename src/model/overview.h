#pragma once
// The tenant as a whole: how many, how complete, and how its sources stand.

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/money.h"
#include "model/kept.h"
#include "model/ordered.h"

namespace aremko {

struct CurrentDatabaseStats {
  std::int64_t total_customers = 0;     // people, staff left out
  std::int64_t duplicate_rows = 0;      // further rows of them: one person, several rows
  std::int64_t inactive_12_months = 0;
  std::int64_t services_available = 0;  // active ones
  std::int64_t products_available = 0;  // in stock
  std::vector<std::pair<std::string_view, std::int64_t>> top_cities{};  // of customers, at most 10
};
BOOST_DESCRIBE_STRUCT(CurrentDatabaseStats, (),
                      (total_customers, duplicate_rows, inactive_12_months, services_available, products_available, top_cities))

struct DateRange {
  Date earliest{};
  Date latest{};
};
BOOST_DESCRIBE_STRUCT(DateRange, (), (earliest, latest))

struct LegacyDataStats {
  std::int64_t total_customers = 0;     // rows of the customers file
  std::int64_t with_email = 0;          // valid ones
  std::int64_t with_phone = 0;
  double email_percentage = 0;          // one decimal
  double phone_percentage = 0;
  std::vector<std::pair<std::string_view, std::int64_t>> top_cities{};  // at most 10
  DateRange date_range{};                 // of created_on
  std::int64_t services_only = 0;       // people who stand in the services file alone
};
BOOST_DESCRIBE_STRUCT(LegacyDataStats, (),
                      (total_customers, with_email, with_phone, email_percentage, phone_percentage, top_cities,
                       date_range, services_only))

struct DataCompleteness {
  std::int64_t current_with_email = 0;  // valid ones, staff left out
  std::int64_t current_with_phone = 0;
  std::int64_t current_with_rut = 0;
  std::int64_t current_with_legacy = 0; // tied to a legacy record by a live mapping
};
BOOST_DESCRIBE_STRUCT(DataCompleteness, (),
                      (current_with_email, current_with_phone, current_with_rut, current_with_legacy))

struct SegmentCount {
  std::int64_t customers = 0;
  Pesos ltv_total = 0;
  Pesos ltv_promedio = 0;
};
BOOST_DESCRIBE_STRUCT(SegmentCount, (), (customers, ltv_total, ltv_promedio))

struct RefusedRowView {
  std::string_view file{};
  std::int64_t line = 0;
  std::string_view code{};
  std::string_view reason{};     // Spanish
  std::string_view reason_en{};
};
BOOST_DESCRIBE_STRUCT(RefusedRowView, (), (file, line, code, reason, reason_en))

struct SourceHealth {
  std::string_view name{};
  std::string_view description{};
  bool ok = false;                          // the last attempt to read it succeeded
  MaybeText detail{};                         // why not
  MaybeText detail_en{};
  Moment last_good{};                         // local; null = never
  std::optional<std::int64_t> age_seconds{};  // since then
  double load_seconds = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_kept = 0;
  std::int64_t rows_refused = 0;
  std::int64_t texts_repaired = 0;
  std::vector<std::string_view> notes{};
  std::vector<RefusedRowView> refused_rows{}; // a sample
};
BOOST_DESCRIBE_STRUCT(SourceHealth, (),
                      (name, description, ok, detail, detail_en, last_good, age_seconds, load_seconds, rows_read,
                       rows_kept, rows_refused, texts_repaired, notes, refused_rows))

struct SourceList {
  std::vector<SourceHealth> sources{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(SourceList, (), (sources))

struct StatsOverview {
  AsOf as_of{};
  CurrentDatabaseStats current_database{};
  LegacyDataStats legacy_data{};
  DataCompleteness data_completeness{};
  Ordered<SegmentCount> segments{};           // all nine, in the order in which they are tried
  std::int64_t staff_excluded = 0;
  std::vector<SourceHealth> sources{};
  Kept kept{};
};
BOOST_DESCRIBE_STRUCT(StatsOverview, (),
                      (as_of, current_database, legacy_data, data_completeness, segments, staff_excluded, sources))

}  // namespace aremko
