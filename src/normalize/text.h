#pragma once
// The form in which texts are compared: lower case, no accents, letters and digits, single blanks.

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

namespace aremko::normalize {

/// For matching and search, never for show. Lower-cased, accents removed (`ñ`→`n`, `ß`→`ss`), letters and digits of
/// every script kept, each run of anything else one blank, trimmed. Any bytes are accepted (what is no UTF-8 counts
/// as a blank); idempotent; linear time, about 40 ns for a name of ASCII and Latin-1 letters.
std::string fold(std::string_view utf8);

/// The same into `out`, whose old content is replaced and whose memory is used again. `utf8` must not lie in `out`.
void fold_into(std::string& out, std::string_view utf8);

/// As typed, but in plain signs: every dash `-`, odd blanks ` `, typographic quotes `"` and `'`, full-width forms ASCII, and
/// invisible marks (zero width, direction, byte order) left out. Letters stay as they are. Any bytes.
std::string plain_marks(std::string_view text);

/// The words of a folded text, as views into it: `for (std::string_view word : tokens(folded))`.
class Tokens {
 public:
  class Iterator {
   public:
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::forward_iterator_tag;
    using pointer = const std::string_view*;
    using reference = std::string_view;

    Iterator() = default;
    explicit Iterator(std::string_view rest) : rest_(rest) { next(); }
    std::string_view operator*() const { return word_; }
    Iterator& operator++() {
      next();
      return *this;
    }
    Iterator operator++(int) {
      Iterator old = *this;
      next();
      return old;
    }
    /// Two iterators are equal when they stand on the same word of the same text, or both at the end.
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.word_.data() == b.word_.data(); }

   private:
    void next() {
      while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
      if (rest_.empty()) {
        word_ = {};
        return;
      }
      const std::size_t end = rest_.find(' ');
      word_ = rest_.substr(0, end);
      rest_.remove_prefix(word_.size());
    }

    std::string_view word_;
    std::string_view rest_;
  };

  explicit Tokens(std::string_view folded) : text_(folded) {}
  Iterator begin() const { return Iterator(text_); }
  static Iterator end() { return {}; }

 private:
  std::string_view text_;
};

inline Tokens tokens(std::string_view folded) { return Tokens(folded); }

}  // namespace aremko::normalize
