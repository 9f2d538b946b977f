// Like with like: whole months, whole years, and the sources that know both spans.
#include <algorithm>
#include <cmath>
#include <limits>

#include "analytics/activity_parts.h"
#include "analytics/coverage.h"

namespace aremko::analytics {

namespace {

struct Sums {
  Pesos spent = 0;
  std::int64_t visits = 0;
  std::int64_t new_people = 0;
};

Date first_day(const ActivityMonth& month) { return Date::parse_iso(month.month + "-01").value_or(Date{}); }
Date last_day(const ActivityMonth& month) { return first_day(month).plus_months(1).plus_days(-1); }

/// The months of a span, of the sources that count.
Sums sum(const std::vector<ActivityMonth>& months, const Span& span, Compared of) {
  Sums out;
  for (const ActivityMonth& month : months) {
    const Date day = first_day(month);
    if (day < span.from || day > span.to) continue;
    if (of.current) {
      out.spent += month.gastado - month.gastado_legacy;
      out.visits += month.visitas - month.visitas_legacy;
      out.new_people += month.personas_nuevas - month.personas_nuevas_legacy;
    }
    if (of.legacy) {
      out.spent += month.gastado_legacy;
      out.visits += month.visitas_legacy;
      out.new_people += month.personas_nuevas_legacy;
    }
  }
  return out;
}

YearOnYear year_on_year(const Coverage& known, const Activity& of) {
  const Span now = last_twelve_months(of.as_of), before = now.year_before();
  const Sums all = sum(of.months, now, {.current = true, .legacy = true});
  YearOnYear out{.desde = now.from, .hasta = now.to, .comparacion = comparison(known, now, before), .ventas = all.spent,
                 .visitas = all.visits, .personas_nuevas = all.new_people};
  const Compared compared = comparable(known, now, before);
  if (!compared.any()) return out;
  const Sums here = sum(of.months, now, compared), there = sum(of.months, before, compared);
  out.cambio_ventas = change(here.spent, there.spent);
  out.cambio_visitas = change(here.visits, there.visits);
  out.cambio_personas_nuevas = change(here.new_people, there.new_people);
  return out;
}

/// The first month of the business: what comes before one in a thousand of its visits are years typed wrong.
template <class Visits>
Date first_month(const Activity& of, const Visits& visits_of) {
  std::int64_t all = 0, so_far = 0;
  for (const ActivityMonth& month : of.months) all += visits_of(month);
  for (const ActivityMonth& month : of.months) {
    so_far += visits_of(month);
    if (so_far > all / 1000) return first_day(month);
  }
  return {};
}

/// The first year of which every month is known; 0 without.
int first_whole_year(Date begin) {
  if (!begin.known()) return 0;
  const YearMonthDay first = begin.ymd();
  return first.month == 1 ? first.year : first.year + 1;
}

/// Years that the old files tell of are no measure for this one, of which they tell nothing: where the booking system alone has
/// two whole years they are left out.
Seasons seasons(const Activity& of) {
  constexpr int enough_years = 2;
  Seasons out;
  const auto all = [](const ActivityMonth& month) { return month.visitas; };
  const auto current = [](const ActivityMonth& month) { return month.visitas - month.visitas_legacy; };
  const int this_year = of.as_of.date().year();
  const bool has_files = std::ranges::any_of(of.months, [](const ActivityMonth& month) { return month.visitas_legacy > 0; });
  const int current_from = first_whole_year(first_month(of, current));
  out.solo_agenda = has_files && current_from > 0 && this_year - current_from >= enough_years;
  const int from = out.solo_agenda ? current_from : first_whole_year(first_month(of, all));
  if (from == 0) return out;
  const auto visits_of = [&](const ActivityMonth& month) { return out.solo_agenda ? current(month) : all(month); };
  for (int year = from; year < this_year; ++year) out.anos.push_back(year);
  if (out.anos.empty()) return out;
  for (int month = 1; month <= 12; ++month) {
    MonthOfYear made{.mes = month, .minimo = std::numeric_limits<std::int64_t>::max()};
    std::int64_t visits = 0;
    for (const ActivityMonth& one : of.months) {
      const YearMonthDay day = first_day(one).ymd();
      if (day.month != month || day.year < from) continue;
      if (day.year == this_year) {
        if (one.completo) made.este_ano = visits_of(one);
        continue;
      }
      visits += visits_of(one);
      made.minimo = std::min(made.minimo, visits_of(one));
      made.maximo = std::max(made.maximo, visits_of(one));
    }
    made.media = std::round(10.0 * static_cast<double>(visits) / static_cast<double>(out.anos.size())) / 10.0;
    out.meses.push_back(made);
  }
  return out;
}

}  // namespace

void complete(const snapshot::Snapshot& snapshot, Activity& out) {
  for (ActivityMonth& month : out.months) month.completo = AsOf::end_of(last_day(month)) <= out.as_of;
  const Coverage known = coverage(snapshot, out.as_of);
  out.archivos_hasta = known.legacy.last;
  out.doce_meses = year_on_year(known, out);
  out.temporadas = seasons(out);
}

}  // namespace aremko::analytics
