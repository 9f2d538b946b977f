#include "sql/value.h"

#include <charconv>

#include "base/text.h"
#include "sql/error.h"

namespace aremko::sql {

void Rows::add(std::optional<std::string_view> cell) {
  cells_.push_back({bytes_.size(), cell ? static_cast<std::int64_t>(cell->size()) : -1});
  if (cell) bytes_.append(*cell);
}

bool Rows::Row::is_null(std::size_t column) const {
  return rows_->cells_[index_ * rows_->columns_ + column].length < 0;
}

std::string_view Rows::Row::text(std::size_t column) const {
  const Cell& cell = rows_->cells_[index_ * rows_->columns_ + column];
  if (cell.length < 0) return {};
  return std::string_view(rows_->bytes_).substr(cell.at, static_cast<std::size_t>(cell.length));
}

std::int64_t Rows::Row::integer(std::size_t column) const {
  if (is_null(column)) return 0;
  const auto number = parse_int(text(column));
  if (!number) throw SqlError(Kind::bad_value, {"la base de datos", "the database"});
  return *number;
}

double Rows::Row::real(std::size_t column) const {
  if (is_null(column)) return 0;
  const std::string_view digits = text(column);
  double number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc() || end != digits.data() + digits.size()) {
    throw SqlError(Kind::bad_value, {"la base de datos", "the database"});
  }
  return number;
}

bool Rows::Row::boolean(std::size_t column) const {
  const std::string_view value = text(column);
  return value == "t" || value == "1" || value == "true";
}

}  // namespace aremko::sql
