#include "store/source_marks.h"

namespace aremko::store {

std::optional<std::uint64_t> SourceMarks::most(std::string_view tenant, std::string_view source) {
  const sql::Rows rows = pool_.acquire()->run("source_mark", {tenant, source});
  if (rows.empty()) return std::nullopt;
  return static_cast<std::uint64_t>(rows[0].integer(0));
}

void SourceMarks::note(std::string_view tenant, std::string_view source, std::uint64_t rows, UnixSeconds now) {
  pool_.acquire()->run("set_source_mark", {tenant, source, static_cast<std::int64_t>(rows), now});
}

}  // namespace aremko::store
