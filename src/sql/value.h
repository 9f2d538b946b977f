#pragma once
// What goes into a statement and what comes out of a small one. Bulk reading has RowReader.

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace aremko::sql {

/// One bound value. Text is viewed, not copied: it must live until the statement has run.
class Param {
 public:
  Param(std::nullptr_t) {}
  template <std::integral T>
  Param(T value) : value_(static_cast<std::int64_t>(value)) {}
  Param(double value) : value_(value) {}
  Param(std::string_view value) : value_(value) {}
  Param(const std::string& value) : value_(std::string_view(value)) {}
  Param(const char* value) : value_(std::string_view(value)) {}
  template <class T>
  Param(const std::optional<T>& value) {
    if (value) *this = Param(*value);
  }

  using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;
  const Value& value() const { return value_; }

 private:
  Value value_;
};

/// All rows of a small result, copied out of the engine. Columns count from 0.
class Rows {
 public:
  class Row {
   public:
    bool is_null(std::size_t column) const;
    /// Empty when null. The view lives as long as the Rows.
    std::string_view text(std::size_t column) const;
    std::string string(std::size_t column) const { return std::string(text(column)); }
    /// 0 when null; a SqlError (bad_value) when it is no number.
    std::int64_t integer(std::size_t column) const;
    double real(std::size_t column) const;
    bool boolean(std::size_t column) const;

   private:
    friend class Rows;
    Row(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
    const Rows* rows_;
    std::size_t index_;
  };

  class Iterator {
   public:
    Iterator(const Rows& rows, std::size_t index) : rows_(&rows), index_(index) {}
    Row operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() { return ++index_, *this; }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Rows* rows_;
    std::size_t index_;
  };

  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return size() == 0; }
  Row operator[](std::size_t index) const { return Row(*this, index); }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }
  /// Rows that an INSERT, UPDATE or DELETE touched.
  std::int64_t affected() const { return affected_; }

  // For the engines.
  void start(std::size_t columns) { columns_ = columns; }
  void add(std::optional<std::string_view> cell);
  void affected(std::int64_t count) { affected_ = count; }

 private:
  struct Cell {
    std::size_t at;
    std::int64_t length;  // −1 = null
  };
  std::string bytes_;
  std::vector<Cell> cells_;
  std::size_t columns_ = 0;
  std::int64_t affected_ = 0;
};

}  // namespace aremko::sql
