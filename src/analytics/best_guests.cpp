#include "analytics/best_guests.h"

#include <algorithm>
#include <cmath>

#include "analytics/history.h"

namespace aremko::analytics {

using snapshot::Row;

namespace {

struct Sums {
  Row person = 0;
  Pesos spent = 0;
  std::int64_t visits = 0;
  Moment last{};
};

double share(Pesos part, Pesos whole) {
  return whole == 0 ? 0 : std::round(1000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 10.0;
}

/// The row that stands for a person of several rows.
Row stands_for(const snapshot::Snapshot& snapshot, const Census& census, Row person) {
  if (person >= snapshot.customers().size() || !census.folded(person)) return person;
  for (const Row twin : snapshot.person_ties().twins.of(person)) {
    if (!census.folded(twin)) return twin;
  }
  return person;
}

void add(const snapshot::Snapshot& snapshot, Row person, const Span& span, AsOf as_of, Sums& out) {
  const View view{.as_of = as_of};
  for_each_seen(snapshot, person, view, [&](std::size_t, Moment at, Pesos money, snapshot::VisitRef) {
    if (!span.has(at)) return;
    ++out.visits;
    out.spent += money;
    out.last = std::max(out.last, at);
  });
  for_each_charge(snapshot, person, view, [&](Moment at, Pesos money, snapshot::ChargeKind) {
    if (span.has(at)) out.spent += money;
  });
}

std::vector<Sums> everybody(const snapshot::Snapshot& snapshot, const Census& census, const Span& span, AsOf as_of) {
  std::vector<Sums> all(snapshot.person_count());
  for (Row person = 0; person < all.size(); ++person) {
    if (!of_the_business(snapshot, person)) continue;
    const Row whose = stands_for(snapshot, census, person);
    all[whose].person = whose;
    add(snapshot, person, span, as_of, all[whose]);
  }
  std::erase_if(all, [](const Sums& one) { return one.visits == 0 && one.spent == 0; });
  return all;
}

BestGuest line(const snapshot::Snapshot& snapshot, const Census& census, const Sums& sums, Pesos whole) {
  BestGuest out{.gastado = sums.spent,
                .visitas = sums.visits,
                .promedio = rounded_share(sums.spent, sums.visits),
                .ultima_visita = sums.last,
                .participacion = share(sums.spent, whole)};
  const Row customers = snapshot.customers().size();
  if (sums.person < customers) {
    const auto& contact = snapshot.customers().contact;
    out.customer_id = snapshot.customers().id[sums.person];
    out.nombre = contact.nombre[sums.person];
    out.telefono = maybe(contact.telefono[sums.person]);
    out.ciudad = maybe(contact.ciudad[sums.person]);
    if (census.counted(sums.person)) out.segment = census.segment(sums.person);
    return out;
  }
  const auto& legacy = snapshot.legacy();
  const Row row = sums.person - customers;
  out.legacy_id = legacy.legacy_id(row);
  out.nombre = legacy.nombre(row);
  out.telefono = maybe(legacy.telefono(row));
  out.ciudad = maybe(legacy.ciudad(row));
  return out;
}

}  // namespace

BestGuests best_guests(const snapshot::Snapshot& snapshot, const Census& census, const Span& span, AsOf as_of, GuestOrder order,
                       std::size_t limit) {
  std::vector<Sums> all = everybody(snapshot, census, span, as_of);
  BestGuests out{.as_of = as_of, .desde = span.from, .hasta = span.to, .total_personas = static_cast<std::int64_t>(all.size())};
  const auto by_money = [](const Sums& a, const Sums& b) { return a.spent != b.spent ? a.spent > b.spent : a.person < b.person; };
  std::ranges::sort(all, by_money);
  Pesos of_tenth = 0;
  const std::size_t tenth = (all.size() + 9) / 10;
  for (std::size_t i = 0; i < all.size(); ++i) {
    out.total_gastado += all[i].spent;
    if (i < tenth) of_tenth += all[i].spent;
  }
  out.parte_del_diez = share(of_tenth, out.total_gastado);
  if (order == GuestOrder::visitas) std::ranges::stable_sort(all, std::ranges::greater{}, &Sums::visits);
  for (std::size_t i = 0; i < std::min(limit, all.size()); ++i) out.guests.push_back(line(snapshot, census, all[i], out.total_gastado));
  return out;
}

}  // namespace aremko::analytics
