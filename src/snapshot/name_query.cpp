#include "snapshot/name_query.h"

#include <limits>

namespace aremko::snapshot {

namespace {

// Bounds that keep the worst question under a millisecond; none of them is reached by questions people ask.
constexpr std::int64_t most_work = 300'000;      // list entries looked at; a full comparison counts as eight
constexpr std::size_t most_near = 96;            // words a misspelt one may mean
constexpr std::size_t most_begun = 256;          // words a beginning may mean, when it leads the search
constexpr std::size_t filter_from = 2'000;       // a list this long is worth a filter

std::size_t bloom_bit(Word word) { return word & 255U; }

}  // namespace

std::optional<int> NameQuery::Asked::penalty(Word word) const {
  if (exact == word) return 0;
  if (beginning.contains(word)) return beginning_penalty;
  if (((near_bloom[bloom_bit(word) / 64] >> (word % 64)) & 1U) == 0) return std::nullopt;
  const auto at = std::lower_bound(near.begin(), near.end(), word,
                                   [](const Meant& meant, Word wanted) { return meant.word < wanted; });
  if (at == near.end() || at->word != word) return std::nullopt;
  return at->penalty;
}

NameQuery::NameQuery(const NameIndex& index, const std::vector<std::string_view>& words, bool last_is_open)
    : index_(index), last_is_open_(last_is_open) {
  const std::size_t count = std::min(words.size(), most_words);
  for (std::size_t i = 0; i < count; ++i) {
    asked_.push_back(understand(words[i], last_is_open && i + 1 == words.size()));
  }
  for (const Asked& asked : asked_) required_ += asked.optional ? 0 : 1;
  if (required_ == 0) {
    for (Asked& asked : asked_) asked.optional = false;
    required_ = static_cast<int>(asked_.size());
  }
  main_words_ = required_;
}

NameQuery::Asked NameQuery::understand(std::string_view text, bool open) const {
  Asked asked;
  asked.text = text;
  asked.optional = is_particle(text);
  const Vocabulary& vocabulary = index_.vocabulary();
  asked.exact = vocabulary.find(text);
  asked.beginning_penalty = open ? name_penalty::beginning : name_penalty::inner_beginning;
  asked.beginning = vocabulary.starting_with(text);
  add_near(asked, open);
  asked.bearers = index_.bearers_of(asked.beginning);
  for (const Meant& meant : asked.near) asked.bearers += index_.bearers(meant.word).size();
  asked.least_penalty = asked.exact                       ? 0
                        : asked.beginning.size() > 0      ? asked.beginning_penalty
                                                          : name_penalty::sound;
  if (!asked.near.empty() && !asked.exact) {
    for (const Meant& meant : asked.near) asked.least_penalty = std::min(asked.least_penalty, meant.penalty);
  }
  return asked;
}

void NameQuery::add_near(Asked& asked, bool open) const {
  const Vocabulary& vocabulary = index_.vocabulary();
  std::vector<Meant> all;
  if (asked.text.size() >= 3) {
    for (const Word word : vocabulary.sounding(asked.text, false, most_near)) all.push_back({word, name_penalty::sound});
    for (const auto& [word, edits] : vocabulary.similar(asked.text)) {
      all.push_back({word, edits == 1 ? name_penalty::one_typo : name_penalty::two_typos});
    }
  }
  if (open && asked.text.size() >= 4) {
    for (const Word word : vocabulary.sounding(asked.text, true, most_near)) {
      all.push_back({word, name_penalty::sound_beginning});
    }
  }
  // The likeliest ones when there are too many: fewest errors, then most bearers.
  std::sort(all.begin(), all.end(), [&](const Meant& a, const Meant& b) {
    if (a.penalty != b.penalty) return a.penalty < b.penalty;
    const std::size_t bearers_a = index_.bearers(a.word).size();
    const std::size_t bearers_b = index_.bearers(b.word).size();
    return bearers_a != bearers_b ? bearers_a > bearers_b : a.word < b.word;
  });
  for (const Meant& meant : all) {
    if (asked.near.size() == most_near) break;
    const bool begun = asked.beginning.contains(meant.word) && asked.beginning_penalty <= meant.penalty;
    const bool known = std::any_of(asked.near.begin(), asked.near.end(),
                                   [&](const Meant& other) { return other.word == meant.word; });
    if (begun || known || asked.exact == meant.word) continue;
    asked.near.push_back(meant);
    asked.near_bloom[bloom_bit(meant.word) / 64] |= std::uint64_t{1} << (meant.word % 64);
  }
  std::sort(asked.near.begin(), asked.near.end(), [](const Meant& a, const Meant& b) { return a.word < b.word; });
}

/// Cheapest first; of a beginning of very many words the commonest ones.
std::vector<NameQuery::Meant> NameQuery::meant_by(const Asked& asked) const {
  std::vector<Meant> out;
  for (Word word = asked.beginning.from; word < asked.beginning.to; ++word) {
    if (asked.exact != word) out.push_back({word, asked.beginning_penalty});
  }
  const auto more_bearers = [&](const Meant& a, const Meant& b) {
    const std::size_t bearers_a = index_.bearers(a.word).size();
    const std::size_t bearers_b = index_.bearers(b.word).size();
    return bearers_a != bearers_b ? bearers_a > bearers_b : a.word < b.word;
  };
  if (out.size() > most_begun) {
    std::nth_element(out.begin(), out.begin() + most_begun, out.end(), more_bearers);
    out.resize(most_begun);
  }
  out.insert(out.end(), asked.near.begin(), asked.near.end());
  if (asked.exact) out.push_back({*asked.exact, 0});
  std::sort(out.begin(), out.end(), [&](const Meant& a, const Meant& b) {
    return a.penalty != b.penalty ? a.penalty < b.penalty : more_bearers(a, b);
  });
  return out;
}

std::optional<int> NameQuery::penalty_of(Rank rank, int most_missing) const {
  const auto words = index_.words_of(rank);
  std::array<std::int8_t, most_words> place{};  // of the asked word in the name; -1 = not found
  place.fill(-1);
  unsigned used = 0;
  int total = extra_penalty_;
  // Exact words first, so that a typo's reading takes no word that is meant exactly.
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (((used >> at) & 1U) != 0 || asked_[i].exact != words[at]) continue;
      place[i] = static_cast<std::int8_t>(at);
      used |= 1U << at;
      break;
    }
  }
  int missing = 0;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    if (place[i] >= 0) continue;
    int best = std::numeric_limits<int>::max();
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (((used >> at) & 1U) != 0) continue;
      const auto penalty = asked_[i].penalty(words[at]);
      if (penalty && *penalty < best) {
        best = *penalty;
        place[i] = static_cast<std::int8_t>(at);
      }
    }
    if (place[i] >= 0) {
      used |= 1U << static_cast<unsigned>(place[i]);
      total += best;
    } else if (asked_[i].optional) {
      total += name_penalty::particle_missing;
    } else {
      if (++missing > most_missing) return std::nullopt;
      total += name_penalty::word_missing;
    }
  }
  const int more = static_cast<int>(index_.main_words(rank)) - (main_words_ - missing);
  total += name_penalty::more_words[static_cast<std::size_t>(std::clamp(more, 0, 3))];
  int last = -1;
  bool ordered = true;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    if (place[i] < 0) continue;
    ordered = ordered && place[i] > last;
    last = place[i];
  }
  if (!ordered) total += name_penalty::other_order;
  if (place[0] != 0) total += name_penalty::not_first;
  return std::min(total, 99);
}

RankSet NameQuery::bearers_of(const Asked& asked) const {
  RankSet out(index_.people());
  const auto add = [&](Word word) {
    if (const RankSet* common = index_.common_bearers(word)) {
      out.add(*common);
    } else {
      for (const Rank rank : index_.bearers(word)) out.add(rank);
    }
  };
  if (asked.exact) add(*asked.exact);
  for (Word word = asked.beginning.from; word < asked.beginning.to; ++word) add(word);
  for (const Meant& meant : asked.near) add(meant.word);
  return out;
}

/// Goes through the bearers of one asked word; the others are looked up in each bearer's name.
void NameQuery::drive(const Asked& driver, int most_missing, BestHits& best) {
  int least_others = extra_penalty_ + most_missing * name_penalty::word_missing;
  std::vector<RankSet> others;
  for (const Asked& asked : asked_) {
    if (&asked == &driver || asked.optional) continue;
    if (most_missing == 0) least_others += asked.least_penalty;
    const bool worth_it = driver.bearers >= filter_from && asked.bearers < 4 * driver.bearers &&
                          asked.beginning.size() < 1'000;
    if (worth_it && most_missing == 0) others.push_back(bearers_of(asked));
  }
  for (const Meant& meant : meant_by(driver)) {
    if (work_ <= 0 || !best.takes(meant.penalty + least_others, 0)) return;
    scan(meant, least_others, most_missing, others, best);
  }
}

void NameQuery::scan(const Meant& meant, int least_others, int most_missing, const std::vector<RankSet>& others,
                     BestHits& best) {
  const int least = meant.penalty + least_others;
  for (const Rank rank : index_.bearers(meant.word)) {
    if (--work_ <= 0 || !best.takes(least, rank)) return;  // ranks only rise: nothing better follows
    const int more = static_cast<int>(index_.main_words(rank)) - main_words_ + most_missing;
    if (!best.takes(least + name_penalty::more_words[static_cast<std::size_t>(std::clamp(more, 0, 3))], rank)) continue;
    const auto bears = [&](const RankSet& other) { return other.has(rank); };
    if (!std::all_of(others.begin(), others.end(), bears) || seen_.has(rank)) continue;
    work_ -= 8;
    if (const auto penalty = penalty_of(rank, most_missing)) {
      seen_.add(rank);
      best.offer({*penalty, rank, MatchedOn::nombre});
    }
  }
}

void NameQuery::run(BestHits& best) {
  if (asked_.empty() || index_.people() == 0) return;
  seen_ = RankSet(index_.people());
  work_ = most_work;
  const Asked* rarest = nullptr;
  for (const Asked& asked : asked_) {
    if (!asked.optional && (rarest == nullptr || asked.bearers < rarest->bearers)) rarest = &asked;
  }
  if (rarest->bearers > 0) drive(*rarest, 0, best);
  if (derived_ || best.full()) return;
  if (const auto words = join_split()) run_words(*words, best);
  if (best.empty()) {
    if (const auto words = split_glued()) run_words(*words, best);
  }
  run_incomplete(best);
}

/// People who lack some of the words: a second name left out of our records, a surname misspelt beyond recognition.
void NameQuery::run_incomplete(BestHits& best) {
  if (required_ < 2) return;
  std::vector<const Asked*> order;
  for (const Asked& asked : asked_) {
    if (!asked.optional && asked.bearers > 0) order.push_back(&asked);
  }
  std::sort(order.begin(), order.end(), [](const Asked* a, const Asked* b) { return a->bearers < b->bearers; });
  if (required_ == 2) {
    // One word of two says little unless few bear it; and it is no answer at all beside a real one.
    const std::size_t few = std::max<std::size_t>(30, index_.people() / 200);
    if (!best.empty() || order.empty() || !order.front()->exact) return;
    if (index_.bearers(*order.front()->exact).size() > few) return;
    work_ = most_work / 4;
    extra_penalty_ += 20;
    scan({*order.front()->exact, 0}, extra_penalty_ + name_penalty::word_missing, 1, {}, best);
    return;
  }
  const int most_missing = std::min(required_ - 2, 2);
  work_ = most_work / 4;
  for (std::size_t i = 0; i < order.size() && i <= static_cast<std::size_t>(most_missing); ++i) {
    // At least one word is missing, for who lacks none was found before.
    const int least = extra_penalty_ + name_penalty::word_missing;
    for (const Meant& meant : meant_by(*order[i])) {
      if (work_ <= 0 || !best.takes(meant.penalty + least, 0)) break;
      scan(meant, least, most_missing, {}, best);
    }
  }
}

/// "mariagonzalez" as two words that exist; of several ways the one whose rarer word is commonest.
std::optional<std::vector<std::string>> NameQuery::split_glued() const {
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const std::string_view text = asked_[i].text;
    if (asked_[i].exact || text.size() < 6 || text.size() > 40) continue;
    std::size_t best_at = 0;
    std::size_t best_bearers = 0;
    for (std::size_t at = 3; at + 3 <= text.size(); ++at) {
      const auto left = index_.vocabulary().find(text.substr(0, at));
      const auto right = index_.vocabulary().find(text.substr(at));
      if (!left || !right) continue;
      const std::size_t bearers = std::min(index_.bearers(*left).size(), index_.bearers(*right).size());
      if (bearers > best_bearers) {
        best_bearers = bearers;
        best_at = at;
      }
    }
    if (best_at == 0) continue;
    std::vector<std::string> words;
    for (std::size_t j = 0; j < asked_.size(); ++j) {
      if (j == i) {
        words.emplace_back(text.substr(0, best_at));
        words.emplace_back(text.substr(best_at));
      } else {
        words.push_back(asked_[j].text);
      }
    }
    return words;
  }
  return std::nullopt;
}

/// "mc donald" where the name is "McDonald": the first pair of neighbours that is one word.
std::optional<std::vector<std::string>> NameQuery::join_split() const {
  for (std::size_t i = 0; i + 1 < asked_.size(); ++i) {
    const std::string joined = asked_[i].text + asked_[i + 1].text;
    if (joined.size() < 5 || !index_.vocabulary().find(joined)) continue;
    std::vector<std::string> words;
    for (std::size_t j = 0; j < asked_.size(); ++j) {
      if (j == i) {
        words.push_back(joined);
      } else if (j != i + 1) {
        words.push_back(asked_[j].text);
      }
    }
    return words;
  }
  return std::nullopt;
}

void NameQuery::run_words(const std::vector<std::string>& words, BestHits& best) {
  const std::vector<std::string_view> views(words.begin(), words.end());
  NameQuery other(index_, views, last_is_open_);
  other.derived_ = true;
  other.extra_penalty_ = name_penalty::glued;
  other.main_words_ = other.required_;
  BestHits theirs(best.size() + 64);
  other.run(theirs);
  for (const Found& found : theirs.hits()) {
    if (seen_.has(found.rank)) continue;
    seen_.add(found.rank);
    best.offer(found);
  }
}

}  // namespace aremko::snapshot
