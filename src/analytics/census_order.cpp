#include <algorithm>

#include "analytics/census.h"
#include "analytics/history.h"
#include "normalize/text.h"
#include "snapshot/radix_sort.h"

namespace aremko::analytics {

using snapshot::KeyedRow;
using snapshot::Row;

namespace {

/// Letters `from` to `from` + 8 of a folded name as a number that sorts as they do.
std::uint64_t letters(std::string_view folded, std::size_t from) {
  std::uint64_t key = 0;
  for (std::size_t i = from; i < from + 8; ++i) key = key << 8 | (i < folded.size() ? static_cast<unsigned char>(folded[i]) : 0U);
  return key;
}

/// By their first 24 letters, then as they stood; the nameless last. From the last letters to the first, each sort
/// stable, so that no name is compared with another.
void sort_by_name(const snapshot::Snapshot& snapshot, std::vector<KeyedRow>& rows) {
  constexpr std::size_t parts = 3;
  std::vector<std::array<std::uint64_t, parts>> keys(snapshot.customers().size());
  std::string folded;
  for (const KeyedRow& item : rows) {
    folded.clear();
    normalize::fold_into(folded, snapshot.customers().contact.nombre[item.row]);
    for (std::size_t part = 0; part < parts; ++part) keys[item.row][part] = folded.empty() ? ~std::uint64_t{0} : letters(folded, 8 * part);
  }
  for (std::size_t part = parts; part-- > 0;) {
    for (KeyedRow& item : rows) item.key = keys[item.row][part];
    snapshot::radix_sort(rows);
  }
}

/// So that signed numbers sort as unsigned ones.
std::uint64_t key_of(std::int64_t value) { return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63); }

}  // namespace

std::span<const Row> Census::order(const snapshot::Snapshot& snapshot, PeopleOrder by) const {
  TableOrder& made = table_orders_[static_cast<std::size_t>(by)];
  std::call_once(made.once, [&] {
    std::vector<KeyedRow> items;
    items.reserve(static_cast<std::size_t>(customers_));
    for (Row row = 0; row < size(); ++row) {
      if (counted(row)) items.push_back({key_of(number(row, by)), row});
    }
    if (by == PeopleOrder::nombre) sort_by_name(snapshot, items);
    else snapshot::radix_sort(items);
    made.rows.reserve(items.size());
    for (const KeyedRow& item : items) made.rows.push_back(item.row);
  });
  return made.rows;
}

std::int64_t Census::number(Row row, PeopleOrder by) const {
  switch (by) {
    case PeopleOrder::nombre: return 0;
    case PeopleOrder::visitas: return visits_[row];
    case PeopleOrder::gastado: return spent_[row];
    case PeopleOrder::promedio: return rounded_share(spent_[row], visits_[row]);
    // The longest ago is the smallest; whoever never came stands before them.
    case PeopleOrder::ultima_visita: return days_[row] == no_days ? std::numeric_limits<std::int64_t>::min() : -days_[row];
    case PeopleOrder::prioridad: return priority_[row];
  }
  return 0;
}

}  // namespace aremko::analytics
