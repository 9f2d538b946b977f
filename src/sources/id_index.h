#pragma once
// A table's row by its id.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sources/columns.h"

namespace aremko::sources {

/// Ids of one table are nearly always dense, so a plain array finds them in one step; where they are not, they are
/// sorted. Of equal ids the first row counts.
class IdIndex {
 public:
  IdIndex() = default;
  explicit IdIndex(std::span<const std::int64_t> ids) {
    if (ids.empty()) return;
    const auto [low, high] = std::ranges::minmax(ids);
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    // Four times as many slots as rows cost 16 bytes a row, as much as the sorted form.
    if (width < 4 * ids.size() + 4'096) {
      first_id_ = low;
      dense_.assign(width + 1, no_row);
      for (std::size_t row = ids.size(); row-- > 0;) dense_[slot(ids[row])] = static_cast<Row>(row);
      return;
    }
    sorted_.reserve(ids.size());
    for (std::size_t row = 0; row < ids.size(); ++row) sorted_.emplace_back(ids[row], static_cast<Row>(row));
    std::ranges::sort(sorted_);
  }

  /// no_row when there is no such id.
  Row find(std::int64_t id) const {
    if (!dense_.empty()) [[likely]] {
      const std::size_t at = slot(id);
      return at < dense_.size() ? dense_[at] : no_row;
    }
    const auto hit = std::ranges::lower_bound(sorted_, id, {}, &std::pair<std::int64_t, Row>::first);
    return hit != sorted_.end() && hit->first == id ? hit->second : no_row;
  }

 private:
  /// Wraps round below first_id_, which is then past the end.
  std::size_t slot(std::int64_t id) const { return static_cast<std::uint64_t>(id) - static_cast<std::uint64_t>(first_id_); }

  std::int64_t first_id_ = 0;
  std::vector<Row> dense_;
  std::vector<std::pair<std::int64_t, Row>> sorted_;
};

/// The rows of a column in another order, or some of them.
template <class Value>
void gather(std::vector<Value>& column, std::span<const Row> order) {
  std::vector<Value> out;
  out.reserve(order.size());
  for (const Row row : order) out.push_back(column[row]);
  column = std::move(out);
}
inline void gather(MoneyColumn& column, std::span<const Row> order) {
  MoneyColumn out;
  out.reserve(order.size());
  for (const Row row : order) out.push_back(column[row]);
  column = std::move(out);
}
inline void gather(TextColumn& column, std::span<const Row> order) {
  TextColumn out;
  out.reserve(order.size(), column.memory() - column.size() * sizeof(std::uint32_t));
  for (const Row row : order) out.push(column[row]);
  column = std::move(out);
}

}  // namespace aremko::sources
