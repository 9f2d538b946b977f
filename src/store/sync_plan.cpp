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
    accepted_ = false;
    for (std::size_t k = known_from; k < known_to; ++k) accepted_ |= known_[k].status == MappingStatus::accepted;
    const std::size_t best = best_of(known_from, known_to, proposals);
    std::size_t next = 0;
    for (std::size_t k = known_from; k < known_to; ++k) {
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

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  static bool decided(const KnownMapping& mapping) {
    return mapping.status == MappingStatus::accepted || mapping.status == MappingStatus::rejected;
  }
  static bool automatic(const KnownMapping& mapping) {
    return mapping.status == MappingStatus::active || mapping.status == MappingStatus::pending;
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
    if (!automatic(known_[k])) return;
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

SyncPlan plan_sync(std::vector<KnownMapping>& known, std::span<const ProposedLink> links,
                   const std::optional<std::span<const std::string_view>>& examined) {
  std::ranges::sort(known, [](const KnownMapping& a, const KnownMapping& b) {
    return std::tie(a.legacy_id, a.current_id) < std::tie(b.legacy_id, b.current_id);
  });
  const std::vector<std::size_t> order = sorted_links(links);
  std::unordered_set<std::string_view> looked_at;
  if (examined) looked_at.insert(examined->begin(), examined->end());

  SyncPlan plan;
  Planner planner(known, links, plan);
  std::size_t k = 0;
  std::size_t p = 0;
  while (k < known.size() || p < order.size()) {
    std::string_view legacy_id = k < known.size() ? std::string_view(known[k].legacy_id) : links[order[p]].legacy_id;
    if (p < order.size() && links[order[p]].legacy_id < legacy_id) legacy_id = links[order[p]].legacy_id;
    const std::size_t k_from = k;
    const std::size_t p_from = p;
    while (k < known.size() && known[k].legacy_id == legacy_id) ++k;
    while (p < order.size() && links[order[p]].legacy_id == legacy_id) ++p;
    planner.plan_group(k_from, k, std::span(order).subspan(p_from, p - p_from),
                       !examined || looked_at.contains(legacy_id) || p > p_from);
  }
  return plan;
}

}  // namespace aremko::store
