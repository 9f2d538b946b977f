#pragma once
// One question about names, put to one NameIndex.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/best_hits.h"
#include "snapshot/name_index.h"

namespace aremko::snapshot {

/// What each way of not being exactly what was asked costs, of 100. The order of the classes is the ranking: the
/// whole name, the same words otherwise ordered or with a second name more, a beginning, a word that sounds the
/// same, a typo. Within a class the better guest comes first.
namespace name_penalty {
inline constexpr int other_order = 2;
inline constexpr std::array<int, 4> more_words{0, 4, 6, 8};  // words of the name nobody asked for
inline constexpr int beginning = 12;          // of the last word, which is perhaps still being typed
inline constexpr int sound = 14;
inline constexpr int one_typo = 20;
inline constexpr int inner_beginning = 22;    // of a word that was typed to its end
inline constexpr int sound_beginning = 24;
inline constexpr int two_typos = 28;
inline constexpr int glued = 8;               // "mariagonzalez"
inline constexpr int particle_missing = 2;
inline constexpr int word_missing = 18;
}  // namespace name_penalty

class NameQuery {
 public:
  static constexpr std::size_t most_words = 8;  // more words than any name has; the rest is not looked at

  /// `words` are folded. `last_is_open`: the last word may be unfinished.
  NameQuery(const NameIndex& index, const std::vector<std::string_view>& words, bool last_is_open)
      : NameQuery(index, words, last_is_open, false) {}

  /// Everybody who bears all the words, or nearly all when few bear all, offered to `best`.
  void run(BestHits& best);
  /// What is wrong with a person's name for this question; nothing when a word is missing.
  std::optional<int> penalty_of(Rank rank) const { return penalty_of(rank, 0); }
  bool empty() const { return asked_.empty(); }

 private:
  NameQuery(const NameIndex& index, const std::vector<std::string_view>& words, bool last_is_open, bool derived);

  static constexpr Word no_word = 0xFFFFFFFFU;
  static constexpr int not_meant = 1'000;

  /// A word of the vocabulary that may be meant, and what that costs.
  struct Meant {
    Word word;
    int penalty;
  };
  /// A word that was asked for.
  struct Asked {
    std::string text;
    bool optional = false;   // a particle: its absence hardly matters
    Word exact = no_word;
    WordRange beginning;     // words it begins
    int beginning_penalty = 0;
    std::vector<Meant> near; // by word; neither exact nor in `beginning`
    std::array<std::uint64_t, 4> near_bloom{};
    std::size_t bearers = 0; // of all words that may be meant
    std::size_t set_cost = 0;  // of making a set of them, in list entries
    int least_penalty = 0;

    bool is_exact() const { return exact != no_word; }
    int penalty(Word word) const;  // not_meant when this word is not meant
  };

  Asked understand(std::string_view text, bool open) const;
  void add_near(Asked& asked, bool open) const;
  void weigh(Asked& asked) const;
  void filter_by_others(const Asked& driver);
  std::vector<Meant> meant_by(const Asked& asked) const;
  std::optional<int> penalty_of(Rank rank, int most_missing) const;
  RankSetPool::Borrowed bearers_of(const Asked& asked) const;
  void drive(const Asked& driver, BestHits& best);
  void scan(const Meant& meant, int least_others, int most_missing, BestHits& best);
  bool compare(Rank rank, int least, int most_missing, BestHits& best);
  void run_incomplete(BestHits& best);
  void scan_incomplete(const RankSet& candidates, int most_missing, BestHits& best);
  RankSetPool::Borrowed bearers_of_most(const std::vector<RankSetPool::Borrowed>& sets, int most_missing) const;
  std::optional<std::vector<std::string>> split_glued() const;
  std::optional<std::vector<std::string>> join_split() const;
  void run_words(const std::vector<std::string>& words, BestHits& best);

  const NameIndex& index_;
  bool last_is_open_;
  int extra_penalty_ = 0;   // of the reading as a whole
  bool derived_ = false;    // a reading of another query: its words are meant as they stand, and make no further ones
  int main_words_ = 0;      // asked for, particles left out
  int required_ = 0;
  std::vector<Asked> asked_;
  RankSetPool::Borrowed seen_{nullptr, {nullptr}};
  std::vector<RankSetPool::Borrowed> others_;  // who bears the words that do not lead the search
  int comparisons_ = 0;
  std::int64_t work_ = 0;   // what may still be done, in list entries
};

}  // namespace aremko::snapshot
