#include "analytics/coverage.h"

#include <algorithm>
#include <cmath>

namespace aremko::analytics {

using snapshot::Row;

namespace {

/// The days of a source without one in a thousand at either end: a year typed wrong is no sign of life.
KnownDays known_days(std::vector<std::int32_t>& days) {
  if (days.empty()) return {};
  const std::size_t strays = days.size() / 1000;
  const auto at = [&](std::size_t index) {
    std::ranges::nth_element(days, days.begin() + static_cast<std::ptrdiff_t>(index));
    return Date{days[index]};
  };
  return {at(strays), at(days.size() - 1 - strays)};
}

Date month_start(Date day) {
  const YearMonthDay parts = day.ymd();
  return Date::of(parts.year, parts.month, 1);
}

}  // namespace

Span Span::year_before() const { return {from.plus_months(-12), to.plus_days(1).plus_months(-12).plus_days(-1)}; }

Span last_twelve_months(AsOf as_of) {
  const Date end = month_start(as_of.date());
  return {end.plus_months(-12), end.plus_days(-1)};
}

bool Coverage::current_knows(const Span& span) const { return current.first.known() && month_start(current.first) <= span.from; }
bool Coverage::legacy_knows(const Span& span) const {
  return legacy.first.known() && month_start(legacy.first) <= span.from && legacy.last >= span.to;
}

Coverage coverage(const snapshot::Snapshot& snapshot, AsOf as_of) {
  std::vector<std::int32_t> current, legacy;
  const Row sales = snapshot.current().sales.size();
  for (Row sale = 0; sale < sales; ++sale) {
    const Moment at = snapshot.sale_moment(sale);
    if (snapshot.sale_kind(sale) == snapshot::SaleKind::visit && at.known() && at <= as_of.moment) current.push_back(at.date().days);
  }
  for (const Moment at : snapshot.legacy_visits().at) {
    if (at.known() && at <= as_of.moment) legacy.push_back(at.date().days);
  }
  return {known_days(current), known_days(legacy)};
}

Compared comparable(const Coverage& coverage, const Span& now, const Span& before) {
  return {coverage.current_knows(before) && coverage.current_knows(now), coverage.legacy_knows(before) && coverage.legacy_knows(now)};
}

Comparison comparison(const Coverage& coverage, const Span& now, const Span& before) {
  Comparison out{.antes_desde = before.from, .antes_hasta = before.to};
  const Compared compared = comparable(coverage, now, before);
  const auto put = [&](bool in, const KnownDays& known, std::string_view name) {
    if (in) out.fuentes.push_back(name);
    else if (known.first.known() && known.first <= now.to && known.last >= before.from) out.sin_comparar.push_back(name);
  };
  put(compared.current, coverage.current, "current");
  put(compared.legacy, coverage.legacy, "legacy");
  return out;
}

std::optional<double> change(Pesos now, Pesos before) {
  if (before <= 0) return std::nullopt;
  return std::round(1000.0 * static_cast<double>(now - before) / static_cast<double>(before)) / 10.0;
}

bool of_the_business(const snapshot::Snapshot& snapshot, snapshot::PersonId person) {
  const Row customers = snapshot.customers().size();
  if (person >= customers) return snapshot.customer_of(person - customers) == snapshot::no_row;
  return (snapshot.customers().contact.flags[person] & sources::is_staff) == 0;
}

}  // namespace aremko::analytics
