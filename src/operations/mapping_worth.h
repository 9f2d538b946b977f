#pragma once
// What a person's decision on a mapping is worth, so that a reviewer's hour goes where it changes most.
//
//   score = uncertainty × (1 + visits + total_spent / 50,000)
//
// `uncertainty` = 4·p·(1 − p), p being the confidence: 1 at 50 %, 0.75 at 75 %, 0 when it is certain, and 0 for what is
// decided or retired already. The rest is what stands on the answer: the legacy record's own visits and money, which
// a wrong link gives to a stranger and a missing one takes from the guest. 50,000 pesos, about a visit's ticket, weigh
// as a visit; the 1 keeps records without a history in the order of their uncertainty. It depends on the pair and the
// record's own history alone, so a decision on one mapping leaves every other where it stands.

#include <string_view>

#include "model/mapping_view.h"
#include "snapshot/snapshot.h"

namespace aremko::operations {

DecisionWorth worth_of(const snapshot::Snapshot& snapshot, const RecordRef& record, double confidence,
                       MappingStatus status);

}  // namespace aremko::operations
