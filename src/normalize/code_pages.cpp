#include "normalize/code_pages.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

// What 0x80–0xFF stand for; 0 for nothing.
constexpr std::array<char16_t, 128> cp850 = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF,
    0x00EE, 0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
    0x00FF, 0x00D6, 0x00DC, 0x00F8, 0x00A3, 0x00D8, 0x00D7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
    0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x00AE, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00C1, 0x00C2, 0x00C0, 0x00A9, 0x2563, 0x2551, 0x2557,
    0x255D, 0x00A2, 0x00A5, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x00E3, 0x00C3,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x00A4, 0x00F0, 0x00D0, 0x00CA, 0x00CB,
    0x00C8, 0x0131, 0x00CD, 0x00CE, 0x00CF, 0x2518, 0x250C, 0x2588, 0x2584, 0x00A6, 0x00CC, 0x2580,
    0x00D3, 0x00DF, 0x00D4, 0x00D2, 0x00F5, 0x00D5, 0x00B5, 0x00FE, 0x00DE, 0x00DA, 0x00DB, 0x00D9,
    0x00FD, 0x00DD, 0x00AF, 0x00B4, 0x00AD, 0x00B1, 0x2017, 0x00BE, 0x00B6, 0x00A7, 0x00F7, 0x00B8,
    0x00B0, 0x00A8, 0x00B7, 0x00B9, 0x00B3, 0x00B2, 0x25A0, 0x00A0};
constexpr std::array<char16_t, 128> mac_roman = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3,
    0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3,
    0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3,
    0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8,
    0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
    0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB,
    0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
    0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE,
    0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
    0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7};
constexpr std::array<char16_t, 32> high_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char16_t point_of(unsigned byte, CodePage page) {
  switch (page) {
    case CodePage::cp850: return cp850[byte - 0x80];
    case CodePage::mac_roman: return mac_roman[byte - 0x80];
    case CodePage::windows_1252: break;
  }
  return byte < 0xA0 ? high_1252[byte - 0x80] : static_cast<char16_t>(byte);
}

bool small(char c) { return c >= 'a' && c <= 'z'; }
bool capital(char c) { return c >= 'A' && c <= 'Z'; }
bool high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

enum class Letter : std::uint8_t { none, small_spanish, capital_spanish, small_other, capital_other };

Letter letter_of(char16_t point) {
  switch (point) {
    case u'á': case u'é': case u'í': case u'ó': case u'ú': case u'ñ': case u'ü': return Letter::small_spanish;
    case u'Á': case u'É': case u'Í': case u'Ó': case u'Ú': case u'Ñ': case u'Ü': return Letter::capital_spanish;
    default: break;
  }
  if (point >= 0xC0 && point <= 0xFF && point != 0xD7 && point != 0xF7) {
    return point < 0xDF ? Letter::capital_other : Letter::small_other;
  }
  return Letter::none;
}

/// How well the character fits where it stands; Spanish names hardly know other letters than their own.
int fit(char16_t point, CodePageGuess::Place place) {
  using enum CodePageGuess::Place;
  const Letter letter = letter_of(point);
  if (place == alone) return point == 0 ? -3 : 0;
  if (point == 0) return -10;
  if (letter == Letter::none) return point == u'\u2019' ? 0 : place == first ? -2 : -6;
  const bool spanish = letter == Letter::small_spanish || letter == Letter::capital_spanish;
  const bool is_small = letter == Letter::small_spanish || letter == Letter::small_other;
  switch (place) {
    case among_small: return is_small ? (spanish ? 6 : 1) : -4;
    case among_capitals: return is_small ? -1 : spanish ? 6 : 0;
    default: return spanish ? 6 : 0;
  }
}

}  // namespace

void CodePageGuess::look(std::string_view bytes) {
  std::string joined;
  if (!rest_.empty()) {
    joined = rest_ + std::string(bytes);
    bytes = joined;
  }
  // The last bytes wait for what follows them, unless that is nothing.
  const std::size_t end = bytes.size() > 4 ? bytes.size() - 4 : 0;
  std::size_t at = begun_ ? std::min<std::size_t>(kept_before_, bytes.size()) : 0;
  constexpr std::uint64_t tops = 0x8080808080808080U;
  while (at < end) {
    std::uint64_t word = tops;
    if (at + sizeof word <= end) std::memcpy(&word, bytes.data() + at, sizeof word);
    at = (word & tops) == 0 ? at + sizeof word : take(bytes, at);
  }
  begun_ = true;
  kept_before_ = std::min<std::size_t>(at, 1);
  rest_ = std::string(bytes.substr(at - kept_before_));
}

void CodePageGuess::finish() {
  const std::string bytes = std::exchange(rest_, {});
  for (std::size_t at = std::min<std::size_t>(kept_before_, bytes.size()); at < bytes.size();) at = take(bytes, at);
}

/// Counts what stands at `at`, and says where the next begins.
std::size_t CodePageGuess::take(std::string_view bytes, std::size_t at) {
  if (!high(bytes[at])) return at + 1;
  if (const std::size_t length = sequence_length(bytes, at); length > 0) {
    ++sequences_;
    return at + length;
  }
  const char before = at > 0 ? bytes[at - 1] : ' ';
  const char after = at + 1 < bytes.size() ? bytes[at + 1] : ' ';
  const bool behind = small(before) || capital(before) || high(before);
  const bool ahead = small(after) || capital(after) || high(after);
  Place place = alone;
  if (!behind && ahead) {
    place = first;
  } else if (behind) {
    place = capital(before) && !small(after) ? among_capitals : small(before) || small(after) ? among_small : first;
  }
  ++counts_[static_cast<unsigned char>(bytes[at]) - 0x80U][static_cast<std::size_t>(place)];
  ++odd_bytes_;
  return at + 1;
}

std::int64_t CodePageGuess::score(CodePage page) const {
  std::int64_t sum = 0;
  for (unsigned byte = 0x80; byte < 0x100; ++byte) {
    for (std::size_t place = 0; place < places; ++place) {
      const auto count = static_cast<std::int64_t>(counts_[byte - 0x80][place]);
      if (count > 0) sum += count * fit(point_of(byte, page), static_cast<Place>(place));
    }
  }
  return sum;
}

CodePage CodePageGuess::page() const {
  if (odd_bytes_ < least_bytes) return CodePage::windows_1252;
  const std::int64_t usual = score(CodePage::windows_1252);
  CodePage best = CodePage::windows_1252;
  std::int64_t most = usual;
  for (const CodePage other : {CodePage::cp850, CodePage::mac_roman}) {
    const std::int64_t points = score(other);
    // Old DOS and Mac files are rare: they must fit well, and much better than the usual.
    const auto well = static_cast<std::int64_t>(odd_bytes_) * 2;
    if (points > most && points >= well && points - usual >= well) {
      best = other;
      most = points;
    }
  }
  return best;
}

bool CodePageGuess::unreadable() const {
  return odd_bytes_ >= least_bytes && page() == CodePage::windows_1252 && score(CodePage::windows_1252) < 0;
}

std::string from_code_page(std::string_view bytes, CodePage page) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char16_t point = byte < 0x80 ? byte : point_of(byte, page);
    append_point(out, point == 0 ? replacement : char32_t{point});
  }
  return out;
}

}  // namespace aremko::normalize
