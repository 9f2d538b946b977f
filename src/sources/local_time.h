#pragma once
// A zone's offsets by UTC day, so that the millions of instants of a load cost two nanoseconds each.

#include <cstdint>
#include <vector>

#include "base/clock.h"

namespace aremko::sources {

class LocalTime {
 public:
  explicit LocalTime(const Zone& zone) : zone_(zone), offsets_(days) {
    for (std::int64_t day = 0; day < days; ++day) {
      const UnixSeconds start = (first_day + day) * 86'400;
      const std::int32_t offset = zone.offset_at(start);
      const bool steady = offset == zone.offset_at(start + 86'399) && offset % 60 == 0;
      offsets_[static_cast<std::size_t>(day)] = steady ? static_cast<std::int16_t>(offset / 60) : changing;
    }
  }

  /// Unknown outside the years 2000–2099: nobody booked a spa there.
  Moment local(UnixSeconds utc) const {
    const std::int64_t day = utc / 86'400 - first_day;
    if (day < 0 || day >= days) return {};
    const std::int16_t offset = offsets_[static_cast<std::size_t>(day)];
    if (offset == changing) return zone_.local(utc);
    return {static_cast<std::int32_t>(utc / 60) + offset};
  }

 private:
  static constexpr std::int64_t first_day = 10'957;  // 2000-01-01
  static constexpr std::int64_t days = 36'525;       // to 2099-12-31
  static constexpr std::int16_t changing = INT16_MIN;
  const Zone& zone_;
  std::vector<std::int16_t> offsets_;  // minutes; `changing` on a day when clocks do
};

/// Unknown outside the years 2000–2099.
inline Date plausible(Date date) {
  return date.known() && date.days >= 10'957 && date.days < 10'957 + 36'525 ? date : Date{};
}

}  // namespace aremko::sources
