#include "snapshot/vocabulary.h"

#include <bit>

namespace aremko::snapshot {

namespace {

constexpr std::size_t prefix_bytes = 8;   // of a word, in its deletion neighbourhood
constexpr std::size_t longest_word = 48;  // longer ones are junk, found whole or by beginning only

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

std::uint32_t mask_of(std::string_view word) {
  std::uint32_t mask = 0;
  for (const char c : word) mask |= 1U << (c >= 'a' && c <= 'z' ? static_cast<unsigned>(c - 'a') : 26U);
  return mask;
}

/// The letter a sound begins with at `at`; 0 = none. `next` is the letter after it, or 0.
char heard(char letter, char before, char next) {
  const bool soft = next == 'e' || next == 'i';
  switch (letter) {
    case 'v': case 'w': return 'b';
    case 'z': return 's';
    case 'c': return next == 'h' ? 'c' : soft ? 's' : 'k';
    case 'q': return 'k';
    case 'u': return before == 'q' && soft ? '\0' : 'u';
    case 'g': return soft ? 'j' : 'g';
    case 'h': return '\0';
    case 'p': return next == 'h' ? 'f' : 'p';
    case 'x': return before == '\0' ? 'j' : 'x';
    case 'y': return is_vowel(next) ? 'y' : 'i';
    default: return letter;
  }
}

}  // namespace

std::string sound_of(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char before = i == 0 ? '\0' : word[i - 1];
    char next = i + 1 < word.size() ? word[i + 1] : '\0';
    char sound = heard(word[i], before, next);
    if (word[i] == 'l' && next == 'l') {
      next = i + 2 < word.size() ? word[i + 2] : '\0';
      sound = is_vowel(next) ? 'y' : 'l';
      ++i;
    }
    if (sound != '\0' && (out.empty() || out.back() != sound)) out += sound;
  }
  return out;
}

int edit_distance(std::string_view a, std::string_view b, int limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() > longest_word || static_cast<int>(b.size() - a.size()) > limit) return limit + 1;
  while (!a.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  int rows[3][longest_word + 1];  // of which b.size() + 1 are used, each written before it is read
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int* const row = rows[i % 3];
    const int* const above = rows[(i + 2) % 3];
    const int* const above2 = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int best = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = std::min(best, above2[j - 2] + 1);
      row[j] = best;
      least = std::min(least, best);
    }
    if (least > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

int typos_allowed(std::size_t length_a, std::size_t length_b) {
  const std::size_t longer = std::max(length_a, length_b);
  return longer < 4 ? 0 : longer < 8 ? 1 : 2;
}

Vocabulary::Vocabulary(const std::vector<std::string_view>& words) {
  std::size_t bytes = 0;
  for (const std::string_view word : words) bytes += word.size();
  letters_.reserve(bytes);
  begin_.reserve(words.size() + 1);
  letter_mask_.reserve(words.size());
  for (const std::string_view word : words) {
    letters_ += word;
    begin_.push_back(static_cast<std::uint32_t>(letters_.size()));
    letter_mask_.push_back(mask_of(word));
  }
  index_sounds();
  index_deletions();
}

void Vocabulary::index_sounds() {
  std::vector<std::string> sounds(size());
  for (Word word = 0; word < size(); ++word) sounds[word] = sound_of((*this)[word]);
  by_sound_.resize(size());
  for (Word word = 0; word < size(); ++word) by_sound_[word] = word;
  std::sort(by_sound_.begin(), by_sound_.end(), [&](Word a, Word b) {
    const int order = sounds[a].compare(sounds[b]);
    return order != 0 ? order < 0 : a < b;
  });
  sound_begin_.reserve(std::size_t{size()} + 1);
  for (const Word word : by_sound_) {
    sounds_ += sounds[word];
    sound_begin_.push_back(static_cast<std::uint32_t>(sounds_.size()));
  }
  sounds_.shrink_to_fit();
}

/// Calls visit(key) for the word's first bytes with up to `most` of them left out, each key once.
template <class Visit>
void Vocabulary::each_deletion(std::string_view word, int most, Visit visit) {
  const std::string_view prefix = word.substr(0, prefix_bytes);
  std::array<std::uint64_t, 1 + prefix_bytes + prefix_bytes * (prefix_bytes - 1) / 2> keys{};
  std::size_t count = 0;
  const std::size_t none = prefix.size();
  const auto add = [&](std::size_t skip_a, std::size_t skip_b) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < prefix.size(); ++i) {
      if (i != skip_a && i != skip_b) key = (key << 8) | static_cast<unsigned char>(prefix[i]);
    }
    keys[count++] = key;
  };
  add(none, none);
  for (std::size_t a = 0; most >= 1 && a < prefix.size(); ++a) {
    add(a, none);
    for (std::size_t b = a + 1; most >= 2 && b < prefix.size(); ++b) add(a, b);
  }
  std::sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count));
  const auto end = std::unique(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count));
  for (auto key = keys.begin(); key != end; ++key) visit(*key);
}

namespace {
/// Two deletions matter only for words that can be the shorter of a pair with one of eight letters.
int deletions_of(std::size_t length) { return length >= 6 ? 2 : 1; }
}  // namespace

void Vocabulary::index_deletions() {
  std::size_t entries = 0;
  const auto each = [&](auto visit) {
    for (Word word = 0; word < size(); ++word) {
      const std::string_view text = (*this)[word];
      if (text.size() < 3 || text.size() > longest_word) continue;
      each_deletion(text, deletions_of(text.size()), [&](std::uint64_t key) { visit(word, key); });
    }
  };
  each([&](Word, std::uint64_t) { ++entries; });
  const int bits = std::max(1, static_cast<int>(std::bit_width(entries / 2 + 1)));
  bucket_shift_ = 64 - bits;
  deletion_begin_.assign((std::size_t{1} << bits) + 1, 0);
  each([&](Word, std::uint64_t key) { ++deletion_begin_[bucket(key) + 1]; });
  for (std::size_t i = 1; i < deletion_begin_.size(); ++i) deletion_begin_[i] += deletion_begin_[i - 1];
  deletion_words_.resize(entries);
  each([&](Word word, std::uint64_t key) { deletion_words_[deletion_begin_[bucket(key)]++] = word; });
  for (std::size_t i = deletion_begin_.size() - 1; i > 0; --i) deletion_begin_[i] = deletion_begin_[i - 1];
  deletion_begin_[0] = 0;
}

std::optional<Word> Vocabulary::find(std::string_view text) const {
  Word low = 0;
  Word high = size();
  while (low < high) {
    const Word middle = low + (high - low) / 2;
    if ((*this)[middle] < text) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low < size() && (*this)[low] == text) return low;
  return std::nullopt;
}

WordRange Vocabulary::starting_with(std::string_view prefix) const {
  const auto first_not = [&](Word low, auto before) {
    Word high = size();
    while (low < high) {
      const Word middle = low + (high - low) / 2;
      if (before((*this)[middle])) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };
  const Word from = first_not(0, [&](std::string_view word) { return word < prefix; });
  return {from, first_not(from, [&](std::string_view word) { return word.starts_with(prefix); })};
}

std::vector<Word> Vocabulary::sounding(std::string_view text, bool beginning, std::size_t most) const {
  const std::string wanted = sound_of(text);
  std::vector<Word> out;
  if (wanted.empty()) return out;
  std::size_t low = 0;
  std::size_t high = by_sound_.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (sound(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < by_sound_.size() && out.size() < most; ++low) {
    if (beginning ? !sound(low).starts_with(wanted) : sound(low) != wanted) break;
    out.push_back(by_sound_[low]);
  }
  return out;
}

std::vector<Vocabulary::Similar> Vocabulary::similar(std::string_view text) const {
  constexpr std::size_t most_candidates = 4'000;  // a bound on work, far above what real words need
  std::vector<Similar> out;
  if (text.size() < 3 || text.size() > longest_word || deletion_words_.empty()) return out;
  std::vector<Word> candidates;
  const std::uint32_t mask = mask_of(text);
  each_deletion(text, deletions_of(text.size()), [&](std::uint64_t key) {
    const std::size_t at = bucket(key);
    // One misspelt word looks at thousands of others: no bounds are checked here.
    const std::uint32_t* const begin = begin_.data();
    for (std::uint32_t i = deletion_begin_[at]; i < deletion_begin_[at + 1]; ++i) {
      const Word word = deletion_words_.data()[i];
      const std::size_t length = begin[word + 1] - begin[word];
      const int limit = typos_allowed(text.size(), length);
      const std::size_t apart = length > text.size() ? length - text.size() : text.size() - length;
      if (apart > static_cast<std::size_t>(limit)) continue;
      if (std::popcount(mask ^ letter_mask_.data()[word]) > 2 * limit) continue;
      if (candidates.size() < most_candidates) candidates.push_back(word);
    }
  });
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const Word word : candidates) {
    const std::string_view other = (*this)[word];
    const int limit = typos_allowed(text.size(), other.size());
    const int edits = edit_distance(text, other, limit);
    if (edits > 0 && edits <= limit) out.push_back({word, edits});
  }
  return out;
}

std::size_t Vocabulary::memory() const {
  const auto bytes = [](const auto& column) { return column.capacity() * sizeof(column[0]); };
  return bytes(letters_) + bytes(begin_) + bytes(letter_mask_) + bytes(by_sound_) + bytes(sounds_) +
         bytes(sound_begin_) + bytes(deletion_begin_) + bytes(deletion_words_);
}

}  // namespace aremko::snapshot
