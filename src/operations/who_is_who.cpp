#include "operations/who_is_who.h"

#include <unordered_set>

#include "operations/legacy_records.h"

namespace aremko::operations {

std::shared_ptr<const identity::Linker> linker_of(Context& context, const Watch& watch) {
  return context.tenant().linkers.get(context.snapshot(), context.store().mappings().decisions(context.tenant().name), watch);
}

std::vector<identity::Candidate> find_links(Context& context, std::span<const store::DecidedLink> decisions, const Watch& watch) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  std::unordered_set<identity::Row> accepted;
  for (const store::DecidedLink& decision : decisions) {
    const auto legacy = row_of(snapshot, decision.record());
    if (decision.accepted && legacy) accepted.insert(*legacy);
  }
  auto out = context.tenant().linkers.get(snapshot, decisions, watch)->links();
  std::erase_if(out, [&](const identity::Candidate& link) { return accepted.contains(link.legacy); });
  return out;
}

}  // namespace aremko::operations
