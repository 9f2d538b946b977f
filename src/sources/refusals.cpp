#include "sources/refusals.h"

#include <fmt/format.h>

namespace aremko::sources {

void Doubts::merge(const Doubts& other) {
  for (const auto& [what, count] : other.counts_) {
    auto [entry, added] = counts_.try_emplace(what, count);
    if (!added) entry->second.count += count.count;
  }
}

void Doubts::write_notes(LoadReport& report, std::string_view row_word) const {
  for (const auto& [what, count] : counts_) {
    report.notes_es.push_back(
        fmt::format("{} ({} {}; primero: {} {}).", what, count.count, count.count == 1 ? "vez" : "veces", row_word,
                    count.first_row));
  }
}

}  // namespace aremko::sources
