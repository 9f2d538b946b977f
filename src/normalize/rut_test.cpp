#include "normalize/rut.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalize/test_shapes.h"

namespace aremko::normalize {
namespace {

void expect(std::string_view raw, std::string_view canonical, RutKind kind, std::string_view phone = "") {
  const Rut got = rut(raw);
  EXPECT_EQ(got.canonical, canonical) << raw;
  EXPECT_EQ(static_cast<int>(got.kind), static_cast<int>(kind)) << raw;
  EXPECT_EQ(got.phone_e164, phone) << raw;
}

TEST(Rut, CheckDigit) {
  EXPECT_EQ(rut_check_digit(12345678), '5');
  EXPECT_EQ(rut_check_digit(11111111), '1');
  EXPECT_EQ(rut_check_digit(1000005), 'K');
  EXPECT_EQ(rut_check_digit(14569484), '1');
  EXPECT_EQ(rut_check_digit(0), '0');
}

TEST(Rut, EveryShapeOfAValidOne) {
  for (const std::string_view raw :
       {"12.345.678-5", "12345678-5", "123456785", "12,345,678-5", "12 345 678-5", "12.345.678 5", "12.345.6785",
        " 12.345.678 - 5 ", "12345678–5", "12345678—5", "12345678−5", "12345678‐5", "12345678_5", "012345678-5",
        "0012.345.678-5", "RUT: 12.345.678-5", "Rut 12345678-5", "12.345.678-5.", "12'345'678-5", "12-345-678-5",
        "12345678--5", "12345678-5\u00A0", "R.U.T. 12.345.678-5", "12.345,678-5"}) {
    expect(raw, "12345678-5", RutKind::valid);
  }
  expect("123456785.0", "12345678-5", RutKind::valid);
  for (const std::string_view raw : {"10.000.013-K", "10000013-k", "10000013k", "10000013K", "10.000.013k"}) {
    expect(raw, "10000013-K", RutKind::valid);
  }
  expect("7.654.321-6", "7654321-6", RutKind::valid);
  expect("76543216", "7654321-6", RutKind::valid);  // seven digits and the right check digit
}

TEST(Rut, WrongDigit) {
  expect("12.345.678-9", "12345678-9", RutKind::wrong_digit);
  expect("123456789", "12345678-9", RutKind::wrong_digit);
  expect("12345678-K", "12345678-K", RutKind::wrong_digit);
}

TEST(Rut, PhonesInTheColumn) {
  expect("984280796", "", RutKind::phone, "+56984280796");
  expect("98428079-6", "", RutKind::phone, "+56984280796");
  expect("98.428.079-6", "", RutKind::phone, "+56984280796");
  expect("+56984280796", "", RutKind::phone, "+56984280796");
  expect("56984280796", "", RutKind::phone, "+56984280796");
  expect("652345678", "", RutKind::phone, "+56652345678");
  expect("84280796", "", RutKind::phone, "+56984280796");
  expect("9 8428 0796", "", RutKind::phone, "+56984280796");
}

TEST(Rut, OtherThings) {
  for (const std::string_view raw : {"", "   ", "#N/A", "-", "no tiene", "s/n", "0", "00000000-0"}) expect(raw, "", RutKind::empty);
  for (const std::string_view raw :
       {"AB123456", "P1234567", "maria@gmail.com", "12345678-5 / 7654321-6", "12345678", "hola", "12.345.678", "1-9",
        "12345678-55", "1.234.567.890.123-4", "K", "12K45678-5", "1.23457E+08", "pasaporte 12345678"}) {
    expect(raw, "", RutKind::other);
  }
  expect("11.111.111-1", "11111111-1", RutKind::placeholder);
  expect("22222222-2", "22222222-2", RutKind::placeholder);
  expect("111111111", "11111111-1", RutKind::placeholder);
  for (const char* nobodys : {"11111111-0", "111111110", "0111111112", "\t0111111110"}) expect(nobodys, "", RutKind::other);
}

TEST(Rut, KeyForSearch) {
  EXPECT_EQ(rut_key("12.345.678-5"), "123456785");
  EXPECT_EQ(rut_key("12345678-k"), "12345678K");
  EXPECT_EQ(rut_key("12.345.6"), "123456");
  EXPECT_EQ(rut_key("0012345678-5"), "123456785");
  EXPECT_EQ(rut_key("123"), "");
  EXPECT_EQ(rut_key("maria"), "");
  EXPECT_EQ(rut_key("+56984280796"), "");
  EXPECT_EQ(rut_key("1234567890"), "");
}

std::string dotted(std::uint32_t body, char mark) {
  std::string out;
  const std::string digits = std::to_string(body);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += mark;
    out += digits[i];
  }
  return out;
}

RC_GTEST_PROP(Rut, EveryPersonsNumberIsReadInEveryShape, ()) {
  const auto body = *rc::gen::suchThat(rc::gen::inRange<std::uint32_t>(3'000'000, 28'000'000),
                                       [](std::uint32_t n) { return dotted(n, '.').find_first_not_of(std::to_string(n)[0]); });
  const char digit = rut_check_digit(body);
  const std::string plain = std::to_string(body);
  const std::string wanted = plain + "-" + digit;
  for (const std::string& shape : {wanted, plain + digit, dotted(body, '.') + "-" + digit, dotted(body, ',') + "-" + digit,
                                   dotted(body, ' ') + "-" + digit, "0" + wanted, plain + "–" + digit,
                                   shapes::lower(wanted), dotted(body, '.') + digit}) {
    const Rut got = rut(shape);
    if (got.kind == RutKind::placeholder) continue;
    RC_ASSERT(got.canonical == wanted);
    RC_ASSERT(got.kind == RutKind::valid);
  }
  RC_ASSERT(rut_key(dotted(body, '.') + "-" + digit) == plain + digit);
}

RC_GTEST_PROP(Rut, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *rc::gen::oneOf(
      shapes::bytes(), rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789.-kK, "))));
  const Rut once = rut(raw);
  const bool shown = once.kind == RutKind::valid || once.kind == RutKind::wrong_digit || once.kind == RutKind::placeholder;
  RC_ASSERT(shown == !once.canonical.empty());
  RC_ASSERT((once.kind == RutKind::phone) == !once.phone_e164.empty());
  if (!shown) return;
  const Rut again = rut(once.canonical);
  RC_ASSERT(again.canonical == once.canonical);
  RC_ASSERT(again.kind == once.kind);
}

}  // namespace
}  // namespace aremko::normalize
