#include "base/civil.h"

#include <array>

#include <date/date.h>
#include <fmt/format.h>

namespace aremko {

Date Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return none();
  const auto ymd = date::year{year} / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)};
  if (!ymd.ok()) return none();
  return {static_cast<std::int32_t>(date::sys_days{ymd}.time_since_epoch().count())};
}

std::optional<Date> Date::parse_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const Date date = of(number(0, 4), number(5, 2), number(8, 2));
  return date.known() ? std::optional(date) : std::nullopt;
}

YearMonthDay Date::ymd() const {
  const date::year_month_day ymd{date::sys_days{date::days{days}}};
  return {int{ymd.year()}, static_cast<int>(unsigned{ymd.month()}), static_cast<int>(unsigned{ymd.day()})};
}

std::string Date::iso() const {
  const auto [year, month, day] = ymd();
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

Date Date::plus_months(int months) const {
  const date::year_month_day ymd{date::sys_days{date::days{days}}};
  auto moved = ymd + date::months{months};
  if (!moved.ok()) moved = moved.year() / moved.month() / date::last;
  return {static_cast<std::int32_t>(date::sys_days{moved}.time_since_epoch().count())};
}

std::string Moment::iso() const {
  const int minute = minute_of_day();
  return fmt::format("{}T{:02}:{:02}:00", date().iso(), minute / 60, minute % 60);
}

std::string_view month_name_es(int month) {
  static constexpr std::array<std::string_view, 12> names{
      "Enero", "Febrero", "Marzo",      "Abril",   "Mayo",      "Junio",
      "Julio", "Agosto",  "Septiembre", "Octubre", "Noviembre", "Diciembre"};
  return month >= 1 && month <= 12 ? names[static_cast<std::size_t>(month - 1)] : std::string_view{};
}

}  // namespace aremko
