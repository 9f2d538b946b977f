#include "demo/live_file.h"

#include <fmt/format.h>

namespace aremko::demo {

bool stands_in_services_file(const World& world, const PlannedSale& planned, const Sale& sale) {
  constexpr std::uint32_t in_file = 602;      // of a thousand
  const Date first = Date::of(2024, 10, 2);
  const Date last = Date::of(2025, 1, 12);
  if (!sale.came || planned.day < first || planned.day > last || !is_live(world, planned)) return false;
  return Rng(world.seed(), Stream::live, planned.person, planned.number + 1000u).chance(in_file);
}

std::string live_file_day(const World& world, const PlannedSale& planned) {
  constexpr std::uint32_t misdated = 117;  // 92 of 787
  if (Rng(world.seed(), Stream::live, planned.person, planned.number + 2000u).chance(misdated)) return "01/11/2024";
  const YearMonthDay ymd = planned.day.ymd();
  return fmt::format("{:02}/{:02}/{}", ymd.day, ymd.month, ymd.year);
}

}  // namespace aremko::demo
