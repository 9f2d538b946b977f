#pragma once
// How many rows each source had when it had most: what many small losses, or a loss while nothing ran, are measured against.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "sql/pool.h"

namespace aremko::store {

/// Calls block, and throw SqlError when the store is away.
class SourceMarks {
 public:
  explicit SourceMarks(sql::Pool& pool) : pool_(pool) {}

  /// Nothing for a source that was never seen.
  std::optional<std::uint64_t> most(std::string_view tenant, std::string_view source);
  /// Takes the place of what was noted before, be it more or less.
  void note(std::string_view tenant, std::string_view source, std::uint64_t rows, UnixSeconds now);

 private:
  sql::Pool& pool_;
};

}  // namespace aremko::store
