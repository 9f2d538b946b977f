#include "analytics/activity.h"

#include <algorithm>
#include <array>

#include "analytics/activity_parts.h"
#include "analytics/census_parts.h"
#include "analytics/coverage.h"
#include "analytics/history.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

// Visits before it are typing errors: no spa of ours is as old.
constexpr int first_year = 1990;

struct Month {
  std::int64_t visits = 0;
  std::int64_t legacy = 0;
  std::int64_t new_people = 0;
  std::int64_t new_legacy = 0;
  Pesos spent = 0;
  Pesos spent_legacy = 0;
};

/// One thread's share.
struct Pass {
  std::vector<Month> months;  // from January of first_year to as_of's
  std::array<std::array<std::int64_t, 24>, 7> hours{};
  Pesos of_nobody = 0;   // spent by people of the old files alone
  Pesos undated = 0;     // of customers, in no month

  void run(const snapshot::Snapshot& snapshot, AsOf as_of, Row from, Row to) {
    for (Row person = from; person < to; ++person) {
      if (!of_the_business(snapshot, person)) continue;
      const bool customer = person < snapshot.customers().size();
      one(snapshot.visits(person), as_of, customer);
      for_each_charge(snapshot, person, {.as_of = as_of}, [&](Moment at, Pesos money, snapshot::ChargeKind) {
        if (Month* const month = month_of(at)) month->spent += money;
        else undated += money;
      });
    }
  }

  /// Null for an unknown day, and for those before first_year.
  Month* month_of(Moment at) {
    if (!at.known()) return nullptr;
    const YearMonthDay day = at.date().ymd();
    if (day.year < first_year) return nullptr;
    return &months[static_cast<std::size_t>((day.year - first_year) * 12 + day.month - 1)];
  }

  void one(const snapshot::VisitSpan& visits, AsOf as_of, bool customer) {
    const std::size_t seen = visits.seen(as_of);
    bool first = true;
    for (std::size_t i = 0; i < seen; ++i) {
      const Moment at = visits.at[i];
      // A visit of an unknown day may have been the first.
      if (!at.known()) first = false;
      Month* const month = month_of(at);
      if (month == nullptr) {
        if (customer) undated += visits.money(i);
        continue;
      }
      const bool legacy = visits.ref[i].legacy();
      ++month->visits;
      month->spent += visits.money(i);
      if (!customer) of_nobody += visits.money(i);
      if (legacy) {
        ++month->legacy;
        month->spent_legacy += visits.money(i);
      }
      if (std::exchange(first, false)) {
        ++month->new_people;
        month->new_legacy += legacy;
      }
      count_hour(at);
    }
  }

  // Midnight stands for an hour nobody wrote down.
  void count_hour(Moment at) {
    const int minute = at.minute_of_day();
    if (minute == 0) return;
    const int weekday = ((at.date().days + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; Monday is 0
    ++hours[static_cast<std::size_t>(weekday)][static_cast<std::size_t>(minute / 60)];
  }

  void add(const Pass& other) {
    for (std::size_t i = 0; i < months.size(); ++i) {
      months[i].visits += other.months[i].visits;
      months[i].legacy += other.months[i].legacy;
      months[i].new_people += other.months[i].new_people;
      months[i].new_legacy += other.months[i].new_legacy;
      months[i].spent += other.months[i].spent;
      months[i].spent_legacy += other.months[i].spent_legacy;
    }
    of_nobody += other.of_nobody;
    undated += other.undated;
    for (std::size_t day = 0; day < 7; ++day) {
      for (std::size_t hour = 0; hour < 24; ++hour) hours[day][hour] += other.hours[day][hour];
    }
  }
};

}  // namespace

Activity activity(const snapshot::Snapshot& snapshot, AsOf as_of, unsigned threads) {
  const YearMonthDay today = as_of.date().ymd();
  const auto count = static_cast<std::size_t>(std::max(0, (today.year - first_year) * 12 + today.month));
  const auto people = static_cast<Row>(snapshot.person_count());
  std::vector<Pass> passes(parts_for(people, threads), Pass{.months = std::vector<Month>(count)});
  in_parts(people, passes.size(),
           [&](std::size_t part, Row from, Row to) { passes[part].run(snapshot, as_of, from, to); });
  for (std::size_t part = 1; part < passes.size(); ++part) passes[0].add(passes[part]);

  Activity out{.as_of = as_of};
  std::array<std::int64_t, 12> by_month{};
  for (std::size_t i = 0; i < count; ++i) {
    const Month& month = passes[0].months[i];
    if (month.visits == 0 && month.spent == 0 && out.months.empty()) continue;
    by_month[i % 12] += month.visits;
    out.total_visitas += month.visits;
    out.total_gastado += month.spent;
    out.months.push_back({fmt::format("{:04}-{:02}", first_year + static_cast<int>(i) / 12, i % 12 + 1), month.visits,
                          month.legacy, month.new_people, month.spent, month.spent_legacy, month.new_legacy, true});
  }
  for (std::size_t i = 0; i < 12; ++i) {
    out.visits_by_month.emplace_back(month_name_es(static_cast<int>(i) + 1), by_month[i]);
  }
  for (const auto& day : passes[0].hours) out.visits_by_weekday_and_hour.emplace_back(day.begin(), day.end());
  out.gastado_sin_cliente = passes[0].of_nobody;
  out.gastado_sin_fecha = passes[0].undated;
  complete(snapshot, out);
  return out;
}

}  // namespace aremko::analytics
