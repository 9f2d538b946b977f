#pragma once
// SQLite behind Connection. Inside `sql` only.

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "sql/connection.h"

namespace aremko::sql {

/// A prepared statement and where each $n stands in it (SQLite numbers by first appearance).
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* database, std::string_view sql, const Label& label);
  ~SqliteStatement() { sqlite3_finalize(statement_); }
  SqliteStatement(SqliteStatement&& other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)), places_(std::move(other.places_)) {}
  SqliteStatement& operator=(SqliteStatement&&) = delete;

  sqlite3_stmt* raw() const { return statement_; }
  /// Text is viewed: it must live until the statement is reset.
  void bind(std::span<const Param> params, const Label& label) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
  std::vector<int> places_;  // of $1, $2 …; 0 = not used
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const Url& url, Options options);
  ~SqliteConnection() override;

  Engine engine() const override { return Engine::sqlite; }
  using Connection::query;
  using Connection::run;
  Rows query(std::string_view sql, std::span<const Param> params) override;
  Rows run(std::string_view name, std::span<const Param> params) override;
  void run_many(std::string_view name, std::size_t count,
                const std::function<void(std::size_t, std::vector<Param>&)>& bind) override;
  void script(std::string_view sql) override;
  std::unique_ptr<RowReader> read(std::string_view select, std::span<const Param> params) override;
  std::unique_ptr<BulkWriter> write(std::string_view table, std::span<const std::string_view> columns) override;
  std::vector<Column> columns(std::string_view table) override;
  std::vector<std::vector<Column>> columns_of(const std::vector<std::string>& tables) override;
  std::string change_token() override;
  std::optional<std::string> export_snapshot() override { return std::nullopt; }
  void begin(Isolation isolation, const std::string& shared) override;
  void commit() override;
  void rollback() noexcept override;
  bool in_transaction() const override { return sqlite3_get_autocommit(database_) == 0; }
  bool alive() override { return true; }

  sqlite3* raw() const { return database_; }
  [[noreturn]] void throw_error(int code) const;
  void execute(const char* sql) const;

 private:
  void open_file(const std::string& name, int flags);
  void open_and_set_up(bool memory);
  void open_immutable();
  void close() noexcept;
  static int wait_for_lock(void* self, int before);
  void set_up(bool memory);
  SqliteStatement& prepared(std::string_view name);
  Rows rows_of(const SqliteStatement& statement, std::span<const Param> params) const;

  std::string path_;
  bool immutable_ = false;
  int waited_ms_ = 0;
  sqlite3* database_ = nullptr;
  std::unordered_map<std::string, SqliteStatement> statements_;
};

std::unique_ptr<RowReader> make_step_reader(SqliteConnection& connection, SqliteStatement statement,
                                            std::span<const Param> params);
std::unique_ptr<BulkWriter> make_insert_writer(SqliteConnection& connection, SqliteStatement statement,
                                               std::size_t columns);

}  // namespace aremko::sql
