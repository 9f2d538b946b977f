#pragma once
// Dates and times of day as the files write them.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/civil.h"

namespace aremko::normalize {

/// Which of the first two numbers of `3/4/2024` is the month. Where that cannot be (`25/2/2020`), the other is.
enum class DateOrder : std::uint8_t { month_first, day_first };

/// What a text says in either order; equal where the order does not matter (an ISO date), none where it cannot be.
struct DateReading {
  Moment month_first;
  Moment day_first;

  Moment in(DateOrder order) const { return order == DateOrder::month_first ? month_first : day_first; }
};

/// As `moment`, in both orders at once.
DateReading read_moment(std::string_view raw);

/// Which order a whole column is in: days above 12 tell.
class DateOrderVotes {
 public:
  void count(const DateReading& reading) {
    month_first_ += reading.month_first.known() && !reading.day_first.known();
    day_first_ += reading.day_first.known() && !reading.month_first.known();
    either_ += reading.month_first.known() && reading.day_first.known() && reading.month_first != reading.day_first;
  }
  /// The order all that tell agree on, or nineteen in twenty of them; `usual` when none tells or they contradict each other.
  DateOrder decide(DateOrder usual) const;
  /// How many could be read in either order though nothing decides which.
  std::uint64_t undecided() const;

 private:
  std::uint64_t month_first_ = 0;
  std::uint64_t day_first_ = 0;
  std::uint64_t either_ = 0;
};

/// `M/D/YYYY H:MM`, `DD/MM/YYYY`, `DD-MM-YY`, `YYYY-MM-DD`, `YYYY/M/D`, ISO date and time with `T` or blank, seconds,
/// fraction, a month by its Spanish or English name (`15-mar-2023`, `15 de marzo de 2023`, `March 15, 2023`), a spreadsheet's
/// day number of 1990–2050 (`43886`, `43886.75`); a zone suffix is dropped and the time taken as local. Without a time: the day's
/// first minute. A year of two digits is 20YY up to 69, else 19YY. `Moment::none()` for anything else and for years outside
/// 1900–2199.
Moment moment(std::string_view raw, DateOrder order);

/// Minutes since midnight, 0–1439: `14:30`, `14:30:00`, `2:30:00 p.m.`, `2:30 PM`, `14.30`, `14h30`, `9 am`,
/// `1430`, a spreadsheet's part of a day (`0.604166`; two decimals are minutes).
/// Nothing when it is no time of day.
std::optional<int> minute_of_day(std::string_view raw);

}  // namespace aremko::normalize
