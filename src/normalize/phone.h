#pragma once
// Phones as typed in Chile, to E.164.

#include <cstdint>
#include <string>
#include <string_view>

namespace aremko::normalize {

enum class PhoneKind : std::uint8_t {
  empty,          // nothing, or a word for nothing (`#N/A`, `no tiene`)
  mobile,         // Chilean, with its 9
  mended_mobile,  // eight digits that lost their 9, which was put back: a guess, though nearly always right
  landline,       // Chilean, nine digits with the area code
  foreign,        // any other country's, of which nothing more is known
  foreign_mobile, // another country's mobile, or of a country whose numbers do not tell (the USA, Mexico)
  invalid,        // digits that are nobody's phone: too few, too many, `999999999`
};

struct Phone {
  std::string e164;  // "+56984280796"; empty when kind is empty or invalid
  PhoneKind kind = PhoneKind::empty;
};

inline bool is_mobile(PhoneKind kind) {
  return kind == PhoneKind::mobile || kind == PhoneKind::mended_mobile || kind == PhoneKind::foreign_mobile;
}

/// Chile is the region when none is said. Of several numbers the first good mobile is taken, else the first good one.
/// A RUT, passport, date, amount, decimal number or whatever a word calls a reservation, an account or a document is no
/// phone, however many digits it has; eight digits get their 9 back only when they stand alone or a word such as `fono`
/// stands before them.
/// Any bytes; reads 200 bytes at most. Idempotent on `e164` (whose kind is then never mended_mobile).
/// About 30 ns for the usual Chilean shapes, 10 µs for the rest.
Phone phone(std::string_view raw);

/// The digits of what somebody typed into a search box, to be compared with the end of a stored number's digits: a
/// Chilean prefix (`+56`, `0056`, a trunk 0) is dropped when a whole number follows. Empty when there are letters or
/// fewer than three digits.
std::string phone_digits(std::string_view query);

/// An Argentine mobile's digits as they are kept (549…), of digits with their 54 that lack the 9 or have the 15 of local calls;
/// empty for any other.
std::string argentine_mobile(std::string_view digits);

}  // namespace aremko::normalize
