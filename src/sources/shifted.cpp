#include "sources/shifted.h"

#include <algorithm>
#include <array>

#include "normalize/dates.h"
#include "normalize/phone.h"
#include "normalize/rut.h"
#include "normalize/text.h"
#include "sources/cells.h"

namespace aremko::sources {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

}  // namespace

bool is_total(std::string_view cell) {
  const std::string_view text = cell_value(cell);
  if (text.size() < 5 || text.size() > 20 || ((text[0] | 0x20) != 't' && (text[0] | 0x20) != 's')) return false;
  const std::string folded = normalize::fold(text);
  static constexpr std::array<std::string_view, 7> words = {"total",   "totales",  "total general", "gran total",
                                                            "subtotal", "sub total", "suma total"};
  return std::ranges::find(words, folded) != words.end();
}

bool looks_like_words(std::string_view cell) {
  const std::string_view text = cell_value(cell);
  if (text.size() < 2 || has_digit(text) || text.contains('@')) return false;
  const std::string folded = normalize::fold(text);
  // What people write where there is no document.
  static constexpr std::array<std::string_view, 10> nothing = {"no", "sin", "pasaporte", "passport", "extranjero", "extranjera",
                                                               "dni", "rut", "pendiente", "xxx"};
  const std::string first = folded.substr(0, folded.find(' '));
  return folded.size() >= 2 && std::ranges::find(nothing, first) == nothing.end();
}

bool looks_like_rut(std::string_view cell) {
  const std::string_view text = cell_value(cell);
  if (text.size() < 9 || text.size() > 13 || !is_digit(text[0])) return false;
  const char dash = text[text.size() - 2];
  const auto kind = normalize::rut(text).kind;
  return dash == '-' && (kind == normalize::RutKind::valid || kind == normalize::RutKind::wrong_digit);
}

bool looks_like_phone(std::string_view cell) {
  const std::string_view text = cell_value(cell);
  return text.size() >= 8 && !text.contains('@') && !normalize::phone(text).e164.empty();
}

bool looks_like_day(std::string_view cell) {
  const std::string_view text = cell_value(cell);
  if (text.size() < 8 || !is_digit(text[0]) || text.find_first_of("-/") == std::string_view::npos) return false;
  const normalize::DateReading reading = normalize::read_moment(text);
  return reading.month_first.known() || reading.day_first.known();
}

}  // namespace aremko::sources
