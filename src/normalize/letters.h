#pragma once
// What the rules for names ask of a code point: Latin-1 by arithmetic, the rest by ICU. For this room alone.

#include <string>
#include <string_view>

#include <unicode/uchar.h>

namespace aremko::normalize {

inline bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0x100) return (c >= 0xC0 && c != 0xD7 && c != 0xF7) || c == 0xAA || c == 0xBA;
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
inline bool is_mark(char32_t c) {
  return c >= 0x300 && (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}
inline bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x300 && u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR); }
inline bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0xB4 || c == '`'; }
inline bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }

inline bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
  return u_isupper(static_cast<UChar32>(c)) != 0 || u_istitle(static_cast<UChar32>(c)) != 0;
}
inline bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  if (c < 0x100) return (c >= 0xDF && c != 0xF7) || c == 0xAA || c == 0xBA;  // ª and º are small letters
  return u_islower(static_cast<UChar32>(c)) != 0;
}
inline char32_t to_lower(char32_t c) {
  if (c < 0x100) return is_upper(c) ? c + 32 : c;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
inline char32_t to_upper(char32_t c) {
  if (c < 0x100) return is_lower(c) && (c < 0x80 || c > 0xDF) && c != 0xFF ? c - 32 : c;
  return static_cast<char32_t>(u_totitle(static_cast<UChar32>(c)));
}

/// A text with decomposed letters ("e" and a mark) composed: Unicode's NFC.
std::string composed(std::string_view text);

}  // namespace aremko::normalize
