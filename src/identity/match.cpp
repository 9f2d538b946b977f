#include "identity/match.h"

#include <chrono>
#include <cmath>
#include <thread>

#include "identity/match_block.h"
#include "identity/match_compare.h"
#include "identity/match_decide.h"
#include "identity/match_model.h"

namespace aremko::identity::match {

namespace {

class Stopwatch {
 public:
  explicit Stopwatch(Summary& summary) : summary_(summary) {}
  void lap(std::string phase) {
    const auto now = std::chrono::steady_clock::now();
    summary_.seconds.emplace_back(std::move(phase), std::chrono::duration<double>(now - last_).count());
    last_ = now;
  }

 private:
  Summary& summary_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

// Runs `work(from, to)` over [0, count) on all processors.
template <class Work>
void in_parallel(std::size_t count, const Work& work) {
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 1 + count / 4'096);
  std::vector<std::jthread> running;
  for (std::size_t t = 1; t < threads; ++t) {
    running.emplace_back([&, t] { work(count * t / threads, count * (t + 1) / threads); });
  }
  work(0, count / threads);
}

// Chao's lower bound (1987) on what no pass saw, from the matches seen by just one and just two.
double recall_of(const Candidates& found, const std::vector<float>& log_odds) {
  double all = 0;
  double once = 0;
  double twice = 0;
  for (std::size_t i = 0; i < log_odds.size(); ++i) {
    if (log_odds[i] < 0) continue;
    ++all;
    once += found.found_by[i] == 1;
    twice += found.found_by[i] == 2;
  }
  return all == 0 ? 1 : all / (all + once * (once - 1) / (2 * (twice + 1)));
}

class Explainer {
 public:
  Explainer(const Comparer& comparer, const Model& model) : comparer_(comparer), model_(model) {}

  Link explain(const Decided& decided) const {
    Link link{.left = left_of(decided.pair), .right = right_of(decided.pair)};
    const auto& columns = comparer_.input().columns();
    Agreements parts;
    const Comparison found = comparer_.compare(link.left, link.right, &parts);
    bool same_id = false;
    bool same_name = false;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const unsigned level = found.level(c);
      if (level == 0) continue;
      const Kind kind = columns[c].kind;
      const double by_value = static_cast<double>(parts[c].own + parts[c].shared);
      link.evidence.push_back({c, levels_of(kind)[level - 1].word,
                               model_.match[c][level] + by_value + model_.rarity(kind, c, found)});
      same_id = same_id || (kind == Kind::national_id && level == 1);
      same_name = same_name || (kind == Kind::name && level <= 3) ||
                  ((kind == Kind::given_name || kind == Kind::surname) && level <= 2);
    }
    complete(link, found, static_cast<double>(decided.confidence));
    const double percent = std::round(static_cast<double>(decided.confidence) * 1000) / 10;
    link.confidence = same_id && same_name ? percent : std::min(percent, 99.9);
    return link;
  }

 private:
  void complete(Link& link, const Comparison& found, double confidence) const {
    double sum = model_.ln_match;
    for (const Evidence& evidence : link.evidence) sum += evidence.log_odds;
    const double alone = model_.log_odds(comparer_, found);
    const double sure = std::clamp(confidence, 1e-9, 1 - 1e-9);
    const double decided = alone > 11 && confidence > 0.9999 ? alone : std::log(sure / (1 - sure));
    link.evidence.push_back({no_column, "prior", model_.ln_match});
    if (std::abs(alone - sum) >= 0.05) link.evidence.push_back({no_column, "household", alone - sum});
    if (std::abs(decided - alone) >= 0.05) link.evidence.push_back({no_column, "rivals", decided - alone});
  }

  const Comparer& comparer_;
  const Model& model_;
};

}  // namespace

Matches match(const Input& input, const Options& options) {
  Matches out;
  Stopwatch watch(out.summary);
  const Comparer comparer(input, options.dedupe);
  watch.lap("prepare");
  const Candidates found = candidates(comparer, options.pairs_a_row);
  watch.lap("candidates");
  std::vector<Comparison> comparisons(found.pairs.size());
  in_parallel(found.pairs.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i + 16 < to) comparer.expect_right(right_of(found.pairs[i + 16]));
      comparisons[i] = comparer.compare(left_of(found.pairs[i]), right_of(found.pairs[i]));
    }
  });
  watch.lap("compare");
  const Model model = learn(comparer, comparisons, options.seed);
  watch.lap("learn");
  std::vector<float> log_odds(found.pairs.size());
  for (std::size_t i = 0; i < log_odds.size(); ++i) log_odds[i] = static_cast<float>(model.log_odds(comparer, comparisons[i]));
  comparisons = {};
  const auto decided = options.dedupe ? group(found.pairs, log_odds, input.rows(Side::left)) : link(found.pairs, log_odds, model.matches / std::max<double>(1, static_cast<double>(input.rows(Side::left))));
  const Explainer explainer(comparer, model);
  for (const Decided& one : decided) {
    if (static_cast<double>(one.confidence) >= options.least) out.links.push_back(explainer.explain(one));
  }
  out.summary.pairs_compared = found.pairs.size();
  out.summary.passes = found.passes;
  out.summary.expected_matches = model.matches;
  out.summary.blocking_recall = recall_of(found, log_odds);
  watch.lap("decide");
  return out;
}

}  // namespace aremko::identity::match
