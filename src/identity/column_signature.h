#pragma once
// Whether a column of phones or e-mails was filled in by a broken lookup: few values over many rows, most of them on
// people who have nothing to do with each other. Such a column says nothing of who somebody is.
//
//   const Numbered names = number(folded_names);        // a row's folded name, "" when it has none
//   const ColumnSignature phones = column_signature(number(canonical_phones), names);
//   if (phones.broken()) …                              // or value by value: phones.names_of(row)

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace aremko::identity {

/// Distinct texts numbered from 1 in order of first appearance; 0 is the empty text.
struct Numbered {
  std::vector<std::uint32_t> rows{};        // the number of each row's text
  std::vector<std::string_view> texts{""};  // by number; views into whoever owns the texts
  std::size_t distinct() const { return texts.size() - 1; }
};
Numbered number(std::span<const std::string_view> texts);

/// Which names of one value count once.
enum class Related : std::uint8_t {
  family,  // the same name misspelt or shortened, and those who share a surname: a phone is a household's
  person,  // the same name misspelt or shortened alone: a RUT is one person's
};

/// What another source says of the same people: its rows' folded names and their values, in the same canonical form.
struct Witness {
  std::span<const std::string_view> names{};
  std::span<const std::string_view> values{};
};

enum class SignatureVerdict : std::uint8_t {
  sound,      // nothing speaks against the column
  too_few,    // fewer rows with value and name than a verdict needs
  shared,     // most values stand on strangers
  disagrees,  // the other source knows the same people by other values
};

// The thresholds. A sound column is far from them (a family's phone is on one family, a front desk's on some rows), a
// broken one too: in the real services file the share on six or more names is above nine tenths, agreement 0.04.
inline constexpr std::uint64_t signature_least_rows = 50;
inline constexpr std::uint32_t many_names = 6;             // more than a household or a group of friends
inline constexpr double signature_most_on_many = 0.20;     // share of rows whose value is on `many_names` or more
inline constexpr double signature_most_on_two = 0.50;      // the same, on two or more
inline constexpr double signature_least_agreement = 0.30;  // with the witness, where it knows the name

struct ColumnSignature {
  /// Unrelated names of one value are counted up to here: this many means "or more".
  static constexpr std::uint32_t most_names = 64;

  std::uint64_t rows = 0;            // with a value
  std::uint64_t named_rows = 0;      // with a value and a name: the shares are of these
  std::uint64_t distinct = 0;        // values
  std::uint64_t values_on_two = 0;   // values that stand on two or more unrelated names
  std::uint64_t values_on_many = 0;  // on `many_names` or more
  std::uint64_t rows_on_two = 0;     // named rows with such a value
  std::uint64_t rows_on_many = 0;
  std::uint64_t largest_rows = 0;    // rows of the most frequent value
  std::uint32_t largest_names = 0;   // unrelated names of the value that has the most
  std::uint64_t compared = 0;        // rows whose name the witness has a value for
  std::uint64_t agreeing = 0;        // of those, rows with one of its values
  SignatureVerdict verdict = SignatureVerdict::too_few;

  std::vector<std::uint32_t> value_of_row{};    // as numbered
  std::vector<std::uint16_t> names_of_value{};  // by number: unrelated names, 0 for a value without a name

  bool broken() const { return verdict == SignatureVerdict::shared || verdict == SignatureVerdict::disagrees; }
  /// How many unrelated names bear the row's value; 0 when it has none.
  std::uint32_t names_of(std::size_t row) const { return names_of_value[value_of_row[row]]; }
  double share_on_two() const { return share(rows_on_two, named_rows); }
  double share_on_many() const { return share(rows_on_many, named_rows); }
  std::optional<double> agreement() const {
    return compared == 0 ? std::nullopt : std::optional(share(agreeing, compared));
  }
  /// The verdict with its measure and threshold, one sentence without personal data.
  Text reason() const;

 private:
  static double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
  }
};

/// Rows beyond the shorter column count as empty. Names are related, and count once, when one is the other misspelt or
/// shortened (compare_names) or, for a family, when they share a surname: a word that in this column seldom stands
/// first, a typing error forgiven. Strangers share surnames by chance too, so the counts err on the low side. A million rows take about a
/// second; time grows with the rows (times `most_names` at worst).
ColumnSignature column_signature(Numbered values, const Numbered& names, const Witness* witness = nullptr,
                                 Related related = Related::family);

}  // namespace aremko::identity
