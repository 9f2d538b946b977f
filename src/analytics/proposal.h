#pragma once
// All that may be written to one guest: their offer (offer.h) with alternatives to it, and the facts about them.

#include <optional>
#include <string>

#include "analytics/census.h"
#include "analytics/rfm.h"
#include "model/proposal.h"
#include "snapshot/snapshot.h"

namespace aremko::analytics {

struct ProposalOptions {
  AsOf as_of;
  std::string business;                  // as it signs
  std::optional<int> discount{};         // percent; by default the offer's
};

/// `customer` is a row of customers(). With a census (of the same snapshot) what their segment books most and they never
/// tried is among the alternatives. The caller sets `kept`.
ProposalFacts proposal_facts(const snapshot::Snapshot& snapshot, snapshot::Row customer, const Census* census,
                             const ProposalOptions& options, const RfmThresholds& thresholds = {});

}  // namespace aremko::analytics
