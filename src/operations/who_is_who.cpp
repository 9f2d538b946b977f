#include "operations/who_is_who.h"

#include <unordered_set>

#include "operations/legacy_records.h"

namespace aremko::operations {

Result<PeopleEnginePtr> engine_of(Context& context, std::span<const store::DecidedLink> decisions, People people) {
  using std::chrono::milliseconds;
  // A spa's engine takes half a second. A stop of the server waits for whoever waits here.
  constexpr milliseconds moment{200}, patience{12'000};
  const milliseconds longest = context.watch().report ? std::chrono::hours(1) : patience;
  auto engine = context.tenant().linkers.last(context.snapshot_ptr(), decisions, context.watch(),
                                              people == People::last ? moment : longest, longest);
  if (engine != nullptr) return engine;
  Error soon = error(Code::unavailable, "La comparación de personas se está preparando; inténtelo de nuevo.",
                     "The comparison of people is being prepared; try again.");
  soon.retry_after_s = 5;
  return fail(std::move(soon));
}

std::vector<identity::Candidate> find_links(Context& context, std::span<const store::DecidedLink> decisions, const Watch& watch) {
  const snapshot::Snapshot& snapshot = context.snapshot();
  std::unordered_set<identity::Row> accepted;
  for (const store::DecidedLink& decision : decisions) {
    const auto legacy = row_of(snapshot, decision.record());
    if (decision.accepted && legacy) accepted.insert(*legacy);
  }
  auto out = context.tenant().linkers.exact(context.snapshot_ptr(), decisions, watch)->linker().links();
  std::erase_if(out, [&](const identity::Candidate& link) { return accepted.contains(link.legacy); });
  return out;
}

}  // namespace aremko::operations
