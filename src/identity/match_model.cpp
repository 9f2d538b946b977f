#include "identity/match_model.h"

#include <cmath>
#include <random>
#include <thread>

#include "identity/match_strangers.h"

namespace aremko::identity::match {

namespace {

constexpr std::size_t rounds = 15;
constexpr double settled = 2e-4;  // a round that moves the expected matches by less is the last
constexpr std::size_t most_random_pairs = 100'000;
constexpr std::size_t most_learned_from = 200'000;
constexpr double prior_weight = 20;  // pairs that the usual shares stand for
constexpr double least_houses = 0.02; // households for each match, even where the lists show none
using Table = std::array<std::array<double, max_levels>, Input::max_columns>;
using Steps = std::array<std::array<double, 16>, Input::max_columns>;

double house_usual(Kind kind, std::size_t level, std::size_t levels) {
  if (kind == Kind::name) {
    constexpr std::array<double, 12> usual{.003, .001, .003, .003, .01, .003, .003, .02, .02, .4, .01, .52};
    return usual[level - 1];
  }
  if (level == 1) return 0.5;
  if (kind == Kind::email && (level == 5 || level == 9)) return 0.4;
  return level == levels ? 0.4 : 0.1 / static_cast<double>(levels);
}

// A household's share on a level is learned for what households share; a whole name too, but never its agreement.
bool house_learns(Kind kind) { return is_shared(kind) || kind == Kind::name; }

// However the data look, one person seldom goes by two names that contradict each other: a phone with another first
// name is family or was handed on, and EM alone would call some of it a match.
double most_among_matches(Kind kind, std::size_t level) {
  if (kind == Kind::national_id && level == 5) return 0.02;
  if (kind != Kind::name) return 1;
  return level == name_given || level == name_different ? 0.004 : level == name_surname ? 0.0008 : 1;
}

// Lists that hold no name cut at its ñ teach that there is none: a new file may still bring one, and a name in sixteen has an ñ.
double least_among_matches(Kind kind, std::size_t level) { return kind == Kind::name && level == name_cut ? 0.02 : 0; }

// What two of a household never have in common by being one: their whole names, or all but the last word of them.
bool house_never_agrees(std::size_t level) { return level <= name_weak || level == name_single; }

// E-mails of namesakes are levels of their own (see Comparer::tell_named): a share is one among its own kind.
bool named_apart(Kind kind, std::size_t level) { return kind == Kind::email && level >= 6; }
bool alternatives(Kind kind, std::size_t a, std::size_t b) {
  return kind != Kind::email || a == 1 || b == 1 || (a >= 6) == (b >= 6);
}

class Learner {
 public:
  Learner(const Comparer& comparer, const std::vector<Comparison>& all, std::uint64_t seed)
      : comparer_(comparer), all_(all), columns_(comparer.input().columns()) {
    const double left = static_cast<double>(comparer.input().rows(Side::left));
    const double right = static_cast<double>(comparer.input().rows(Side::right));
    pairs_ = std::max(1.0, comparer.dedupe() ? left * (left - 1) / 2 : left * right);
    step_ = all.size() / most_learned_from + 1;
    most_matches_ = left;
    strangers_.resize(columns_.size());
    in_halves([&] { count_strangers(); },
              [&] {
                start(std::min(left, comparer.dedupe() ? left : right));
                meet_strangers(seed);
                count_agreements();
              });
  }

  Model run() {
    refresh();
    for (std::size_t round = 0; round < rounds; ++round) {
      const double before = matches_;
      expect();
      maximize();
      refresh();
      if (round >= 5 && std::abs(matches_ - before) < settled * matches_) break;
    }
    return model_;
  }

 private:
  /// Sums over candidates, each weighed by how likely it is one person, a household's, or two strangers.
  struct Sums {
    double matches = 0, houses = 0;
    Table matched{}, housed{}, strange{};
    Steps by_rarity{};
    std::array<std::array<std::array<double, 16>, max_levels>, Input::max_columns> names_matched{}, names_strange{};
  };

  /// Whatever the machine, always the same two halves, so that sums are the same to the last digit.
  static void in_halves(const auto& one, const auto& other) {
    const std::jthread beside([&] { other(); });
    one();
  }

  void count_strangers() {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].kind == Kind::name) strangers_[c] = strangers_within(comparer_, c);
    }
  }

  void start(double rows) {
    share_match_ = 0.3 * rows / pairs_;
    share_house_ = 0.03 * rows / pairs_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto& levels = levels_of(columns_[i].kind);
      for (std::size_t l = 1; l <= levels.size(); ++l) {
        match_[i][l] = levels[l - 1].usual_m;
        house_[i][l] = house_usual(columns_[i].kind, l, levels.size());
      }
      by_rarity_[i].fill(1);
    }
  }

  void meet_strangers(std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const std::size_t left = comparer_.input().rows(Side::left);
    const std::size_t right = comparer_.dedupe() ? left : comparer_.input().rows(Side::right);
    const auto pairs = static_cast<std::size_t>(std::min(pairs_, static_cast<double>(most_random_pairs)));
    for (std::size_t i = 0; i < pairs && left > 0 && right > 0; ++i) {
      const auto a = static_cast<RowId>(random() % left);
      const auto b = static_cast<RowId>(random() % right);
      if (comparer_.dedupe() && a == b) continue;
      const Comparison found = comparer_.compare(a, b);
      for (std::size_t c = 0; c < columns_.size(); ++c) met_[c][found.level(c)] += 1;
    }
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      met_all_[c] = 0;
      for (std::size_t l = 1; l < max_levels; ++l) met_all_[c] += met_[c][l];
      filled_[c] = (met_all_[c] + 1) / (met_all_[c] + met_[c][0] + 1);
    }
  }

  // How many pairs agree on values of each rarity, and how many would by chance.
  void count_agreements() {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::size_t values = columns_[c].values.size() + 1;
      std::vector<std::uint32_t> left(values, 0);
      std::vector<std::uint32_t> right(values, 0);
      for (const Value value : columns_[c].rows[0]) ++left[value];
      for (const Value value : columns_[c].rows[comparer_.dedupe() ? 0 : 1]) ++right[value];
      const double rows = static_cast<double>(columns_[c].rows[comparer_.dedupe() ? 0 : 1].size());
      for (Value value = 1; value < values; ++value) {
        const float rarity = comparer_.rarity(c, value);
        const unsigned step = Comparer::step(rarity);
        const double l = left[value];
        const double r = right[value];
        agree_[c][step] += comparer_.dedupe() ? l * (l - 1) / 2 : l * r;
        expected_[c][step] += std::exp(-static_cast<double>(rarity)) * l * rows * (comparer_.dedupe() ? 0.5 : 1);
      }
    }
  }

  void refresh() {
    model_.ln_match = std::log(share_match_);
    model_.ln_house = std::log(share_house_);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const auto& levels = levels_of(columns_[c].kind);
      for (std::size_t l = 1; l <= levels.size(); ++l) {
        const double chance = levels[l - 1].by_value ? 1 : stranger(c, l);
        model_.match[c][l] = std::log(match_[c][l] / chance);
        model_.house[c][l] = house_learns(columns_[c].kind) ? std::log(house_[c][l] / chance) : 0;
      }
      for (std::size_t s = 0; s < 16; ++s) model_.by_rarity[c][s] = -std::log(by_rarity_[c][s]);
      model_.by_rarity[c][0] = 0;
    }
  }

  double stranger(std::size_t c, std::size_t l) const {
    if (named_apart(columns_[c].kind, l)) {
      // Namesakes are few, but nearly all of them are candidates.
      double all = 1;
      for (std::size_t o = 6; o <= 10; ++o) all += strange_[c][o];
      return (strange_[c][l] + (l == 9 ? 0.8 : 0.05)) / all;
    }
    const double met = (met_[c][l] + 0.2) / (met_all_[c] + 1);
    const double among_candidates = strange_[c][l] / std::max(1.0, pairs_ * filled_[c]);
    return std::min(1.0, std::max(met_[c][l] < 20 ? std::min(met, among_candidates + 0.2 / (met_all_[c] + 1)) : met, among_candidates));
  }

  void expect() {
    const std::size_t middle = all_.size() / step_ / 2 * step_;
    in_halves([&] { sum(sums_[0], 0, middle); }, [&] { sum(sums_[1], middle, all_.size()); });
    matched_ = housed_ = strange_ = {};
    matched_by_rarity_ = {};
    names_matched_ = names_strange_ = {};
    matches_ = houses_ = 0;
    for (const Sums& half : sums_) {
      matches_ += half.matches;
      houses_ += half.houses;
      add(matched_, half.matched);
      add(housed_, half.housed);
      add(strange_, half.strange);
      add(matched_by_rarity_, half.by_rarity);
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        add(names_matched_[c], half.names_matched[c]);
        add(names_strange_[c], half.names_strange[c]);
      }
    }
    if (!comparer_.dedupe()) matches_ = std::min(matches_, most_matches_);
    model_.matches = matches_;
  }

  static void add(auto& into, const auto& more) {
    for (std::size_t i = 0; i < into.size(); ++i) {
      for (std::size_t j = 0; j < into[i].size(); ++j) into[i][j] += more[i][j];
    }
  }

  void sum(Sums& out, std::size_t from, std::size_t to) const {
    out = {};
    const auto weight = static_cast<double>(step_);
    for (std::size_t i = from; i < to; i += step_) {
      const Comparison& found = all_[i];
      const auto [p, h] = posterior(model_, comparer_, found);
      out.matches += p * weight;
      out.houses += h * weight;
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        const unsigned level = found.level(c);
        out.matched[c][level] += p * weight;
        out.housed[c][level] += h * weight;
        out.strange[c][level] += (1 - p - h) * weight;
        if (columns_[c].kind == Kind::name) {
          out.names_matched[c][level][found.rarity(c)] += p * weight;
          out.names_strange[c][level][found.rarity(c)] += (1 - p) * weight;
        } else {
          out.by_rarity[c][found.rarity(c)] += (p + h) * weight;
        }
      }
    }
  }

  void maximize() {
    share_match_ = (matches_ + 1) / (pairs_ + 2);
    share_house_ = std::max(houses_ + 0.5, matches_ * least_houses) / (pairs_ + 2);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const Kind kind = columns_[c].kind;
      const auto& levels = levels_of(kind);
      for (std::size_t l = 1; l <= levels.size(); ++l) {
        double all = prior_weight;
        double house = prior_weight;
        for (std::size_t o = 1; o <= levels.size(); ++o) {
          if (!alternatives(kind, l, o)) continue;
          all += matched_[c][o];
          house += housed_[c][o];
        }
        match_[c][l] = std::clamp((matched_[c][l] + prior_weight * levels[l - 1].usual_m) / all, least_among_matches(kind, l), most_among_matches(kind, l));
        const bool fixed = kind == Kind::name && house_never_agrees(l);
        if (!fixed) house_[c][l] = (housed_[c][l] + prior_weight * house_usual(kind, l, levels.size())) / house;
      }
      if (kind == Kind::name) {
        weigh_names(c);
        continue;
      }
      for (std::size_t s = 1; s < 16; ++s) {
        const double strangers = std::max(0.0, agree_[c][s] - matched_by_rarity_[c][s]);
        by_rarity_[c][s] = std::clamp((strangers + 3) / (expected_[c][s] + 3), 0.02, 5.0);
      }
    }
  }

  // A name's chance is taken as the product of its words'. How far that is from the truth is seen where other columns
  // tell matches from strangers. Names so common that not all their pairs are candidates go by the next rarer ones.
  void weigh_names(std::size_t c) {
    const double rows = pairs_ / std::max<double>(1, static_cast<double>(comparer_.input().rows(Side::left)));
    const auto first = static_cast<std::size_t>(std::clamp(std::log(rows / 50) / static_cast<double>(Comparer::name_step), 1.0, 12.0));
    double all_matched = prior_weight;
    for (std::size_t l = 1; l < max_levels; ++l) all_matched += matched_[c][l];
    for (std::size_t l = 1; l <= name_different; ++l) {
      if (!levels_of(Kind::name)[l - 1].by_value) continue;
      if (counted_within(static_cast<unsigned>(l)) && strangers_[c].pairs > 0) {
        for (std::size_t s = 1; s < 16; ++s) model_.by_name[c][l][s] = counted(c, l, s, all_matched);
        continue;
      }
      if (!same_whole_name(static_cast<unsigned>(l)) && l != name_single) continue;
      const double usual = level_weight(c, l, first);
      for (std::size_t s = 15; s >= 1; --s) {
        double& weight = model_.by_name[c][l][s];
        if (s < first) {
          weight = model_.by_name[c][l][s + 1];
          continue;
        }
        const double by_words = ln_odds(c, l, s);
        const double odds = std::exp(by_words + usual);
        const double matched = names_matched_[c][l][s] + prior_weight * odds / (1 + odds);
        const double strange = names_strange_[c][l][s] + prior_weight / (1 + odds);
        weight = std::clamp(std::log(matched / strange) - by_words, -2.0, 2.0);
      }
    }
    hold_below_exact(c, first);
  }

  // A name that is nearly the same never says more than the same one, whose rarity is a step higher than what a slip leaves of it. Of rare
  // names a slip stays so far behind that of two who might be meant it is who bears the name; of common ones a slip says as much.
  void hold_below_exact(std::size_t c, std::size_t first) {
    constexpr double taken = 1.6, behind = 0.6;  // of its rarity, by a word that is not the same; beside that
    for (std::size_t s = 1; s < 16; ++s) {
      const auto& exact = model_.by_name[c][name_exact];
      const double of_slip = std::min(exact[s], exact[std::min<std::size_t>(15, s + 1)]) - (s < first ? -taken : behind);
      for (const unsigned level : {name_cut, name_short, name_second, name_similar}) {
        double& other = model_.by_name[c][level][s];
        other = std::min(other, (level == name_similar ? of_slip : exact[s]) + std::log(match_[c][name_exact] / match_[c][level]));
      }
    }
  }

  double ln_odds(std::size_t c, std::size_t l, std::size_t s) const {
    return std::clamp(std::log(share_match_ * match_[c][l]) + Comparer::name_middle(s), -30.0, 30.0);
  }

  // The one weight for all rarities under which there are as many matches on this level as there seem to be: each rarity begins with it.
  double level_weight(std::size_t c, std::size_t l, std::size_t first) const {
    double least = -2, most = 2;
    while (most - least > 0.01) {
      const double weight = (least + most) / 2;
      double surplus = -prior_weight / (1 + std::exp(-weight)) + prior_weight / 2;
      for (std::size_t s = first; s < 16; ++s) {
        const double pairs = names_matched_[c][l][s] + names_strange_[c][l][s];
        surplus += names_matched_[c][l][s] - pairs / (1 + std::exp(-ln_odds(c, l, s) - weight));
      }
      (surplus > 0 ? least : most) = weight;
    }
    return (least + most) / 2;
  }

  // What the people of both lists show of this level and rarity, beyond what the level and the words say by themselves.
  double counted(std::size_t c, std::size_t l, std::size_t s, double all_matched) const {
    const NameStrangers& within = strangers_[c];
    const double usual = match_[c][l] * within.share(static_cast<unsigned>(l), s);
    const double match = (names_matched_[c][l][s] + prior_weight * usual + 1e-3) / all_matched;
    return std::log(match / match_[c][l]) - within.ln_chance[l][s] - Comparer::name_middle(s);
  }

  static std::pair<double, double> posterior(const Model& model, const Comparer& comparer, const Comparison& found);

  const Comparer& comparer_;
  const std::vector<Comparison>& all_;
  const std::vector<Column>& columns_;
  double pairs_ = 1;
  std::size_t step_ = 1;
  double most_matches_ = 0;  // a left row has one at most
  double share_match_ = 0, share_house_ = 0, matches_ = 0, houses_ = 0;
  Table match_{}, house_{}, met_{}, matched_{}, housed_{}, strange_{};
  std::array<std::array<std::array<double, 16>, max_levels>, Input::max_columns> names_matched_{}, names_strange_{};
  Steps by_rarity_{}, matched_by_rarity_{}, agree_{}, expected_{};
  std::array<double, Input::max_columns> met_all_{}, filled_{};
  std::vector<NameStrangers> strangers_;
  std::vector<Sums> sums_ = std::vector<Sums>(2);
  Model model_;
};

struct Logs { double match = 0, house = 0; };

Logs logs(const Model& model, const Comparer& comparer, const Comparison& found) {
  Logs out{model.ln_match + static_cast<double>(found.own) + static_cast<double>(found.shared),
           model.ln_house + static_cast<double>(found.shared)};
  const auto& columns = comparer.input().columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const unsigned level = found.level(c);
    if (level == 0) continue;
    const double rarity = model.rarity(columns[c].kind, c, found);
    out.match += model.match[c][level] + rarity;
    out.house += model.house[c][level] + (is_shared(columns[c].kind) ? rarity : 0);
  }
  return out;
}

std::pair<double, double> Learner::posterior(const Model& model, const Comparer& comparer, const Comparison& found) {
  const Logs l = logs(model, comparer, found);
  const double most = std::max({0.0, l.match, l.house});
  const double match = std::exp(l.match - most), house = std::exp(l.house - most);
  const double all = match + house + std::exp(-most);
  return {match / all, house / all};
}

}  // namespace

double Model::log_odds(const Comparer& comparer, const Comparison& comparison) const {
  const Logs l = logs(*this, comparer, comparison);
  const double most = std::max(0.0, l.house);
  return l.match - (most + std::log(std::exp(-most) + std::exp(l.house - most)));
}

double Model::log_odds_without(std::size_t column, double chance, const Comparer& comparer, const Comparison& comparison) const {
  Comparison rest = comparison;
  rest.levels &= ~(std::uint64_t{15} << (4 * column));
  rest.rarities &= ~(std::uint64_t{15} << (4 * column));
  rest.own -= static_cast<float>(chance);
  return log_odds(comparer, rest);
}

Model learn(const Comparer& comparer, const std::vector<Comparison>& comparisons, std::uint64_t seed) {
  return Learner(comparer, comparisons, seed).run();
}

}  // namespace aremko::identity::match
