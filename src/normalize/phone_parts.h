#pragma once
// What the two halves of phone() share, for this room alone: one number, and a cell in which one must be looked for.

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "normalize/phone.h"

namespace aremko::normalize {

/// The digits of one number as written, and whether a `+` (or 00) stood before them.
struct PhoneDigits {
  std::array<char, 20> at{};
  std::size_t size = 0;
  bool international = false;
  bool too_many = false;
  bool punctuated = false;  // a point or a dash stood among them: it may be a RUT, a date or an amount

  std::string_view view() const { return {at.data(), size}; }
  void add(char c) {
    if (size == at.size()) {
      too_many = true;
    } else {
      at[size++] = c;
    }
  }
  /// 00 before a whole number says the same as a plus.
  void read_zeros() {
    if (international || size <= 10 || at[0] != '0' || at[1] != '0') return;
    international = true;
    std::copy(at.begin() + 2, at.end(), at.begin());
    size -= 2;
  }
};

/// Digits in a Chilean shape, prefixes taken away; kind `empty` when they have none.
Phone chilean_phone(const PhoneDigits& digits);

/// What libphonenumber says of them, as a number of Chile or as one with its country's code.
Phone library_phone(const PhoneDigits& digits, bool international);

/// The same digit throughout, or after the mobile 9: typed to fill a field.
bool is_filler_number(std::string_view national);

/// A number among words, dates, RUTs and other numbers: the first good mobile, else the first good phone. `raw` is at
/// most a few hundred bytes long.
Phone phone_in_text(std::string_view raw);

/// `raw` in ASCII: accents and full-width forms made plain, every dash `-`, odd blanks ` `, invisible marks left out, and `?`
/// for the rest.
std::string plain_phone_text(std::string_view raw);

}  // namespace aremko::normalize
