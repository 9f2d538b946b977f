#pragma once
// Civil dates and local moments. A spa lives in one time zone, so everything is kept as local wall-clock
// time: a Moment is minutes since 1970-01-01T00:00 *local*; a Date is days since 1970-01-01. Four bytes each.

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace aremko {

struct YearMonthDay {
  int year;
  int month;  // 1–12
  int day;    // 1–31
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar; `Date::none()` is "unknown".
struct Date {
  std::int32_t days = std::numeric_limits<std::int32_t>::min();

  static constexpr Date none() { return {}; }
  /// Unknown when the three numbers are no date (2023-02-29), or the year is outside 1–9999.
  static Date of(int year, int month, int day);
  /// `YYYY-MM-DD` and nothing else.
  static std::optional<Date> parse_iso(std::string_view text);

  constexpr bool known() const { return days != std::numeric_limits<std::int32_t>::min(); }
  YearMonthDay ymd() const;
  int month() const { return ymd().month; }
  int year() const { return ymd().year; }
  std::string iso() const;  // "2024-03-14"
  /// The same day so many months earlier or later, the day cut to the month's length.
  Date plus_months(int months) const;
  constexpr Date plus_days(std::int32_t count) const { return {days + count}; }

  friend constexpr auto operator<=>(Date, Date) = default;
};

/// Minutes since 1970-01-01T00:00 local time; `Moment::none()` is "unknown" and sorts first.
struct Moment {
  std::int32_t minutes = std::numeric_limits<std::int32_t>::min();

  static constexpr Moment none() { return {}; }
  static constexpr Moment at(Date date, int hour, int minute) {
    return date.known() ? Moment{date.days * 1440 + hour * 60 + minute} : Moment{};
  }
  /// The first moment of a day.
  static constexpr Moment start_of(Date date) { return at(date, 0, 0); }

  constexpr bool known() const { return minutes != std::numeric_limits<std::int32_t>::min(); }
  constexpr Date date() const {
    if (!known()) return {};
    return {minutes >= 0 ? minutes / 1440 : (minutes - 1439) / 1440};
  }
  constexpr int minute_of_day() const { return minutes - date().days * 1440; }
  std::string iso() const;  // "2020-03-15T14:30:00"

  friend constexpr auto operator<=>(Moment, Moment) = default;
};

/// Until when an analysis looks: everything at or before `moment` is seen, nothing after it.
/// A bare date means to the end of that day.
struct AsOf {
  Moment moment;
  Date date() const { return moment.date(); }

  static AsOf end_of(Date date) { return {Moment::at(date, 23, 59)}; }
  friend constexpr auto operator<=>(const AsOf&, const AsOf&) = default;
};

/// "Enero" … "Diciembre" for 1–12.
std::string_view month_name_es(int month);

}  // namespace aremko
