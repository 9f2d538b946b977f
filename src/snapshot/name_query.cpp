#include "snapshot/name_query.h"

#include <bit>

namespace aremko::snapshot {

namespace {

// Bounds that keep the worst question under a millisecond; none of them is reached by questions people ask.
constexpr std::int64_t most_work = 200'000;      // list entries looked at, about two nanoseconds each
constexpr std::int64_t comparison_work = 30;     // a name compared with the question, in list entries
constexpr int enough_comparisons = 1'000;        // after which a slightly better order of words is not looked for
constexpr std::size_t most_near = 96;            // words a misspelt one may mean
constexpr std::size_t most_begun = 256;          // words a beginning may mean, when it leads the search
constexpr std::size_t dearest_set = 200'000;     // list entries a set may cost when people lack words

std::size_t bloom_bit(Word word) { return word & 255U; }

}  // namespace

int NameQuery::Asked::penalty(Word word) const {
  if (exact == word) return 0;
  if (beginning.contains(word)) return beginning_penalty;
  if (((near_bloom[bloom_bit(word) / 64] >> (word % 64)) & 1U) == 0) return not_meant;
  const auto at = std::lower_bound(near.begin(), near.end(), word,
                                   [](const Meant& meant, Word wanted) { return meant.word < wanted; });
  return at == near.end() || at->word != word ? not_meant : at->penalty;
}

NameQuery::NameQuery(const NameIndex& index, const std::vector<std::string_view>& words, bool last_is_open,
                     bool derived)
    : index_(index), last_is_open_(last_is_open), derived_(derived) {
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
  asked.exact = vocabulary.find(text).value_or(no_word);
  asked.beginning_penalty = open ? name_penalty::beginning : name_penalty::inner_beginning;
  asked.beginning = vocabulary.starting_with(text);
  if (!derived_) add_near(asked, open);
  weigh(asked);
  return asked;
}

void NameQuery::weigh(Asked& asked) const {
  const std::size_t whole_set = index_.people() / 256 + 1;  // uniting two sets goes word by word, and fast
  const auto add = [&](Word word) {
    asked.set_cost += index_.common_bearers(word) != nullptr ? whole_set : index_.bearers(word).size();
  };
  asked.bearers = index_.bearers_of(asked.beginning);
  if (asked.beginning.size() <= 1'000) {
    for (Word word = asked.beginning.from; word < asked.beginning.to; ++word) add(word);
  } else {
    asked.set_cost = asked.bearers + asked.beginning.size();
  }
  asked.least_penalty = asked.is_exact() ? 0 : asked.beginning.size() > 0 ? asked.beginning_penalty : not_meant;
  for (const Meant& meant : asked.near) {
    asked.bearers += index_.bearers(meant.word).size();
    asked.least_penalty = std::min(asked.least_penalty, meant.penalty);
    add(meant.word);
  }
}

void NameQuery::add_near(Asked& asked, bool open) const {
  const Vocabulary& vocabulary = index_.vocabulary();
  std::vector<Meant> all;
  if (asked.text.size() >= 3) {
    for (const Word word : vocabulary.sounding(asked.text, false, most_near)) {
      all.push_back({word, name_penalty::sound});
    }
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
  if (asked.is_exact()) out.push_back({asked.exact, 0});
  std::sort(out.begin(), out.end(), [&](const Meant& a, const Meant& b) {
    return a.penalty != b.penalty ? a.penalty < b.penalty : more_bearers(a, b);
  });
  return out;
}

std::optional<int> NameQuery::penalty_of(Rank rank, int most_missing) const {
  const auto words = index_.words_of(rank);
  std::array<std::int8_t, most_words> place{};  // of the asked word in the name; -1 = not found
  unsigned used = 0;
  // Exact words first, so that a typo's reading takes no word that is meant exactly.
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    place[i] = -1;
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (asked_[i].exact != words[at] || ((used >> at) & 1U) != 0) continue;
      place[i] = static_cast<std::int8_t>(at);
      used |= 1U << at;
      break;
    }
  }
  int total = extra_penalty_;
  int missing = 0;
  int last = -1;
  bool ordered = true;
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    int best = 0;
    if (place[i] < 0) {
      best = not_meant;
      for (std::size_t at = 0; at < words.size(); ++at) {
        if (((used >> at) & 1U) != 0) continue;
        const int penalty = asked_[i].penalty(words[at]);
        if (penalty < best) {
          best = penalty;
          place[i] = static_cast<std::int8_t>(at);
        }
      }
    }
    if (place[i] >= 0) {
      used |= 1U << static_cast<unsigned>(place[i]);
      total += best;
      ordered = ordered && place[i] > last;
      last = place[i];
    } else if (asked_[i].optional) {
      total += name_penalty::particle_missing;
    } else {
      if (++missing > most_missing) return std::nullopt;
      total += name_penalty::word_missing;
    }
  }
  const int more = static_cast<int>(index_.main_words(rank)) - (main_words_ - missing);
  total += name_penalty::more_words[static_cast<std::size_t>(std::clamp(more, 0, 3))];
  if (!ordered) total += name_penalty::other_order;
  return std::min(total, 99);
}

RankSetPool::Borrowed NameQuery::bearers_of(const Asked& asked) const {
  RankSetPool::Borrowed out = index_.borrow_set();
  const auto add = [&](Word word) {
    if (const RankSet* common = index_.common_bearers(word)) {
      out->add(*common);
    } else {
      for (const Rank rank : index_.bearers(word)) out->add(rank);
    }
  };
  for (Word word = asked.beginning.from; word < asked.beginning.to; ++word) add(word);
  for (const Meant& meant : asked.near) add(meant.word);
  return out;
}

/// Makes sets of those who bear the other words, cheapest first, as long as a set costs less than the comparisons it
/// spares.
void NameQuery::filter_by_others(const Asked& driver) {
  others_.clear();
  std::vector<const Asked*> order;
  for (const Asked& asked : asked_) {
    if (&asked != &driver && !asked.optional) order.push_back(&asked);
  }
  std::sort(order.begin(), order.end(), [](const Asked* a, const Asked* b) { return a->set_cost < b->set_cost; });
  double left = static_cast<double>(driver.bearers);
  for (const Asked* asked : order) {
    const double share = std::min(1.0, static_cast<double>(asked->bearers) / static_cast<double>(index_.people()));
    // The best hits are often found early, so that no more than some thousand comparisons are counted as spared.
    const double spared = std::min(left, 2'500.0) * (1 - share) * static_cast<double>(comparison_work);
    if (spared < static_cast<double>(asked->set_cost + index_.people() / 128)) continue;
    others_.push_back(bearers_of(*asked));
    left *= share;
  }
}

/// Goes through the bearers of one asked word; the others are looked up in each bearer's name.
void NameQuery::drive(const Asked& driver, BestHits& best) {
  int least_others = extra_penalty_;
  for (const Asked& asked : asked_) {
    if (&asked != &driver && !asked.optional) least_others += asked.least_penalty;
  }
  filter_by_others(driver);
  for (const Meant& meant : meant_by(driver)) {
    if (work_ <= 0 || !best.takes(meant.penalty + least_others, 0)) break;
    scan(meant, least_others, 0, best);
  }
  others_.clear();
}

/// Compares one name with the question; false when nothing better can follow. `least`: what a name can cost at best.
bool NameQuery::compare(Rank rank, int least, int most_missing, BestHits& best) {
  // When enough have been seen, a better order of words is not worth looking through everybody for.
  if (comparisons_ > enough_comparisons) least += name_penalty::other_order;
  if (!best.takes(least, rank)) return false;
  const int more = std::clamp(static_cast<int>(index_.main_words(rank)) - main_words_ + most_missing, 0, 3);
  const int least_of_this = least + name_penalty::more_words[static_cast<std::size_t>(more)];
  if (!best.takes(least_of_this, rank) || seen_->has(rank)) return true;
  const auto bears = [&](const RankSetPool::Borrowed& other) { return other->has(rank); };
  if (!std::all_of(others_.begin(), others_.end(), bears)) return true;
  ++comparisons_;
  work_ -= comparison_work;
  if (const auto penalty = penalty_of(rank, most_missing)) {
    seen_->add(rank);
    best.offer({*penalty, rank, MatchedOn::nombre});
  }
  return true;
}

void NameQuery::scan(const Meant& meant, int least_others, int most_missing, BestHits& best) {
  for (const Rank rank : index_.bearers(meant.word)) {  // ranks only rise: the better guests come first
    if (--work_ <= 0 || !compare(rank, meant.penalty + least_others, most_missing, best)) return;
  }
}

void NameQuery::run(BestHits& best) {
  if (asked_.empty() || index_.people() == 0) return;
  seen_ = index_.borrow_set();
  work_ = most_work;
  comparisons_ = 0;
  const Asked* rarest = nullptr;
  for (const Asked& asked : asked_) {
    if (!asked.optional && (rarest == nullptr || asked.bearers < rarest->bearers)) rarest = &asked;
  }
  if (rarest->bearers > 0) drive(*rarest, best);
  if (derived_ || best.full()) return;
  if (const auto words = join_split()) run_words(*words, best);
  if (best.empty()) {
    if (const auto words = split_glued()) run_words(*words, best);
  }
  run_incomplete(best);
}

/// Who stands in at least `required_ - most_missing` of the sets.
RankSetPool::Borrowed NameQuery::bearers_of_most(const std::vector<RankSetPool::Borrowed>& sets,
                                                 int most_missing) const {
  const auto wanted = static_cast<unsigned>(required_ - most_missing);
  RankSetPool::Borrowed out = index_.borrow_set();
  const auto words = out->words();
  for (std::size_t at = 0; at < words.size(); ++at) {
    // Four bit-sliced counters: sixty-four people counted at a time.
    std::array<std::uint64_t, 4> count{};
    for (const auto& set : sets) {
      std::uint64_t carry = set->words()[at];
      for (std::uint64_t& bit : count) {
        const std::uint64_t sum = bit ^ carry;
        carry &= bit;
        bit = sum;
      }
    }
    std::uint64_t greater = 0;
    std::uint64_t equal = ~std::uint64_t{0};
    for (unsigned bit = 4; bit-- > 0;) {
      if (((wanted >> bit) & 1U) != 0) {
        equal &= count[bit];
      } else {
        greater |= equal & count[bit];
        equal &= ~count[bit];
      }
    }
    words[at] = greater | equal;
  }
  return out;
}

void NameQuery::scan_incomplete(const RankSet& candidates, int most_missing, BestHits& best) {
  const int least = extra_penalty_ + most_missing * name_penalty::word_missing;
  comparisons_ = 0;
  work_ = most_work / 4;
  const auto words = candidates.words();
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (std::uint64_t bits = words[at]; bits != 0; bits &= bits - 1) {
      const Rank rank = static_cast<Rank>(at * 64) + static_cast<Rank>(std::countr_zero(bits));
      if (--work_ <= 0 || !compare(rank, least, most_missing, best)) return;
    }
  }
}

/// People who lack some of the words: a second name left out of our records, a surname misspelt beyond recognition.
void NameQuery::run_incomplete(BestHits& best) {
  if (required_ < 2) return;
  if (required_ == 2) {
    // One word of two says little unless few bear it; and it is no answer at all beside a real one.
    const std::size_t few = std::max<std::size_t>(30, index_.people() / 200);
    const Asked* rarest = nullptr;
    for (const Asked& asked : asked_) {
      if (asked.optional || !asked.is_exact() || index_.bearers(asked.exact).size() > few) continue;
      const std::size_t bearers = index_.bearers(asked.exact).size();
      if (rarest == nullptr || bearers < index_.bearers(rarest->exact).size()) rarest = &asked;
    }
    if (!best.empty() || rarest == nullptr) return;
    work_ = most_work / 4;
    extra_penalty_ += 20;
    scan({rarest->exact, 0}, extra_penalty_ + name_penalty::word_missing, 1, best);
    return;
  }
  std::vector<RankSetPool::Borrowed> sets;
  for (const Asked& asked : asked_) {
    if (!asked.optional && asked.bearers > 0 && asked.set_cost < dearest_set) sets.push_back(bearers_of(asked));
  }
  for (int missing = 1; missing <= std::min(required_ - 2, 2); ++missing) {
    if (static_cast<int>(sets.size()) < required_ - missing) continue;
    if (!best.takes(extra_penalty_ + missing * name_penalty::word_missing, 0)) return;
    scan_incomplete(*bearers_of_most(sets, missing), missing, best);
  }
}

}  // namespace aremko::snapshot
