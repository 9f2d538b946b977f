#include "normalize/text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/text.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

/// What a character below U+0100 folds to: a blank, or one or two letters; `skip` for the soft hyphen.
struct Folded {
  char first = ' ';
  char second = '\0';
};
constexpr char skip = '\0';

constexpr std::array<Folded, 256> make_latin1() {
  std::array<Folded, 256> table{};
  for (std::size_t c = '0'; c <= '9'; ++c) table[c].first = static_cast<char>(c);
  for (std::size_t c = 'a'; c <= 'z'; ++c) {
    table[c].first = static_cast<char>(c);
    table[c - 32].first = static_cast<char>(c);
  }
  // U+00C0–U+00FF, upper case then lower.
  constexpr std::string_view letters = "aaaaaa*ceeeeiiiidnooooo ouuuuy**aaaaaa*ceeeeiiiidnooooo ouuuuy*y";
  for (std::size_t i = 0; i < letters.size(); ++i) table[0xC0 + i].first = letters[i];
  table[0xC6] = table[0xE6] = {'a', 'e'};
  table[0xDE] = table[0xFE] = {'t', 'h'};
  table[0xDF] = {'s', 's'};
  table[0xAA].first = 'a';  // ª
  table[0xBA].first = 'o';  // º
  table[0xB9].first = '1';
  table[0xB2].first = '2';
  table[0xB3].first = '3';
  table[0xAD].first = skip;
  return table;
}
constexpr std::array<Folded, 256> latin1 = make_latin1();

/// Letters that are no base letter with a mark, so that decomposition leaves them as they are.
std::string_view without_stroke(char32_t lower) {
  switch (lower) {
    case U'ı': return "i";
    case U'ø': return "o";
    case U'đ':
    case U'ð': return "d";
    case U'ł': return "l";
    case U'ħ': return "h";
    case U'ŧ': return "t";
    case U'œ': return "oe";
    case U'æ': return "ae";
    case U'þ': return "th";
    case U'ß': return "ss";
    default: return {};
  }
}

/// Appends words, putting one blank between those that were apart.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void gap() { gap_ = true; }
  void letter(char32_t point) {
    if (gap_ && !out_.empty()) out_.push_back(' ');
    gap_ = false;
    append_point(out_, point);
  }

  /// Any code point, by ICU: decomposed, marks dropped, case folded, and again until nothing changes.
  void any(char32_t point, int depth = 0) {
    const auto c = static_cast<UChar32>(point);
    if (point == replacement) return gap();
    if (point < 0x100 && !(point >= 'a' && point <= 'z')) return below_256(point);
    const int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK ||
        type == U_FORMAT_CHAR) {
      return;
    }
    if (depth < 4) {  // the longest chain there is has two steps
      UErrorCode status = U_ZERO_ERROR;
      const UNormalizer2* nfkd = unorm2_getNFKDInstance(&status);
      std::array<UChar, 32> units;  // the longest decomposition has 18
      const int32_t length =
          U_SUCCESS(status) ? unorm2_getDecomposition(nfkd, c, units.data(), int32_t{units.size()}, &status) : -1;
      if (U_SUCCESS(status) && length >= 0) return each(units.data(), length, depth);
      const UChar32 lower = u_foldCase(c, U_FOLD_CASE_DEFAULT);
      if (lower != c) return any(static_cast<char32_t>(lower), depth + 1);
    }
    const std::string_view plain = without_stroke(point);
    for (const char letter_of_plain : plain) letter(static_cast<unsigned char>(letter_of_plain));
    if (!plain.empty()) return;
    if (u_isalnum(c)) {
      letter(point);
    } else {
      gap();
    }
  }

 private:
  void below_256(char32_t point) {
    const Folded folded = latin1[point];
    if (folded.first == skip) return;
    if (folded.first == ' ') return gap();
    letter(static_cast<unsigned char>(folded.first));
    if (folded.second != '\0') letter(static_cast<unsigned char>(folded.second));
  }

  void each(const UChar* units, int32_t length, int depth) {
    for (int32_t i = 0; i < length;) {
      UChar32 c = 0;
      U16_NEXT(units, i, length, c);
      any(static_cast<char32_t>(c), depth + 1);
    }
  }

  std::string& out_;
  bool gap_ = false;
};

/// Folds ASCII and Latin-1 into `out` (which has room for all of `text`); returns where it had to stop.
std::size_t fold_latin1(std::string_view text, char* out, std::size_t& written, bool& gap) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    unsigned point = bytes[at];
    std::size_t length = 1;
    if (point >= 0x80) {
      if ((point != 0xC2 && point != 0xC3) || at + 1 >= text.size() || (bytes[at + 1] & 0xC0U) != 0x80U) break;
      point = ((point & 0x03U) << 6U) | (bytes[at + 1] & 0x3FU);
      length = 2;
    }
    const Folded folded = latin1[point];
    at += length;
    if (folded.first == ' ') {
      gap = true;
      continue;
    }
    if (folded.first == skip && point != 0) continue;
    if (gap && size > 0) out[size++] = ' ';
    gap = false;
    out[size++] = folded.first;
    if (folded.second != '\0') out[size++] = folded.second;
  }
  written = size;
  return at;
}

}  // namespace

void fold_into(std::string& out, std::string_view utf8) {
  std::size_t at = 0;
  bool gap = false;
  out.clear();
  out.resize_and_overwrite(utf8.size(), [&](char* data, std::size_t) {
    std::size_t written = 0;
    at = fold_latin1(utf8, data, written, gap);
    return written;
  });
  if (at == utf8.size()) return;
  Writer writer(out);
  if (gap) writer.gap();
  while (at < utf8.size()) writer.any(next_point(utf8, at));
}

std::string fold(std::string_view utf8) {
  std::string out;
  fold_into(out, utf8);
  return out;
}

namespace {

bool is_odd_blank(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF || c == 0x61C || c == 0x180E;
}

bool is_odd_dash(char32_t c) {
  return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2043 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D || c == 0xAF;
}

}  // namespace

std::string plain_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t point = next_point(text, at);
    if (is_odd_dash(point)) {
      out += '-';
    } else if (is_odd_blank(point)) {
      out += ' ';
    } else if (point > 0xFF00 && point < 0xFF5F) {
      out += static_cast<char>(point - 0xFEE0);
    } else if (point == 0x2018 || point == 0x2019 || point == 0xB4) {
      out += '\'';
    } else if (point == 0x201C || point == 0x201D || point == 0x201E || point == 0xAB || point == 0xBB) {
      out += '"';
    } else if (!is_invisible(point)) {
      out.append(text, start, at - start);
    }
  }
  return out;
}

bool says_nothing(std::string_view raw) {
  raw = trim(raw);
  if (raw.empty()) return true;
  // No word of the list begins with another letter.
  const char first = static_cast<char>(raw.front() | 0x20);
  if (first >= 'a' && first <= 'z' && std::string_view("nsrvdx").find(first) == std::string_view::npos) return false;
  if (raw.size() > 20) return false;  // the longest word of the list and some blanks
  std::array<char, 24> buffer;
  std::size_t size = 0;
  bool gap = false;
  if (fold_latin1(raw, buffer.data(), size, gap) != raw.size()) return false;
  const std::string_view folded(buffer.data(), size);
  if (folded.empty()) return raw.find_first_of("0123456789@") == std::string_view::npos;
  static constexpr std::array<std::string_view, 30> words = {
      "n a",       "na",          "nan",      "null",          "none",         "nil",      "nn",     "n n",
      "no",        "no tiene",    "no aplica", "no hay",       "no informa",   "no sabe",  "no registra", "no indica",
      "notiene",   "sin",         "sin dato", "sin datos",     "sin informacion", "s n",   "s i",    "s d",
      "ref",       "value",       "name",     "ninguno",       "desconocido",  "xxx"};
  return std::find(words.begin(), words.end(), folded) != words.end();
}

}  // namespace aremko::normalize
