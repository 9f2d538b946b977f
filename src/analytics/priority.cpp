#include "analytics/priority.h"

#include <algorithm>

#include <fmt/format.h>

#include "analytics/history.h"
#include "base/spoken.h"

namespace aremko::analytics {

namespace {

/// 0–6.
int warmth(int days) {
  if (days <= 90) return 6;
  if (days <= 180) return 5;
  if (days <= 365) return 4;
  if (days <= 730) return 2;
  return days <= 1460 ? 1 : 0;
}

/// How far `amount` has come on the way from 0 to `whole`, in `points`, without overflow for absurd money.
int share(Pesos amount, Pesos whole, int points, int limit) {
  if (amount <= 0) return 0;
  if (whole <= 0 || amount / whole > limit) return limit;
  return static_cast<int>(std::min<std::int64_t>(limit, amount * points / whole));
}

constexpr Pesos most_money = 1'000'000'000'000;  // nobody's; keeps the arithmetic far from overflow

}  // namespace

Priority priority(int days_since_last, std::int64_t visits, Pesos spent, bool reachable,
                  const RfmThresholds& thresholds) {
  const Pesos money = std::clamp<Pesos>(spent, 0, most_money);
  const auto& steps = thresholds.money;  // of scores 5, 4, 3, 2
  const bool often = visits >= thresholds.visits[2];
  Priority out{.warmth = warmth(days_since_last), .reachable = reachable};
  if (often && money >= steps[1]) {
    out.tier = 80;
    out.value = share(money - steps[1], steps[0] - steps[1], 8, 9);
    out.loyalty = static_cast<int>(std::clamp<std::int64_t>(visits / 4, 0, 5));
  } else if ((often && money >= steps[2]) || (visits >= thresholds.visits[3] && money >= steps[1])) {
    out.tier = 60;
    out.value = share(money - steps[2], steps[1] - steps[2], 8, 8);
    out.loyalty = static_cast<int>(std::clamp<std::int64_t>(visits / 4, 0, 5));
  } else {
    out.value = share(money, steps[2], 30, 30);
    out.loyalty = static_cast<int>(std::clamp<std::int64_t>(visits, 0, 11));
    out.warmth *= 3;
  }
  return out;
}

Moment booked_ahead(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of) {
  const auto theirs = snapshot.person_ties().twins.of(customer);
  if (theirs.empty()) return next_visit(snapshot, snapshot.person_of_customer(customer), as_of);
  Moment first{};
  for (const snapshot::Row row : theirs) {
    const Moment next = next_visit(snapshot, snapshot.person_of_customer(row), as_of);
    if (next.known() && (!first.known() || next < first)) first = next;
  }
  return first;
}

namespace {

PriorityReason unreachable(Reach reach) {
  const Text why = unreachable_because(reach);
  return {"unreachable", 0, "Sin canal permitido: " + why.es, "No allowed channel: " + why.en};
}

PriorityReason upcoming(Moment next) {
  return {"upcoming", 0, "Tiene una reserva el " + long_date(next.date(), "es") + ": no hay que recuperarlo.",
          "Has a booking on " + long_date(next.date(), "en") + ": nobody to win back."};
}

PriorityReason tier_reason(int tier, std::int64_t visits, Pesos spent, const RfmThresholds& thresholds) {
  if (tier == 80) {
    return {"tier", 80, "Fue de los mejores clientes (VIP o entre los mejores).",
            "Was among the best customers (VIP or Champions)."};
  }
  if (tier == 60) {
    return {"tier", 60, "Fue buen cliente, de los fieles.",
            "Was a good, loyal customer."};
  }
  // What keeps them below: both are said only of whom both are true.
  const bool seldom = visits < thresholds.visits[2], little = spent < thresholds.money[2];
  if (seldom && little) return {"tier", 0, "Pocas visitas y gasto bajo.", "Few visits and low spending."};
  if (little) return {"tier", 0, "Gasto bajo para sus visitas.", "Low spending for their visits."};
  return {"tier", 0, "Pocas visitas.", "Few visits."};
}

}  // namespace

std::vector<PriorityReason> priority_reasons(const Priority& priority, Reach reach, int days_since_last,
                                             std::int64_t visits, Pesos spent, Moment next,
                                             const RfmThresholds& thresholds) {
  std::vector<PriorityReason> out;
  if (priority.booked) {
    out.push_back(upcoming(next));
    return out;
  }
  if (!priority.reachable) {
    out.push_back(unreachable(reach));
    return out;
  }
  out.reserve(4);
  out.push_back(tier_reason(priority.tier, visits, spent, thresholds));
  out.push_back({"value", priority.value, fmt::format("Gastó ${} en total.", grouped(spent, '.')),
                 fmt::format("Spent CLP {} in all.", grouped(spent, ','))});
  out.push_back({"loyalty", priority.loyalty, fmt::format("{} {}.", visits, visits == 1 ? "visita" : "visitas"),
                 fmt::format("{} {}.", visits, visits == 1 ? "visit" : "visits")});
  out.push_back({"warmth", priority.warmth,
                 fmt::format("{} {} desde la última visita.", days_since_last, days_since_last == 1 ? "día" : "días"),
                 fmt::format("{} {} since the last visit.", days_since_last, days_since_last == 1 ? "day" : "days")});
  return out;
}

}  // namespace aremko::analytics
