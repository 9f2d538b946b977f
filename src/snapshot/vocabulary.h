#pragma once
// The distinct words of all names, sorted; found whole, by beginning, by sound and by nearly the same letters.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aremko::snapshot {

/// A word's number: its place in the sorted vocabulary.
using Word = std::uint32_t;

struct WordRange {
  Word from = 0;
  Word to = 0;  // exclusive
  bool contains(Word word) const { return word >= from && word < to; }
  Word size() const { return to - from; }
};

/// A folded word as a Chilean ear hears it: b=v=w, s=z=c(e,i), k=qu=c, j=g(e,i), ll=y, no h, no doubled letter.
std::string sound_of(std::string_view word);

/// The edits (insertion, deletion, substitution, swap of neighbours; optimal string alignment) between two words,
/// or limit + 1 when there are more than `limit`. Words over 48 bytes are compared as different.
int edit_distance(std::string_view a, std::string_view b, int limit);

/// How many typos two words may be apart: none when both are under four letters, two when one has eight, else one.
int typos_allowed(std::size_t length_a, std::size_t length_b);

class Vocabulary {
 public:
  Vocabulary() = default;
  /// Sorted, distinct, none empty.
  explicit Vocabulary(const std::vector<std::string_view>& words);

  Word size() const { return static_cast<Word>(begin_.size() - 1); }
  std::string_view operator[](Word word) const {
    return std::string_view(letters_).substr(begin_[word], begin_[word + 1] - begin_[word]);
  }
  std::optional<Word> find(std::string_view text) const;
  WordRange starting_with(std::string_view prefix) const;

  /// Words that sound the same; with `beginning`, words whose sound begins so. At most `most`.
  std::vector<Word> sounding(std::string_view text, bool beginning, std::size_t most) const;

  struct Similar {
    Word word;
    int edits;  // 1 or 2
  };
  /// Words within typos_allowed() of the text, itself left out, in no special order.
  std::vector<Similar> similar(std::string_view text) const;

  std::size_t memory() const;

 private:
  void index_sounds();
  void index_deletions();
  template <class Visit>
  static void each_deletion(std::string_view word, int most, Visit visit);
  std::string_view sound(std::size_t place) const {
    return std::string_view(sounds_).substr(sound_begin_[place], sound_begin_[place + 1] - sound_begin_[place]);
  }
  std::size_t bucket(std::uint64_t key) const { return (key * 0x9E3779B97F4A7C15ULL) >> bucket_shift_; }

  std::string letters_;
  std::vector<std::uint32_t> begin_{0};
  std::vector<std::uint32_t> letter_mask_;  // which letters a word has: tells most pairs apart without comparing

  std::vector<Word> by_sound_;              // words sorted by sound
  std::string sounds_;                      // in that order
  std::vector<std::uint32_t> sound_begin_{0};

  // Deletion neighbourhoods (Garbe's SymSpell): two words a few edits apart have a common rest after as many
  // deletions from each. Only the first eight bytes are taken, which the property survives.
  int bucket_shift_ = 63;
  std::vector<std::uint32_t> deletion_begin_;
  std::vector<Word> deletion_words_;
};

}  // namespace aremko::snapshot
