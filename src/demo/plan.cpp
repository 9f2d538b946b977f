#include "demo/plan.h"

#include <algorithm>

#include "demo/guide_people.h"

namespace aremko::demo {

namespace {

/// How many sales people have, at 1.88 a customer: most come once, a few very often.
int base_count(Rng& rng) {
  const std::uint32_t u = rng.below(10'000);
  if (u < 350) return 0;
  if (u < 6'600) return 1;
  if (u < 8'350) return 2;
  if (u < 9'020) return 3;
  if (u < 9'340) return 4;
  if (u < 9'840) return rng.between(5, 9);
  if (u < 9'965) return rng.between(10, 18);
  return rng.between(19, 34);
}

int sales_count(const World& world, Rng& rng) {
  const std::int64_t scaled = std::int64_t{base_count(rng)} * world.sales_permille();
  constexpr std::int64_t base_mean = 1'880;
  return static_cast<int>(scaled / base_mean) +
         (rng.below(base_mean) < static_cast<std::uint32_t>(scaled % base_mean) ? 1 : 0);
}

int weekday(Date day) { return (day.days % 7 + 11) % 7; }  // 0 = Sunday

/// Two guests in three come from Friday to Sunday.
Date near_weekend(Date day, Rng& rng) {
  if (!rng.chance(550)) return day;
  const int to_saturday = 6 - weekday(day);
  return day.plus_days(to_saturday + rng.between(-1, 1));
}

/// How many of a thousand come in each month, against the fullest.
bool month_is_busy(Date day, Rng& rng) {
  constexpr std::array<std::uint32_t, 12> busy{1000, 1000, 700, 600, 520, 560, 850, 600, 640, 640, 620, 760};
  return rng.chance(busy[static_cast<std::size_t>(day.month() - 1)]);
}

/// Days before today of the last visit.
int recency(int count, int days_open, Rng& rng) {
  if (count >= 10) {
    const std::uint32_t u = rng.below(100);
    if (u < 58) return rng.between(1, 75);
    if (u < 84) return rng.between(76, 364);
    return rng.between(365, std::max(366, days_open * 55 / 100));
  }
  if (count >= 3 && rng.chance(400)) return rng.between(1, 150);
  return std::min(rng.between(1, days_open - 1), rng.chance(350) ? rng.between(1, days_open - 1) : days_open);
}

PlannedSale planned(Date day, Person person, std::uint16_t number, Date today, Rng& rng) {
  const int longest = day > today ? 0 : 40;
  const int lead = rng.chance(250) ? 0 : rng.chance(750) ? rng.between(1, 9) : rng.between(1, std::max(1, longest));
  Date made = day.plus_days(-lead);
  if (made > today) made = today.plus_days(-rng.between(0, 12));
  // A sale on the day itself is made in the morning, before the first service.
  const int hour = made == day ? rng.between(8, 9) : rng.between(9, 22);
  return {Moment::at(made, hour, rng.between(0, 59)), day, person, number};
}

std::vector<Date> visit_days(const World& world, int count, Rng& rng) {
  const int days_open = world.today().days - opening_day().days;
  std::vector<Date> days;
  if (count <= 0) return days;
  // Staff and very frequent guests must fit into the years there are.
  const int last = std::min(recency(count, days_open, rng), std::max(1, days_open - count * 12));
  const int room = days_open - last;
  int span = count >= 10 ? room * rng.between(40, 95) / 100 : std::min(room, count * rng.between(25, 190));
  span = std::max(span, count * 8);
  const int gap = std::max(1, span / count);
  int back = last;
  for (int i = 0; i < count; ++i) {
    Date day = near_weekend(world.today().plus_days(-back), rng);
    for (int attempt = 0; attempt < 3 && count <= 3 && !month_is_busy(day, rng); ++attempt) {
      const Date other = day.plus_days(rng.between(-75, 75));
      if (other >= opening_day() && other < world.today()) day = other;
    }
    if (day > world.today()) day = world.today();
    if (day >= opening_day() && std::ranges::find(days, day) == days.end()) days.push_back(day);
    back += std::max(3, gap * rng.between(60, 140) / 100);
  }
  return days;
}

}  // namespace

Date opening_day() { return Date::of(2020, 1, 4); }

Date live_begins(const World& world) {
  return std::min(Date::of(2024, 10, 1), world.today().plus_days(-365));
}

bool is_live(const World& world, const PlannedSale& sale) {
  return !World::is_guide(sale.person) && sale.created.date() >= live_begins(world);
}

std::vector<PlannedSale> sales_of(const World& world, Person person) {
  if (World::is_guide(person)) return guide_sales(person);
  Rng rng(world.seed(), Stream::plan, person);
  int count = World::is_staff(person) ? rng.between(30, 70) : sales_count(world, rng);
  if (person == 0 && (count < 3 || count > 8)) count = 5;  // the guide's example of anybody: customer 1
  std::vector<Date> days = visit_days(world, count, rng);
  const bool active = !days.empty() && world.today().days - days.front().days <= 150;
  if (count > 0 && rng.chance(active ? 90 : 6)) {
    // One booking in seven of those to come is for today.
    days.push_back(rng.chance(140) ? world.today() : world.today().plus_days(rng.between(1, 75)));
  }
  std::ranges::sort(days, std::greater{});
  std::vector<PlannedSale> sales;
  for (std::size_t i = 0; i < days.size(); ++i) {
    sales.push_back(planned(days[i], person, static_cast<std::uint16_t>(i), world.today(), rng));
  }
  return sales;
}

std::vector<PlannedSale> plan_sales(const World& world) {
  std::vector<PlannedSale> all;
  all.reserve(static_cast<std::size_t>(std::int64_t{world.customers()} * world.sales_permille() * 108 / 100'000));
  for (Person person = 0; person < world.customers(); ++person) {
    for (const PlannedSale& sale : sales_of(world, person)) all.push_back(sale);
  }
  std::ranges::sort(all);
  const auto live = std::ranges::lower_bound(all, Moment::at(live_begins(world), 0, 0), {}, &PlannedSale::created);
  std::ranges::rotate(all, live);
  return all;
}

}  // namespace aremko::demo
