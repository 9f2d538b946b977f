#pragma once
// Reads many rows fast, one at a time, from either engine: PostgreSQL by COPY in binary form, SQLite by stepping.
// No allocation a row, no virtual call a field. The caller asks for each field in the form it wants.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"
#include "base/money.h"

namespace aremko::sql {

/// How a field lies in memory; one a column, known when the reader opens.
enum class Wire : std::uint8_t {
  boolean, int2, int4, int8, float4, float8, numeric, text, uuid, date, timestamp, unknown, sqlite
};

/// A null reads as 0, false, "", Date::none(). A value that cannot be read as asked ('abc' as an integer, NaN as
/// pesos, infinity as a date) reads the same and makes bad_column() name its column; it is never silently 0.
class RowReader {
 public:
  virtual ~RowReader() = default;
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  /// The next row, false after the last one. Throws SqlError; the transaction is then over.
  bool next() {
    bad_column_ = -1;
    if (!fill()) return false;
    ++rows_;
    return true;
  }

  std::size_t columns() const { return wires_.size(); }
  std::uint64_t rows() const { return rows_; }
  /// The first column of this row that held a bad value when it was read; −1 when none did.
  int bad_column() const { return bad_column_; }
  /// Whether a value read since the last row or the last call was bad; forgets it, so that each value can be asked
  /// about.
  bool take_bad() { return std::exchange(bad_column_, -1) >= 0; }

  bool is_null(std::size_t column) const { return fields_[column].length < 0; }

  std::int64_t integer(std::size_t column) {
    const Field& field = fields_[column];
    if (wires_[column] == Wire::int8 && field.length == 8) [[likely]] return load<std::int64_t>(field.data);
    if (wires_[column] == Wire::int4 && field.length == 4) [[likely]] return load<std::int32_t>(field.data);
    return other_integer(column);
  }
  bool boolean(std::size_t column) {
    const Field& field = fields_[column];
    if (wires_[column] == Wire::boolean && field.length == 1) [[likely]] return *field.data != 0;
    return other_boolean(column);
  }
  /// Valid until next(). The bytes are as the database holds them; UTF-8 unless the database says otherwise.
  std::string_view text(std::size_t column) {
    const Field& field = fields_[column];
    if (wires_[column] == Wire::text && field.length >= 0) [[likely]] {
      return {reinterpret_cast<const char*>(field.data), static_cast<std::size_t>(field.length)};
    }
    return other_text(column);
  }
  Date date(std::size_t column) {
    const Field& field = fields_[column];
    if (wires_[column] == Wire::date && field.length == 4) [[likely]] return date_of_days(column);
    return other_date(column);
  }
  /// Unix seconds, cut down to whole ones; a timestamp without a zone is taken as UTC. 0 when null: ask is_null.
  UnixSeconds instant(std::size_t column);
  /// Whole pesos from any number, halves rounded away from zero.
  Pesos pesos(std::size_t column);
  double real(std::size_t column);

 protected:
  struct Field {
    const unsigned char* data = nullptr;
    std::int32_t length = -1;
  };

  RowReader() = default;
  virtual bool fill() = 0;
  // SQLite keeps its values to itself until they are asked for.
  virtual std::int64_t lazy_integer(std::size_t) { return 0; }
  virtual double lazy_real(std::size_t) { return 0; }
  virtual Pesos lazy_pesos(std::size_t) { return 0; }
  virtual std::string_view lazy_text(std::size_t) { return {}; }

  void set_bad(std::size_t column) {
    if (bad_column_ < 0) bad_column_ = static_cast<int>(column);
  }
  template <class T>
  static T load(const unsigned char* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return std::byteswap(value);
  }

  std::vector<Wire> wires_;
  std::vector<Field> fields_;

 private:
  std::int64_t other_integer(std::size_t column);
  bool other_boolean(std::size_t column);
  std::string_view other_text(std::size_t column);
  Date other_date(std::size_t column);
  Date date_of_days(std::size_t column);

  std::uint64_t rows_ = 0;
  int bad_column_ = -1;
  std::vector<std::string> scratch_;  // text of columns that are not text
};

}  // namespace aremko::sql
