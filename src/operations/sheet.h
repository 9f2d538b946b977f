#pragma once
// A table as a file that a spreadsheet opens as it is: CSV for whatever reads it, XLSX for Excel.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/civil.h"
#include "base/result.h"

namespace aremko::operations {

/// Nothing, a text that stays one, a number, a day.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Date>;

struct Sheet {
  std::string name;  // the tab's
  std::vector<std::string> titles;
  std::vector<std::vector<Cell>> rows;
};

/// UTF-8 with its mark, columns by semicolons as Chile's Excel wants them, lines by CRLF. A text that a spreadsheet would
/// take for a formula, a number or a day has an apostrophe before it.
std::string csv_of(const Sheet& sheet);

/// Texts are texts whatever they look like. `unavailable` when there is no room for it.
Result<std::string> xlsx_of(const Sheet& sheet);

/// Whether a spreadsheet would make something else of a text than what it says.
bool misread(std::string_view text);

/// "+56987654321" as "+56 9 8765 4321": apart, its digits are no number to a spreadsheet.
std::string spaced_phone(std::string_view phone);

}  // namespace aremko::operations
