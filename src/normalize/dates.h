#pragma once
// Dates and times of day as the files write them.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/civil.h"

namespace aremko::normalize {

/// Which of the first two numbers of `3/4/2024` is the month. Where that cannot be (`25/2/2020`), the other is.
enum class DateOrder : std::uint8_t { month_first, day_first };

/// `M/D/YYYY H:MM`, `DD/MM/YYYY`, `DD-MM-YY`, `YYYY-MM-DD`, `YYYY/M/D`, ISO date and time with `T` or blank, seconds,
/// fraction; a zone suffix is dropped and the time taken as local. Without a time: the day's first minute. A year of
/// two digits is 20YY up to 69, else 19YY. `Moment::none()` for anything else and for years outside 1900–2199.
Moment moment(std::string_view raw, DateOrder order);

/// Minutes since midnight, 0–1439: `14:30`, `14:30:00`, `2:30:00 p.m.`, `2:30 PM`, `14.30`, `14h30`, `9 am`.
/// Nothing when it is no time of day.
std::optional<int> minute_of_day(std::string_view raw);

}  // namespace aremko::normalize
