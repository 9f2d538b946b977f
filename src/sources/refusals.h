#pragma once
// Collects what a load could not use.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "sources/batch.h"

namespace aremko::sources {

/// Kept one by one; rows_refused counts all. A thousand are more than anybody reads.
inline constexpr std::size_t max_refused_kept = 1'000;

/// A reason without personal data; constants, so that counting costs nothing.
struct Reason {
  std::string_view code;
  std::string_view es;
  std::string_view en;
};

inline void refuse(LoadReport& report, std::string_view file, std::uint64_t line, const Reason& reason) {
  ++report.rows_refused;
  if (report.refused.size() >= max_refused_kept) return;
  report.refused.push_back({std::string(file), line, std::string(reason.code), std::string(reason.es),
                            std::string(reason.en)});
}

/// Values that were impossible and taken as unknown in rows that were kept: one note a kind, with its first row.
class Doubts {
 public:
  /// `what` is a constant: "ventas_pago.fecha_pago: fecha imposible, se toma como desconocida".
  void count(std::string_view what, std::uint64_t row) {
    auto [entry, added] = counts_.try_emplace(what);
    if (added) entry->second.first_row = row;
    ++entry->second.count;
  }
  void merge(const Doubts& other);
  void write_notes(LoadReport& report, std::string_view row_word) const;

 private:
  struct Count {
    std::uint64_t count = 0;
    std::uint64_t first_row = 0;
  };
  std::map<std::string_view, Count> counts_;
};

}  // namespace aremko::sources
