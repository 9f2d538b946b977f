#include "normalize/html.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "normalize/code_pages.h"
#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

struct Entity {
  std::string_view name;
  char16_t point;
};

/// Latin-1's, and the signs that web forms write; in order of their names.
constexpr std::array entities = std::to_array<Entity>({
    {"AElig", 0xC6}, {"Aacute", 0xC1}, {"Acirc", 0xC2}, {"Agrave", 0xC0}, {"Aring", 0xC5}, {"Atilde", 0xC3},
    {"Auml", 0xC4}, {"Ccedil", 0xC7}, {"ETH", 0xD0}, {"Eacute", 0xC9}, {"Ecirc", 0xCA}, {"Egrave", 0xC8},
    {"Euml", 0xCB}, {"Iacute", 0xCD}, {"Icirc", 0xCE}, {"Igrave", 0xCC}, {"Iuml", 0xCF}, {"Ntilde", 0xD1},
    {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Ograve", 0xD2}, {"Oslash", 0xD8}, {"Otilde", 0xD5}, {"Ouml", 0xD6},
    {"THORN", 0xDE}, {"Uacute", 0xDA}, {"Ucirc", 0xDB}, {"Ugrave", 0xD9}, {"Uuml", 0xDC}, {"Yacute", 0xDD},
    {"aacute", 0xE1}, {"acirc", 0xE2}, {"acute", 0xB4}, {"aelig", 0xE6}, {"agrave", 0xE0}, {"amp", 0x26},
    {"apos", 0x27}, {"aring", 0xE5}, {"atilde", 0xE3}, {"auml", 0xE4}, {"brvbar", 0xA6}, {"bull", 0x2022},
    {"ccedil", 0xE7}, {"cedil", 0xB8}, {"cent", 0xA2}, {"copy", 0xA9}, {"curren", 0xA4}, {"deg", 0xB0},
    {"divide", 0xF7}, {"eacute", 0xE9}, {"ecirc", 0xEA}, {"egrave", 0xE8}, {"eth", 0xF0}, {"euml", 0xEB},
    {"euro", 0x20AC}, {"frac12", 0xBD}, {"frac14", 0xBC}, {"frac34", 0xBE}, {"gt", 0x3E}, {"hellip", 0x2026},
    {"iacute", 0xED}, {"icirc", 0xEE}, {"iexcl", 0xA1}, {"igrave", 0xEC}, {"iquest", 0xBF}, {"iuml", 0xEF},
    {"laquo", 0xAB}, {"ldquo", 0x201C}, {"lsquo", 0x2018}, {"lt", 0x3C}, {"macr", 0xAF}, {"mdash", 0x2014},
    {"micro", 0xB5}, {"middot", 0xB7}, {"nbsp", 0xA0}, {"ndash", 0x2013}, {"not", 0xAC}, {"ntilde", 0xF1},
    {"oacute", 0xF3}, {"ocirc", 0xF4}, {"ograve", 0xF2}, {"ordf", 0xAA}, {"ordm", 0xBA}, {"oslash", 0xF8},
    {"otilde", 0xF5}, {"ouml", 0xF6}, {"para", 0xB6}, {"plusmn", 0xB1}, {"pound", 0xA3}, {"quot", 0x22},
    {"raquo", 0xBB}, {"rdquo", 0x201D}, {"reg", 0xAE}, {"rsquo", 0x2019}, {"sect", 0xA7}, {"shy", 0xAD},
    {"sup1", 0xB9}, {"sup2", 0xB2}, {"sup3", 0xB3}, {"szlig", 0xDF}, {"thorn", 0xFE}, {"times", 0xD7},
    {"uacute", 0xFA}, {"ucirc", 0xFB}, {"ugrave", 0xF9}, {"uml", 0xA8}, {"uuml", 0xFC}, {"yacute", 0xFD},
    {"yen", 0xA5}, {"yuml", 0xFF},
});
constexpr std::size_t longest_name = 8;

std::optional<char32_t> named(std::string_view name) {
  const auto find = [](std::string_view wanted) {
    const auto at = std::ranges::lower_bound(entities, wanted, {}, &Entity::name);
    return at != entities.end() && at->name == wanted ? at : entities.end();
  };
  if (const auto exact = find(name); exact != entities.end()) return exact->point;
  // "MU&NTILDE;OZ": the whole text was made capital after it was written.
  const bool capitals = std::ranges::all_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!capitals) return std::nullopt;
  std::string lower = ascii_lower(name);
  const auto small = find(lower);
  if (small == entities.end()) return std::nullopt;
  lower[0] = static_cast<char>(lower[0] - 32);
  const auto capital = find(lower);
  return capital != entities.end() ? capital->point : small->point;
}

/// `#233`, `#xED`; the numbers of control characters mean Windows-1252, as browsers read them.
std::optional<char32_t> numbered(std::string_view text) {
  const bool hex = text.size() > 1 && (text[0] == 'x' || text[0] == 'X');
  if (hex) text.remove_prefix(1);
  if (text.empty() || text.size() > 7) return std::nullopt;
  char32_t value = 0;
  for (const char c : text) {
    const char lower = static_cast<char>(c | 0x20);
    const bool decimal = c >= '0' && c <= '9';
    if (!decimal && !(hex && lower >= 'a' && lower <= 'f')) return std::nullopt;
    value = value * (hex ? 16 : 10) + static_cast<char32_t>(decimal ? c - '0' : lower - 'a' + 10);
  }
  if (value >= 0x80 && value < 0xA0) {
    std::string one(1, static_cast<char>(static_cast<unsigned char>(value)));
    std::size_t at = 0;
    value = next_point(from_code_page(one, CodePage::windows_1252), at);
  }
  if (value < 0x20 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) || value == replacement) return std::nullopt;
  return value;
}

/// The length of a letter's name at the front that no semicolon ends, "eacute" of "eacuterez"; 0 for none.
std::size_t letter_at(std::string_view text) {
  for (std::size_t length = std::min(text.size(), longest_name); length >= 3; --length) {
    const std::string_view name = text.substr(0, length);
    const auto point = named(name);
    if (point && *point >= 0xC0 && *point <= 0xFF && *point != 0xD7 && *point != 0xF7) return length;
  }
  return 0;
}

/// One round; nothing when there was no entity. After an escaped & the form may have cut the semicolon: a letter's name does then.
std::optional<std::string> decoded_once(std::string_view text, bool escaped_twice) {
  std::string out;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      const std::size_t end = text.substr(0, at + 2 + longest_name).find(';', at);
      if (end != std::string_view::npos && end > at + 1) {
        const std::string_view inner = text.substr(at + 1, end - at - 1);
        if (const auto point = inner[0] == '#' ? numbered(inner.substr(1)) : named(inner)) {
          append_point(out, *point);
          at = end + 1;
          any = true;
          continue;
        }
      }
      if (const std::size_t length = escaped_twice ? letter_at(text.substr(at + 1)) : 0; length > 0) {
        append_point(out, *named(text.substr(at + 1, length)));
        at += 1 + length;
        any = true;
        continue;
      }
    }
    out += text[at++];
  }
  return any ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

std::string html_decoded(std::string_view text) {
  std::string out(text);
  for (int round = 0; round < 4; ++round) {
    auto next = decoded_once(out, round > 0);
    if (!next) break;
    out = std::move(*next);
  }
  return out;
}

}  // namespace aremko::normalize
