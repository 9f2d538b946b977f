#pragma once
// Which legacy record a row is, once its number may have moved.
//
// What decides, in this order:
//  1. the record id, where the file has one and only one row bears it, unless name and contacts all say somebody else:
//     record ids may be dealt out anew, and a typo or a new phone is put right in the next export;
//  2. else the number, but only when name and contacts say that it is the same row: two of them, or all that both have,
//     or the whole name with one new contact.
// Neither ties a row to another given name, were all contacts the same, but for one RUT: it is a relative's.
// Where the two disagree about a row, content decides and never a number alone. What fits nowhere is nobody's: a link that
// cannot be placed shows nobody's visits to anybody.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "snapshot/snapshot.h"

namespace aremko::snapshot {

/// Hashes of a row's name, word by word, and of its valid phone, e-mail and RUT: eight bits a word and twelve a contact,
/// enough to tell that a row is not another, too few to read anything from.
class RecordPrint {
 public:
  static RecordPrint of(const LegacyPeople& people, Row row);
  /// Of text(); nothing for any other text.
  static std::optional<RecordPrint> read(std::string_view text);
  /// "1f07c3.4e2.a90.": what the row does not have is empty.
  std::string text() const;

  struct Agreement {
    int same = 0;        // of name and contacts: both have it, and it is the same
    int other = 0;       // both have it, and it is not
    bool name = false;   // two words or more, and all of them the same
    bool word = false;   // a word of the name is
    bool rut = false;    // both have a RUT, and it is the same
    /// The row has a given name that the print has not, and the print has a word in its place: a sister, a son.
    bool other_given = false;
  };
  /// How a row as it is now agrees with this print of one as it was.
  Agreement against(const RecordPrint& now) const;

 private:
  static constexpr std::size_t most_words = 8;
  static constexpr std::uint16_t none = 0xFFFF;

  std::size_t count_ = 0;
  std::array<std::uint8_t, most_words> words_{};  // sorted; count_ of them
  std::uint8_t given_ = 0;                        // which of them are given names, a bit each; of rows alone, a text keeps none
  std::array<std::uint16_t, 3> contacts_{none, none, none};
};

}  // namespace aremko::snapshot
