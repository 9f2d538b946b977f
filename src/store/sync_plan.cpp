#include "store/sync_plan.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "store/mapping_rows.h"

namespace aremko::store {
namespace {

/// Plans one legacy record after another; both sides come sorted by legacy id, then current id.
class Planner {
 public:
  Planner(const std::vector<KnownMapping>& known, std::span<const ProposedLink> links, SyncPlan& plan)
      : known_(known), links_(links), plan_(plan) {}

  void plan_group(std::size_t known_from, std::size_t known_to, std::span<const std::size_t> proposals,
                  bool may_retire) {
    plan_accepted(known_from, known_to);
    plan_moves(known_from, known_to);
    const std::size_t best = best_of(known_from, known_to, proposals);
    std::size_t next = 0;
    for (std::size_t k = known_from; k < known_to; ++k) {
      if (k > known_from && known_[k].current_id == known_[k - 1].current_id) {
        plan_gone(k);  // the same pair under an older key
        continue;
      }
      while (next < proposals.size() && links_[proposals[next]].current_id < known_[k].current_id) {
        plan_new(proposals[next], proposals[next] == best);
        ++next;
      }
      if (next < proposals.size() && links_[proposals[next]].current_id == known_[k].current_id) {
        plan_again(k, proposals[next], proposals[next] == best);
        ++next;
      } else if (may_retire) {
        plan_gone(k);
      }
    }
    for (; next < proposals.size(); ++next) plan_new(proposals[next], proposals[next] == best);
  }

  /// Those whose records the sources do not have: people's words on them wait, and what nobody decided is retired.
  void plan_absent(std::size_t k, bool may_retire) {
    const KnownMapping& known = known_[k];
    const bool another = known.found() == RecordNow::Found::another;
    if (another && is_live(known.status)) {
      plan_.aside.push_back(k);
      ++plan_.counts.retired;
      return;
    }
    if (another && !known.key.starts_with('x')) plan_.free.push_back(k);  // whoever is that record now may need the key
    if (may_retire) plan_gone(k);
  }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  static bool decided(const KnownMapping& mapping) {
    return mapping.status == MappingStatus::accepted || mapping.status == MappingStatus::rejected;
  }
  static bool automatic(const KnownMapping& mapping) {
    return mapping.status == MappingStatus::active || mapping.status == MappingStatus::pending;
  }

  /// At most one accepted mapping of a record holds: one that is, else one that was before its record was another's.
  void plan_accepted(std::size_t known_from, std::size_t known_to) {
    accepted_ = false;
    for (std::size_t k = known_from; k < known_to; ++k) {
      if (known_[k].status != MappingStatus::accepted) continue;
      if (accepted_) {
        plan_.aside.push_back(k);
        ++plan_.counts.retired;
      }
      accepted_ = true;
    }
    for (std::size_t k = known_from; k < known_to && !accepted_; ++k) {
      if (known_[k].status != MappingStatus::retired || !known_[k].decided) continue;
      plan_.back.push_back(k);
      ++plan_.counts.returned;
      accepted_ = true;
    }
  }

  void plan_moves(std::size_t known_from, std::size_t known_to) {
    for (std::size_t k = known_from; k < known_to; ++k) {
      const KnownMapping& known = known_[k];
      if (!known.now) continue;
      const RecordNow& now = *known.now;
      const std::string key = record_key({now.legacy_id, now.record_id, now.print});
      if (k > known_from && known.current_id == known_[k - 1].current_id) {
        if (known.key == key) plan_.free.push_back(k);
        continue;
      }
      if (now.legacy_id == known.legacy_id && now.record_id == known.record_id && now.print == known.print && key == known.key) continue;
      plan_.move.push_back(k);
      plan_.counts.moved += now.legacy_id != known.legacy_id;
    }
  }

  /// The proposal that may be active: the most confident that nobody has rejected, the lower id among equals.
  std::size_t best_of(std::size_t known_from, std::size_t known_to, std::span<const std::size_t> proposals) const {
    std::size_t best = kNone;
    for (const std::size_t p : proposals) {
      const auto begin = known_.begin() + static_cast<std::ptrdiff_t>(known_from);
      const auto end = known_.begin() + static_cast<std::ptrdiff_t>(known_to);
      const auto same =
          std::find_if(begin, end, [&](const KnownMapping& k) { return k.current_id == links_[p].current_id; });
      if (same != end && same->status == MappingStatus::rejected) continue;
      if (best == kNone || links_[p].confidence > links_[best].confidence) best = p;
    }
    return best;
  }

  /// Nothing below pending_confidence (NaN too); at most one of a record active.
  static std::optional<MappingStatus> wanted(double confidence, bool best) {
    if (!(confidence >= pending_confidence && confidence <= 100)) return std::nullopt;
    return best && confidence >= live_confidence ? MappingStatus::active : MappingStatus::pending;
  }

  void plan_new(std::size_t p, bool best) {
    const auto status = wanted(links_[p].confidence, best);
    if (!status) return;
    if (accepted_) {
      ++plan_.counts.decided;  // a person has said who this is
      return;
    }
    plan_.create.push_back({p, 0, *status});
    ++plan_.counts.created;
    ++(*status == MappingStatus::active ? plan_.counts.created_high : plan_.counts.created_medium);
  }

  void plan_again(std::size_t k, std::size_t p, bool best) {
    const KnownMapping& known = known_[k];
    if (decided(known)) {
      ++plan_.counts.decided;
      return;
    }
    const auto status = wanted(links_[p].confidence, best);
    if (!status || accepted_) {
      if (status) ++plan_.counts.decided;
      return plan_gone(k);
    }
    if (known.status == *status && known.confidence == links_[p].confidence &&
        known.reasons == join_reasons(links_[p].reasons)) {
      ++plan_.counts.unchanged;
      return;
    }
    plan_.update.push_back({p, k, *status});
    ++plan_.counts.updated;
  }

  void plan_gone(std::size_t k) {
    if (!automatic(known_[k])) return;  // a person's word, or retired already
    plan_.retire.push_back(k);
    ++plan_.counts.retired;
  }

  const std::vector<KnownMapping>& known_;
  std::span<const ProposedLink> links_;
  SyncPlan& plan_;
  bool accepted_ = false;
};

/// The proposals' indexes by legacy id and current id; of the same pair twice the more confident stays.
std::vector<std::size_t> sorted_links(std::span<const ProposedLink> links) {
  std::vector<std::size_t> order(links.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const auto key = [&](std::size_t i) {
      return std::tuple(links[i].legacy_id, links[i].current_id, -links[i].confidence, i);
    };
    return key(a) < key(b);
  });
  const auto [from, to] = std::ranges::unique(order, [&](std::size_t a, std::size_t b) {
    return links[a].legacy_id == links[b].legacy_id && links[a].current_id == links[b].current_id;
  });
  order.erase(from, to);
  return order;
}

}  // namespace

namespace {

/// How much a mapping's standing weighs where two keys of one record had the same customer.
int standing(MappingStatus status) {
  switch (status) {
    case MappingStatus::accepted: return 0;
    case MappingStatus::rejected: return 1;
    case MappingStatus::active: return 2;
    case MappingStatus::pending: return 3;
    case MappingStatus::retired: return 4;
  }
  return 5;
}

}  // namespace

SyncPlan plan_sync(std::vector<KnownMapping>& known, std::span<const ProposedLink> links,
                   const std::optional<std::span<const std::string_view>>& examined) {
  std::ranges::sort(known, {}, [](const KnownMapping& one) {
    return std::tuple(one.found() != RecordNow::Found::here, one.number(), one.current_id, standing(one.status),
                      std::string_view(one.id));
  });
  const std::vector<std::size_t> order = sorted_links(links);
  std::unordered_set<std::string_view> looked_at;
  if (examined) looked_at.insert(examined->begin(), examined->end());

  SyncPlan plan;
  Planner planner(known, links, plan);
  const auto here = static_cast<std::size_t>(
      std::ranges::find_if(known, [](const KnownMapping& one) { return one.found() != RecordNow::Found::here; }) - known.begin());
  std::size_t k = 0;
  std::size_t p = 0;
  while (k < here || p < order.size()) {
    std::string_view legacy_id = k < here ? known[k].number() : links[order[p]].legacy_id;
    if (p < order.size() && links[order[p]].legacy_id < legacy_id) legacy_id = links[order[p]].legacy_id;
    const std::size_t k_from = k;
    const std::size_t p_from = p;
    while (k < here && known[k].number() == legacy_id) ++k;
    while (p < order.size() && links[order[p]].legacy_id == legacy_id) ++p;
    planner.plan_group(k_from, k, std::span(order).subspan(p_from, p - p_from),
                       !examined || looked_at.contains(legacy_id) || p > p_from);
  }
  for (; k < known.size(); ++k) planner.plan_absent(k, !examined);
  return plan;
}

}  // namespace aremko::store
