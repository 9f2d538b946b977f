#pragma once
// Who stands more than once in one source, by rules anybody can check by hand; counted, not decided.

#include <array>
#include <cstdint>
#include <vector>

#include "identity/column_signature.h"

namespace aremko::identity {

/// One source's rows, each column numbered; columns as long as `names`. Values are canonical, those not valid empty.
struct DuplicateInput {
  const Numbered& names;      // folded
  const Numbered& ruts;       // right check digit
  const Numbered& emails;
  const Numbered& phones;
  const Numbered& cities;     // folded
};

/// What first brought two rows together.
enum class DuplicateBy : std::uint8_t { rut, email, phone, name_and_city };

struct DuplicateCount {
  std::uint64_t people = 0;   // who have more than one row
  std::uint64_t rows = 0;     // of theirs, the first one too
  std::uint64_t pairs = 0;    // of two rows of one person
};

struct Duplicates {
  /// RUT, e-mail or phone in common and names that agree (compare_names: the same, shortened or misspelt); or the
  /// same words of a name and the same city, as below.
  DuplicateCount certain;
  /// The same, and people besides whose whole name of three words or more is the same, with nothing against it.
  DuplicateCount possible;
  std::array<std::uint64_t, 4> joined_by{};   // rows that were added to another by each DuplicateBy
  /// Names on more rows than one person has: not joined by name. Most are no people ("Cliente Mostrador").
  std::uint64_t repeated_names = 0;
  std::uint64_t repeated_name_rows = 0;
  std::vector<std::vector<std::uint32_t>> groups{};           // rows of some certain ones, in the order of their first row
  std::vector<std::vector<std::uint32_t>> possible_groups{};
  std::vector<std::vector<std::uint32_t>> repeated_groups{};
};

// How many groups are kept to be shown, and rows of each.
inline constexpr std::size_t duplicate_groups = 10;
inline constexpr std::size_t duplicate_group_rows = 5;
/// Rows of one name above which it names no one person. In the real file nobody has more than a handful.
inline constexpr std::size_t most_rows_of_a_name = 20;

/// Two different valid RUTs are never one person, whatever else agrees; nor does a value on more than `many_names`
/// unlike names join anybody. Rows of one name in one city are joined when there is one RUT among them at most, and,
/// for a name of two words, one phone. Near-linear; a million rows take about a second.
Duplicates duplicates(const DuplicateInput& input);

}  // namespace aremko::identity
