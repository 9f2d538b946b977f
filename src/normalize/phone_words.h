#pragma once
// Words that stand before a number and say what it is; for this room and for what people paste into a search box.

#include <cstdint>
#include <string_view>

namespace aremko::normalize {

enum class WordKind : std::uint8_t {
  none,      // any other word
  phone,     // `fono`, `cel`, `whatsapp` …
  document,  // `rut`, `pasaporte`, `reserva`, `cuenta` …: its number is no phone
  money,     // `pesos`, `clp`, `total` …
  linking,   // `n`, `de`, `es` …: the word before it counts
};

/// Of a word in lower case without accents and points.
WordKind kind_of_word(std::string_view word);

}  // namespace aremko::normalize
