#include "operations/proposal_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/text.h"
#include "normalize/text.h"

namespace aremko::operations {

namespace {

struct Rune {
  char32_t code = 0;
  std::size_t bytes = 1;
};

Rune rune_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first < 0xE0) return {((first & 0x1F) << 6) | (byte(1) & 0x3F), 2};
  if (first < 0xF0) return {((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F), 3};
  return {0x10000, 4};  // emoji and the like: never a letter of ours
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7;
}
bool is_capital(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : c >= 0xC0 && c <= 0xDE && c != 0xD7; }
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x2009; }
bool joins_word(char32_t c) { return c == '\'' || c == 0x2019 || (c >= 0x300 && c < 0x370); }

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  std::vector<Piece> run() {
    while (at_ < text_.size()) {
      const Rune rune = rune_at(text_, at_);
      if (is_letter(rune.code)) word();
      else if (is_digit(rune.code)) number();
      else other(rune);
    }
    return std::move(out_);
  }

 private:
  void push(Piece piece, std::size_t end) {
    piece.raw = text_.substr(at_, end - at_);
    piece.segment = segment_;
    piece.glued = glued_;
    at_ = end;
    glued_ = true;
    out_.push_back(std::move(piece));
  }

  void word() {
    std::size_t end = at_, letters = 0, capitals = 0;
    while (end < text_.size()) {
      const Rune rune = rune_at(text_, end);
      if (!is_letter(rune.code) && !(joins_word(rune.code) && end > at_)) break;
      letters += is_letter(rune.code);
      capitals += is_capital(rune.code);
      end = std::min(text_.size(), end + rune.bytes);
    }
    Piece piece;
    piece.kind = Piece::Kind::word;
    piece.folded = normalize::fold(text_.substr(at_, end - at_));
    // In capitals throughout it is shouted, no name; one letter alone says nothing.
    piece.capital = is_capital(rune_at(text_, at_).code) && capitals < letters;
    piece.opens = opens_;
    opens_ = false;
    push(std::move(piece), end);
  }

  /// Digits with single separators between digits; '-' only in a date of three parts.
  void number() {
    std::size_t end = at_;
    const auto digit = [&](std::size_t i) { return i < text_.size() && is_digit(static_cast<unsigned char>(text_[i])); };
    while (digit(end) || (end < text_.size() && std::string_view(".,/:").contains(text_[end]) && digit(end + 1))) ++end;
    if (end + 1 < text_.size() && text_[end] == '-' && digit(end + 1)) {
      std::size_t to = end, dashes = 0;
      while (digit(to) || (to < text_.size() && text_[to] == '-' && digit(to + 1))) dashes += text_[to++] == '-';
      if (dashes == 2) end = to;
    }
    Piece piece;
    piece.kind = Piece::Kind::number;
    piece.folded = std::string(text_.substr(at_, end - at_));
    piece.opens = opens_;
    opens_ = false;
    push(std::move(piece), end);
  }

  void other(Rune rune) {
    const std::size_t end = std::min(text_.size(), at_ + rune.bytes);
    const char sign = rune.code < 0x80 ? static_cast<char>(rune.code) : '\0';
    if (sign == '\n') {
      ++segment_;
      opens_ = true;
    } else if (sign == '.' || sign == '!' || sign == '?' || sign == ';') {
      const Rune next = rune_at(text_, end);
      if (end >= text_.size() || !is_letter(next.code)) ++segment_;
      opens_ = true;
    } else if (!is_blank(rune.code) && sign != ',' && sign != '$' && sign != '%' && sign != '/' && sign != '+' && sign != '&') {
      opens_ = true;  // a colon, a bullet, a bracket, a quote, an emoji
    }
    if (sign != '\0' && std::string_view("$%/:,.()-+@<").contains(sign)) return push({}, end);
    glued_ = false;
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int segment_ = 0;
  bool opens_ = true;
  bool glued_ = false;
  std::vector<Piece> out_;
};

struct NumberWord {
  std::string_view word;
  int value;
};
constexpr auto number_words = std::to_array<NumberWord>({
    {"dos", 2}, {"tres", 3}, {"cuatro", 4}, {"cinco", 5}, {"seis", 6}, {"siete", 7}, {"ocho", 8}, {"nueve", 9},
    {"diez", 10}, {"once", 11}, {"doce", 12}, {"trece", 13}, {"catorce", 14}, {"quince", 15}, {"dieciseis", 16},
    {"diecisiete", 17}, {"dieciocho", 18}, {"diecinueve", 19}, {"veinte", 20}, {"veintiun", 21}, {"veintiuno", 21},
    {"veintiuna", 21}, {"veintidos", 22}, {"veintitres", 23}, {"veinticuatro", 24}, {"veinticinco", 25},
    {"veintiseis", 26}, {"veintisiete", 27}, {"veintiocho", 28}, {"veintinueve", 29}, {"treinta", 30},
    {"cuarenta", 40}, {"cincuenta", 50}, {"sesenta", 60}, {"setenta", 70}, {"ochenta", 80}, {"noventa", 90},
    {"cien", 100}, {"ciento", 100}, {"doscientos", 200}, {"doscientas", 200}, {"trescientos", 300},
    {"trescientas", 300}, {"cuatrocientos", 400}, {"cuatrocientas", 400}, {"quinientos", 500}, {"quinientas", 500},
    {"seiscientos", 600}, {"seiscientas", 600}, {"setecientos", 700}, {"setecientas", 700}, {"ochocientos", 800},
    {"ochocientas", 800}, {"novecientos", 900}, {"novecientas", 900}, {"two", 2}, {"three", 3}, {"four", 4},
    {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12},
    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
    {"nineteen", 19}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50}, {"sixty", 60}, {"seventy", 70},
    {"eighty", 80}, {"ninety", 90}, {"hundred", -100}, {"uno", 1}, {"docena", 12},
    {"dozen", 12}, {"decena", 10}, {"par", 2}});

int number_word(std::string_view word) {
  const auto found = std::ranges::find(number_words, word, &NumberWord::word);
  return found == number_words.end() ? 0 : found->value;
}

/// What a word multiplies by; 0 when it does not.
double scale_of(std::string_view word) {
  if (word == "mil" || word == "k" || word == "luca" || word == "lucas" || word == "thousand") return 1'000;
  if (word == "millon" || word == "millones" || word == "million" || word == "millions" || word == "palo" || word == "palos") {
    return 1'000'000;
  }
  return 0;
}

/// "45.000" 45000 grouped, "45,5" 45.5, "1.234.567"; nothing for dates and hours.
std::optional<Figure> digits(std::string_view raw) {
  if (raw.contains('/') || raw.contains(':') || raw.contains('-')) return std::nullopt;
  Figure out;
  std::string plain;
  const auto first = raw.find_first_of(".,");
  const auto last = raw.find_last_of(".,");
  if (first == std::string_view::npos) {
    plain = raw;
  } else if (raw.size() - last == 4 && first <= 3) {
    plain = only_digits(raw);
    out.grouped = true;
  } else {
    plain = only_digits(raw.substr(0, last)) + "." + std::string(raw.substr(last + 1));
  }
  if (plain.size() > 18) plain.resize(18);  // no amount is longer; a phone or a card is refused for other reasons
  std::from_chars(plain.data(), plain.data() + plain.size(), out.value);
  return out;
}

/// Number words in a row: "cuarenta y cinco", "ciento veinte".
std::optional<Figure> spelled(std::span<const Piece> pieces, std::size_t at) {
  Figure out{.from = at, .to = at, .spelled = true};
  double sum = 0;
  for (std::size_t i = at; i < pieces.size() && pieces[i].kind == Piece::Kind::word; ++i) {
    const std::string_view word = pieces[i].folded;
    if (const int value = number_word(word); value > 0) sum += value;
    else if (value < 0) sum = std::max(sum, 1.0) * -value;
    else if ((word == "y" || word == "and" || word == "un") && i > at && i + 1 < pieces.size() &&
             (number_word(pieces[i + 1].folded) > 0 || (word == "un" && scale_of(pieces[i + 1].folded) > 0))) {
      if (word == "un") sum += 1;
      continue;
    } else break;
    out.to = i + 1;
  }
  if (out.to == at) return std::nullopt;
  out.value = sum;
  return out;
}

}  // namespace

std::string plain_forms(std::string_view message) {
  if (!valid_utf8(message)) return std::string(message);
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&status);
  std::string out;
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t start = at;
    UChar32 c = 0;
    U8_NEXT(message.data(), at, message.size(), c);
    // "1º" and an ellipsis are written so by everybody.
    const bool kept = c < 0x80 || c == 0xAA || c == 0xBA || c == 0x2026;
    if (!kept && u_charType(c) == U_FORMAT_CHAR) continue;
    if (const int32_t digit = u_charDigitValue(c); !kept && digit >= 0) {
      out += static_cast<char>('0' + digit);
      continue;
    }
    std::array<UChar, 2> unit{};
    std::array<UChar, 32> plain{};  // the longest form has 18
    int32_t units = 0;
    U16_APPEND_UNSAFE(unit.data(), units, c);
    status = U_ZERO_ERROR;
    const int32_t length = kept || nfkc == nullptr ? 0 : unorm2_normalize(nfkc, unit.data(), units, plain.data(), int32_t{plain.size()}, &status);
    const auto all = std::span(plain).first(U_SUCCESS(status) ? static_cast<std::size_t>(length) : 0);
    const bool ascii = !all.empty() && std::ranges::all_of(all, [](UChar one) { return one > ' ' && one < 0x80; });
    if (ascii) out.append(all.begin(), all.end());
    else out.append(message, start, at - start);
  }
  return out;
}

std::vector<Piece> pieces_of(std::string_view message) { return Cutter(message).run(); }

bool same_word(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return a == b || (a.starts_with(b) && (a.substr(b.size()) == "s" || a.substr(b.size()) == "es"));
}

std::optional<Figure> figure_at(std::span<const Piece> pieces, std::size_t at) {
  std::optional<Figure> out;
  if (pieces[at].kind == Piece::Kind::number) {
    out = digits(pieces[at].folded);
    if (out) out->from = at, out->to = at + 1;
  } else if (pieces[at].kind == Piece::Kind::word) {
    out = spelled(pieces, at);
    if (!out && (pieces[at].folded == "un" || pieces[at].folded == "mil") && at + 1 < pieces.size()) {
      // "un millón", "mil pesos", "mil quinientos" are amounts, "un masaje" and "mil gracias" are not.
      const std::string_view next = pieces[at + 1].folded;
      if (pieces[at].folded == "un" && scale_of(next) > 0) out = Figure{at, at + 1, 1, true};
      if (pieces[at].folded == "mil" && (next == "pesos" || number_word(next) > 0)) out = Figure{at, at, 1, true};
    }
  }
  if (!out) return std::nullopt;
  while (out->to < pieces.size() && pieces[out->to].kind == Piece::Kind::word) {
    const double scale = scale_of(pieces[out->to].folded);
    if (scale == 0) break;
    out->value *= scale;
    out->scaled = true;
    ++out->to;
    // "cuarenta y dos mil quinientos"
    if (const auto rest = out->to < pieces.size() ? spelled(pieces, out->to) : std::nullopt) {
      out->value += rest->value;
      out->to = rest->to;
    }
  }
  return out;
}

int month_number(std::string_view word) {
  constexpr std::array<std::string_view, 24> names{
      "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
  if (word == "setiembre" || word == "sept") return 9;
  for (std::size_t i = 0; i < names.size(); ++i) {
    // "may" is a verb in English and "mar" the sea: the short forms count only next to a number, which the caller sees to.
    if (word == names[i] || (word.size() == 3 && names[i].starts_with(word))) return static_cast<int>(i % 12) + 1;
  }
  return 0;
}

int weekday_number(std::string_view word) {
  constexpr std::array<std::string_view, 14> names{"lunes",  "martes",  "miercoles", "jueves",   "viernes", "sabado",   "domingo",
                                                   "monday", "tuesday", "wednesday", "thursday", "friday",  "saturday", "sunday"};
  const auto found = std::ranges::find_if(names, [&](std::string_view name) { return same_word(word, name); });
  return found == names.end() ? 0 : static_cast<int>(found - names.begin()) % 7 + 1;
}

}  // namespace aremko::operations
