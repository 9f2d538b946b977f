#pragma once
// Text of unknown origin made into UTF-8 that says what its author wrote.

#include <cstdint>
#include <string>
#include <string_view>

namespace aremko::normalize {

/// What had to be done; where several things had to be, the one that stands last here.
enum class Repair : std::uint8_t {
  none,               // the bytes were good; text equals them
  from_windows_1252,  // bytes that are no UTF-8 were read as Windows-1252
  double_decoded,     // UTF-8 that had been read as Windows-1252 once or more often (`MarÃ­a`) was put right
  replaced,           // a NUL was dropped, or a byte that means nothing became U+FFFD
};

struct Repaired {
  std::string text;  // valid UTF-8 without NUL, always
  Repair kind = Repair::none;
};

/// One field. Good UTF-8 stays, bytes that are none are read as Windows-1252 one by one, and sequences that can only
/// be UTF-8 decoded once too often are undone until none is left; text that merely looks odd (`SÃO PAULO`) stays.
/// Idempotent on `text`.
Repaired repair(std::string_view bytes);

/// The length of the valid UTF-8 sequence at `at` (1–4), or 0 when there is none.
std::size_t sequence_bytes(std::string_view bytes, std::size_t at);

/// False promises that `repair` would change nothing, so that clean text need not be copied; true means it may.
bool needs_repair(std::string_view bytes);

enum class Bom : std::uint8_t { none, utf8, utf16_le, utf16_be };

/// The byte-order mark a file begins with; UTF-32's are not told from UTF-16's.
Bom bom_of(std::string_view bytes);
/// Bytes of the mark: 0, 2 or 3.
std::size_t bom_size(Bom bom);
/// `bytes` without a UTF-8 mark.
std::string_view without_bom(std::string_view bytes);
/// UTF-16 (Excel's "Unicode text") to UTF-8, mark not included; lone surrogates and an odd last byte become U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_endian);

}  // namespace aremko::normalize
