#include "identity/match.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "identity/match_decide.h"
#include "identity/match_learn.h"
#include "identity/match_parallel.h"

namespace aremko::identity::match {

// What was learned, and what people decided on top of it.
struct Matcher::Parts {
  Parts(std::shared_ptr<const Learned> learned, double least, std::span<const Known> known);

  // The candidates of a left row that nobody has rejected, with their log-odds.
  struct Rivals {
    std::vector<RowId> rights{};
    std::vector<float> log_odds{};
    std::vector<double> weighed{};  // beside each other
  };
  Rivals rivals(RowId left) const;
  void weigh(Rivals& rivals) const {
    rivals.weighed.resize(rivals.log_odds.size());
    weigh_rivals(rivals.log_odds, learned->none, rivals.weighed);
  }
  std::vector<Outcome> by_people(std::span<const Known> known) const;
  void decide();
  void find_holders(std::span<const Known> known);
  bool are_held_apart(RowId left, RowId right, Value left_id) const;
  double limit(double sum, RowId left, RowId right, Value left_id, const Agreements& parts, const LeftText& text, std::string_view& why) const;
  Link link(RowId left, RowId right, std::optional<double> beside_rivals, const Comparison& found, const Agreements& parts,
            Value left_id, const LeftText& text) const;
  Link explained(RowId left, RowId right, std::optional<double> beside_rivals) const;

  std::shared_ptr<const Learned> learned;
  double least = 0.5;
  Summary summary;
  Calibration calibration;
  std::vector<PairKey> rejected;  // sorted
  std::vector<Decided> decided;
  // The valid RUT of the left rows that are tied to a right one without a RUT of its own, or in one list of those that are tied to any
  // row without one: `missing` when nobody is, `several` when they contradict each other.
  static constexpr Value several = UINT32_MAX;
  std::vector<Value> holders;
};

Matcher::Parts::Parts(std::shared_ptr<const Learned> from, double least_wanted, std::span<const Known> known)
    : learned(std::move(from)), least(least_wanted), summary(learned->summary) {
  for (const Known& one : known) {
    if (!one.same) rejected.push_back((PairKey{one.left} << 32U) | one.right);
  }
  std::ranges::sort(rejected);
  if (learned->dedupe) {
    decide();
    find_holders({});
    return;
  }
  const std::vector<Outcome> decided_by_people = by_people(known);
  summary.calibrated_on = learned->by_rut.size() + decided_by_people.size();
  calibration = Calibration::fit(learned->by_rut, decided_by_people);
  summary.slope = calibration.slope();
  summary.offset = calibration.offset();
  decide();
  find_holders(known);
}

Matcher::Parts::Rivals Matcher::Parts::rivals(RowId left) const {
  Rivals out;
  const auto [begin, end] = learned->range(left);
  for (std::size_t i = begin; i < end; ++i) {
    if (std::ranges::binary_search(rejected, learned->pairs[i])) continue;
    out.rights.push_back(right_of(learned->pairs[i]));
    out.log_odds.push_back(learned->log_odds[i]);
  }
  return out;
}

// What had been claimed of the pairs that people have decided since; a pair that was no candidate teaches nothing.
std::vector<Outcome> Matcher::Parts::by_people(std::span<const Known> known) const {
  std::vector<Outcome> out;
  std::vector<double> weighed;
  for (const Known& one : known) {
    const auto [begin, end] = learned->range(one.left);
    const auto at = std::ranges::lower_bound(learned->pairs, (PairKey{one.left} << 32U) | one.right);
    if (at == learned->pairs.end() || left_of(*at) != one.left || right_of(*at) != one.right) continue;
    weighed.resize(end - begin);
    weigh_rivals(std::span(learned->log_odds).subspan(begin, end - begin), learned->none, weighed);
    out.push_back({weighed[static_cast<std::size_t>(at - learned->pairs.begin()) - begin], one.same});
  }
  return out;
}

void Matcher::Parts::decide() {
  const auto& pairs = learned->pairs;
  if (learned->dedupe) {
    std::vector<Value> ids(learned->input.rows(Side::left));
    for (RowId row = 0; row < ids.size(); ++row) ids[row] = learned->valid_id(Side::left, row);
    std::vector<float> log_odds = learned->log_odds;
    for (const PairKey pair : rejected) {
      const auto at = std::ranges::lower_bound(pairs, pair);
      if (at != pairs.end() && *at == pair) log_odds[static_cast<std::size_t>(at - pairs.begin())] = -100;
    }
    decided = group(pairs, log_odds, ids);
    return;
  }
  std::vector<double> weighed;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    const RowId left = left_of(pairs[begin]);
    while (end < pairs.size() && left_of(pairs[end]) == left) ++end;
    const auto refused = std::ranges::lower_bound(rejected, PairKey{left} << 32U);
    if (refused != rejected.end() && left_of(*refused) == left) {
      Rivals all = rivals(left);
      weigh(all);
      const auto best = std::ranges::max_element(all.weighed);
      if (best == all.weighed.end()) continue;
      const RowId right = all.rights[static_cast<std::size_t>(best - all.weighed.begin())];
      decided.push_back({(PairKey{left} << 32U) | right, static_cast<float>(*best)});
      continue;
    }
    weighed.resize(end - begin);
    weigh_rivals(std::span(learned->log_odds).subspan(begin, end - begin), learned->none, weighed);
    const auto best = static_cast<std::size_t>(std::ranges::max_element(weighed) - weighed.begin());
    decided.push_back({pairs[begin + best], static_cast<float>(weighed[best])});
  }
}

// Two valid RUTs that differ are not tied through a third row that has none.
void Matcher::Parts::find_holders(std::span<const Known> known) {
  const Learned& l = *learned;
  if (l.id_column == no_column) return;
  struct Claim {
    RowId right;
    Value id;
    RowId left;
    bool by_person;
    double log_odds;
  };
  std::vector<Claim> claims;
  const Side other_side = l.dedupe ? Side::left : Side::right;
  const auto claim = [&](RowId left, RowId right, bool by_person, double log_odds) {
    const Value id = l.valid_id(Side::left, left);
    if (id != missing && l.valid_id(other_side, right) == missing) claims.push_back({right, id, left, by_person, log_odds});
  };
  for (const Decided& one : decided) {
    if (calibration.apply(static_cast<double>(one.log_odds)) <= for_a_person) continue;
    claim(left_of(one.pair), right_of(one.pair), false, static_cast<double>(one.log_odds));
    if (l.dedupe) claim(right_of(one.pair), left_of(one.pair), false, static_cast<double>(one.log_odds));
  }
  for (const Known& one : known) {
    if (one.same) claim(one.left, one.right, true, 0);
  }
  std::ranges::sort(claims, {}, [](const Claim& one) { return std::tuple(one.right, one.id, !one.by_person, one.left); });
  std::vector<Value> found(l.input.rows(other_side), missing);  // put in its place at the end: explained() is to say what holds without it
  for (std::size_t from = 0, to = 0; from < claims.size(); from = to) {
    while (to < claims.size() && claims[to].right == claims[from].right) ++to;
    const bool alone = claims[from].id == claims[to - 1].id;
    Value holder = missing;
    for (std::size_t i = from; i < to; ++i) {
      // Only where they contradict each other is it worth asking what ceilings leave of a claim.
      const Claim& one = claims[i];
      const bool turned = l.dedupe && one.left > one.right;  // of one list pairs have the smaller row first
      const auto link_of = [&] { return turned ? explained(one.right, one.left, one.log_odds) : explained(one.left, one.right, one.log_odds); };
      const bool holds = alone || one.by_person || link_of().confidence >= 85;
      if (holds) holder = holder == missing || holder == one.id ? one.id : several;
    }
    found[claims[from].right] = holder;
  }
  holders = std::move(found);
}

bool Matcher::Parts::are_held_apart(RowId left, RowId right, Value left_id) const {
  const auto held_by_another = [&](RowId row, Value id) { return id != missing && row < holders.size() && holders[row] != missing && holders[row] != id; };
  if (!learned->dedupe || holders.empty()) return held_by_another(right, left_id);
  const auto at = std::ranges::lower_bound(decided, (PairKey{left} << 32U) | right, {}, &Decided::pair);
  if (at != decided.end() && at->pair == ((PairKey{left} << 32U) | right) && at->between_two) return true;
  return held_by_another(right, left_id) || held_by_another(left, learned->valid_id(Side::left, right));
}

double Matcher::Parts::limit(double sum, RowId left, RowId right, Value left_id, const Agreements& parts, const LeftText& text, std::string_view& why) const {
  Ceiling most = ceiling(*learned->comparer, parts, text, right);
  if (for_a_person < most.most && are_held_apart(left, right, left_id)) most = {for_a_person, "two_ids"};
  why = most.why;
  return std::min(sum, most.most);
}

Link Matcher::Parts::link(RowId left, RowId right, std::optional<double> beside_rivals, const Comparison& found, const Agreements& parts,
                          Value left_id, const LeftText& text) const {
  Link out{.left = left, .right = right};
  out.evidence = learned->scorer->evidence(found, parts, right);
  double sum = 0;
  for (const Evidence& evidence : out.evidence) sum += evidence.log_odds;
  const auto becomes = [&](double log_odds_now, std::string_view why) {
    if (std::abs(log_odds_now - sum) > 1e-6) out.evidence.push_back({no_column, why, log_odds_now - sum});
    sum = log_odds_now;
  };
  if (learned->dedupe && learned->id_column != no_column) {
    const double without = learned->without_rut(found, right);
    becomes(learned->of_pairs.apply(without) + sum - without, "calibration");
  }
  becomes(beside_rivals.value_or(sum), learned->dedupe ? "group" : "rivals");
  if (!learned->dedupe) becomes(calibration.apply(sum), "calibration");
  std::string_view why;
  const double limited = limit(sum, left, right, left_id, parts, text, why);
  becomes(limited, why);
  out.confidence = std::round(1'000 / (1 + std::exp(-sum))) / 10;
  return out;
}

Link Matcher::Parts::explained(RowId left, RowId right, std::optional<double> beside_rivals) const {
  Agreements parts;
  const Comparison found = learned->comparer->compare(left, right, &parts);
  return link(left, right, beside_rivals, found, parts, learned->valid_id(Side::left, left),
              [&](std::size_t column) { return learned->comparer->left_text(column, left); });
}

Matcher::Matcher(Input input, const Options& options, const Watch& watch)
    : parts_(std::make_unique<const Parts>(std::make_shared<const Learned>(std::move(input), options, watch), options.least, options.known)) {
  watch.at("decided");
}
Matcher::Matcher(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

Matcher Matcher::with(std::span<const Known> known) const { return Matcher(std::make_unique<const Parts>(parts_->learned, parts_->least, known)); }

const Summary& Matcher::summary() const { return parts_->summary; }
const Input& Matcher::input() const { return parts_->learned->input; }

std::uint32_t Matcher::rows_with(std::size_t column, Side side, RowId row) const {
  const Comparer& comparer = *parts_->learned->comparer;
  const Value value = side == Side::left ? comparer.left_value(column, row) : comparer.right_value(column, row);
  return value == missing ? 0 : comparer.count(column, value);
}

std::uint32_t Matcher::names_with(std::size_t column, Side side, RowId row) const {
  const Learned& l = *parts_->learned;
  const auto& names = l.contact_names()[column];
  const Value value = side == Side::left ? l.comparer->left_value(column, row) : l.comparer->right_value(column, row);
  return value < names.size() && value != missing ? names[value] : 0;
}

std::vector<Link> Matcher::links() const {
  const Parts& p = *parts_;
  // What calibration and ceilings leave of it is known only when it is explained; they seldom add much.
  const double least = std::log(p.least / (1 - p.least));
  std::vector<Decided> wanted;
  for (const Decided& decided : p.decided) {
    const auto log_odds = static_cast<double>(decided.log_odds);
    if ((p.learned->dedupe ? log_odds : p.calibration.apply(log_odds)) >= least) wanted.push_back(decided);
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
  Parts::Rivals all = parts_->rivals(left);
  parts_->weigh(all);
  std::vector<std::size_t> order(all.rights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(-all.weighed[i], i); });
  order.resize(std::min(order.size(), most));
  std::vector<Link> out;
  for (const std::size_t i : order) out.push_back(parts_->explained(left, all.rights[i], all.weighed[i]));
  return out;
}

Link Matcher::explain(RowId left, RowId right) const {
  const Learned& l = *parts_->learned;
  if (l.dedupe) {
    const PairKey pair = (PairKey{left} << 32U) | right;
    const auto at = std::ranges::lower_bound(parts_->decided, pair, {}, &Decided::pair);
    const bool grouped = at != parts_->decided.end() && at->pair == pair;
    return parts_->explained(left, right, grouped ? std::optional(static_cast<double>(at->log_odds)) : std::nullopt);
  }
  Parts::Rivals all = parts_->rivals(left);
  auto place = static_cast<std::size_t>(std::ranges::find(all.rights, right) - all.rights.begin());
  if (place == all.rights.size()) {
    all.rights.push_back(right);
    all.log_odds.push_back(static_cast<float>(l.scorer->log_odds(left, right, l.comparer->compare(left, right))));
  }
  parts_->weigh(all);
  return parts_->explained(left, right, all.weighed[place]);
}

std::vector<Link> Matcher::find(std::span<const std::string_view> fields, std::size_t most) const {
  const Learned& l = *parts_->learned;
  const Probe probe = l.comparer->probe(fields);
  struct Found {
    RowId right;
    Comparison comparison;
    Agreements parts;
  };
  std::vector<Found> found;
  std::vector<float> odds;
  for (const RowId right : l.index().rows(probe)) {
    Found& one = found.emplace_back();
    one.right = right;
    one.comparison = l.comparer->compare(probe, right, &one.parts);
    odds.push_back(static_cast<float>(l.scorer->log_odds(one.comparison, one.parts, right)));
  }
  std::vector<double> weighed(odds.size());
  weigh_rivals(odds, l.none, weighed);
  std::vector<std::size_t> order(odds.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(-weighed[i], found[i].right); });
  const bool has_id = l.id_column < probe.fields.size() && probe.fields[l.id_column].valid;
  std::vector<Link> out;
  for (const std::size_t i : order) {
    if (out.size() == most) break;
    out.push_back(parts_->link(0, found[i].right, weighed[i], found[i].comparison, found[i].parts,
                               has_id ? probe.fields[l.id_column].value : missing,
                               [&](std::size_t column) { return std::string_view(probe.fields[column].text); }));
  }
  return out;
}

}  // namespace aremko::identity::match
