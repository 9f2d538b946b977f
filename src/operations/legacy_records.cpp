#include "operations/legacy_records.h"

namespace aremko::operations {

std::optional<snapshot::Row> row_of(const snapshot::Snapshot& snapshot, const RecordRef& record) {
  const snapshot::FoundRecord found = snapshot.find_record(record);
  if (found.row == snapshot::no_row) return std::nullopt;
  return found.row;
}

store::RecordNow record_now(const snapshot::Snapshot& snapshot, snapshot::Row row) {
  std::string print;
  const RecordRef now = snapshot.record_of(row, print);
  return {store::RecordNow::Found::here, std::string(now.legacy_id), std::string(now.record_id), std::move(print)};
}

store::Locate locate_in(const snapshot::Snapshot& snapshot) {
  return [&snapshot](const RecordRef& record) -> store::RecordNow {
    const snapshot::FoundRecord found = snapshot.find_record(record);
    if (found.row != snapshot::no_row) return record_now(snapshot, found.row);
    return {.found = found.another ? store::RecordNow::Found::another : store::RecordNow::Found::gone};
  };
}

std::vector<store::Mapping> mappings_of(const Context& context, snapshot::Row row) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  auto out = context.store().mappings().by_legacy(context.tenant().name, snapshot.legacy().legacy_id(row), snapshot.legacy().record_id(row));
  std::erase_if(out, [&](const store::Mapping& mapping) { return row_of(snapshot, mapping.record()) != row; });
  return out;
}

}  // namespace aremko::operations
