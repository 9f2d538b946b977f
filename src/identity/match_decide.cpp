#include "identity/match_decide.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aremko::identity::match {

namespace {

constexpr double strongest = 8;       // one pair's evidence counts for no more, for or against, when groups are joined
constexpr double not_candidates = -4; // what speaks against two rows that share no key at all

// What several pairs that agree are worth beyond their mean; measured on two public sets, the same on both.
constexpr double together = 1.5;

struct Links {
  double sum = 0;
  std::uint64_t count = 0;
};

class Grouper {
 public:
  Grouper(std::span<const PairKey> pairs, std::span<const float> log_odds, std::span<const Value> ids)
      : pairs_(pairs), log_odds_(log_odds), id_(ids.begin(), ids.end()), parent_(ids.size()), size_(ids.size(), 1), beside_(ids.size()),
        members_(ids.size()) {
    const std::size_t rows = ids.size();
    std::iota(parent_.begin(), parent_.end(), RowId{0});
    for (RowId row = 0; row < rows; ++row) members_[row] = {row};
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (log_odds[i] < -6) continue;
      const Links one{std::clamp(static_cast<double>(log_odds[i]), -strongest, strongest), 1};
      beside_[left_of(pairs[i])][right_of(pairs[i])] = one;
      beside_[right_of(pairs[i])][left_of(pairs[i])] = one;
      if (log_odds[i] > 0) order_.push_back(static_cast<std::uint32_t>(i));
    }
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return log_odds[a] != log_odds[b] ? log_odds[a] > log_odds[b] : a < b;
    });
  }

  void run() {
    for (const std::uint32_t i : order_) {
      const RowId a = find(left_of(pairs_[i]));
      const RowId b = find(right_of(pairs_[i]));
      if (a == b) continue;
      if (id_[a] != missing && id_[b] != missing && id_[a] != id_[b]) {
        out_.push_back({pairs_[i], log_odds_[i], true});
        continue;
      }
      const Links links = beside_[a][b];
      const double all = static_cast<double>(size_[a]) * static_cast<double>(size_[b]);
      const double mean = (links.sum + not_candidates * (all - static_cast<double>(links.count))) / all;
      if (mean <= 0) continue;
      list(a, b, static_cast<float>(links.count > 1 ? mean + together : mean));
      join(a, b);
    }
  }

  std::vector<Decided> take() { return std::move(out_); }

 private:
  RowId find(RowId row) {
    while (parent_[row] != row) row = parent_[row] = parent_[parent_[row]];
    return row;
  }

  // The pairs that joining two groups makes. A group too large to list hangs on its first row.
  void list(RowId a, RowId b, float log_odds) {
    const auto put = [&](RowId x, RowId y) { out_.push_back({(PairKey{std::min(x, y)} << 32U) | std::max(x, y), log_odds}); };
    if (members_[a].size() + members_[b].size() > most_listed) {
      put(members_[a][0], members_[b][0]);
    } else {
      for (const RowId x : members_[a]) {
        for (const RowId y : members_[b]) put(x, y);
      }
    }
  }

  void join(RowId a, RowId b) {
    if (beside_[a].size() < beside_[b].size()) std::swap(a, b);
    parent_[b] = a;
    if (id_[a] == missing) id_[a] = id_[b];
    size_[a] += size_[b];
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b] = {};
    beside_[a].erase(b);
    beside_[b].erase(a);
    for (const auto& [other, links] : beside_[b]) {
      Links& mine = beside_[a][other];
      mine.sum += links.sum;
      mine.count += links.count;
      beside_[other].erase(b);
      beside_[other][a] = mine;
    }
    beside_[b] = {};
  }

  std::span<const PairKey> pairs_;
  std::span<const float> log_odds_;
  std::vector<Value> id_;  // of the group that the row stands for
  std::vector<RowId> parent_;
  std::vector<std::uint64_t> size_;
  std::vector<std::unordered_map<RowId, Links>> beside_;
  std::vector<std::vector<RowId>> members_;
  std::vector<std::uint32_t> order_;
  std::vector<Decided> out_;
};

}  // namespace

void weigh_rivals(std::span<const float> log_odds, double none, std::span<double> out) {
  // Relative to the best, or to none, so that no exponential overflows.
  double most = 0;
  for (const float odds : log_odds) most = std::max(most, static_cast<double>(odds));
  double all = none * std::exp(-most);
  for (const float odds : log_odds) all += std::exp(static_cast<double>(odds) - most);
  for (std::size_t i = 0; i < log_odds.size(); ++i) {
    const double own = static_cast<double>(log_odds[i]);
    double others = all - std::exp(own - most);
    // The best one's rivals are what cancellation would lose.
    if (others < 1e-6 * all) {
      others = none * std::exp(-most);
      for (std::size_t j = 0; j < log_odds.size(); ++j) {
        if (j != i) others += std::exp(static_cast<double>(log_odds[j]) - most);
      }
    }
    out[i] = own - most - std::log(std::max(others, 1e-300));
  }
}

std::vector<Decided> group(std::span<const PairKey> pairs, std::span<const float> log_odds, std::span<const Value> ids) {
  Grouper grouper(pairs, log_odds, ids);
  grouper.run();
  std::vector<Decided> out = grouper.take();
  std::ranges::sort(out, {}, &Decided::pair);
  for (Decided& decided : out) {
    const auto at = std::ranges::lower_bound(pairs, decided.pair);
    if (at != pairs.end() && *at == decided.pair) decided.log_odds = std::max(decided.log_odds, log_odds[static_cast<std::size_t>(at - pairs.begin())]);
  }
  return out;
}

}  // namespace aremko::identity::match
