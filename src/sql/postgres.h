#pragma once
// PostgreSQL behind Connection, over libpq. Inside `sql` only.

#include <libpq-fe.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sql/connection.h"

namespace aremko::sql {

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, FreeResult>;

class PostgresConnection final : public Connection {
 public:
  PostgresConnection(const Url& url, Options options);
  ~PostgresConnection() override;

  Engine engine() const override { return Engine::postgres; }
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
  std::optional<std::string> export_snapshot() override;
  void begin(Isolation isolation, const std::string& shared) override;
  void commit() override;
  void rollback() noexcept override;
  bool in_transaction() const override;
  bool alive() override;

  PGconn* raw() const { return connection_; }
  /// Throws for a result that is an error; otherwise hands it on.
  PgResult checked(PGresult* result) const;
  [[noreturn]] void throw_error(const PGresult* result) const;
  // Each of these throws SqlError (timeout) when the server is silent for too long, and drops the connection.
  /// The next result of what was sent, null at its end.
  PGresult* next_result();
  /// The first error of what is left, else the last result; stops at a COPY.
  PgResult rest_of_results(int patience_ms);
  PgResult execute(const std::string& sql);
  /// As PQgetCopyData.
  int next_copy_row(char** row);
  /// Until all that was given is sent.
  void flush(int patience_ms);
  /// How long the server may be silent, in milliseconds; −1 without end.
  int patience() const;
  /// Gives up a running COPY; nothing happens when none runs.
  void abandon() noexcept;
  /// Quotes a name so that it is taken as it is.
  static std::string identifier(std::string_view name);

 private:
  void await(short events, int patience_ms);
  PGresult* next_result(int patience_ms);
  PgResult execute(const std::string& sql, int patience_ms);
  Rows ask(std::string_view sql, std::span<const Param> params, int patience_ms);
  void connect();
  void drop() noexcept;
  void set_up();
  void ensure_alive();
  SqlError error_of(const PGresult* result, bool lost) const;
  /// Sends in one go and hands every result to `take`, in order; outside a transaction, as one of its own.
  void pipeline(const std::function<bool()>& send, const std::function<void(PgResult)>& take, int patience_ms);
  /// Statements that take no time, so that waiting for an answer is waiting for a connection.
  void bounded(const std::string& sql);
  Rows copy_rows(const PGresult* result) const;
  /// The statement, preceded by the settings when it is a transaction of its own.
  std::string with_settings(std::string_view sql) const;
  std::string with_literals(std::string_view sql, std::span<const Param> params) const;
  std::string literal(std::string_view text) const;

  Url url_;
  PGconn* connection_ = nullptr;
  std::string settings_;  // a SELECT that sets them for the transaction it runs in
  bool began_ = false;    // by begin(), and not ended by us
};

std::unique_ptr<RowReader> make_copy_reader(PostgresConnection& connection, std::vector<Wire> wires);
std::unique_ptr<BulkWriter> make_copy_writer(PostgresConnection& connection);
Wire wire_of_oid(Oid oid);

}  // namespace aremko::sql
