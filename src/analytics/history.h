#pragma once
// A person's visits as they are seen at a moment, in one pass and without a copy.

#include <cstdint>
#include <optional>

#include "analytics/rfm.h"
#include "base/civil.h"
#include "base/money.h"
#include "model/profile.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// What an analysis looks at. `include_legacy` = false sees the current source only.
struct View {
  AsOf as_of;
  bool include_legacy = true;
  bool legacy_only = false;  // the legacy part of a customer

  bool shows(snapshot::VisitRef ref) const { return ref.legacy() ? include_legacy : !legacy_only; }
};

/// The sums of a person's seen visits, and in the money what is charged beside them (snapshot::ChargeSpan).
struct Tally {
  std::int64_t visits = 0;      // undated ones too
  std::int64_t undated = 0;
  Pesos spent = 0;
  Moment first{};               // dated ones; unknown without
  Moment last{};
  std::int64_t last_year = 0;   // dated, in the twelve months up to as_of
  std::int64_t legacy_visits = 0;
  Pesos legacy_spent = 0;
  std::int64_t legacy_undated = 0;
  Moment legacy_first{};
  Moment legacy_last{};

  std::int64_t dated() const { return visits - undated; }
  /// Calendar days from the last dated visit to as_of; never negative.
  std::optional<int> days_since_last(AsOf as_of) const;
  /// Empty when the first visit ever is not known (no visit, or undated ones).
  std::optional<int> days_since_first(AsOf as_of) const;
};

Tally tally(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view);

CustomerStatistics statistics(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view);
CustomerStatistics statistics(const Tally& tally, Moment next);
RfmAnalysis rfm(const Tally& tally, AsOf as_of, const RfmThresholds& thresholds = {});

/// The day from which on a visit is "in the last `months` months": a person whose last visit was on the day before
/// it or earlier has been inactive for at least that long.
Date months_window_start(AsOf as_of, int months);

/// total / parts to the nearest peso, halves away from zero; 0 without parts.
Pesos rounded_share(Pesos total, std::int64_t parts);

/// The first booking ahead (for_each_ahead); unknown without.
Moment next_visit(const snapshot::Snapshot& snapshot, snapshot::PersonId person, AsOf as_of);

/// Calls f(index, at, money, ref) for every seen visit: undated ones first, then oldest first.
template <class Function>
void for_each_seen(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view, Function f) {
  const snapshot::VisitSpan visits = snapshot.visits(person);
  const std::size_t seen = visits.seen(view.as_of);
  for (std::size_t i = 0; i < seen; ++i) {
    if (!view.shows(visits.ref[i])) continue;
    f(i, visits.at[i], visits.money(i), visits.ref[i]);
  }
}

/// Calls f(at, money, kind) for every seen charge, in the order in which they are seen.
template <class Function>
void for_each_charge(const snapshot::Snapshot& snapshot, snapshot::PersonId person, const View& view, Function f) {
  if (view.legacy_only) return;
  const snapshot::ChargeSpan charges = snapshot.charges(person);
  const std::size_t seen = charges.seen(view.as_of);
  for (std::size_t i = 0; i < seen; ++i) f(charges.at[i], charges.money(i), charges.kind[i]);
}

/// Calls f(sale, at) for every booking ahead that was already made at as_of, paid for or not: one whose moment is
/// after as_of, or, while nobody has checked in, whose day is as_of's.
template <class Function>
void for_each_ahead(const snapshot::Snapshot& snapshot, snapshot::PersonId person, AsOf as_of, Function f) {
  const auto& created = snapshot.current().sales.created;
  const snapshot::VisitSpan visits = snapshot.visits(person);
  for (std::size_t i = visits.seen(as_of); i < visits.size(); ++i) {
    if (visits.ref[i].legacy()) continue;  // the files do not say when a booking was made
    const snapshot::Row sale = visits.ref[i].sale();
    if (created[sale] <= as_of.moment) f(sale, visits.at[i]);
  }
  if (person >= snapshot.customers().size()) return;
  for (const snapshot::Row sale : snapshot.unpaid_of(person)) {
    if (created[sale] <= as_of.moment && snapshot.sale_seen_from(sale) > as_of.moment) f(sale, snapshot.sale_moment(sale));
  }
}

/// Calls f(sale, payment) for a customer's payments up to as_of, cancelled sales' too, sale by sale. A payment
/// without a date was made when its sale was.
template <class Function>
void for_each_payment(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of, Function f) {
  const auto& current = snapshot.current();
  for (const snapshot::Row sale : snapshot.sales_of(customer)) {
    for (const snapshot::Row payment : snapshot.payments_of(sale)) {
      const Moment at = current.payments.at[payment];
      if ((at.known() ? at : current.sales.created[sale]) <= as_of.moment) f(sale, payment);
    }
  }
}

}  // namespace aremko::analytics
