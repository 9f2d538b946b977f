#pragma once
// Two lists of people (or one), column by column: every raw field normalized by its kind and interned, so that a row
// is a few numbers and a value is looked at once, however many rows hold it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aremko::identity::match {

enum class Kind : std::uint8_t {
  name, given_name, surname, phone, email, national_id, date, place, address, postcode, text
};
/// As `fields.toml` calls it ("given_name"); nothing for any other word.
std::optional<Kind> kind_of(std::string_view word);
std::string_view word_of(Kind kind);

using Value = std::uint32_t;
using RowId = std::uint32_t;
inline constexpr Value missing = 0;

/// The comparable form of a raw field; empty when it says nothing. Reads 400 bytes at most.
std::string normalized(Kind kind, std::string_view raw);
/// The same of a name that was cut at its first ñ; empty when it has none.
std::string normalized_cut(std::string_view raw_name);

/// Distinct texts, numbered from 1.
class Dictionary {
 public:
  Dictionary();
  Value intern(std::string_view text);
  /// `missing` when it is not there.
  Value find(std::string_view text) const;
  std::string_view text(Value value) const {
    return std::string_view(chars_).substr(ends_[value - 1], ends_[value] - ends_[value - 1]);
  }
  /// Tells the processor that text(value) will be asked for.
  void expect(Value value) const { __builtin_prefetch(&ends_[value - 1]); }
  /// Values are 1 … size().
  std::size_t size() const { return ends_.size() - 1; }

 private:
  void grow();
  std::string chars_;
  std::vector<std::size_t> ends_;     // of value i; ends_[0] = 0
  std::vector<Value> slots_;          // open addressing by hash
};

struct Column {
  Kind kind = Kind::text;
  std::string label{};
  Dictionary values{};
  std::array<std::vector<Value>, 2> rows{};  // by side
  /// By value, of whole names: what is left of it where a program cut it at its first ñ; shorter than `values`, empty where
  /// nothing was to be cut.
  std::vector<std::string> cuts{};
  std::string_view cut(Value value) const { return value < cuts.size() ? std::string_view(cuts[value]) : std::string_view(); }
};

enum class Side : std::uint8_t { left, right };

class Input {
 public:
  /// At most `max_columns`; more are ignored.
  static constexpr std::size_t max_columns = 16;
  explicit Input(std::vector<std::pair<Kind, std::string>> columns);

  /// One raw text a column; those missing at the end are empty.
  void add(Side side, std::span<const std::string_view> fields);
  /// Rows one after another, each with a text for every column: what they say is worked out on all processors.
  void add_rows(Side side, std::span<const std::string_view> fields);

  /// The side's rows say nothing in this column any more.
  void forget(std::size_t column, Side side) { std::ranges::fill(columns_[column].rows[static_cast<std::size_t>(side)], missing); }
  /// The same of the rows whose value is told.
  void forget(std::size_t column, Side side, const std::function<bool(Value)>& told) {
    for (Value& value : columns_[column].rows[static_cast<std::size_t>(side)]) {
      if (value != missing && told(value)) value = missing;
    }
  }
  /// The comparable texts of a row, one a column.
  std::vector<std::string> normalized_row(std::span<const std::string_view> fields) const;

  std::size_t rows(Side side) const { return rows_[static_cast<std::size_t>(side)]; }
  const std::vector<Column>& columns() const { return columns_; }

 private:
  void keep(Side side, std::span<const std::string_view> fields, const std::vector<std::string>& texts);
  static std::string_view raw(std::span<const std::string_view> fields, std::size_t column);
  std::string misplaced_phone(std::span<const std::string_view> fields) const;
  std::string misplaced_name(std::span<const std::string_view> fields) const;
  std::string misplaced_email(std::span<const std::string_view> fields) const;
  std::string misplaced_rut(std::span<const std::string_view> fields) const;

  std::vector<Column> columns_;
  std::array<std::size_t, 2> rows_{};
  std::size_t name_ = max_columns;  // the column in which a phone may stand too
};

}  // namespace aremko::identity::match
