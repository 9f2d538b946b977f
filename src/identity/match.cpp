#include "identity/match.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>
#include <optional>
#include <thread>

#include "identity/column_signature.h"
#include "identity/match_block.h"
#include "identity/match_calibrate.h"
#include "identity/match_compare.h"
#include "identity/match_decide.h"
#include "identity/match_index.h"
#include "identity/match_model.h"
#include "identity/match_score.h"

namespace aremko::identity::match {

namespace {

constexpr float hopeless = -7;  // log-odds below which a candidate is no rival worth keeping: one in a thousand

class Stopwatch {
 public:
  explicit Stopwatch(Summary& summary, const Watch& watch) : summary_(summary), watch_(watch) {}
  /// The phase that ends, and the one that begins.
  void lap(std::string phase, std::string_view next) {
    const auto now = std::chrono::steady_clock::now();
    summary_.seconds.emplace_back(std::move(phase), std::chrono::duration<double>(now - last_).count());
    last_ = now;
    watch_.at(next);
  }

 private:
  Summary& summary_;
  const Watch& watch_;
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

// A column of contacts that a broken lookup filled in says nothing of anybody: taken out, and reported.
void forget_broken(Input& input, bool dedupe, Summary& summary) {
  const auto& columns = input.columns();
  const auto name = std::ranges::find(columns, Kind::name, &Column::kind);
  if (name == columns.end()) return;
  for (std::size_t side = 0; side < (dedupe ? 1U : 2U); ++side) {
    const auto numbered_side = [side](const Column& column) { return numbered(column, column.rows[side]); };
    std::optional<Numbered> names;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].kind != Kind::phone && columns[c].kind != Kind::email) continue;
      if (!names) names = numbered_side(*name);
      const ColumnSignature signature = column_signature(numbered_side(columns[c]), *names);
      if (!signature.broken()) continue;
      summary.broken.push_back({c, static_cast<Side>(side), signature.reason()});
      input.forget(c, static_cast<Side>(side));
    }
  }
}

}  // namespace

struct Matcher::Parts {
  Parts(Input given, const Options& chosen, const Watch& watch);

  // The kept candidates of a left row.
  std::pair<std::size_t, std::size_t> range(RowId left) const {
    const auto begin = std::ranges::lower_bound(pairs, PairKey{left} << 32U);
    const auto end = std::lower_bound(begin, pairs.end(), PairKey{left + 1} << 32U);
    return {static_cast<std::size_t>(begin - pairs.begin()), static_cast<std::size_t>(end - pairs.begin())};
  }
  void learn_calibration(const std::vector<Comparison>& comparisons);
  std::vector<Outcome> by_rut(const std::vector<Comparison>& comparisons, std::size_t column) const;
  std::vector<Outcome> by_people() const;
  void keep_rivals();
  void decide();
  Link link(RowId left, RowId right, std::optional<double> beside_rivals, const Comparison& found, const Agreements& parts) const;
  Link explained(RowId left, RowId right, std::optional<double> beside_rivals) const;

  Options options;
  Input input;
  Summary summary;
  std::optional<Comparer> comparer;
  std::optional<Scorer> scorer;
  Model model;
  Calibration calibration;
  double none = 1;                   // how likely a left row has no match, beforehand
  std::vector<PairKey> pairs;        // sorted; the candidates worth keeping
  std::vector<float> log_odds;       // of each
  std::vector<PairKey> rejected;     // sorted
  std::vector<Decided> decided;
  mutable std::once_flag counted;
  mutable std::vector<std::vector<std::uint16_t>> names;  // contact_names
  mutable std::once_flag indexed;
  mutable std::optional<Index> index;
};

Matcher::Parts::Parts(Input given, const Options& chosen, const Watch& watch) : options(chosen), input(std::move(given)) {
  Stopwatch clock(summary, watch);
  watch.at("prepare");
  forget_broken(input, options.dedupe, summary);
  comparer.emplace(input, options.dedupe);
  clock.lap("prepare", "candidates");
  Candidates found = match::candidates(*comparer, options.pairs_a_row);
  clock.lap("candidates", "compare");
  std::vector<Comparison> comparisons(found.pairs.size());
  in_parallel(found.pairs.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && !watch.stop.stop_requested(); ++i) {
      if (i + 16 < to) comparer->expect_right(right_of(found.pairs[i + 16]));
      comparisons[i] = comparer->compare(left_of(found.pairs[i]), right_of(found.pairs[i]));
    }
  });
  clock.lap("compare", "learn");
  model = learn(*comparer, comparisons, options.seed);
  summary.share_learned = share_learned(*comparer, model.matches);
  scorer.emplace(*comparer, model, summary.share_learned);
  none = 1 - summary.share_learned * std::clamp(model.matches / std::max<double>(1, static_cast<double>(input.rows(Side::left))), 0.0, 0.95);
  log_odds.resize(found.pairs.size());
  in_parallel(found.pairs.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && !watch.stop.stop_requested(); ++i) {
      log_odds[i] = static_cast<float>(scorer->log_odds(left_of(found.pairs[i]), right_of(found.pairs[i]), comparisons[i]));
    }
  });
  clock.lap("learn", "decide");
  summary.pairs_compared = found.pairs.size();
  summary.passes = found.passes;
  summary.expected_matches = model.matches;
  summary.blocking_recall = recall_of(found, log_odds);
  pairs = std::move(found.pairs);
  learn_calibration(comparisons);
  comparisons = {};
  keep_rivals();
  decide();
  clock.lap("decide", "decided");
}

// Which candidate would have been chosen had nobody a RUT, and what the RUTs say of it.
std::vector<Outcome> Matcher::Parts::by_rut(const std::vector<Comparison>& comparisons, std::size_t column) const {
  std::vector<Outcome> out;
  std::vector<float> blind;
  std::vector<double> weighed;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    const RowId left = left_of(pairs[begin]);
    end = begin;
    while (end < pairs.size() && left_of(pairs[end]) == left) ++end;
    if (!comparer->valid_id(column, comparer->left_value(column, left))) continue;
    blind.resize(end - begin);
    weighed.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      const Value id = comparer->right_value(column, right_of(pairs[i]));
      const double chance = comparisons[i].level(column) == 1 ? static_cast<double>(comparer->rarity(column, id)) : 0;
      blind[i - begin] = static_cast<float>(model.log_odds_without(column, chance, *comparer, comparisons[i]));
    }
    weigh_rivals(blind, none, weighed);
    const auto best = static_cast<std::size_t>(std::ranges::max_element(weighed) - weighed.begin());
    const Value id = comparer->right_value(column, right_of(pairs[begin + best]));
    if (comparer->valid_id(column, id)) out.push_back({weighed[best], id == comparer->left_value(column, left)});
  }
  return out;
}

// What had been claimed of the pairs that people have decided since.
std::vector<Outcome> Matcher::Parts::by_people() const {
  std::vector<Outcome> out;
  std::vector<double> weighed;
  for (const Known& known : options.known) {
    const auto [begin, end] = range(known.left);
    const auto at = std::ranges::lower_bound(pairs, (PairKey{known.left} << 32U) | known.right);
    if (at == pairs.end() || left_of(*at) != known.left || right_of(*at) != known.right) continue;
    weighed.resize(end - begin);
    weigh_rivals(std::span(log_odds).subspan(begin, end - begin), none, weighed);
    out.push_back({weighed[static_cast<std::size_t>(at - pairs.begin()) - begin], known.same});
  }
  return out;
}

// `pairs` and `log_odds` still hold every candidate.
void Matcher::Parts::learn_calibration(const std::vector<Comparison>& comparisons) {
  if (options.dedupe) return;
  std::vector<Outcome> known;
  const auto& columns = input.columns();
  const auto id = std::ranges::find(columns, Kind::national_id, &Column::kind);
  if (id != columns.end() && summary.share_learned == 1) known = by_rut(comparisons, static_cast<std::size_t>(id - columns.begin()));
  const std::vector<Outcome> decided_by_people = by_people();
  summary.calibrated_on = known.size() + decided_by_people.size();
  calibration = Calibration::fit(known, decided_by_people);
  summary.slope = calibration.slope();
  summary.offset = calibration.offset();
}

void Matcher::Parts::keep_rivals() {
  for (const Known& known : options.known) {
    if (!known.same) rejected.push_back((PairKey{known.left} << 32U) | known.right);
  }
  std::ranges::sort(rejected);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (log_odds[i] < hopeless || std::ranges::binary_search(rejected, pairs[i])) continue;
    pairs[kept] = pairs[i];
    log_odds[kept++] = log_odds[i];
  }
  pairs.resize(kept);
  pairs.shrink_to_fit();
  log_odds.resize(kept);
  log_odds.shrink_to_fit();
}

void Matcher::Parts::decide() {
  if (options.dedupe) {
    decided = group(pairs, log_odds, input.rows(Side::left));
    return;
  }
  std::vector<double> weighed;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    while (end < pairs.size() && left_of(pairs[end]) == left_of(pairs[begin])) ++end;
    weighed.resize(end - begin);
    weigh_rivals(std::span(log_odds).subspan(begin, end - begin), none, weighed);
    const auto best = static_cast<std::size_t>(std::ranges::max_element(weighed) - weighed.begin());
    decided.push_back({pairs[begin + best], static_cast<float>(weighed[best])});
  }
}

Link Matcher::Parts::link(RowId left, RowId right, std::optional<double> beside_rivals, const Comparison& found, const Agreements& parts) const {
  Link out{.left = left, .right = right};
  out.evidence = scorer->evidence(found, parts, right);
  double sum = 0;
  for (const Evidence& evidence : out.evidence) sum += evidence.log_odds;
  const auto becomes = [&](double log_odds_now, std::string_view why) {
    if (std::abs(log_odds_now - sum) > 1e-6) out.evidence.push_back({no_column, why, log_odds_now - sum});
    sum = log_odds_now;
  };
  becomes(beside_rivals.value_or(sum), "rivals");
  if (!options.dedupe) becomes(calibration.apply(sum), "calibration");
  becomes(std::min(sum, ceiling(*comparer, parts)), "ceiling");
  out.confidence = std::round(1'000 / (1 + std::exp(-sum))) / 10;
  return out;
}

Link Matcher::Parts::explained(RowId left, RowId right, std::optional<double> beside_rivals) const {
  Agreements parts;
  const Comparison found = comparer->compare(left, right, &parts);
  return link(left, right, beside_rivals, found, parts);
}

Matcher::Matcher(Input input, const Options& options, const Watch& watch) : parts_(std::make_unique<Parts>(std::move(input), options, watch)) {}
Matcher::~Matcher() = default;

const Summary& Matcher::summary() const { return parts_->summary; }
const Input& Matcher::input() const { return parts_->input; }

std::uint32_t Matcher::rows_with(std::size_t column, Side side, RowId row) const {
  const Value value = side == Side::left ? parts_->comparer->left_value(column, row) : parts_->comparer->right_value(column, row);
  return value == missing ? 0 : parts_->comparer->count(column, value);
}

std::uint32_t Matcher::names_with(std::size_t column, Side side, RowId row) const {
  const Parts& p = *parts_;
  std::call_once(p.counted, [&] { p.names = contact_names(p.input, p.options.dedupe); });
  const Value value = side == Side::left ? p.comparer->left_value(column, row) : p.comparer->right_value(column, row);
  return value < p.names[column].size() && value != missing ? p.names[column][value] : 0;
}

std::vector<Link> Matcher::links() const {
  const Parts& p = *parts_;
  // What calibration and ceilings leave of it is known only when it is explained; they seldom add much.
  const double least = std::log(p.options.least / (1 - p.options.least));
  std::vector<Decided> wanted;
  for (const Decided& decided : p.decided) {
    if (p.options.dedupe ? static_cast<double>(decided.log_odds) >= least : p.calibration.apply(static_cast<double>(decided.log_odds)) >= least) {
      wanted.push_back(decided);
    }
  }
  std::vector<Link> out(wanted.size());
  in_parallel(wanted.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      out[i] = p.explained(left_of(wanted[i].pair), right_of(wanted[i].pair), static_cast<double>(wanted[i].log_odds));
    }
  });
  return out;
}

std::vector<Link> Matcher::candidates(RowId left, std::size_t most) const {
  const Parts& p = *parts_;
  const auto [begin, end] = p.range(left);
  std::vector<double> weighed(end - begin);
  weigh_rivals(std::span(p.log_odds).subspan(begin, end - begin), p.none, weighed);
  std::vector<std::size_t> order(end - begin);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(-weighed[i], i); });
  order.resize(std::min(order.size(), most));
  std::vector<Link> out;
  for (const std::size_t i : order) out.push_back(p.explained(left, right_of(p.pairs[begin + i]), weighed[i]));
  return out;
}

Link Matcher::explain(RowId left, RowId right) const {
  const Parts& p = *parts_;
  const auto [begin, end] = p.range(left);
  std::vector<float> rivals(p.log_odds.begin() + static_cast<std::ptrdiff_t>(begin), p.log_odds.begin() + static_cast<std::ptrdiff_t>(end));
  const PairKey pair = (PairKey{left} << 32U) | right;
  const auto at = std::lower_bound(p.pairs.begin() + static_cast<std::ptrdiff_t>(begin), p.pairs.begin() + static_cast<std::ptrdiff_t>(end), pair);
  std::size_t place = static_cast<std::size_t>(at - p.pairs.begin()) - begin;
  if (place == rivals.size() || p.pairs[begin + place] != pair) {
    place = rivals.size();
    rivals.push_back(static_cast<float>(p.scorer->log_odds(left, right, p.comparer->compare(left, right))));
  }
  std::vector<double> weighed(rivals.size());
  weigh_rivals(rivals, p.none, weighed);
  return p.explained(left, right, weighed[place]);
}

std::vector<Link> Matcher::find(std::span<const std::string_view> fields, std::size_t most) const {
  const Parts& p = *parts_;
  std::call_once(p.indexed, [&] { p.index.emplace(p.input, *p.comparer); });
  const Probe probe = p.comparer->probe(fields);
  struct Found {
    RowId right;
    Comparison comparison;
    Agreements parts;
  };
  std::vector<Found> found;
  std::vector<float> odds;
  for (const RowId right : p.index->rows(probe)) {
    Found& one = found.emplace_back();
    one.right = right;
    one.comparison = p.comparer->compare(probe, right, &one.parts);
    odds.push_back(static_cast<float>(p.scorer->log_odds(one.comparison, one.parts, right)));
  }
  std::vector<double> weighed(odds.size());
  weigh_rivals(odds, p.none, weighed);
  std::vector<std::size_t> order(odds.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(-weighed[i], found[i].right); });
  std::vector<Link> out;
  for (const std::size_t i : order) {
    if (out.size() == most) break;
    out.push_back(p.link(0, found[i].right, weighed[i], found[i].comparison, found[i].parts));
  }
  return out;
}

}  // namespace aremko::identity::match
