#include "identity/match_learn.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "identity/match_decide.h"
#include "identity/match_parallel.h"
#include "identity/nobody.h"

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

// A number that so many people of unrelated names have is reception's or an agency's: it says nothing of any of them.
void forget_nobodys(Input& input, std::size_t column, const std::vector<std::uint16_t>& names, bool dedupe) {
  constexpr std::uint16_t many = 5;
  constexpr std::uint16_t of_made_up = 2;
  const Column& values = input.columns()[column];
  const auto nobodys = [&](Value value) {
    if (value >= names.size() || names[value] < of_made_up) return false;
    return names[value] >= many || (values.kind == Kind::phone && looks_made_up(values.values.text(value)));
  };
  for (std::size_t side = 0; side < (dedupe ? 1U : 2U); ++side) input.forget(column, static_cast<Side>(side), nobodys);
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
      if (!signature.broken()) {
        forget_nobodys(input, c, signature.names_of_value, dedupe);
        continue;
      }
      summary.broken.push_back({c, static_cast<Side>(side), signature.reason()});
      input.forget(c, static_cast<Side>(side));
    }
  }
}

}  // namespace

Learned::Learned(Input given, const Options& options, const Watch& watch) : input(std::move(given)), dedupe(options.dedupe) {
  Stopwatch clock(summary, watch);
  watch.at("prepare");
  forget_broken(input, dedupe, summary);
  comparer.emplace(input, dedupe);
  const auto id = std::ranges::find(input.columns(), Kind::national_id, &Column::kind);
  if (id != input.columns().end()) id_column = static_cast<std::size_t>(id - input.columns().begin());
  clock.lap("prepare", "candidates");
  Candidates found = candidates(*comparer, options.pairs_a_row);
  clock.lap("candidates", "compare");
  std::vector<Comparison> comparisons(found.pairs.size());
  in_parallel(found.pairs.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to && !watch.stop.stop_requested(); ++i) {
      if (i + 24 < to) comparer->expect_row(right_of(found.pairs[i + 24]));
      if (i + 16 < to) comparer->expect_values(right_of(found.pairs[i + 16]));
      if (i + 8 < to) comparer->expect_words(right_of(found.pairs[i + 8]));
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
  clock.lap("learn", "judge");
  summary.pairs_compared = found.pairs.size();
  summary.passes = found.passes;
  summary.expected_matches = model.matches;
  summary.blocking_recall = recall_of(found, log_odds);
  pairs = std::move(found.pairs);
  if (id_column != no_column && summary.share_learned == 1) {
    if (dedupe) calibrate_pairs(comparisons);
    else by_rut = judged_by_rut(comparisons);
  }
  comparisons = {};
  keep_rivals();
  clock.lap("judge", "decide");
}

std::pair<std::size_t, std::size_t> Learned::range(RowId left) const {
  const auto begin = std::ranges::lower_bound(pairs, PairKey{left} << 32U);
  const auto end = std::lower_bound(begin, pairs.end(), PairKey{left + 1} << 32U);
  return {static_cast<std::size_t>(begin - pairs.begin()), static_cast<std::size_t>(end - pairs.begin())};
}

const std::vector<std::vector<std::uint16_t>>& Learned::contact_names() const {
  std::call_once(counted_, [&] { names_ = match::contact_names(input, dedupe); });
  return names_;
}

const Index& Learned::index() const {
  std::call_once(indexed_, [&] { index_.emplace(input, *comparer); });
  return *index_;
}

Value Learned::valid_id(Side side, RowId row) const {
  if (id_column == no_column) return missing;
  const Value value = side == Side::left ? comparer->left_value(id_column, row) : comparer->right_value(id_column, row);
  return value != missing && comparer->valid_id(id_column, value) ? value : missing;
}

double Learned::without_rut(const Comparison& found, RowId right) const {
  const double chance = found.level(id_column) == 1 ? static_cast<double>(comparer->rarity(id_column, comparer->right_value(id_column, right))) : 0;
  return model.log_odds_without(id_column, chance, *comparer, found);
}

// In a list with few duplicates most pairs that look alike are namesakes. Of the pairs with two valid RUTs the RUTs say
// which; the others are as those are.
void Learned::calibrate_pairs(const std::vector<Comparison>& comparisons) {
  std::vector<float> blind(pairs.size());
  in_parallel(pairs.size(), [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) blind[i] = static_cast<float>(without_rut(comparisons[i], right_of(pairs[i])));
  });
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Value one = valid_id(Side::left, left_of(pairs[i])), other = valid_id(Side::left, right_of(pairs[i]));
    if (one != missing && other != missing) outcomes.push_back({static_cast<double>(blind[i]), one == other});
  }
  of_pairs = Calibration::fit(outcomes, {});
  summary.calibrated_on = outcomes.size();
  summary.slope = of_pairs.slope();
  summary.offset = of_pairs.offset();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto without = static_cast<double>(blind[i]);
    log_odds[i] = static_cast<float>(of_pairs.apply(without) + static_cast<double>(log_odds[i]) - without);
  }
}

// Which candidate would have been chosen had nobody a RUT, and what the RUTs say of it.
std::vector<Outcome> Learned::judged_by_rut(const std::vector<Comparison>& comparisons) const {
  std::vector<Outcome> out;
  std::vector<float> blind;
  std::vector<double> weighed;
  double true_all = 0, false_all = 0, true_shown = 0, false_shown = 0;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    const RowId left = left_of(pairs[begin]);
    end = begin;
    while (end < pairs.size() && left_of(pairs[end]) == left) ++end;
    if (!comparer->valid_id(id_column, comparer->left_value(id_column, left))) continue;
    blind.resize(end - begin);
    weighed.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      blind[i - begin] = static_cast<float>(without_rut(comparisons[i], right_of(pairs[i])));
    }
    weigh_rivals(blind, none, weighed);
    const auto best = static_cast<std::size_t>(std::ranges::max_element(weighed) - weighed.begin());
    const Value id = comparer->right_value(id_column, right_of(pairs[begin + best]));
    const bool shown = comparer->valid_id(id_column, id);
    const double true_one = 1 / (1 + std::exp(-weighed[best]));
    true_all += true_one;
    false_all += 1 - true_one;
    true_shown += shown ? true_one : 0;
    false_shown += shown ? 1 - true_one : 0;
    if (shown) out.push_back({weighed[best], id == comparer->left_value(id_column, left)});
  }
  // Whoever gave a RUT once gives it again: wrong choices show one less often, and count for those that do not.
  const double wrong_weight = std::clamp((true_shown + 1) / (true_all + 1) * (false_all + 1) / (false_shown + 1), 1.0, 4.0);
  for (Outcome& outcome : out) outcome.weight = outcome.same ? 1 : wrong_weight;
  return out;
}

// `pairs` and `log_odds` still hold every candidate.
void Learned::keep_rivals() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (log_odds[i] < hopeless) continue;
    pairs[kept] = pairs[i];
    log_odds[kept++] = log_odds[i];
  }
  pairs.resize(kept);
  pairs.shrink_to_fit();
  log_odds.resize(kept);
  log_odds.shrink_to_fit();
}

}  // namespace aremko::identity::match
