#include "sources/cells.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "normalize/encoding.h"
#include "normalize/html.h"

namespace aremko::sources {

std::string_view unwrapped(std::string_view raw) {
  const std::string_view text = trim(raw);
  if (text.size() < 2 || (text[0] != '=' && text[0] != '\'')) [[likely]] return text;
  if (text.starts_with("=\"") && text.ends_with('"') && text.size() >= 3) {
    const std::string_view inner = text.substr(2, text.size() - 3);
    return inner.contains('"') ? text : trim(inner);  // `="a"&"b"` is a formula
  }
  // An apostrophe before a number says "text"; before a letter it may be a name's.
  if (text[0] == '\'' && (text[1] == '+' || text[1] == '=' || (text[1] >= '0' && text[1] <= '9'))) return unwrapped(text.substr(1));
  return text;
}

std::string_view cell_value(std::string_view raw) {
  const std::string_view text = unwrapped(raw);
  constexpr std::string_view beginnings = "#nN-.";
  if (text.empty() || text.size() > 7 || !beginnings.contains(text.front())) [[likely]] return text;
  constexpr std::array<std::string_view, 14> nothing = {"#n/a", "#n/d", "#ref!", "#value!", "#name?", "#null!", "n/a",
                                                        "null", "none", "nan",   "nat",     "-",      "--",     "."};
  const std::string lower = ascii_lower(text);
  return std::ranges::find(nothing, lower) != nothing.end() ? std::string_view{} : text;
}

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where the decimals begin: the last point or comma, unless it groups thousands (three digits after it, at most three
/// before: 40.000) or stands there more than once.
std::size_t decimals_at(std::string_view text) {
  const std::size_t last = text.find_last_of(".,");
  if (last == text.npos || text.find(text[last]) != last) return text.npos;
  const std::size_t first = text.find_first_of(".,");
  return text.size() - last - 1 == 3 && first <= 3 ? text.npos : last;
}

}  // namespace

std::optional<std::int64_t> whole_number(std::string_view raw) {
  std::string_view text = trim(raw);
  bool negative = false;
  while (!text.empty() && (text.front() == '$' || text.front() == '-' || text.front() == ' ' || text.front() == '+')) {
    negative |= text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = decimals_at(text);
  std::int64_t value = 0;
  int digits = 0;
  for (std::size_t i = 0; i < std::min(point, text.size()); ++i) {
    if (is_digit(text[i])) {
      value = value * 10 + (text[i] - '0');
      if (++digits > 15) return std::nullopt;
    } else if ((text[i] != ',' && text[i] != '.' && text[i] != ' ' && text[i] != '\'') || digits == 0) {
      return std::nullopt;
    }
  }
  if (digits == 0) return std::nullopt;
  if (point != text.npos) {
    const std::string_view decimals = text.substr(point + 1);
    if (!decimals.empty() && !is_digits(decimals)) return std::nullopt;
    if (!decimals.empty() && decimals[0] >= '5') ++value;
  }
  return negative ? -value : value;
}

std::string_view clip(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return utf8;
  while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xc0) == 0x80) --bytes;
  return utf8.substr(0, bytes);
}

std::string_view Cleaner::clean(std::string_view raw) {
  const bool entities = normalize::may_hold_entities(raw);
  if (!entities && !normalize::needs_repair(raw)) [[likely]] return raw;
  normalize::Repaired fixed = normalize::repair(raw);
  if (entities) {
    std::string decoded = normalize::html_decoded(fixed.text);
    if (decoded == fixed.text && fixed.kind == normalize::Repair::none) return raw;
    fixed.text = std::move(decoded);
  } else if (fixed.kind == normalize::Repair::none) {
    return raw;
  }
  ++repaired_;
  text_ = std::move(fixed.text);
  return text_;
}

}  // namespace aremko::sources
