// Streaming reads and writes on SQLite.

#include <cmath>

#include "base/text.h"
#include "sql/read_text.h"
#include "sql/sqlite.h"

namespace aremko::sql {
namespace {

class StepReader final : public RowReader {
 public:
  StepReader(SqliteConnection& connection, SqliteStatement statement, std::span<const Param> params)
      : connection_(connection), statement_(std::move(statement)) {
    // The parameters' texts need not outlive the call that opened the reader.
    kept_.reserve(params.size());
    std::vector<Param> bound(params.begin(), params.end());
    for (Param& param : bound) {
      if (const auto* text = std::get_if<std::string_view>(&param.value())) param = Param(kept_.emplace_back(*text));
    }
    statement_.bind(bound, connection.options().label);
    const auto columns = static_cast<std::size_t>(sqlite3_column_count(statement_.raw()));
    wires_.assign(columns, Wire::sqlite);
    fields_.resize(columns);
  }

 private:
  bool fill() override {
    if (done_) return false;
    const int code = sqlite3_step(statement_.raw());
    if (code == SQLITE_ROW) [[likely]] {
      for (std::size_t i = 0; i < fields_.size(); ++i) {
        fields_[i].length = sqlite3_column_type(statement_.raw(), static_cast<int>(i)) == SQLITE_NULL ? -1 : 0;
      }
      return true;
    }
    done_ = true;
    if (code != SQLITE_DONE) connection_.throw_error(code);
    return false;
  }

  std::string_view bytes(int column) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.raw(), column));
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.raw(), column))};
  }

  std::int64_t lazy_integer(std::size_t column) override {
    const int i = static_cast<int>(column);
    switch (sqlite3_column_type(statement_.raw(), i)) {
      case SQLITE_INTEGER: return sqlite3_column_int64(statement_.raw(), i);
      case SQLITE_FLOAT: {
        const double value = sqlite3_column_double(statement_.raw(), i);
        if (std::abs(value) <= 9'007'199'254'740'992.0 && value == std::trunc(value)) {
          return static_cast<std::int64_t>(value);
        }
        break;
      }
      case SQLITE_TEXT:
        if (const auto number = parse_int(bytes(i))) return *number;
        break;
      default: break;
    }
    set_bad(column);
    return 0;
  }

  double lazy_real(std::size_t column) override {
    const int i = static_cast<int>(column);
    const int type = sqlite3_column_type(statement_.raw(), i);
    if (type == SQLITE_FLOAT || type == SQLITE_INTEGER) return sqlite3_column_double(statement_.raw(), i);
    set_bad(column);
    return 0;
  }

  Pesos lazy_pesos(std::size_t column) override {
    const int i = static_cast<int>(column);
    switch (sqlite3_column_type(statement_.raw(), i)) {
      case SQLITE_INTEGER: return sqlite3_column_int64(statement_.raw(), i);
      case SQLITE_FLOAT: {
        const double rounded = std::round(sqlite3_column_double(statement_.raw(), i));
        if (std::abs(rounded) < 9.2e18) return static_cast<Pesos>(rounded);
        break;
      }
      case SQLITE_TEXT:
        if (const auto whole = parse_decimal_whole(bytes(i))) return *whole;
        break;
      default: break;
    }
    set_bad(column);
    return 0;
  }

  std::string_view lazy_text(std::size_t column) override {
    const int i = static_cast<int>(column);
    if (sqlite3_column_type(statement_.raw(), i) != SQLITE_BLOB) return bytes(i);
    set_bad(column);
    return {};
  }

  SqliteConnection& connection_;
  SqliteStatement statement_;
  std::vector<std::string> kept_;
  bool done_ = false;
};

class InsertWriter final : public BulkWriter {
 public:
  InsertWriter(SqliteConnection& connection, SqliteStatement statement, std::size_t columns)
      : connection_(connection), statement_(std::move(statement)), texts_(columns) {}

  void null() override { sqlite3_bind_null(statement_.raw(), ++place_); }
  void integer(std::int64_t value) override { sqlite3_bind_int64(statement_.raw(), ++place_, value); }
  void real(double value) override { sqlite3_bind_double(statement_.raw(), ++place_, value); }
  void boolean(bool value) override { sqlite3_bind_int64(statement_.raw(), ++place_, value ? 1 : 0); }
  void text(std::string_view value) override {
    if (value.find('\0') != std::string_view::npos) throw SqlError(Kind::bad_value, connection_.options().label);
    // Kept in a buffer of the column's own until the row is written: the caller's may be gone by then.
    std::string& kept = texts_.at(static_cast<std::size_t>(place_));
    kept.assign(value);
    sqlite3_bind_text64(statement_.raw(), ++place_, kept.data(), kept.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  void end_row() override {
    const int code = sqlite3_step(statement_.raw());
    if (code != SQLITE_DONE) {
      sqlite3_reset(statement_.raw());
      connection_.throw_error(code);
    }
    sqlite3_reset(statement_.raw());
    place_ = 0;
    ++rows_;
  }
  std::int64_t finish() override { return rows_; }

 private:
  void moment_text(std::string_view iso) override { text(iso); }

  SqliteConnection& connection_;
  SqliteStatement statement_;
  std::vector<std::string> texts_;
  int place_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> make_step_reader(SqliteConnection& connection, SqliteStatement statement,
                                            std::span<const Param> params) {
  return std::make_unique<StepReader>(connection, std::move(statement), params);
}

std::unique_ptr<BulkWriter> make_insert_writer(SqliteConnection& connection, SqliteStatement statement,
                                               std::size_t columns) {
  return std::make_unique<InsertWriter>(connection, std::move(statement), columns);
}

}  // namespace aremko::sql
