#include "sql/sqlite.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "sql/postgres.h"
#include "sql/sqlite_faults.h"
#include "sql/stop.h"

namespace aremko::sql {

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql, const Label& label) {
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement_, &tail);
  if (code != SQLITE_OK) {
    throw SqlError(kind_of_sqlite(code, sqlite3_errmsg(database)), label, fmt::format("sqlite:{}", code));
  }
  const auto rest = trim(std::string_view(tail, static_cast<std::size_t>(sql.data() + sql.size() - tail)));
  if (statement_ == nullptr || !(rest.empty() || rest == ";")) {
    sqlite3_finalize(statement_);
    throw SqlError(Kind::other, label, "sqlite:more than one statement");
  }
  const int count = sqlite3_bind_parameter_count(statement_);
  for (int place = 1; place <= count; ++place) {
    const char* name = sqlite3_bind_parameter_name(statement_, place);
    const auto number = name == nullptr || *name != '$' ? std::nullopt : parse_int(name + 1);
    if (!number || *number < 1 || *number > 1000) continue;
    if (places_.size() < static_cast<std::size_t>(*number)) places_.resize(static_cast<std::size_t>(*number));
    places_[static_cast<std::size_t>(*number) - 1] = place;
  }
}

void SqliteStatement::bind(std::span<const Param> params, const Label& label) const {
  if (params.size() < places_.size()) throw SqlError(Kind::other, label, "sqlite:parameters");
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const int place = places_[i];
    if (place == 0) continue;
    const Param::Value& value = params[i].value();
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(statement_, place, *whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
      sqlite3_bind_double(statement_, place, *real);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      if (text->find('\0') != std::string_view::npos) throw SqlError(Kind::bad_value, label);
      const char* data = text->data() == nullptr ? "" : text->data();  // a null pointer would bind NULL
      sqlite3_bind_text64(statement_, place, data, text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else {
      sqlite3_bind_null(statement_, place);
    }
  }
}

SqliteConnection::SqliteConnection(const Url& url, Options options)
    : Connection(std::move(options)), path_(url.path) {
  try {
    open_and_set_up(path_ == ":memory:");
  } catch (const SqlError& problem) {
    close();
    // A file in WAL mode needs a -shm file beside it even to be read, and this directory lets us make none.
    const bool cannot_open = problem.sqlstate() == fmt::format("sqlite:{}", SQLITE_CANTOPEN) ||
                             problem.sqlstate() == fmt::format("sqlite:{}", SQLITE_READONLY_DIRECTORY);
    if (!cannot_open || access(path_.c_str(), R_OK) != 0 || access((path_ + "-wal").c_str(), F_OK) == 0) {
      throw opening_error(problem, path_, options_.read_only, options_.label);
    }
    open_immutable();
  } catch (...) {
    close();
    throw;
  }
}

SqliteConnection::~SqliteConnection() { close(); }

void SqliteConnection::close() noexcept {
  statements_.clear();
  sqlite3_close(std::exchange(database_, nullptr));
}

void SqliteConnection::open_file(const std::string& name, int flags) {
  // NOMUTEX: one thread at a time is our own rule, and the mutex costs on every field.
  const int code = sqlite3_open_v2(name.c_str(), &database_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   nullptr);
  if (code != SQLITE_OK) throw_error(code);
}

void SqliteConnection::open_and_set_up(bool memory) {
  open_file(path_, options_.read_only && !memory ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  set_up(memory);
}

/// Reads the file as it stands; change_token() then watches the file itself.
void SqliteConnection::open_immutable() {
  immutable_ = true;
  options_.read_only = true;
  std::string uri = "file:";
  for (const char c : path_) {
    const bool plain = c != '?' && c != '#' && c != '%';
    uri += plain ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  try {
    open_file(uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    set_up(false);
  } catch (const SqlError& problem) {
    close();
    throw opening_error(problem, path_, options_.read_only, options_.label);
  } catch (...) {
    close();
    throw;
  }
}

void SqliteConnection::set_up(bool memory) {
  waited_ms_ = 0;
  sqlite3_busy_handler(database_, &SqliteConnection::wait_for_lock, this);
  if (options_.fast_unsafe) {
    script("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -65536");
  } else if (!options_.read_only && !memory) {
    try {
      script("PRAGMA journal_mode = WAL");
    } catch (const SqlError& problem) {
      // A file that cannot be written can still be read; the write that needs it will say so.
      if (problem.kind() != Kind::read_only && problem.kind() != Kind::busy) throw;
    }
    script("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536");
  }
  // Opening reads nothing, so a file that is no database is found here.
  query("SELECT count(*) FROM sqlite_master");
  if (options_.queries == nullptr) return;
  for (const NamedQuery& query : options_.queries->all()) {
    statements_.emplace(query.name, SqliteStatement(database_, query.sql, options_.label));
  }
}

/// As sqlite3_busy_timeout, and not at all once the process is to end.
int SqliteConnection::wait_for_lock(void* self, int before) {
  auto& connection = *static_cast<SqliteConnection*>(self);
  if (before == 0) connection.waited_ms_ = 0;
  if (connection.waited_ms_ >= connection.options_.busy_timeout_ms || waiting_stopped()) return 0;
  const int nap_ms = std::min(1 << std::min(before, 6), 50);
  sqlite3_sleep(nap_ms);
  connection.waited_ms_ += nap_ms;
  return 1;
}

void SqliteConnection::throw_error(int code) const {
  const std::string_view message = database_ == nullptr ? "" : sqlite3_errmsg(database_);
  throw SqlError(kind_of_sqlite(code, message), options_.label, fmt::format("sqlite:{}", code));
}

void SqliteConnection::execute(const char* sql) const {
  const int code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_error(code);
}

void SqliteConnection::script(std::string_view sql) { execute(std::string(sql).c_str()); }

Rows SqliteConnection::rows_of(const SqliteStatement& statement, std::span<const Param> params) const {
  statement.bind(params, options_.label);
  sqlite3_stmt* raw = statement.raw();
  Rows rows;
  const int columns = sqlite3_column_count(raw);
  rows.start(static_cast<std::size_t>(columns));
  const std::int64_t before = sqlite3_total_changes64(database_);
  int code = 0;
  while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i) {
      const int type = sqlite3_column_type(raw, i);
      if (type == SQLITE_NULL) {
        rows.add(std::nullopt);
      } else if (type == SQLITE_FLOAT) {
        rows.add(fmt::format("{}", sqlite3_column_double(raw, i)));  // SQLite's own text keeps 15 digits only
      } else {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(raw, i));
        rows.add(std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(raw, i))));
      }
    }
  }
  rows.affected(sqlite3_total_changes64(database_) - before);
  sqlite3_reset(raw);
  sqlite3_clear_bindings(raw);
  if (code != SQLITE_DONE) throw_error(code);
  return rows;
}

Rows SqliteConnection::query(std::string_view sql, std::span<const Param> params) {
  return rows_of(SqliteStatement(database_, sql, options_.label), params);
}

SqliteStatement& SqliteConnection::prepared(std::string_view name) {
  const auto found = statements_.find(std::string(name));
  if (found == statements_.end()) throw std::logic_error("no query is named " + std::string(name));
  return found->second;
}

Rows SqliteConnection::run(std::string_view name, std::span<const Param> params) {
  return rows_of(prepared(name), params);
}

void SqliteConnection::run_many(std::string_view name, std::size_t count,
                                const std::function<void(std::size_t, std::vector<Param>&)>& bind) {
  const SqliteStatement& statement = prepared(name);
  std::vector<Param> params;
  for (std::size_t i = 0; i < count; ++i) {
    params.clear();
    bind(i, params);
    rows_of(statement, params);
  }
}

std::unique_ptr<RowReader> SqliteConnection::read(std::string_view select, std::span<const Param> params) {
  return make_step_reader(*this, SqliteStatement(database_, select, options_.label), params);
}

std::unique_ptr<BulkWriter> SqliteConnection::write(std::string_view table,
                                                    std::span<const std::string_view> columns) {
  std::string names;
  std::string marks;
  for (const std::string_view column : columns) {
    names += (names.empty() ? "" : ", ") + PostgresConnection::identifier(column);
    marks += marks.empty() ? "?" : ", ?";
  }
  const std::string sql =
      fmt::format("INSERT INTO {} ({}) VALUES ({})", PostgresConnection::identifier(table), names, marks);
  return make_insert_writer(*this, SqliteStatement(database_, sql, options_.label), columns.size());
}

std::vector<Column> SqliteConnection::columns(std::string_view table) {
  std::vector<Column> out;
  for (const Rows::Row row : query("SELECT name, lower(type) FROM pragma_table_info($1)", {table})) {
    out.push_back({.name = row.string(0), .type = row.string(1)});
  }
  return out;
}

std::vector<std::vector<Column>> SqliteConnection::columns_of(const std::vector<std::string>& tables) {
  std::vector<std::vector<Column>> out;
  for (const std::string& table : tables) out.push_back(columns(table));
  return out;
}

std::string SqliteConnection::change_token() {
  if (!immutable_) return query("PRAGMA data_version")[0].string(0);
  struct stat facts {};
  const bool wal = access((path_ + "-wal").c_str(), F_OK) == 0;
  if (stat(path_.c_str(), &facts) != 0 || wal) throw_error(SQLITE_CANTOPEN);  // somebody writes: open it properly
  return fmt::format("{}:{}.{}", facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec);
}

void SqliteConnection::begin(Isolation isolation, const std::string& shared) {
  if (!shared.empty()) throw SqlError(Kind::other, options_.label, "sqlite:no shared snapshots");
  if (isolation == Isolation::write) return execute("BEGIN IMMEDIATE");
  execute("BEGIN");
  try {
    query("SELECT count(*) FROM sqlite_master");  // the first read fixes what is seen
  } catch (...) {
    rollback();
    throw;
  }
}

void SqliteConnection::commit() { execute("COMMIT"); }

void SqliteConnection::rollback() noexcept {
  if (in_transaction()) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace aremko::sql
