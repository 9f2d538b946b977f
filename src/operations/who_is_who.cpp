#include "operations/who_is_who.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "operations/people_records.h"

namespace aremko::operations {

namespace {

using identity::Candidate;

/// What people said of one legacy record.
struct Said {
  bool accepted = false;
  std::vector<identity::Row> rejected{};
};

std::unordered_map<identity::Row, Said> said_of(const snapshot::Snapshot& snapshot,
                                                std::span<const store::DecidedLink> decisions) {
  std::unordered_map<identity::Row, Said> out;
  for (const store::DecidedLink& decision : decisions) {
    const auto legacy = snapshot.legacy_row(decision.legacy_id);
    if (!legacy || *legacy >= snapshot.legacy().file_size()) continue;
    Said& said = out[*legacy];
    const auto current = snapshot.customer_row(decision.current_id);
    if (decision.accepted) said.accepted = true;
    else if (current) said.rejected.push_back(*current);
  }
  return out;
}

/// The best candidate that nobody rejected. Rivals share a record's probability, so that of the others rises when one
/// is known to be wrong: p / (1 − p_rejected).
std::optional<Candidate> best_left(std::vector<Candidate> candidates, const Said& said) {
  double rejected = 0;
  std::erase_if(candidates, [&](const Candidate& candidate) {
    if (std::ranges::find(said.rejected, candidate.current) == said.rejected.end()) return false;
    rejected += candidate.confidence / 100;
    return true;
  });
  if (candidates.empty()) return std::nullopt;
  Candidate best = std::move(candidates.front());
  constexpr double highest = 99;  // whole percents do not tell how close to certain the rejected one stood
  best.confidence = std::min(highest, std::round(best.confidence / std::max(1 - rejected, 0.01)));
  if (best.confidence < identity::medium_confidence) return std::nullopt;
  return best;
}

}  // namespace

std::vector<Candidate> find_links(const snapshot::Snapshot& snapshot, std::span<const store::DecidedLink> decisions,
                                  const Watch& watch) {
  watch.at("identity.read");
  const auto current = current_records(snapshot);
  auto legacy = legacy_records(snapshot);
  // Who stands only in the services file has nothing but a name, and stops being a person of their own once that
  // name is tied to somebody: the registry ties the customers file's rows.
  legacy.resize(snapshot.legacy().file_size());
  const auto said = said_of(snapshot, decisions);
  watch.at("identity.link", 0, legacy.size());
  const identity::Linker linker(current, legacy);
  std::vector<Candidate> out;
  for (Candidate& link : linker.links()) {
    if (!said.contains(link.legacy)) out.push_back(std::move(link));
  }
  for (const auto& [row, what] : said) {
    if (what.accepted) continue;
    if (auto next = best_left(linker.candidates(row), what)) out.push_back(std::move(*next));
  }
  std::ranges::sort(out, {}, &Candidate::legacy);
  watch.at("identity.link", legacy.size(), legacy.size());
  return out;
}

}  // namespace aremko::operations
