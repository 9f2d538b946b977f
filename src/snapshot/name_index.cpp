#include "snapshot/name_index.h"

#include "base/text.h"
#include "normalize/text.h"

namespace aremko::snapshot {

namespace {

/// Gives every distinct word a number by first appearance.
class WordNumbers {
 public:
  std::uint32_t number(std::string_view word) {
    if (2 * (begin_.size() + 1) > slots_.size()) grow();
    std::size_t at = hash64(word) & (slots_.size() - 1);
    while (slots_[at] != 0) {
      const std::uint32_t known = slots_[at] - 1;
      if (text(known) == word) return known;
      at = (at + 1) & (slots_.size() - 1);
    }
    const auto fresh = static_cast<std::uint32_t>(begin_.size() - 1);
    letters_ += word;
    begin_.push_back(static_cast<std::uint32_t>(letters_.size()));
    slots_[at] = fresh + 1;
    return fresh;
  }
  std::string_view text(std::uint32_t number) const {
    return std::string_view(letters_).substr(begin_[number], begin_[number + 1] - begin_[number]);
  }
  std::size_t size() const { return begin_.size() - 1; }

 private:
  void grow() {
    std::vector<std::uint32_t> bigger(slots_.size() * 2, 0);
    for (const std::uint32_t slot : slots_) {
      if (slot == 0) continue;
      std::size_t at = hash64(text(slot - 1)) & (bigger.size() - 1);
      while (bigger[at] != 0) at = (at + 1) & (bigger.size() - 1);
      bigger[at] = slot;
    }
    slots_.swap(bigger);
  }
  std::string letters_;
  std::vector<std::uint32_t> begin_{0};
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(1024, 0);
};

}  // namespace

RankSetPool::Borrowed RankSetPool::borrow() const {
  std::unique_ptr<RankSet> set;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      set = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (set) {
    set->clear();
  } else {
    set = std::make_unique<RankSet>(people_);
  }
  return {set.release(), GiveBack{this}};
}

void RankSetPool::give_back(RankSet* set) const {
  std::unique_ptr<RankSet> owned(set);
  const std::lock_guard lock(mutex_);
  if (free_.size() < most_kept) free_.push_back(std::move(owned));
}

bool is_particle(std::string_view word) {
  static constexpr std::array<std::string_view, 12> particles{"de",  "del", "la", "las", "los", "el",
                                                              "y",   "da",  "do", "dos", "van", "von"};
  return word.size() <= 3 && std::find(particles.begin(), particles.end(), word) != particles.end();
}

NameIndex::NameIndex(Rank people, const std::function<std::string_view(Rank)>& name_of) {
  number_words(read_names(people, name_of));
  invert();
  pool_ = std::make_unique<RankSetPool>(people);
}

/// Puts the vocabulary's numbers in the place of the provisional ones.
void NameIndex::number_words(const std::vector<std::uint32_t>& sorted_place) {
  particle_.resize(vocabulary_.size());
  for (Word word = 0; word < vocabulary_.size(); ++word) particle_[word] = is_particle(vocabulary_[word]);
  for (Word& word : long_words_) word = sorted_place[word];
  for (Rank rank = 0; rank < people(); ++rank) {
    const std::size_t count = counts_[rank].all;
    for (std::size_t i = 0; i < count && count <= words_[rank].size(); ++i) {
      words_[rank][i] = sorted_place[words_[rank][i]];
    }
    unsigned main = 0;
    for (const Word word : words_of(rank)) main += particle_[word] == 0;
    counts_[rank].main = static_cast<std::uint8_t>((main == 0 ? count : main) & 15U);
  }
}

/// Fills words_ with provisional numbers and vocabulary_; returns the vocabulary's number of each.
std::vector<std::uint32_t> NameIndex::read_names(Rank people, const std::function<std::string_view(Rank)>& name_of) {
  WordNumbers numbers;
  std::string folded;
  words_.resize(people);
  counts_.resize(people);
  std::array<Word, most_words> own{};
  for (Rank rank = 0; rank < people; ++rank) {
    normalize::fold_into(folded, name_of(rank));
    std::size_t count = 0;
    for (const std::string_view word : normalize::tokens(folded)) {
      if (count == most_words) break;
      own[count++] = numbers.number(word);
    }
    counts_[rank].all = static_cast<std::uint8_t>(count & 15U);
    if (count <= words_[rank].size()) {
      std::copy_n(own.begin(), count, words_[rank].begin());
    } else {
      words_[rank][0] = static_cast<Word>(long_words_.size());
      long_words_.insert(long_words_.end(), own.begin(), own.begin() + static_cast<std::ptrdiff_t>(count));
    }
  }
  long_words_.shrink_to_fit();

  std::vector<std::uint32_t> order(numbers.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return numbers.text(a) < numbers.text(b); });
  std::vector<std::string_view> sorted;
  sorted.reserve(order.size());
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    sorted.push_back(numbers.text(order[i]));
    place[order[i]] = i;
  }
  vocabulary_ = Vocabulary(sorted);
  return place;
}

void NameIndex::invert() {
  const Word words = vocabulary_.size();
  const auto each = [&](auto visit) {
    for (Rank rank = 0; rank < people(); ++rank) {
      const auto own = words_of(rank);
      for (std::size_t i = 0; i < own.size(); ++i) {
        if (std::find(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(i), own[i]) ==
            own.begin() + static_cast<std::ptrdiff_t>(i)) {
          visit(own[i], rank);
        }
      }
    }
  };
  bearers_begin_.assign(std::size_t{words} + 1, 0);
  each([&](Word word, Rank) { ++bearers_begin_[word + 1]; });
  for (Word word = 0; word < words; ++word) bearers_begin_[word + 1] += bearers_begin_[word];
  bearers_.resize(bearers_begin_[words]);
  each([&](Word word, Rank rank) { bearers_[bearers_begin_[word]++] = rank; });
  for (Word word = words; word > 0; --word) bearers_begin_[word] = bearers_begin_[word - 1];
  bearers_begin_[0] = 0;

  // A set costs people/8 bytes: only for words that are one person's in fifty, and few words are.
  const std::size_t common_from = std::max<std::size_t>(1'000, people() / 50);
  common_place_.assign(words, not_common);
  for (Word word = 0; word < words; ++word) {
    if (bearers(word).size() < common_from) continue;
    common_place_[word] = static_cast<std::uint16_t>(common_.size());
    RankSet& set = common_.emplace_back(people());
    for (const Rank rank : bearers(word)) set.add(rank);
  }
}

std::size_t NameIndex::memory() const {
  const auto bytes = [](const auto& column) { return column.capacity() * sizeof(column[0]); };
  std::size_t total = vocabulary_.memory() + bytes(words_) + bytes(long_words_) + bytes(counts_) +
                      bytes(particle_) + bytes(bearers_begin_) + bytes(bearers_) + bytes(common_place_);
  for (const RankSet& set : common_) total += set.memory();
  return total;
}

}  // namespace aremko::snapshot
