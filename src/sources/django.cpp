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
  /// The same, for a thread that must not throw; the first failure stops the other connection too.
  std::exception_ptr guarded(sql::Connection& database, sql::Connection& other) noexcept {
    try {
      run(database);
      return nullptr;
    } catch (...) {
      if (!failed_.exchange(true)) other.cancel();
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

bool was_cancelled(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const sql::SqlError& error) {
    return error.kind() == sql::Kind::timeout;
  } catch (...) {
    return false;
  }
}

void read_in_parallel(Work& work, sql::Connection& first, const sql::Url& url, const sql::Options& options,
                      const std::string& snapshot) {
  const auto second = sql::open(url, options);
  const sql::Transaction same_view(*second, sql::Isolation::snapshot, snapshot);
  std::exception_ptr theirs;
  std::thread helper([&] { theirs = work.guarded(*second, first); });
  const std::exception_ptr ours = work.guarded(first, *second);
  helper.join();
  // Whichever failed first cancelled the other, whose failure says only that.
  if (theirs && ours) std::rethrow_exception(was_cancelled(ours) ? theirs : ours);
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
  // Where a file lies is the machine's business; its name says which it is.
  if (url.engine == sql::Engine::sqlite) return "SQLite " + url.path.substr(url.path.rfind('/') + 1);
  return fmt::format("PostgreSQL {}:{}/{}", url.host.empty() ? "localhost" : url.host,
                     url.port.empty() ? "5432" : url.port, url.database);
}

DjangoSource::DjangoSource(sql::Url url, std::shared_ptr<const Zone> zone, const Clock& clock, DjangoOptions options)
    : url_(std::move(url)),
      zone_(std::move(zone)),
      clock_(clock),
      options_(options),
      watch_(url_, read_only(options)) {}

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
    DjangoLoad load(*batch, time);
    if (auto planned = load.plan(*database); !planned) return fail(std::move(planned.error()));
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
