#pragma once
// Chile's tax and identity number: a body of up to eight digits and a check digit modulo 11.

#include <cstdint>
#include <string>
#include <string_view>

namespace aremko::normalize {

enum class RutKind : std::uint8_t {
  empty,        // nothing, or a word for nothing
  valid,        // the check digit is right
  wrong_digit,  // a RUT by its shape, but the check digit is not
  placeholder,  // 11.111.111-1 and its like: right by arithmetic, typed by people who have no RUT at hand
  phone,        // a phone in the RUT column
  other,        // passport, e-mail, two RUTs, text, a body without check digit
};

struct Rut {
  std::string canonical;  // "12345678-5", upper-case K, no leading zeros; for valid, wrong_digit and placeholder only
  RutKind kind = RutKind::empty;
  std::string phone_e164;  // when kind is phone
};

/// Points, commas, blanks, any dash or none, `k` or `K`, leading zeros, `RUT:` before it. A number written with its
/// dash is a RUT; without one,
///  - nine digits beginning with 9 are a mobile phone, right check digit or not (companies numbered from 90 million
///    are few, phones in this column many and one in eleven passes by chance);
///  - eight digits are a body of seven and its check digit when that is right and the body is at least 3 million
///    (younger numbers are all of living people), else a phone when they begin with 3–9, else `other`: a bare body
///    names a person only by guessing.
/// A number with dash and wrong check digit whose body begins like a mobile phone's (9, eight digits) is a phone too.
/// Only `valid` is evidence of who somebody is. Idempotent on `canonical`.
Rut rut(std::string_view raw);

/// '0'–'9' or 'K' for a body, by modulo 11 with the weights 2–7 from the right.
char rut_check_digit(std::uint32_t body);

/// What somebody typed into a search box, as body and check digit without point, dash or leading zero ("123456785",
/// "1234567K"); a beginning of a RUT is allowed. Empty when it cannot be one (letters but a last K, fewer than four
/// digits, more than nine characters).
std::string rut_key(std::string_view query);

}  // namespace aremko::normalize
