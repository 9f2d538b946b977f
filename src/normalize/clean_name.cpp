#include "normalize/clean_name.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace aremko::normalize {

namespace {

enum class Letter { none, small, capital };

/// The letter at `at`, which moves past it.
Letter take_letter(std::string_view text, std::size_t& at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 'a' && byte <= 'z') return ++at, Letter::small;
  if (byte >= 'A' && byte <= 'Z') return ++at, Letter::capital;
  if (byte != 0xC3 || at + 1 == text.size()) return Letter::none;
  const auto next = static_cast<unsigned char>(text[at + 1]);
  if (next < 0x80 || next > 0xBF || next == 0x97 || next == 0xB7) return Letter::none;  // × and ÷
  at += 2;
  return next < 0x9F ? Letter::capital : Letter::small;
}

bool is_particle(std::string_view word) {
  static constexpr std::array<std::string_view, 7> list = {"de", "del", "la", "las", "los", "von", "van"};
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Beginnings of honorifics, of particles with a capital, of `Mc` and of numerals: the long way decides.
bool may_be_special(std::string_view word) {
  const char first = word[0];
  const char second = word[1];
  switch (first) {
    case 'S': return second == 'r' || second == 'e';
    case 'D': return word.size() <= 3 || second == 'o' || second == 'n' || second == 'r';
    case 'M': return second == 'r' || second == 's' || second == 'c';
    case 'L': return word.size() <= 3 || second == 'i';
    case 'I': return word.size() <= 3 || second == 'n';
    case 'P': return second == 'r';
    case 'V': return word.size() <= 3;
    default: return false;
  }
}

}  // namespace

bool is_clean_name(std::string_view text) {
  if (text.size() > 100) return false;
  for (std::size_t at = 0, start = 0; at < text.size(); start = at) {
    const Letter first = take_letter(text, at);
    std::size_t letters = 1;
    while (at < text.size() && text[at] != ' ') {
      if (take_letter(text, at) != Letter::small) return false;
      ++letters;
    }
    const std::string_view word = text.substr(start, at - start);
    if (letters < 2) return false;
    if (first == Letter::capital ? may_be_special(word) : start == 0 || !is_particle(word)) return false;
    if (at == text.size()) return first == Letter::capital;
    ++at;  // the blank; another one, or the end, is no letter
    if (at == text.size()) return false;
  }
  return false;
}

std::string without_tags(std::string_view text) {
  static constexpr std::array<std::string_view, 21> tags = {"a",    "b",     "br",   "center", "div",    "em",   "font",
                                                            "h1",   "h2",    "h3",   "i",      "img",    "li",   "p",
                                                            "pre",  "script", "small", "span",  "strong", "style", "u"};
  const auto end_of_tag = [&](std::size_t at) {
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) return at;
    std::string_view inside = text.substr(at + 1, end - at - 1);
    if (inside.starts_with('/')) inside.remove_prefix(1);
    const std::string tag = ascii_lower(inside.substr(0, inside.find_first_of(" /\t")));
    return std::ranges::find(tags, tag) == tags.end() ? at : end + 1;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '<' ? end_of_tag(at) : at;
    out += end > at ? ' ' : text[at];
    at = std::max(end, at + 1);
  }
  return out;
}

}  // namespace aremko::normalize
