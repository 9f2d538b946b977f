#pragma once
// Dates and amounts as SQLite holds them: text. Inside `sql` only.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace aremko::sql {

/// "2024-03-14 12:30:00.123456+00:00" and its shorter forms (T for the space, no seconds, Z, no zone = UTC, the
/// date alone) as Unix seconds.
std::optional<UnixSeconds> parse_iso_instant(std::string_view text);

/// "40000", "-40000.50", "4e4": a decimal as whole units, halves away from zero; nothing when it is no number or
/// does not fit.
std::optional<std::int64_t> parse_decimal_whole(std::string_view text);

}  // namespace aremko::sql
