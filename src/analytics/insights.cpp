#include "analytics/insights.h"

#include <algorithm>
#include <numeric>

#include "analytics/preferences.h"

namespace aremko::analytics {

std::int64_t MonthCounts::total() const { return std::accumulate(visits.begin(), visits.end(), std::int64_t{0}); }

void MonthCounts::add(Moment at) {
  if (!at.known()) return;
  const auto month = static_cast<std::size_t>(at.date().month() - 1);
  ++visits[month];
  latest[month] = std::max(latest[month], at);
}

std::string_view visit_frequency(const Tally& tally) {
  if (tally.visits == 0) return "Sin visitas";
  if (tally.visits == 1) return "Una sola visita";
  const std::int64_t gaps = tally.dated() - 1;
  if (gaps < 1) return "Datos insuficientes";  // several visits, but at most one with a date
  const std::int64_t days = tally.last.date().days - tally.first.date().days;
  if (days <= 15 * gaps) return "Muy frecuente (2+ veces/mes)";
  if (days <= 45 * gaps) return "Frecuente (1 vez/mes)";
  if (days <= 90 * gaps) return "Regular (cada 2 meses)";
  if (days <= 150 * gaps) return "Ocasional (cada 4 meses)";
  return "Esporádico (< 1 vez/trimestre)";
}

std::string_view seasonality_pattern(const std::array<std::int64_t, 12>& visits) {
  if (std::accumulate(visits.begin(), visits.end(), std::int64_t{0}) < 3) return "Datos insuficientes";
  const std::int64_t summer = visits[11] + visits[0] + visits[1];
  const std::int64_t winter = visits[5] + visits[6] + visits[7];
  if (2 * summer > 3 * winter) return "Prefiere verano";
  if (2 * winter > 3 * summer) return "Prefiere invierno";
  return "Sin preferencia estacional";
}

Seasonality seasonality(const MonthCounts& months) {
  Seasonality out{.pattern = seasonality_pattern(months.visits)};
  std::array<std::size_t, 12> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (months.visits[a] != months.visits[b]) return months.visits[a] > months.visits[b];
    if (months.latest[a] != months.latest[b]) return months.latest[a] > months.latest[b];
    return a < b;
  });
  for (std::size_t i = 0; i < 3 && months.visits[order[i]] > 0; ++i) {
    const std::string_view name = month_name_es(static_cast<int>(order[i]) + 1);
    out.best_months.push_back(name);
    out.month_counts.emplace_back(name, months.visits[order[i]]);
  }
  out.visits_by_month.reserve(12);
  for (std::size_t i = 0; i < 12; ++i) {
    out.visits_by_month.emplace_back(month_name_es(static_cast<int>(i) + 1), months.visits[i]);
  }
  return out;
}

std::string_view churn_risk(Segment segment, int recency_score, const Tally& tally, AsOf as_of) {
  if (segment == Segment::hibernating || segment == Segment::lost) return "Alto";
  if (segment == Segment::at_risk) {
    const bool over_two_years = tally.last.known() && tally.last.date() < as_of.date().plus_months(-24);
    return over_two_years ? "Alto" : "Medio-Alto";
  }
  if (recency_score == 2) return "Medio-Alto";
  if (recency_score >= 4 && tally.last_year >= 2) return "Bajo";
  return "Medio";
}

std::string_view upsell_potential(const Tally& tally, std::size_t different_services) {
  constexpr std::string_view medium = "Medio";
  if (tally.visits == 0) return medium;
  if (tally.visits >= 5 && different_services <= 2) return "Alto (probar nuevos servicios)";
  // The active years run from the first to the last visit and are one at least; 1461 days are four years.
  const std::int64_t active_days =
      tally.first.known() ? std::int64_t{tally.last.date().days} - tally.first.date().days : 0;
  const bool often = 1461 * tally.dated() >= 3 * std::max<std::int64_t>(1461, 4 * active_days);
  const auto ticket_reaches = [&](Pesos pesos) { return tally.spent / tally.visits >= pesos; };
  if ((tally.spent >= 1'000'000 && often) || (ticket_reaches(60'000) && different_services >= 3)) {
    return "Bajo (ya es buen cliente)";
  }
  const bool above_60 = tally.spent > 60'000 * tally.visits;
  return ticket_reaches(30'000) && !above_60 ? "Medio (aumentar ticket promedio)" : medium;
}

PaymentBehavior payment_behavior(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of) {
  struct Method {
    std::string_view name;
    std::int64_t payments = 0;
    Moment latest{};
  };
  const auto& current = snapshot.current();
  std::vector<Method> methods;
  for_each_payment(snapshot, customer, as_of, [&](snapshot::Row, snapshot::Row payment) {
    const std::uint8_t number = current.payments.method[payment];
    if (number >= current.payment_methods.size()) return;
    const std::string_view name = current.payment_methods[number];
    if (name.empty() || snapshot.payment_methods().discount(number)) return;
    auto found = std::ranges::find(methods, name, &Method::name);
    if (found == methods.end()) found = methods.insert(methods.end(), Method{.name = name});
    ++found->payments;
    found->latest = std::max(found->latest, current.payments.at[payment]);
  });
  std::ranges::sort(methods, [](const Method& a, const Method& b) {
    if (a.payments != b.payments) return a.payments > b.payments;
    if (a.latest != b.latest) return a.latest > b.latest;
    return a.name < b.name;
  });
  PaymentBehavior out;
  if (!methods.empty()) out.preferred_method = methods.front().name;
  for (const Method& method : methods) {
    out.payment_methods_used.push_back(method.name);
    out.method_distribution.emplace_back(method.name, method.payments);
  }
  return out;
}

namespace {

/// At most three; what was tried once is no preference beside what was reserved again.
void put_preferences(CustomerInsights& out, std::span<const ServicePreference> preferences) {
  for (const ServicePreference& preference : preferences.first(std::min<std::size_t>(preferences.size(), 3))) {
    if (preference.veces_reservado < 2 && preferences.front().veces_reservado >= 2) break;
    out.preferred_services.push_back(preference.servicio_nombre);
    auto& types = out.preferred_service_types;
    if (std::ranges::find(types, preference.tipo_servicio) == types.end()) types.push_back(preference.tipo_servicio);
  }
}

}  // namespace

CustomerInsights insights(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                          std::span<const ServicePreference> preferences, const RfmThresholds& thresholds) {
  const snapshot::PersonId person = snapshot.person_of_customer(customer);
  const Tally sums = tally(snapshot, person, view);
  const RfmAnalysis scores = rfm(sums, view.as_of, thresholds);
  MonthCounts months;
  for_each_seen(snapshot, person, view,
                [&](std::size_t, Moment at, Pesos, snapshot::VisitRef) { months.add(at); });
  CustomerInsights out{.customer_id = snapshot.customers().id[customer],
                       .as_of = view.as_of,
                       .segment = scores.segment,
                       .ltv = sums.spent,
                       .avg_ticket = rounded_share(sums.spent, sums.visits),
                       .visit_frequency = visit_frequency(sums),
                       .seasonality = seasonality(months),
                       .payment_behavior = payment_behavior(snapshot, customer, view.as_of),
                       .churn_risk = churn_risk(scores.segment, scores.recency_score, sums, view.as_of),
                       .upsell_potential = upsell_potential(sums, preferences.size())};
  put_preferences(out, preferences);
  return out;
}

CustomerInsights insights(const snapshot::Snapshot& snapshot, snapshot::Row customer, const View& view,
                          const RfmThresholds& thresholds) {
  return insights(snapshot, customer, view,
                  service_preferences(snapshot, snapshot.person_of_customer(customer), view), thresholds);
}

}  // namespace aremko::analytics
