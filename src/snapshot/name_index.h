#pragma once
// Who bears which word in their name. People are numbered by rank: the best guest first, so that every list is
// best first and a search that has seen enough may stop.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "snapshot/vocabulary.h"

namespace aremko::snapshot {

using Rank = std::uint32_t;

/// Set of ranks, one bit each.
class RankSet {
 public:
  RankSet() = default;
  explicit RankSet(std::size_t people) : words_((people + 63) / 64, 0) {}
  void clear() { std::fill(words_.begin(), words_.end(), 0); }
  bool has(Rank rank) const { return ((words_[rank / 64] >> (rank % 64)) & 1U) != 0; }
  void add(Rank rank) { words_[rank / 64] |= std::uint64_t{1} << (rank % 64); }
  void add(const RankSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  std::span<std::uint64_t> words() { return words_; }
  std::span<const std::uint64_t> words() const { return words_; }
  std::size_t memory() const { return words_.capacity() * sizeof(std::uint64_t); }

 private:
  std::vector<std::uint64_t> words_;
};

/// Empty sets to use for the length of one question: made anew they would cost more in page faults than in work.
class RankSetPool {
 public:
  struct GiveBack {
    const RankSetPool* pool;
    void operator()(RankSet* set) const { pool->give_back(set); }
  };
  using Borrowed = std::unique_ptr<RankSet, GiveBack>;

  explicit RankSetPool(std::size_t people) : people_(people) {}
  Borrowed borrow() const;

 private:
  static constexpr std::size_t most_kept = 64;  // of people/8 bytes each
  void give_back(RankSet* set) const;
  std::size_t people_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<RankSet>> free_;
};

/// `de`, `la`, `y` …: words that make no other name.
bool is_particle(std::string_view word);

class NameIndex {
 public:
  NameIndex() = default;
  /// `name_of(rank)` is the name as shown, for ranks 0..people-1.
  NameIndex(Rank people, const std::function<std::string_view(Rank)>& name_of);

  Rank people() const { return static_cast<Rank>(counts_.size()); }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  /// Ascending, so best guests first.
  std::span<const Rank> bearers(Word word) const {
    return std::span(bearers_).subspan(bearers_begin_[word], bearers_begin_[word + 1] - bearers_begin_[word]);
  }
  /// How many names have a word of the range; a name with two of them counts twice.
  std::size_t bearers_of(WordRange words) const { return bearers_begin_[words.to] - bearers_begin_[words.from]; }
  /// The same as bits, for words that very many bear; null for the others.
  const RankSet* common_bearers(Word word) const {
    return common_place_[word] == not_common ? nullptr : &common_[common_place_[word]];
  }
  /// In the order of the name.
  std::span<const Word> words_of(Rank rank) const {
    const std::size_t count = counts_[rank].all;
    const auto& own = words_[rank];
    return count <= own.size() ? std::span(own).first(count) : std::span(long_words_).subspan(own[0], count);
  }
  /// How many of them are no particles; all of them when all are.
  unsigned main_words(Rank rank) const { return counts_[rank].main; }
  bool particle(Word word) const { return particle_[word] != 0; }
  RankSetPool::Borrowed borrow_set() const { return pool_->borrow(); }
  std::size_t memory() const;

  static constexpr std::size_t most_words = 12;  // of one name; more is no name

 private:
  static constexpr std::uint16_t not_common = 0xFFFF;
  std::vector<std::uint32_t> read_names(Rank people, const std::function<std::string_view(Rank)>& name_of);
  void number_words(const std::vector<std::uint32_t>& sorted_place);
  void invert();

  Vocabulary vocabulary_;
  // Four words stand in place, so that a name is one cache line away; longer ones say where they stand instead.
  std::vector<std::array<Word, 4>> words_;
  std::vector<Word> long_words_;
  struct Counts {
    std::uint8_t all : 4 = 0;
    std::uint8_t main : 4 = 0;
  };
  std::vector<Counts> counts_;
  std::vector<std::uint8_t> particle_;
  std::vector<std::uint32_t> bearers_begin_{0};
  std::vector<Rank> bearers_;
  std::vector<std::uint16_t> common_place_;
  std::vector<RankSet> common_;
  std::unique_ptr<RankSetPool> pool_ = std::make_unique<RankSetPool>(0);
};

}  // namespace aremko::snapshot
