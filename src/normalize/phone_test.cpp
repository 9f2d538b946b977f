#include "normalize/phone.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "normalize/test_shapes.h"

namespace aremko::normalize {
namespace {

void expect(std::string_view raw, std::string_view e164, PhoneKind kind) {
  const Phone got = phone(raw);
  EXPECT_EQ(got.e164, e164) << raw;
  EXPECT_EQ(static_cast<int>(got.kind), static_cast<int>(kind)) << raw;
}

TEST(Phone, ChileanMobiles) {
  for (const std::string_view raw :
       {"984280796", "+56984280796", "+56 9 8428 0796", "56984280796", "56 9 8428-0796", "09 84280796", "0984280796",
        "0056984280796", "00 56 9 84280796", "(+56) 9 8428 0796", "+56-9-8428-0796", "9 8428 0796", "984 280 796",
        "9.8428.0796", "+5656984280796", "569984280796", "+56 9 984280796", "984280796.0", " 984280796 ", "'984280796",
        "+56 09 84280796", "\u202A+56\u00A09\u00A08428\u00A00796\u202C", "984280796 / 987654321", "cel: 984280796",
        "fono 9 8428 0796 (mama)", "+56 (9) 84280796"}) {
    expect(raw, "+56984280796", PhoneKind::mobile);
  }
  expect("+56987654321", "+56987654321", PhoneKind::mobile);
  expect("912345678", "+56912345678", PhoneKind::mobile);
}

TEST(Phone, EightDigitsGetTheirNineBack) {
  for (const std::string_view raw : {"84280796", "8428 0796", "+56 84280796", "5684280796", "08 4280796", "8-4280796"}) {
    expect(raw, "+56984280796", PhoneKind::mended_mobile);
  }
}

TEST(Phone, Landlines) {
  expect("652345678", "+56652345678", PhoneKind::landline);
  expect("2 2234 5678", "+56222345678", PhoneKind::landline);
  expect("412345678", "+56412345678", PhoneKind::landline);
  expect("+56 65 2345678", "+56652345678", PhoneKind::landline);
  expect("(065) 2345678", "+56652345678", PhoneKind::landline);
  expect("(2) 22345678", "+56222345678", PhoneKind::landline);
}

TEST(Phone, Foreign) {
  expect("+54 9 11 2345-6789", "+5491123456789", PhoneKind::foreign);
  expect("5491123456789", "+5491123456789", PhoneKind::foreign);
  expect("+1 202 555 0123", "+12025550123", PhoneKind::foreign);
  expect("+49 30 123456", "+4930123456", PhoneKind::foreign);
  expect("0034 612 345 678", "+34612345678", PhoneKind::foreign);
  expect("+55 11 91234-5678", "+5511912345678", PhoneKind::foreign);
}

TEST(Phone, NothingAndJunk) {
  for (const std::string_view raw : {"", "  ", "#N/A", "no tiene", "-", "N/A", "null", "s/n", "+"}) {
    expect(raw, "", PhoneKind::empty);
  }
  for (const std::string_view raw :
       {"999999999", "111111111", "99999999", "000000000", "900000000", "12345", "5", "9842807", "98428079612345678901234",
        "hola", "maria@gmail.com", "+56", "+56999999999", "1", "0", "9.8428E+08", "7.654.321-6", "12.345.678-5", "7654321-6", "12345678-5", "10.000.013-K"}) {
    expect(raw, "", PhoneKind::invalid);
  }
}

TEST(Phone, OneOfSeveral) {
  for (const std::string_view raw : {"984280796 987654321", "984280796-987654321", "56984280796 984280796",
                                     "984280796, 987654321", "984280796 y 987654321"}) {
    expect(raw, "+56984280796", PhoneKind::mobile);
  }
  expect("+569 8428079", "", PhoneKind::invalid);  // one digit short, and not the 9
}

TEST(Phone, DigitsForSearch) {
  EXPECT_EQ(phone_digits("+56 9 8428 0796"), "984280796");
  EXPECT_EQ(phone_digits("56984280796"), "984280796");
  EXPECT_EQ(phone_digits("0056 9 8428"), "98428");
  EXPECT_EQ(phone_digits("0984280796"), "984280796");
  EXPECT_EQ(phone_digits("0796"), "0796");
  EXPECT_EQ(phone_digits("8428-0796"), "84280796");
  EXPECT_EQ(phone_digits("maria 0796"), "");
  EXPECT_EQ(phone_digits("12"), "");
  EXPECT_EQ(phone_digits(""), "");
  EXPECT_EQ(phone_digits("+5491123456789"), "5491123456789");
}

RC_GTEST_PROP(Phone, IsIdempotentOnAnyBytes, ()) {
  const Phone once = phone(*shapes::bytes());
  if (once.e164.empty()) {
    RC_ASSERT(once.kind == PhoneKind::empty || once.kind == PhoneKind::invalid);
    return;
  }
  const Phone again = phone(once.e164);
  RC_ASSERT(again.e164 == once.e164);
  RC_ASSERT(again.kind == (once.kind == PhoneKind::mended_mobile ? PhoneKind::mobile : once.kind));
}

RC_GTEST_PROP(Phone, DigitsAloneAreIdempotent, ()) {
  const auto digits = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789+ -")));
  const Phone once = phone(digits);
  if (once.e164.empty()) return;
  RC_ASSERT(phone(once.e164).e164 == once.e164);
  phone_digits(digits);
}

RC_GTEST_PROP(Phone, AMobileIsFoundInEveryShape, ()) {
  const std::string mobile = *shapes::mobile();
  const std::string tail = mobile.substr(1);
  const std::string wanted = "+56" + mobile;
  for (const std::string& shape :
       {mobile, "+56" + mobile, "56" + mobile, "0056" + mobile, "0" + mobile, "+56 9 " + tail.substr(0, 4) + " " +
        tail.substr(4), mobile + ".", "9-" + tail, "09 " + tail}) {
    RC_ASSERT(phone(shape).e164 == wanted);
    RC_ASSERT(phone(shape).kind == PhoneKind::mobile);
  }
  RC_ASSERT(phone(tail).e164 == wanted);
  RC_ASSERT(phone(tail).kind == PhoneKind::mended_mobile);
  RC_ASSERT(phone_digits("+56 " + mobile) == mobile);
}

TEST(Phone, TenMegabytesAreRead) {
  EXPECT_EQ(phone(std::string(10'000'000, '9')).e164, "");
  EXPECT_EQ(phone("984280796" + std::string(10'000'000, ' ')).e164, "+56984280796");
}

}  // namespace
}  // namespace aremko::normalize
