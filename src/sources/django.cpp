#include "sources/django.h"

#include <chrono>
#include <exception>
#include <thread>

#include <fmt/format.h>

#include "sources/django_load.h"
#include "sources/django_options.h"
#include "sources/local_time.h"
#include "sql/connection.h"

namespace aremko::sources {

namespace {

/// The tables that are still to be read, taken by whichever thread is free.
class Work {
 public:
  Work(DjangoLoad& load, LoadProgress& progress) : load_(load), progress_(progress), tables_(load.big_tables()) {}

  void run(sql::Connection& database) {
    while (!failed_) {
      const std::size_t next = next_++;
      if (next >= tables_.size()) return;
      (load_.*tables_[next])(database, progress_);
    }
  }
  /// The same, for a thread that must not throw; after a failure the other one begins no further table.
  std::exception_ptr guarded(sql::Connection& database) noexcept {
    try {
      run(database);
      return nullptr;
    } catch (...) {
      failed_ = true;
      return std::current_exception();
    }
  }

 private:
  DjangoLoad& load_;
  LoadProgress& progress_;
  std::vector<DjangoLoad::Reader> tables_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
};

/// A second connection with the same view; nothing when the server, or a pooler before it, has none to spare or cannot
/// share the view. What one reads in two halves of the time is then read by the first alone.
class SecondView {
 public:
  static std::unique_ptr<SecondView> open(const sql::Url& url, sql::Options options, const std::string& snapshot) {
    options.connect_timeout_s = 2;  // the work waits for it at its end
    try {
      return std::unique_ptr<SecondView>(new SecondView(url, options, snapshot));
    } catch (const std::exception&) {
      return nullptr;
    }
  }
  sql::Connection& database() { return *database_; }

 private:
  SecondView(const sql::Url& url, const sql::Options& options, const std::string& snapshot)
      : database_(sql::open(url, options)), view_(*database_, sql::Isolation::snapshot, snapshot) {}
  std::unique_ptr<sql::Connection> database_;
  sql::Transaction view_;
};

void read_in_parallel(Work& work, sql::Connection& first, const sql::Url& url, const sql::Options& options,
                      const std::string& snapshot) {
  std::exception_ptr theirs;
  std::thread helper([&] {
    if (const auto second = SecondView::open(url, options, snapshot)) theirs = work.guarded(second->database());
  });
  const std::exception_ptr ours = work.guarded(first);
  helper.join();
  if (ours) std::rethrow_exception(ours);
  if (theirs) std::rethrow_exception(theirs);
}

std::optional<Error> lost_table(const std::vector<std::string_view>& before, const std::vector<std::string_view>& now) {
  for (const std::string_view table : before) {
    if (std::ranges::find(now, table) != now.end()) continue;
    return error(Code::unavailable, fmt::format("La base de datos perdió la tabla {}; sigue en uso lo último leído.", table),
                 fmt::format("The database lost the table {}; what was read last stays in use.", table));
  }
  return std::nullopt;
}

}  // namespace

sql::Options read_only(const DjangoOptions& options) {
  sql::Options out;
  out.label = {"la base de datos de reservas", "the booking database"};
  out.read_only = true;
  out.statement_timeout_ms = options.statement_timeout_ms;
  return out;
}

std::string shown(const sql::Url& url) {
  return (url.engine == sql::Engine::sqlite ? "SQLite " : "PostgreSQL ") + url.place();
}

DjangoSource::DjangoSource(sql::Url url, std::shared_ptr<const Zone> zone, const Clock& clock, DjangoOptions options)
    : url_(std::move(url)),
      zone_(std::move(zone)),
      clock_(clock),
      options_(std::move(options)),
      watch_(url_, read_only(options_), DjangoLoad::every_table()) {}

std::string DjangoSource::describe() const { return shown(url_); }

Result<std::string> DjangoSource::change_token() {
  try {
    return watch_.token();
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
}

Result<Batch> DjangoSource::load(const Progress& progress) {
  const auto started = std::chrono::steady_clock::now();
  auto batch = std::make_shared<CurrentBatch>();
  try {
    const sql::Options options = read_only(options_);
    const auto database = sql::open(url_, options);
    const sql::Transaction one_view(*database, sql::Isolation::snapshot);
    const LocalTime time(*zone_);
    DjangoLoad load(*batch, time, options_.staff);
    if (auto planned = load.plan(*database, DjangoLoad::every_table()); !planned) return fail(std::move(planned.error()));
    if (auto lost = lost_table(tables_, load.tables())) return fail(std::move(*lost));
    load.read_small(*database);
    LoadProgress told(progress, load.estimated_rows());
    Work work(load, told);
    const bool big = load.estimated_rows() >= options_.parallel_from_rows;
    if (const auto snapshot = big ? database->export_snapshot() : std::nullopt) {
      read_in_parallel(work, *database, url_, options, *snapshot);
    } else {
      work.run(*database);
    }
    load.finish(*database);
    tables_ = load.tables();
  } catch (const Outage& outage) {
    return fail(outage.error());
  }
  batch->report.loaded_at = clock_.now();
  batch->report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return std::shared_ptr<const CurrentBatch>(std::move(batch));
}

}  // namespace aremko::sources
