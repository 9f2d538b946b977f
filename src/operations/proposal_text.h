#pragma once
// A message cut into words, numbers and signs, for the check of what it says.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aremko::operations {

struct Piece {
  enum class Kind : std::uint8_t { word, number, sign };
  Kind kind = Kind::sign;
  std::string_view raw;    // a view into the message
  std::string folded;      // a word in normalize::fold's form; a number's raw digits and separators
  int segment = 0;         // sentences and lines, counted
  bool capital = false;    // a word that begins with a capital and goes on in small letters
  bool opens = false;      // nothing before it that would make a capital a name: a line's or sentence's first word
  bool glued = false;      // no blank between it and the piece before
};

/// The message with its compatibility forms in plain signs (full-width, mathematical and other scripts' digits, small
/// signs) and without invisible marks, so that no figure hides in another form. Any bytes; what is no UTF-8 stays.
std::string plain_forms(std::string_view message);

/// Any bytes. Blanks, emoji and other symbols part words and are left out; `$ % / : , . ( ) - +` are signs.
std::vector<Piece> pieces_of(std::string_view message);

/// "relajantes" is "relajante", "faciales" is "facial". Both folded.
bool same_word(std::string_view a, std::string_view b);

/// A number that stands in the text, in digits or in words.
struct Figure {
  std::size_t from = 0, to = 0;   // pieces [from, to)
  double value = 0;
  bool spelled = false;           // in words: "cuarenta y cinco mil"
  bool grouped = false;           // "45.000", "45,000"
  bool scaled = false;            // "45 mil", "45k", "1,2 millones": the scale is in the value
};

/// The figure that begins at `at`, with its scale word. Words that are articles as often as numbers (un, una, one, a)
/// begin none, nor does `mil` alone ("mil gracias").
std::optional<Figure> figure_at(std::span<const Piece> pieces, std::size_t at);

/// 1–12 for "marzo", "mar", "march"; 0 otherwise. Folded.
int month_number(std::string_view word);
/// 1 (Monday) to 7 for "lunes", "monday"; 0 otherwise. Folded.
int weekday_number(std::string_view word);

}  // namespace aremko::operations
