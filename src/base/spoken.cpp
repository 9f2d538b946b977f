#include "base/spoken.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace aremko {

namespace {

constexpr std::array<std::string_view, 12> months_es{"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                                     "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr std::array<std::string_view, 12> months_en{"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};

std::string_view month(int number, bool english) {
  return (english ? months_en : months_es)[static_cast<std::size_t>(number - 1)];
}

}  // namespace

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string grouped(Pesos amount, char separator) {
  std::string digits = fmt::format("{}", amount);
  const std::size_t first = amount < 0 ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, separator);
  }
  return digits;
}

std::string spoken_money(Pesos amount, std::string_view language) {
  return (amount < 0 ? "-$" : "$") + grouped(amount < 0 ? -amount : amount, language == "en" ? ',' : '.');
}

std::string short_date(Date date, std::string_view language) {
  if (!date.known()) return {};
  const auto [year, number, day] = date.ymd();
  return fmt::format("{} {} {}", day, month(number, language == "en").substr(0, 3), year);
}

std::string long_date(Date date, std::string_view language) {
  if (!date.known()) return {};
  const auto [year, number, day] = date.ymd();
  return fmt::format(fmt::runtime(language == "en" ? "{} {} {}" : "{} de {} de {}"), day,
                     month(number, language == "en"), year);
}

std::string how_long(int days, Date to, std::string_view language) {
  const bool english = language == "en";
  if (!to.known()) to = Date{days};
  const Date from = to.plus_days(-days), tomorrow = to.plus_days(1);
  const auto complete = [&](Date until) {
    const YearMonthDay first = from.ymd(), last = until.ymd();
    const int months = (last.year - first.year) * 12 + last.month - first.month;
    return from.plus_months(months) > until ? months - 1 : months;
  };
  if (const int years = complete(tomorrow) / 12; years > 0) {
    return english ? counted(years, "year", "years") : counted(years, "año", "años");
  }
  if (const int months = complete(to); months > 0) {
    return english ? counted(months, "month", "months") : counted(months, "mes", "meses");
  }
  return english ? counted(days, "day", "days") : counted(days, "día", "días");
}

std::string spoken_duration(int minutes, std::string_view language) {
  const bool english = language == "en";
  constexpr int day = 24 * 60;
  if (minutes >= day / 2) {
    const int nights = std::max(1, (minutes + day / 2) / day);
    return english ? counted(nights, "night", "nights") : counted(nights, "noche", "noches");
  }
  std::string out;
  if (minutes >= 60) out = english ? counted(minutes / 60, "hour", "hours") : counted(minutes / 60, "hora", "horas");
  if (minutes % 60 == 0 && minutes > 0) return out;
  if (!out.empty()) out += english ? " and " : " y ";
  return out + (english ? counted(minutes % 60, "minute", "minutes") : counted(minutes % 60, "minuto", "minutos"));
}

}  // namespace aremko
