#include "normalize/encoding.h"

#include <cstring>

#include "normalize/utf8.h"

namespace aremko::normalize {

namespace {

/// Windows-1252's 0x80–0x9F; 0 where the code page has nothing.
constexpr std::array<char16_t, 32> high_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t from_1252(unsigned char byte) {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const char16_t point = high_1252[byte - 0x80U];
  return point == 0 ? replacement : point;
}

/// The byte that Windows-1252 (or Latin-1, for the C1 controls) reads as `point`; -1 when there is none.
int to_1252(char32_t point) {
  if (point < 0x100) return static_cast<int>(point);
  for (std::size_t i = 0; i < high_1252.size(); ++i) {
    if (high_1252[i] == point) return static_cast<int>(0x80 + i);
  }
  return -1;
}

bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_lower(char32_t c) { return c >= 'a' && c <= 'z'; }

char32_t peek(std::string_view text, std::size_t at) { return at < text.size() ? next_point(text, at) : U'\0'; }

/// Typographic marks that may rightly stand after a word that ends in `Ã` ("AMANHÃ…", "MAÇÃ”").
bool ends_a_word(int byte) { return byte == 0x85 || (byte >= 0x91 && byte <= 0x97); }

/// What stood before the character looked at.
struct Before {
  char32_t point = 0;
  bool undone = false;
};

/// Bytes after a lead, when what they make may be undone; 0 when not. Latin-1's letters, typographic marks and emoji
/// begin with C2, C3, E2, F0. C5, C6 and CB make only Windows-1252's own letters (`š`, `ƒ`, `ˆ`), which are seen
/// behind another undone character, where text was decoded three times.
std::size_t bytes_after(int lead, bool behind_undone) {
  if (lead == 0xC2 || lead == 0xC3) return 1;
  if (lead == 0xE2) return 2;
  if (lead == 0xF0) return 3;
  return behind_undone && (lead == 0xC5 || lead == 0xC6 || lead == 0xCB) ? 1 : 0;
}

/// A sequence at `at` that is UTF-8 decoded once too often: gives what it should have been, and moves `at`.
bool undo_one(std::string_view text, std::size_t& at, Before before, char32_t& point) {
  std::size_t next = at;
  const int lead = to_1252(next_point(text, next));
  const std::size_t more = bytes_after(lead, before.undone);
  if (more == 0) return false;
  const std::size_t after_lead = next;
  std::array<char, 4> bytes{static_cast<char>(static_cast<unsigned char>(lead))};
  int last = 0;
  for (std::size_t i = 1; i <= more; ++i) {
    last = next < text.size() ? to_1252(next_point(text, next)) : -1;
    if (last < 0x80 || last > 0xBF) {
      // The í of "García" in the same state is `Ã` and a soft hyphen, which many programs drop.
      if (lead == 0xC3 && is_ascii_lower(before.point) && is_ascii_lower(peek(text, after_lead))) {
        at = after_lead;
        point = U'í';
        return true;
      }
      return false;
    }
    bytes[i] = static_cast<char>(static_cast<unsigned char>(last));
  }
  const std::string_view sequence(bytes.data(), more + 1);
  if (sequence_length(sequence, 0) != more + 1) return false;
  std::size_t start = 0;
  point = next_point(sequence, start);
  if (lead == 0xC3 && ends_a_word(last) && !before.undone) {
    const char32_t after = peek(text, next);
    if (!is_ascii_letter(after) && after != U'Ã' && after != U'Â') return false;
  }
  if (lead > 0xC3 && lead < 0xE0 && (point < 0x100 || to_1252(point) < 0)) return false;
  if (lead == 0xC2 && point < 0xA0) return false;  // a control character is no one's text
  // Three bytes: typographic marks, the euro and letter-like signs. Four: emoji.
  if (lead == 0xE2 && !(point >= 0x2000 && point < 0x2200)) return false;
  if (lead == 0xF0 && point < 0x1F000) return false;
  at = next;
  return true;
}

/// One round of undoing; false when there was nothing to undo.
bool undo_round(std::string& text) {
  std::string out;
  std::size_t copied = 0;
  Before before;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const auto lead = static_cast<unsigned char>(text[at]);
    char32_t point = 0;
    // Â Ã Å Æ Ë â ð are all written C3 xx.
    if (lead == 0xC3 && undo_one(text, at, before, point)) {
      out.append(text, copied, start - copied);
      append_point(out, point);
      copied = at;
      before = {point, true};
    } else if (lead < 0x80) {
      before = {lead, false};
      ++at;
    } else {
      before = {next_point(text, at), false};
    }
  }
  if (copied == 0) return false;
  out.append(text, copied);
  text = std::move(out);
  return true;
}

/// Bytes of a word that are below 0x80 and not zero, eight at a time.
bool plain_ascii(std::uint64_t word) {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  constexpr std::uint64_t tops = 0x8080808080808080U;
  return ((word | (word - ones)) & tops) == 0;
}

}  // namespace

std::size_t sequence_bytes(std::string_view bytes, std::size_t at) { return sequence_length(bytes, at); }

bool needs_repair(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (bytes.size() - at >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at, sizeof word);
      if (plain_ascii(word)) {
        at += 8;
        continue;
      }
    }
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead == 0) return true;
    if (lead < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) return true;
    if (lead == 0xC3) {
      const auto second = static_cast<unsigned char>(bytes[at + 1]);
      if (second == 0x82 || second == 0x83 || second == 0xA2 || second == 0xB0) return true;  // Â Ã â ð
    }
    at += length;
  }
  return false;
}

Repaired repair(std::string_view bytes) {
  Repaired out;
  if (!needs_repair(bytes)) {
    out.text = bytes;
    return out;
  }
  bool replaced = false;
  bool from_1252_used = false;
  out.text.reserve(bytes.size() + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    if (bytes[at] == '\0') {
      replaced = true;
      ++at;
      continue;
    }
    const std::size_t length = sequence_length(bytes, at);
    if (length > 0) {
      out.text.append(bytes, at, length);
      at += length;
      continue;
    }
    const char32_t point = from_1252(static_cast<unsigned char>(bytes[at++]));
    if (point == replacement) replaced = true;
    from_1252_used = true;
    append_point(out.text, point);
  }
  // Each round halves what it touches at least, so there are about as many as the length has binary digits.
  bool undone = false;
  while (undo_round(out.text)) undone = true;
  out.kind = replaced         ? Repair::replaced
             : undone         ? Repair::double_decoded
             : from_1252_used ? Repair::from_windows_1252
                              : Repair::none;
  return out;
}

Bom bom_of(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return Bom::utf8;
  if (bytes.starts_with("\xFF\xFE")) return Bom::utf16_le;
  if (bytes.starts_with("\xFE\xFF")) return Bom::utf16_be;
  return Bom::none;
}

std::size_t bom_size(Bom bom) { return bom == Bom::none ? 0 : bom == Bom::utf8 ? 3 : 2; }

std::string_view without_bom(std::string_view bytes) {
  if (bom_of(bytes) == Bom::utf8) bytes.remove_prefix(3);
  return bytes;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? (char32_t{first} << 8U) | second : (char32_t{second} << 8U) | first;
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t point = unit(at);
    if (point >= 0xD800 && point < 0xDC00 && at + 3 < bytes.size()) {
      const char32_t low = unit(at + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
        at += 2;
      }
    }
    append_point(out, point >= 0xD800 && point < 0xE000 ? replacement : point);
  }
  if (at < bytes.size()) append_point(out, replacement);
  return out;
}

}  // namespace aremko::normalize
