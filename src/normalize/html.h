#pragma once
// Text that a web form escaped.

#include <string>
#include <string_view>

namespace aremko::normalize {

/// False promises that html_decoded would change nothing.
inline bool may_hold_entities(std::string_view text) { return text.contains('&') && text.contains(';'); }

/// `&ntilde;`, `&#233;`, `&#xED;`, `&amp;` … undone, and what was escaped again (`&amp;amp;ntilde;`), four rounds at most. Where an &
/// was escaped, a letter may have lost its semicolon (`&amp;eacuterez`). Latin-1's names and the common signs; whatever else begins
/// with & stays ("AT&T", "Ana & Luis;"). Valid UTF-8 stays valid UTF-8.
std::string html_decoded(std::string_view text);

}  // namespace aremko::normalize
