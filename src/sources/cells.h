#pragma once
// What single cells of the files say, where `normalize` has no word for it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"

namespace aremko::sources {

/// What a spreadsheet wraps around a number it should leave alone taken away: `="984280796"`, `'984280796`.
std::string_view unwrapped(std::string_view raw);

/// Trimmed, unwrapped, and empty for a spreadsheet's words for nothing: `#N/A`, `#REF!`, `NULL`, `nan`, `-` …
std::string_view cell_value(std::string_view raw);

/// A number with or without thousands separators, currency sign or decimals, rounded to whole ones: `40,000`,
/// `$ 40.000`, `40000.00`, `40.000,50`, `-1`. A separator before exactly three digits is a thousands one. Nothing
/// when it is no number or has more than 15 digits.
std::optional<std::int64_t> whole_number(std::string_view raw);

/// An amount of pesos as people write it: `40000`, `$40.000`, `40,000`, `40.000,00`, `40,000.00`, `$40.000.-`, `40000.-`,
/// `$40.000,-`, `CLP 40.000`, `40.000 pesos`, `40 000`, `40’000`, `40 mil`, with what says nothing of the amount beside it (`c/u`,
/// `IVA incl.`, `(pagado)`, `aprox`); below zero `-40.000`, `40.000-`, `(40.000)`. Pesos have no cents: decimals are rounded.
/// Nothing for what could be read in two ways or is in another unit: `12.50`, `40.000.00`, `4E4`, `40k`, `M$40`, `US$ 40`, `1.5 UF`,
/// two amounts, words.
std::optional<Pesos> pesos(std::string_view raw);

/// At most so many bytes, cut between two UTF-8 characters.
std::string_view clip(std::string_view utf8, std::size_t bytes);

/// Repairs one cell after another (its encoding, then what a web form escaped) and counts what needed it.
class Cleaner {
 public:
  /// Valid UTF-8 without NUL; a view of `raw` when nothing had to be done, else valid until the next call.
  std::string_view clean(std::string_view raw);
  std::uint64_t repaired() const { return repaired_; }

 private:
  std::string text_;
  std::uint64_t repaired_ = 0;
};

}  // namespace aremko::sources
