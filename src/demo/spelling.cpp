#include "demo/spelling.h"

#include <array>
#include <vector>

#include <fmt/format.h>

namespace aremko::demo {

namespace {

/// The second byte of a Latin-1 letter in UTF-8 (after 0xC3), as its plain letter; 0 for none.
char plain_letter(unsigned char second) {
  const unsigned char low = second < 0xA0 ? static_cast<unsigned char>(second + 0x20) : second;
  switch (low) {
    case 0xA0: case 0xA1: case 0xA2: case 0xA3: case 0xA4: return 'a';
    case 0xA8: case 0xA9: case 0xAA: case 0xAB: return 'e';
    case 0xAC: case 0xAD: case 0xAE: case 0xAF: return 'i';
    case 0xB2: case 0xB3: case 0xB4: case 0xB5: case 0xB6: return 'o';
    case 0xB9: case 0xBA: case 0xBB: case 0xBC: return 'u';
    case 0xB1: return 'n';
    case 0xA7: return 'c';
    default: return 0;
  }
}

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr char big(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
constexpr bool leads_latin1(char c) { return static_cast<unsigned char>(c) == 0xC3; }

std::string recased(std::string_view text, bool to_lower) {
  std::string out(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (leads_latin1(out[i]) && i + 1 < out.size()) {
      auto second = static_cast<unsigned char>(out[++i]);
      if (to_lower && second >= 0x80 && second <= 0x9E) second = static_cast<unsigned char>(second + 0x20);
      if (!to_lower && second >= 0xA0 && second <= 0xBE) second = static_cast<unsigned char>(second - 0x20);
      out[i] = static_cast<char>(second);
    } else {
      out[i] = to_lower ? small(out[i]) : big(out[i]);
    }
  }
  return out;
}

/// Slips of spelling: what is heard the same in Chile is written for one another.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> heard_alike{{
    {"b", "v"}, {"v", "b"}, {"z", "s"}, {"s", "z"}, {"c", "s"}, {"z", "c"}, {"ll", "y"}, {"y", "i"}, {"i", "y"},
    {"g", "j"}, {"j", "g"}, {"h", ""}, {"ss", "s"}, {"x", "j"}, {"qu", "k"}, {"k", "c"}, {"w", "hu"}, {"hue", "we"},
    {"th", "t"}, {"nn", "n"}, {"s", "c"}, {"rr", "r"}}};

constexpr std::string_view neighbours(char c) {
  constexpr std::string_view keys[26] = {"sqz", "vgn", "xvd", "sfe", "wrd", "dgr", "fht", "gjy", "uok", "hku", "jli", "ko",
                                         "nj",  "bm", "ipl", "ol", "wa", "et", "ad", "ry", "yi", "cb", "qe", "zc", "tu", "xa"};
  return c >= 'a' && c <= 'z' ? keys[c - 'a'] : std::string_view{};
}

/// A word's slip of spelling; false when no rule fits.
bool misspell(std::string& word, Rng& rng) {
  const std::size_t from = rng.below(heard_alike.size());
  for (std::size_t i = 0; i < heard_alike.size(); ++i) {
    const auto& [heard, written] = heard_alike[(from + i) % heard_alike.size()];
    const std::size_t at = lower(word).find(heard, heard == "h" ? 0 : 1);
    if (at == std::string::npos || (heard == "c" && at + 1 < word.size() && word[at + 1] == 'h')) continue;
    const bool capital = word[at] != small(word[at]);
    word.replace(at, heard.size(), written);
    if (capital && at < word.size()) word[at] = big(word[at]);
    return true;
  }
  return false;
}

/// A slip of the finger, between two plain letters after the first.
bool mistype(std::string& word, Rng& rng) {
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i + 1 < word.size(); ++i) {
    if (is_letter(word[i]) && is_letter(word[i + 1])) places.push_back(i);
  }
  if (places.empty()) return false;
  const std::size_t at = rng.pick(places);
  switch (rng.below(4)) {
    case 0:
      if (word[at] == word[at + 1]) return false;
      std::swap(word[at], word[at + 1]);
      return true;
    case 1: word.erase(at, 1); return true;
    case 2: word.insert(at, 1, word[at]); return true;
    default: {
      const std::string_view near = neighbours(small(word[at]));
      if (near.empty()) return false;
      word[at] = near[rng.below(static_cast<std::uint32_t>(near.size()))];
      return true;
    }
  }
}

}  // namespace

std::string lower(std::string_view text) { return recased(text, true); }
std::string upper(std::string_view text) { return recased(text, false); }

std::string without_accents(std::string_view text, bool enye) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!leads_latin1(text[i]) || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const char letter = plain_letter(second);
    if (letter == 0 || (letter == 'n' && !enye)) {
      out += text.substr(i, 2);
    } else {
      out += second < 0xA0 ? big(letter) : letter;
    }
    ++i;
  }
  return out;
}

std::string mail_letters(std::string_view text) {
  std::string out;
  for (const char c : without_accents(text, true)) {
    if (is_letter(c)) out += small(c);
  }
  return out;
}

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : lower(without_accents(text, true))) {
    if (c != ' ') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  return out;
}

std::string cut_at_foreign_letter(std::string_view text) {
  constexpr std::string_view vowels = "áéíóúÁÉÍÓÚ";  // two bytes each
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    if (vowels.find(text.substr(i, 2)) == std::string_view::npos) return std::string(text.substr(0, i));
    i += 2;
  }
  return std::string(text);
}

std::string capitalised(std::string_view text) {
  std::string out = lower(text);
  bool first = true;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (first && leads_latin1(out[i]) && i + 1 < out.size()) {
      const std::string letter = upper(std::string_view(out).substr(i, 2));
      out.replace(i, 2, letter);
    } else if (first) {
      out[i] = big(out[i]);
    }
    first = out[i] == ' ' || out[i] == '-';
  }
  return out;
}

std::string with_typo(std::string_view text, Rng& rng) {
  std::vector<std::pair<std::size_t, std::size_t>> words;  // from, length
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(' ', from), text.size());
    if (end - from >= 5) words.emplace_back(from, end - from);
    from = end + 1;
  }
  if (words.empty()) return std::string(text);
  for (int attempt = 0; attempt < 6; ++attempt) {
    const auto [from, length] = rng.pick(words);
    std::string word(text.substr(from, length));
    if (rng.chance(600) ? misspell(word, rng) : mistype(word, rng)) {
      return std::string(text.substr(0, from)) + word + std::string(text.substr(from + length));
    }
  }
  return std::string(text);
}

char rut_check_digit(std::uint32_t body) {
  std::uint32_t sum = 0;
  for (std::uint32_t weight = 2; body > 0; body /= 10, weight = weight == 7 ? 2 : weight + 1) sum += body % 10 * weight;
  const std::uint32_t digit = (11 - sum % 11) % 11;
  return digit == 10 ? 'K' : static_cast<char>('0' + digit);
}

std::string rut_dashed(std::uint32_t body, char check) { return fmt::format("{}-{}", body, check); }

std::string rut_dotted(std::uint32_t body, char check) {
  return fmt::format("{}.{:03}.{:03}-{}", body / 1'000'000, body / 1000 % 1000, body % 1000, check);
}

std::string rut_as_typed(std::uint32_t body, char check, Rng& rng) {
  if (check == 'K' && rng.chance(600)) check = 'k';
  switch (rng.weighted({455, 295, 60, 90, 30, 25, 20, 25})) {
    case 0: return rut_dotted(body, check);
    case 1: return rut_dashed(body, check);
    case 2: return fmt::format("{},{:03},{:03}-{}", body / 1'000'000, body / 1000 % 1000, body % 1000, check);
    case 3: return fmt::format("{}{}", body, check);
    case 4: return fmt::format("{}.{:03}.{:03} - {}", body / 1'000'000, body / 1000 % 1000, body % 1000, check);
    case 5: return fmt::format(" {}-{} ", body, check);
    case 6: return fmt::format("{}.{:03}.{:03}{}", body / 1'000'000, body / 1000 % 1000, body % 1000, check);
    default: return fmt::format("{} {:03} {:03}-{}", body / 1'000'000, body / 1000 % 1000, body % 1000, check);
  }
}

std::string phone_as_saved(std::uint32_t mobile, Rng& rng) {
  switch (rng.weighted({55, 18, 12, 8, 4, 3})) {
    case 0: return fmt::format("9{:08}", mobile % 100'000'000);
    case 1: return fmt::format("56{}", mobile);
    case 2: return fmt::format("+56 9 {:04} {:04}", mobile / 10'000 % 10'000, mobile % 10'000);
    case 3: return fmt::format("9 {:04} {:04}", mobile / 10'000 % 10'000, mobile % 10'000);
    case 4: return fmt::format("{:08}", mobile % 100'000'000);
    default: return fmt::format("(+56) 9{:08}", mobile % 100'000'000);
  }
}

}  // namespace aremko::demo
