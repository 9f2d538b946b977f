#include "normalize/letters.h"

#include <unicode/unorm2.h>

#include "normalize/utf8.h"

namespace aremko::normalize {

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  std::u16string units;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = next_point(text, at);
    if (point > 0xFFFF) {
      units += static_cast<char16_t>(0xD7C0 + (point >> 10U));
      units += static_cast<char16_t>(0xDC00 + (point & 0x3FFU));
    } else {
      units += static_cast<char16_t>(point);
    }
  }
  std::u16string out(units.size() * 3 + 16, u'\0');
  const int32_t length = U_SUCCESS(status) ? unorm2_normalize(nfc, units.data(), static_cast<int32_t>(units.size()),
                                                              out.data(), static_cast<int32_t>(out.size()), &status)
                                           : 0;
  if (U_FAILURE(status)) return std::string(text);
  std::string utf8;
  for (int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U16_NEXT(out.data(), i, length, c);
    append_point(utf8, static_cast<char32_t>(c));
  }
  return utf8;
}

}  // namespace aremko::normalize
