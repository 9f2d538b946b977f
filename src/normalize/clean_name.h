#pragma once
// Most names need nothing done; this finds that out in one look. For this room alone.

#include <string_view>

namespace aremko::normalize {

/// True promises that person_name would give the text back as it is: words of a Latin-1 capital and small letters, or
/// small particles after the first, one blank between, none that a rule might know. False promises nothing.
bool is_clean_name(std::string_view text);

}  // namespace aremko::normalize
