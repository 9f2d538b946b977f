// Rows of the services file that are sales of the live system.
#include <map>

#include "snapshot/stages.h"

namespace aremko::snapshot {

namespace {

/// How far a row's day may be from the day its sale was entered: bookings are made months ahead, and some of the
/// file's days are wrong. The old system's own numbers are years away.
constexpr std::int32_t most_days_apart = 183;
constexpr std::int32_t longest_silence = 60;   // days without a sale; before them the live system was not there
constexpr std::int32_t most_days_before = 125;

/// The day on which number 1 was sold: the first of the days on which sales were entered without a long silence, less
/// the time that the numbers before it took.
Date live_start(const sources::SaleColumns& sales) {
  struct Day {
    std::int64_t sales = 0;
    std::int64_t lowest = std::numeric_limits<std::int64_t>::max();
  };
  std::map<std::int32_t, Day> days;
  for (Row sale = 0; sale < sales.size(); ++sale) {
    if (!sales.created[sale].known()) continue;
    Day& day = days[sales.created[sale].date().days];
    ++day.sales;
    day.lowest = std::min(day.lowest, sales.id[sale]);
  }
  if (days.empty()) return {};
  std::int32_t first = days.rbegin()->first;
  const std::int32_t last = first;
  Day all;
  for (auto day = days.rbegin(); day != days.rend() && first - day->first <= longest_silence; ++day) {
    first = day->first;
    all.sales += day->second.sales;
    all.lowest = std::min(all.lowest, day->second.lowest);
  }
  // A spa sells ten a day; a longer run of sales says it better.
  const std::int64_t span = last - first + 1;
  const std::int64_t a_day = span < 30 ? 10 : std::max<std::int64_t>(1, all.sales / span);
  const std::int64_t before = std::clamp<std::int64_t>((all.lowest + a_day - 1) / a_day, 1, most_days_before);
  return {first - static_cast<std::int32_t>(before)};
}

}  // namespace

std::vector<std::uint8_t> live_rows(const sources::CurrentBatch& current, const sources::LegacyServicesBatch* services) {
  std::vector<std::uint8_t> out;
  if (services == nullptr || services->size() == 0 || current.sales.size() == 0) return out;
  const Date start = live_start(current.sales);
  if (!start.known()) return out;
  std::vector<std::pair<std::int64_t, Row>> sale_of;
  sale_of.reserve(current.sales.size());
  for (Row sale = 0; sale < current.sales.size(); ++sale) sale_of.emplace_back(current.sales.id[sale], sale);
  if (!std::ranges::is_sorted(sale_of)) std::ranges::sort(sale_of);
  for (Row line = 0; line < services->size(); ++line) {
    const std::int64_t number = services->reservation[line];
    const Date day = services->at[line].date();
    if (number <= 0 || !day.known() || day < start) continue;
    const auto found = std::lower_bound(sale_of.begin(), sale_of.end(), std::pair(number, Row{0}));
    if (found == sale_of.end() || found->first != number) continue;
    const Moment created = current.sales.created[found->second];
    if (!created.known() || std::abs(created.date().days - day.days) > most_days_apart) continue;
    if (out.empty()) out.assign(services->size(), 0);
    out[line] = 1;
  }
  return out;
}

}  // namespace aremko::snapshot
