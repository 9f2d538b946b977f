#pragma once
// The loading of one Django database into a CurrentBatch: what to read, row by row, and the joining of the tables.
// Readers of different tables may run on different threads; each writes only its own columns and its own Part.

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "sources/batch.h"
#include "sources/django_columns.h"
#include "sources/django_consent.h"
#include "sources/django_extras.h"
#include "sources/django_messages.h"
#include "sources/django_parts.h"
#include "sources/id_index.h"
#include "sources/local_time.h"
#include "sources/source.h"
#include "sources/staff_names.h"

namespace aremko::sources {

/// Counts the rows of all threads and tells now and then.
class LoadProgress {
 public:
  LoadProgress(const Progress& tell, std::uint64_t total) : tell_(tell), total_(total) {}
  /// After every row of a table: `rows` so far in it.
  void row(std::string_view phase, std::uint64_t rows) {
    if (rows % every == 0) [[unlikely]] step(phase);
  }

 private:
  static constexpr std::uint64_t every = 65'536;
  void step(std::string_view phase) {
    if (!tell_) return;
    const std::lock_guard lock(mutex_);
    done_ += every;
    tell_(phase, done_, std::max(done_, total_));
  }
  const Progress& tell_;
  std::uint64_t total_;
  std::mutex mutex_;
  std::uint64_t done_ = 0;  // guarded by mutex_
};

class DjangoLoad {
 public:
  DjangoLoad(CurrentBatch& batch, const LocalTime& time, const StaffNames& staff)
      : batch_(batch), time_(time), staff_(staff) {}

  /// Looks all tables up, those `ahead` at once. Then the small ones are read, then each big one by its reader, then finish().
  Result<void> plan(sql::Connection& database, const std::vector<std::string>& ahead = {});
  std::uint64_t estimated_rows() const;
  /// Every table that plan() looks for, there or not: what a change token watches.
  static const std::vector<std::string>& every_table();
  /// The tables of the plan that are there.
  const std::vector<std::string_view>& tables() const { return tables_; }
  void read_small(sql::Connection& database);

  using Reader = void (DjangoLoad::*)(sql::Connection&, LoadProgress&);
  /// Independent of each other, the longest first.
  std::vector<Reader> big_tables() const;
  /// Joins the tables, drops what hangs in the air, and writes the report's counts.
  void finish(sql::Connection& database);

 private:
  struct Place {
    std::string name;
    std::int64_t region = 0;
  };

  void plan_sales(Catalogue& catalogue);
  void plan_catalogue(Catalogue& catalogue);

  void read_customers(sql::Connection& database, LoadProgress& progress);
  void read_sales(sql::Connection& database, LoadProgress& progress);
  void read_service_lines(sql::Connection& database, LoadProgress& progress);
  void read_product_lines(sql::Connection& database, LoadProgress& progress);
  void read_payments(sql::Connection& database, LoadProgress& progress);

  using NamesById = std::unordered_map<std::int64_t, std::string>;
  NamesById read_names(sql::Connection& database, const TablePlan& plan);
  void read_places(sql::Connection& database);
  void read_services(sql::Connection& database);
  void mark_never_alone(sql::Connection& database);
  void read_products(sql::Connection& database);
  void read_providers(sql::Connection& database);
  Date no_contact_before(sql::RowReader& row, std::size_t column, std::int64_t id);

  void sort_customers();
  void join_sales();
  void doubt_discounts();
  template <class Lines>
  void join_to_sales(Lines& lines, std::vector<std::int64_t>& sale_ids, std::string_view table, Part& part) const;
  std::uint8_t method(std::string_view raw);
  void write_report();

  CurrentBatch& batch_;
  const LocalTime& time_;
  const StaffNames& staff_;

  std::vector<std::string> asked_;
  std::vector<std::string_view> tables_;
  TablePlan customers_, sales_, service_lines_, product_lines_, payments_, services_, products_, categories_,
      product_categories_, providers_, complements_, regions_, comunas_;
  ConsentReader consent_;
  ExtrasReader extras_;
  MessagesReader messages_;

  std::unordered_map<std::int64_t, Place> regions_by_id_;
  std::unordered_map<std::int64_t, Place> comunas_by_id_;
  IdIndex service_of_;
  IdIndex product_of_;
  IdIndex provider_of_;           // row in CurrentBatch::providers, less 1
  IdIndex customer_of_;
  IdIndex sale_index_;
  std::vector<std::int64_t> refused_sales_;  // ids, ascending once joined

  // The other side of each foreign key, until finish() has both.
  std::vector<std::int64_t> customer_of_sale_;
  std::vector<std::int64_t> sale_of_service_line_;
  std::vector<std::int64_t> sale_of_product_line_;
  std::vector<std::int64_t> sale_of_payment_;
  std::vector<std::pair<std::string, std::uint8_t>> methods_;  // as written → row in payment_methods

  Part small_, customers_part_, sales_part_, service_lines_part_, product_lines_part_, payments_part_;
};

}  // namespace aremko::sources
