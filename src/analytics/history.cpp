#include "analytics/history.h"

#include <algorithm>

namespace aremko::analytics {

namespace {
std::optional<int> days_between(Moment from, AsOf to) {
  if (!from.known()) return std::nullopt;
  return std::max(0, to.date().days - from.date().days);
}
}  // namespace

std::optional<int> Tally::days_since_last(AsOf as_of) const { return days_between(last, as_of); }

std::optional<int> Tally::days_since_first(AsOf as_of) const {
  return undated > 0 ? std::nullopt : days_between(first, as_of);
}

Date months_window_start(AsOf as_of, int months) { return as_of.date().plus_months(-months).plus_days(1); }

Tally tally(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view) {
  Tally out;
  const Moment year_start = Moment::start_of(months_window_start(view.as_of, 12));
  for_each_seen(snapshot, person, view, [&](std::size_t, Moment at, Pesos money, snapshot::VisitRef ref) {
    ++out.visits;
    out.spent += money;
    if (ref.legacy()) {
      ++out.legacy_visits;
      out.legacy_spent += money;
    }
    if (!at.known()) {
      ++out.undated;
      if (ref.legacy()) ++out.legacy_undated;
      return;
    }
    // Visits come day by day; within one their hours may stand in another order.
    if (!out.first.known() || at < out.first) out.first = at;
    out.last = std::max(out.last, at);
    if (at >= year_start) ++out.last_year;
    if (ref.legacy()) {
      if (!out.legacy_first.known()) out.legacy_first = at;
      out.legacy_last = at;
    }
  });
  for_each_charge(snapshot, person, view, [&](Moment, Pesos money, snapshot::ChargeKind) { out.spent += money; });
  return out;
}

Pesos rounded_share(Pesos total, std::int64_t parts) {
  if (parts <= 0) return 0;
  const Pesos half = parts / 2;
  return (total >= 0 ? total + half : total - half) / parts;
}

Moment next_visit(const snapshot::Snapshot& snapshot, snapshot::PersonId person, AsOf as_of) {
  Moment next{};
  for_each_ahead(snapshot, person, as_of, [&](snapshot::Row, Moment at) {
    if (!next.known() || at < next) next = at;
  });
  return next;
}

CustomerStatistics statistics(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view) {
  return statistics(tally(snapshot, person, view), next_visit(snapshot, person, view.as_of));
}

CustomerStatistics statistics(const Tally& tally, Moment next) {
  return {.total_visitas = tally.visits,
          .total_gastado = tally.spent,
          .promedio_por_visita = rounded_share(tally.spent, tally.visits),
          .ultima_visita = tally.last,
          .primera_visita = tally.first,
          .visitas_ultimo_ano = tally.last_year,
          .proxima_visita = next,
          .visitas_por_fuente = {tally.visits - tally.legacy_visits, tally.legacy_visits},
          .gasto_por_fuente = {tally.spent - tally.legacy_spent, tally.legacy_spent},
          .visitas_sin_fecha = tally.undated};
}

RfmAnalysis rfm(const Tally& tally, AsOf as_of, const RfmThresholds& thresholds) {
  const auto days = tally.days_since_last(as_of);
  const RfmScores scores = rfm_scores(days, tally.visits, tally.spent, thresholds);
  return rfm_analysis(scores, days, segment_of(scores, tally.days_since_first(as_of), thresholds));
}

}  // namespace aremko::analytics
