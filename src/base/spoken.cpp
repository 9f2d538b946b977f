#include "base/spoken.h"

#include <array>

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

std::string how_long(int days, std::string_view language) {
  const bool english = language == "en";
  if (days < 14) return english ? counted(days, "day", "days") : counted(days, "día", "días");
  if (days < 60) return english ? counted((days + 3) / 7, "week", "weeks") : counted((days + 3) / 7, "semana", "semanas");
  const auto rounded = [days](double unit) { return static_cast<int>(days / unit + 0.5); };
  // Up to a year and a half months say more than years.
  if (days < 548) return english ? counted(rounded(30.44), "month", "months") : counted(rounded(30.44), "mes", "meses");
  return english ? counted(rounded(365.25), "year", "years") : counted(rounded(365.25), "año", "años");
}

}  // namespace aremko
