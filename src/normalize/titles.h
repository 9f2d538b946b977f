#pragma once
// Words before a name that are none of it, and one that is. For this room alone.

#include <string_view>

namespace aremko::normalize {

/// `Sr`, `Doña`, `Dra`; `ñ` is compared as a plain letter, so that "Doña" and "DONA" are one.
bool is_honorific(std::u32string_view word);

/// `Sra. Luis Bopp` is his wife: without the word she would be shown as he is.
bool is_wife_of(std::u32string_view title, std::u32string_view name);

}  // namespace aremko::normalize
