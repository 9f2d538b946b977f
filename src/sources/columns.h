#pragma once
// Column building blocks of a batch: rows are 32-bit numbers, texts stand one after another in one arena.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"

namespace aremko::sources {

/// A row's number inside one table of a batch.
using Row = std::uint32_t;
inline constexpr Row no_row = std::numeric_limits<Row>::max();

/// Append-only texts; 4 bytes a row over the bytes themselves, at most 4 GiB of text: what comes after that is empty.
class TextColumn {
 public:
  void push(std::string_view text) {
    if (bytes_.size() + text.size() > std::numeric_limits<std::uint32_t>::max()) [[unlikely]] text = {};
    bytes_.append(text);
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
  /// `row` < size(), and not checked: a search reads thousands.
  std::string_view operator[](Row row) const {
    const std::uint32_t* end = ends_.data() + row;
    const std::uint32_t from = row == 0 ? 0 : end[-1];
    return {bytes_.data() + from, *end - from};
  }
  Row size() const { return static_cast<Row>(ends_.size()); }
  void reserve(std::size_t rows, std::size_t bytes) {
    ends_.reserve(rows);
    bytes_.reserve(bytes);
  }
  void shrink() {
    bytes_.shrink_to_fit();
    ends_.shrink_to_fit();
  }
  std::size_t memory() const { return bytes_.capacity() + ends_.capacity() * sizeof(std::uint32_t); }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

/// Amounts of one sale, line or payment, which are below 1,000,000,000 pesos: four bytes each, as there are tens of
/// millions of them in two batches while a refresh is under way. Sums are Pesos.
class MoneyColumn {
 public:
  using value_type = std::int32_t;
  using const_iterator = std::vector<value_type>::const_iterator;
  static constexpr Pesos most = std::numeric_limits<value_type>::max();
  void push_back(Pesos amount) { values_.push_back(static_cast<value_type>(std::clamp(amount, -most, most))); }
  /// `row` < size(), and not checked.
  Pesos operator[](std::size_t row) const { return values_.data()[row]; }
  std::size_t size() const { return values_.size(); }
  void reserve(std::size_t rows) { values_.reserve(rows); }
  const_iterator begin() const { return values_.begin(); }
  const_iterator end() const { return values_.end(); }

 private:
  std::vector<value_type> values_;
};

}  // namespace aremko::sources
