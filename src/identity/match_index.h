#pragma once
// The right side by its keys, for a row that comes alone. For this room alone.

#include <cstdint>
#include <vector>

#include "identity/match_compare.h"

namespace aremko::identity::match {

class Index {
 public:
  Index(const Input& input, const Comparer& comparer);

  /// Rows that share a key with the probe, each once; at most `most_rows`, those of the smallest blocks first. A key that
  /// would go beyond that points at nobody and is passed over.
  std::vector<RowId> rows(const Probe& probe) const;
  static constexpr std::size_t most_rows = 300;

 private:
  struct Entry {
    std::uint32_t key;
    RowId row;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries_;
};

}  // namespace aremko::identity::match
