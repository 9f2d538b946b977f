#include "normalize/phone.h"

#include <initializer_list>
#include <utility>

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
        "fono 9 8428 0796 (mama)", "+56 (9) 84280796", "056984280796", "056 9 8428 0796"}) {
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
  for (const auto& [raw, e164] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {"+54 9 11 2345-6789", "+5491123456789"},
           {"5491123456789", "+5491123456789"},
           {"0034 612 345 678", "+34612345678"},
           {"+55 11 91234-5678", "+5511912345678"},
           {"+33 6 12 34 56 78", "+33612345678"},
           {"+1 202 555 0123", "+12025550123"},       // the numbering does not tell; said to be a mobile
           {"+52 55 1234 5678", "+525512345678"}}) {  // the same
    expect(raw, e164, PhoneKind::foreign_mobile);
  }
  expect("+49 30 123456", "+4930123456", PhoneKind::foreign);
  expect("+54 11 4321-1234", "+541143211234", PhoneKind::foreign);
  expect("+34 912 345 678", "+34912345678", PhoneKind::foreign);
  expect("hermano en Madrid +34 612 345 678", "+34612345678", PhoneKind::foreign_mobile);
  for (const std::string_view landline_or_document : {"541143211234", "34912345678", "20304567893"}) {
    expect(landline_or_document, "", PhoneKind::invalid);  // without its plus it may be anything
  }
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

TEST(Phone, BehindWords) {
  for (const std::string_view raw :
       {"Tel. 984280796", "Tel.984280796", "tel:984280796", "fono984280796", "Teléfono: 9 8428 0796", "móvil 984280796",
        "hab 305 984280796", "Hab. 305 - 984280796", "depto 12 / 984280796", "984280796 (mamá)", "mamá 984280796",
        "llamar a Ana Soto al 984280796", "WhatsApp +56 9 8428 0796", "984280796 cel", "305 984280796", "n° 984280796",
        "reserva de Ana Soto, 984280796", "RUT 12.345.678-5 fono 984280796", "12.345.678-5 984280796",
        "pasaporte 23456789, cel 984280796", "DNI 30123456 984280796", "25-02-2020 984280796", "$40.000 984280796",
        "984280796 25/02/2020", "984280796 (2)", "984.280.796", "984,280,796", "984280796.00", "984280796,0", "Juan Santander 984280796",
        "984280796 Juan", "Chile 984280796", "=\"984280796\"",
        "\"984280796\"", "９８４２８０７９６", "9\u20118428\u20110796", "984\u200B280\u200B796", "+56 9 8428079-6"}) {
    expect(raw, "+56984280796", PhoneKind::mobile);
  }
  for (const std::string_view raw : {"fono 84280796", "Tel: 8428-0796", "84280796 cel", "mamá, cel 84280796", "84280796.0"}) {
    expect(raw, "+56984280796", PhoneKind::mended_mobile);
  }
  expect("casa 65 223 4567", "+56652234567", PhoneKind::landline);
  expect("652234567 anexo 12", "+56652234567", PhoneKind::landline);
  expect("+56 9 2019 2020", "+56920192020", PhoneKind::mobile);
}

TEST(Phone, OfTwoTheMobile) {
  for (const std::string_view raw : {"9 8428 0796 / 65 223 4567", "65 223 4567 / 9 8428 0796", "652234567 984280796",
                                     "fijo 652234567 cel 984280796", "652234567;984280796", "84280796 / 65 223 4567"}) {
    EXPECT_EQ(phone(raw).e164, "+56984280796") << raw;
  }
  expect("65 223 4567 / 65 223 4568", "+56652234567", PhoneKind::landline);
  expect("65 223 4567 / +34 612 345 678", "+34612345678", PhoneKind::foreign_mobile);
}

TEST(Phone, NeverMadeOfSomethingElse) {
  for (const std::string_view raw :
       {// documents, right check digit or not
        "7.654.321-6", "7654321-6", "RUT 7.654.321-6", "CI 8765432-1", "C.I. 8765432-1", "RUT 22.345.678-2", "R.U.T. 9.876.543-3",
        "7.654.321 6", "7.654.321-9", "22.345.678-9", "65.234.567-8", "65234567-8", "98765432-1", "7,654,321-6", "7654321 - 6",
        "76543216-K", "9.876.543-k", "rut 76543216", "run: 9876543-3", "RUT 12 345 678 5", "12.345.678", "9.876.543",
        "DNI 30123456", "dni: 30.123.456", "pasaporte 23456789", "Pasaporte N° 987654321", "pasaporte nº 23456789", "ID98765432X",
        "AB23456789C", "AB987654321", "ID 984280796", "C987654321", "98765432K", "987654321X", "cédula 87654321",
        "123.456.789-09", "20-30456789-3", "carnet de identidad 87654321", "documento 87654321",
        // decimal numbers and what a spreadsheet makes of long ones
        "9.8428080E+08", "9,8428E+08", "9.84280796E+08", "9.8e8", "0.984280796", "0,984280796", "0.84280796", "98428079.6",
        "98428079,6", "984280.796", "84280796.5",
        // reservations, accounts and codes
        "reserva 45678912", "Reserva N° 45678912", "reserva nro. 987654321", "número de reserva: 45678912", "booking 987654321",
        "cuenta 98765432", "Cta. Cte. 987654321", "cta vista 001 987654321", "cuenta rut 87654321", "boleta 45678912",
        "folio 987654321", "código 87654321", "orden #87654321", "voucher 987654321", "banco estado 912345678",
        "Banco de Chile 912345678", "Banco Santander cta. cte. n° 987654321", "gift card 984280796", "Gift-card: 984280796",
        "tarjeta de regalo 984280796", "tarjeta de crédito 987654321", "convenio 984280796", "transferencia 98765432", "4509 9535 6623 3704",
        // money
        "$45.678.912", "$ 984.280.796", "$987654321", "CLP 87654321", "45.678.912", "87654321 pesos", "total 87654321",
        // days and years
        "25-02-2020", "25/02/2020", "25.02.2020", "2020-02-25", "2020-02-25 18:05", "9-12-2020 18:05", "20200225", "25021985",
        "2019-2020", "2019 2020", "años 2019 2020 2021", "2019, 2020, 2021",
        // notes
        "2 personas 20 24 2024", "llega 23 45 67 89", "nota 45678912", "tina 3 y 4, 87654321", "98428079/6"}) {
    expect(raw, "", PhoneKind::invalid);
  }
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
  EXPECT_EQ(phone_digits("+56 09 8428 0796"), "984280796");
  EXPECT_EQ(phone_digits("+56 (0) 9 8428-0796"), "984280796");
  EXPECT_EQ(phone_digits("9\u20118428\u20110796"), "984280796");
  EXPECT_EQ(phone_digits("９８４２８０７９６"), "984280796");
  EXPECT_EQ(phone_digits("056984280796"), "984280796");
}

TEST(Phone, AnArgentineMobileHoweverItIsDialled) {
  EXPECT_EQ(argentine_mobile("541155551234"), "5491155551234");
  EXPECT_EQ(argentine_mobile("54111555551234"), "5491155551234");
  EXPECT_EQ(argentine_mobile("5401155551234"), "5491155551234");
  EXPECT_EQ(argentine_mobile("54351155551234"), "5493515551234");
  EXPECT_EQ(argentine_mobile("54294415555123"), "5492944555123");
  for (const std::string_view other : {"", "54", "5491155551234", "56984280796", "34612345678", "54111655551234"}) {
    EXPECT_EQ(argentine_mobile(other), "") << other;
  }
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
  if (tail[0] > '3') {  // others may be a day
    RC_ASSERT(phone(tail).e164 == wanted);
    RC_ASSERT(phone(tail).kind == PhoneKind::mended_mobile);
  }
  RC_ASSERT(phone_digits("+56 " + mobile) == mobile);
}

TEST(Phone, TenMegabytesAreRead) {
  EXPECT_EQ(phone(std::string(10'000'000, '9')).e164, "");
  EXPECT_EQ(phone("984280796" + std::string(10'000'000, ' ')).e164, "+56984280796");
}

}  // namespace
}  // namespace aremko::normalize
