#pragma once
// Most names need nothing done; this finds that out in one look. For this room alone.

#include <string>
#include <string_view>

namespace aremko::normalize {

/// True promises that person_name would give the text back as it is: words of a Latin-1 capital and small letters, or
/// small particles after the first, one blank between, none that a rule might know. False promises nothing.
bool is_clean_name(std::string_view text);

/// Each mark of HTML ("<b>", "</span>", "<br/>") made a blank. Other angle brackets stay: "Ana <ana@correo.cl>".
std::string without_tags(std::string_view text);

}  // namespace aremko::normalize
