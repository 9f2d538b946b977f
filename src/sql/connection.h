#pragma once
// One connection to PostgreSQL or SQLite, the same for both. Every call blocks: use it on a worker thread, and one
// thread at a time. Failures are SqlErrors. On PostgreSQL nothing of ours outlives a transaction on
// the server's side (no session settings, no prepared statements), so a pooler in transaction mode may stand between.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/bulk_writer.h"
#include "sql/error.h"
#include "sql/queries.h"
#include "sql/row_reader.h"
#include "sql/url.h"
#include "sql/value.h"

namespace aremko::sql {

struct Options {
  Label label{"la base de datos", "the database"};
  /// PostgreSQL: every transaction is READ ONLY. SQLite: mode=ro, the file is never created.
  bool read_only = false;
  /// For data that can be made again: no fsync, no foreign keys. Never for the store.
  bool fast_unsafe = false;
  int connect_timeout_s = 5;  // libpq takes 2 at least
  int statement_timeout_ms = 30'000;  // PostgreSQL; 0 = none
  int busy_timeout_ms = 2'000;        // how long to wait for a lock: SQLite's writer, PostgreSQL's lock_timeout
  /// Checked at open.
  std::shared_ptr<const QuerySet> queries{};
};

enum class Isolation {
  write,     // PostgreSQL READ COMMITTED; SQLite BEGIN IMMEDIATE (the write lock is taken at once)
  snapshot,  // one unchanging view, read-only: PostgreSQL REPEATABLE READ, SQLite a read transaction
};

struct Column {
  std::string name;  // as the database spells it
  std::string type;  // lower case, PostgreSQL's udt name ("int8", "varchar") or SQLite's declared type ("bigint")
  bool readable = true;  // false when the owner keeps the column from our role
};

class Connection {
 public:
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  virtual Engine engine() const = 0;
  const Options& options() const { return options_; }

  /// One statement with $1, $2 … parameters.
  virtual Rows query(std::string_view sql, std::span<const Param> params) = 0;
  Rows query(std::string_view sql, std::initializer_list<Param> params = {}) {
    return query(sql, std::span<const Param>(params.begin(), params.size()));
  }
  /// A query of Options::queries by name.
  virtual Rows run(std::string_view name, std::span<const Param> params) = 0;
  Rows run(std::string_view name, std::initializer_list<Param> params = {}) {
    return run(name, std::span<const Param>(params.begin(), params.size()));
  }
  /// The same named statement `count` times; `bind(i, params)` fills the (emptied) parameters of the i-th. Results
  /// are dropped. Pipelined on PostgreSQL. Call it inside a Transaction.
  virtual void run_many(std::string_view name, std::size_t count,
                        const std::function<void(std::size_t, std::vector<Param>&)>& bind) = 0;
  /// Several statements without parameters (migrations).
  virtual void script(std::string_view sql) = 0;

  /// All rows of a SELECT, streamed. Nothing else may run on the connection until the reader is gone. Parameters
  /// become quoted literals on PostgreSQL (COPY takes none), so $n must not stand inside quotes.
  virtual std::unique_ptr<RowReader> read(std::string_view select, std::span<const Param> params) = 0;
  std::unique_ptr<RowReader> read(std::string_view select, std::initializer_list<Param> params = {}) {
    return read(select, std::span<const Param>(params.begin(), params.size()));
  }
  virtual std::unique_ptr<BulkWriter> write(std::string_view table, std::span<const std::string_view> columns) = 0;
  std::unique_ptr<BulkWriter> write(std::string_view table, std::initializer_list<std::string_view> columns) {
    return write(table, std::span<const std::string_view>(columns.begin(), columns.size()));
  }

  /// The table's columns in order, as the search path finds it; empty when there is no such table (or view).
  virtual std::vector<Column> columns(std::string_view table) = 0;
  /// The same for each of `tables`, in their order and at the cost of one question. No name may hold a comma.
  virtual std::vector<std::vector<Column>> columns_of(const std::vector<std::string>& tables) = 0;

  /// A value that differs whenever another connection has committed a change since. Taken inside a snapshot transaction
  /// it describes that snapshot. PostgreSQL: any commit of the cluster counts; see ChangeWatch for certain tables.
  virtual std::string change_token() = 0;

  /// PostgreSQL, inside a snapshot transaction: a name by which other connections see the same data while this
  /// transaction lives. Nothing on SQLite, which cannot share one.
  virtual std::optional<std::string> export_snapshot() = 0;

  /// For Transaction; `shared` is another connection's export_snapshot().
  virtual void begin(Isolation isolation, const std::string& shared) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual bool in_transaction() const = 0;

  /// False when the connection was lost. Outside a transaction the next statement connects again by itself.
  virtual bool alive() = 0;

 protected:
  explicit Connection(Options options) : options_(std::move(options)) {}
  Options options_;
};

/// Opens and prepares; throws SqlError.
std::unique_ptr<Connection> open(const Url& url, const Options& options = {});

/// Rolls back on destruction unless commit() has returned.
class Transaction {
 public:
  explicit Transaction(Connection& connection, Isolation isolation = Isolation::write,
                       const std::string& shared_snapshot = {})
      : connection_(&connection) {
    connection.begin(isolation, shared_snapshot);
  }
  ~Transaction() {
    if (connection_ != nullptr) connection_->rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() {
    connection_->commit();
    connection_ = nullptr;
  }

 private:
  Connection* connection_;
};

}  // namespace aremko::sql
