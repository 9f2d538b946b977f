#pragma once
// What is pasted into a search box comes wrapped: links, quotes, invisible marks, labels glued to a number.

#include <string>
#include <string_view>
#include <vector>

namespace aremko::snapshot {

/// The pieces of a text between blanks, each without what was wrapped around it: quotes, brackets, commas and points at
/// its ends, `tel:` and `mailto:`, WhatsApp's links and `569…@c.us`, a spreadsheet's `="…"`, `fono` or `RUT:` glued to a number.
/// Dashes of every kind are `-`, invisible marks are gone; letters stay as they are.
std::vector<std::string> pasted_pieces(std::string_view text);

/// Digits with the signs that stand in phones and RUTs, a K at the end only.
bool is_numeric_piece(std::string_view piece);

}  // namespace aremko::snapshot
