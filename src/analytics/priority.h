#pragma once
// How much it is worth to write to somebody again, 0–100, with its reasons.

#include <cstdint>
#include <vector>

#include "analytics/rfm.h"
#include "base/civil.h"
#include "base/money.h"
#include "model/campaign.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// Why a customer can or cannot be reached, as bits.
struct Reach {
  static constexpr std::uint8_t whatsapp = 1;  // a valid mobile, not opted out
  static constexpr std::uint8_t telefono = 2;  // a valid landline, not opted out
  static constexpr std::uint8_t email = 4;     // a valid address
  static constexpr std::uint8_t wait = 8;      // not to be contacted before a day after as_of: no channel is allowed
  static constexpr std::uint8_t closed = 16;   // a valid phone, but opted out
  std::uint8_t bits = 0;
  Date wait_until{};// with `wait`: the first day on which they may be contacted

  bool reachable() const { return (bits & (whatsapp | telefono | email)) != 0; }
};

Reach reach(const snapshot::Snapshot& snapshot, snapshot::Row customer, AsOf as_of);
std::vector<Channel> channels(Reach reach);

/// The parts of a priority. The tier is what the person was worth at their peak (frequency and money), each tier
/// ends below the next, and every part only rises with money and visits: so the whole never falls when they rise.
///   tier 80: F ≥ 3 and M ≥ 4 · tier 60: F ≥ 3 and M = 3, or F = 2 and M ≥ 4 · tier 0: the rest
///   value 0–9 / 0–8 / 0–30 by money within the tier · loyalty 0–5 / 0–5 / 0–11 by visits
///   warmth 0–6 (tier 0: 0–18) by days since the last visit: ≤ 90, 180, 365, 730, 1460, more
struct Priority {
  int tier = 0;
  int value = 0;
  int loyalty = 0;
  int warmth = 0;
  bool reachable = false;
  int total() const { return reachable ? tier + value + loyalty + warmth : 0; }
};

/// `days_since_last` ≥ 0. Nobody without a dated visit has a priority.
Priority priority(int days_since_last, std::int64_t visits, Pesos spent, bool reachable,
                  const RfmThresholds& thresholds = {});

/// The parts in words; their points sum to total(). Nobody reachable: one reason that says why, 0 points.
std::vector<PriorityReason> priority_reasons(const Priority& priority, Reach reach, int days_since_last,
                                             std::int64_t visits, Pesos spent);

}  // namespace aremko::analytics
