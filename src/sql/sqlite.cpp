#include "sql/sqlite.h"

#include <fmt/format.h>

#include "base/text.h"
#include "sql/postgres.h"

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

SqliteConnection::SqliteConnection(const Url& url, Options options) : Connection(std::move(options)) {
  const bool memory = url.path == ":memory:";
  const int mode = options_.read_only && !memory ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  // NOMUTEX: one thread at a time is our own rule, and the mutex costs on every field.
  const int code = sqlite3_open_v2(url.path.c_str(), &database_, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   nullptr);
  try {
    if (code != SQLITE_OK) throw_error(code);
    set_up(memory);
  } catch (...) {
    statements_.clear();
    sqlite3_close(database_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(database_);
}

void SqliteConnection::set_up(bool memory) {
  sqlite3_busy_timeout(database_, options_.busy_timeout_ms);
  if (options_.fast_unsafe) {
    script("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -65536");
  } else if (!options_.read_only && !memory) {
    try {
      script("PRAGMA journal_mode = WAL");
    } catch (const SqlError& problem) {
      // A file that cannot be written can still be read; the write that needs it will say so.
      if (problem.kind() != Kind::read_only && problem.kind() != Kind::busy) throw;
    }
    script("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  }
  // Opening reads nothing, so a file that is no database is found here.
  query("SELECT count(*) FROM sqlite_master");
  if (options_.queries == nullptr) return;
  for (const NamedQuery& query : options_.queries->all()) {
    statements_.emplace(query.name, SqliteStatement(database_, query.sql, options_.label));
  }
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
    out.push_back({row.string(0), row.string(1)});
  }
  return out;
}

std::string SqliteConnection::change_token() { return query("PRAGMA data_version")[0].string(0); }

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
