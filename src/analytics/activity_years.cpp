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
Date first_month(const Activity& of) {
  std::int64_t visits = 0;
  for (const ActivityMonth& month : of.months) {
    visits += month.visitas;
    if (visits > of.total_visitas / 1000) return first_day(month);
  }
  return {};
}

Seasons seasons(const Activity& of) {
  Seasons out;
  const Date begin = first_month(of);
  if (!begin.known()) return out;
  const YearMonthDay first = begin.ymd();
  const int this_year = of.as_of.date().year();
  const int from = first.month == 1 ? first.year : first.year + 1;
  for (int year = from; year < this_year; ++year) out.anos.push_back(year);
  if (out.anos.empty()) return out;
  for (int month = 1; month <= 12; ++month) {
    MonthOfYear made{.mes = month, .minimo = std::numeric_limits<std::int64_t>::max()};
    std::int64_t visits = 0;
    for (const ActivityMonth& one : of.months) {
      const YearMonthDay day = first_day(one).ymd();
      if (day.month != month || day.year < from) continue;
      if (day.year == this_year) {
        if (one.completo) made.este_ano = one.visitas;
        continue;
      }
      visits += one.visitas;
      made.minimo = std::min(made.minimo, one.visitas);
      made.maximo = std::max(made.maximo, one.visitas);
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
