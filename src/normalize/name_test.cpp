#include "normalize/name.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/phone.h"
#include "normalize/test_shapes.h"
#include "normalize/text.h"

namespace aremko::normalize {
namespace {

void expect(std::string_view raw, std::string_view shown) { EXPECT_EQ(person_name(raw).shown, shown) << raw; }

TEST(Name, MarksOfHtmlAreNoWords) {
  expect("<b>Rosa</b> Soto", "Rosa Soto");
  expect("<SPAN class=\"x\">Íñigo</span><br/>Soto", "Íñigo Soto");
  expect("Ana <ana@correo.cl> Soto", person_name("Ana ana@correo.cl Soto").shown);
  expect("Rosa <Rosita> Soto", "Rosa Rosita Soto");
  expect("a < b", person_name("a b").shown);
}

TEST(Name, TitleCaseWithParticles) {
  expect("sonia silva", "Sonia Silva");
  expect("SONIA SILVA", "Sonia Silva");
  expect("maría josé de la cruz", "María José de la Cruz");
  expect("MARÍA JOSÉ DE LA CRUZ", "María José de la Cruz");
  expect("Juan De La Cruz", "Juan de la Cruz");
  expect("de la fuente pedro", "De la Fuente Pedro");
  expect("ñandú ÁLVAREZ", "Ñandú Álvarez");
  expect("ramón y cajal", "Ramón y Cajal");
  expect("otto von appen", "Otto von Appen");
  expect("vincent van der berg", "Vincent van der Berg");
  expect("joão da silva", "João da Silva");
  expect("maria del carmen de los rios", "Maria del Carmen de los Rios");
}

TEST(Name, InnerCapitals) {
  expect("bernardo o'higgins", "Bernardo O'Higgins");
  expect("BERNARDO O’HIGGINS", "Bernardo O'Higgins");
  expect("ronald mcdonald", "Ronald McDonald");
  expect("RONALD MCDONALD", "Ronald McDonald");
  expect("ana pérez-cotapos", "Ana Pérez-Cotapos");
  expect("ANA PÉREZ-COTAPOS", "Ana Pérez-Cotapos");
  expect("Leonardo DiCaprio", "Leonardo DiCaprio");
  expect("Ana MacIver", "Ana MacIver");
  expect("ana maciver", "Ana Maciver");
  expect("gina d'angelo", "Gina D'Angelo");
  expect("MAria GOnzález", "Maria González");
  expect("mARIA gonzáleZ", "Maria González");
  expect("JP Soto", "JP Soto");
  expect("ana m. soto", "Ana M. Soto");
  expect("J.P. Soto", "J. P. Soto");
}

TEST(Name, GluedPhones) {
  const auto phone_of = [](std::string_view raw, std::string_view shown, std::string_view digits) {
    const PersonName got = person_name(raw);
    EXPECT_EQ(got.shown, shown) << raw;
    EXPECT_EQ(got.glued_phone, digits) << raw;
  };
  phone_of("sonia silva 984280796", "Sonia Silva", "984280796");
  phone_of("sonia silva984280796", "Sonia Silva", "984280796");
  phone_of("sonia silva 8428 0796", "Sonia Silva", "84280796");
  phone_of("sonia silva +56 9 8428 0796", "Sonia Silva", "56984280796");
  phone_of("sonia silva+56984280796", "Sonia Silva", "56984280796");
  phone_of("984280796 sonia silva", "Sonia Silva", "984280796");
  phone_of("sonia silva (984280796)", "Sonia Silva", "984280796");
  phone_of("sonia silva - 9-8428-0796", "Sonia Silva", "984280796");
  phone_of("sonia silva 9 8428 0796 / 9 8765 4321", "Sonia Silva", "984280796");
  phone_of("sonia silva 984280796 987654321", "Sonia Silva", "984280796");
  phone_of("sonia silva cel. 984280796", "Sonia Silva", "984280796");
  phone_of("sonia silva 7.654.321-6", "Sonia Silva", "");
  phone_of("sonia silva 22.345.678-9", "Sonia Silva", "");
  phone_of("sonia silva rut 22345678 2", "Sonia Silva", "");
  phone_of("sonia silva 25-02-2020", "Sonia Silva", "");
  phone_of("sonia silva reserva 45678912", "Sonia Silva Reserva", "");
  phone_of("sonia silva 2", "Sonia Silva", "");
  phone_of("sonia silva 12.345.678-K", "Sonia Silva", "");
  EXPECT_EQ(phone(person_name("sonia silva +56 9 8428 0796").glued_phone).e164, "+56984280796");
}

TEST(Name, GluedRuts) {
  const auto rut_of = [](std::string_view raw, std::string_view shown, std::string_view canonical) {
    const PersonName got = person_name(raw);
    EXPECT_EQ(got.shown, shown) << raw;
    EXPECT_EQ(got.glued_rut, canonical) << raw;
    EXPECT_EQ(got.glued_phone, "") << raw;
  };
  rut_of("sonia silva 12.345.678-5", "Sonia Silva", "12345678-5");
  rut_of("sonia silva 12345678-5", "Sonia Silva", "12345678-5");
  rut_of("12.345.678-5 sonia silva", "Sonia Silva", "12345678-5");
  rut_of("sonia silva RUT: 12.345.678-5", "Sonia Silva", "12345678-5");
  rut_of("sonia silva rut 123456785", "Sonia Silva", "12345678-5");
  rut_of("Rut 12.345.678-5", "Rut", "12345678-5");  // a name of the Bible
  rut_of("sonia silva reserva 123456785", "Sonia Silva Reserva", "");
  rut_of("sonia silva 12.345.678-4", "Sonia Silva", "");
  rut_of("sonia silva 1.000.005-K", "Sonia Silva", "1000005-K");
}

TEST(Name, HonorificsAndDirt) {
  expect("Sr. Juan Soto", "Juan Soto");
  expect("SRA MARIA SOTO", "Maria Soto");
  expect("srta. ana soto", "Ana Soto");
  expect("Don Juan Soto", "Juan Soto");
  expect("doña maría soto", "María Soto");
  expect("Dra. Ana Soto", "Ana Soto");
  expect("Sr. Dr. Don Juan Soto", "Juan Soto");
  expect("Ana Soto Sra.", "Ana Soto");
  expect("Sr. Juan y Sra. Ana", "Juan y Ana");
  expect("Juan & Ana", "Juan y Ana");
  expect("Juan Soto y Sra.", "Juan Soto");
  expect("Juan Soto y señora", "Juan Soto");
  expect("juan carlos III", "Juan Carlos III");
  expect("Laura di Benedetto", "Laura di Benedetto");
  expect("laura di benedetto", "Laura Di Benedetto");
  expect("Doña", "Doña");
  expect("Sra. Luis Bopp", "Sra. Luis Bopp");  // his wife
  expect("SEÑORA PEDRO SOTO", "Señora Pedro Soto");
  expect("Sra. Rosario Bopp", "Rosario Bopp");
  EXPECT_TRUE(person_name("Sr. Juan Soto").had_honorific);
  EXPECT_FALSE(person_name("Juan Soto").had_honorific);
  expect("  sonia   silva . ", "Sonia Silva");
  expect("sonia silva...", "Sonia Silva");
  expect("sonia silva,", "Sonia Silva");
  expect("\"sonia\" silva*", "Sonia Silva");
  expect("sonia\u00A0silva\u200B", "Sonia Silva");
  expect("sonia silva maria@gmail.com", "Sonia Silva");
  expect("soni\u0301a", "Sonía");
}

TEST(Name, Nothing) {
  for (const std::string_view raw : {"", "  ", "984280796", "12345", "...", "#N/A", "-", "*** 9 ***", "maria@gmail.com"}) {
    expect(raw, "");
  }
}

TEST(Name, WellWrittenStays) {
  for (const std::string_view raw :
       {"María González", "Patricio López", "Sonia Silva", "Ana Pérez-Cotapos", "Bernardo O'Higgins", "Ronald McDonald",
        "María José de la Cruz", "Zoé Agüero", "Ñusta Núñez"}) {
    const PersonName got = person_name(raw);
    EXPECT_EQ(got.shown, raw);
    EXPECT_FALSE(got.recased) << raw;
  }
  EXPECT_TRUE(person_name("sonia silva").recased);
  EXPECT_TRUE(person_name("JUAN Soto").recased);
  EXPECT_FALSE(person_name("  Sonia   Silva 984280796").recased);
}

RC_GTEST_PROP(Name, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *shapes::bytes();
  const PersonName once = person_name(raw);
  RC_ASSERT(valid_utf8(once.shown));
  const PersonName again = person_name(once.shown);
  RC_ASSERT(again.shown == once.shown);
  RC_ASSERT(again.glued_phone.empty());
  RC_ASSERT(!again.had_honorific);
}

RC_GTEST_PROP(Name, DirtDoesNotMakeAnotherPerson, ()) {
  const std::string name = *shapes::name();
  const std::string mobile = *shapes::mobile();
  RC_ASSERT(person_name(name).shown == name);
  RC_ASSERT(person_name(shapes::lower(name)).shown == name);
  RC_ASSERT(person_name(shapes::upper(name)).shown == name);
  for (const std::string& dirty : {name + " " + mobile, name + mobile, "Sr. " + name, "  " + name + "  .",
                                   "don " + shapes::lower(name) + " +56 " + mobile,
                                   name + " " + mobile.substr(1, 4) + " " + mobile.substr(5)}) {
    RC_ASSERT(person_name(dirty).shown == name);
  }
  RC_ASSERT(person_name(name + " " + mobile).glued_phone == mobile);
}

RC_GTEST_PROP(Name, TheShortWayIsTheLongWay, ()) {
  const auto word = rc::gen::elementOf(std::vector<std::string>{
      "Ana", "María", "Sr", "Srta", "Don", "Doña", "Dora", "de", "De", "la", "La", "las", "Los", "y", "Y", "e", "E", "von",
      "Van", "da", "Mcdonald", "McDonald", "Iii", "II", "Iv", "Ñandú", "Élida", "ß", "Ÿ", "Dra", "Prof", "Ing", "Señora",
      "Soto", "di", "Di", "No", "Sin", "Tiene", "Ñ", "Ms", "Lic", "del", "Nil", "Sra"});
  std::string name;
  for (const std::string& one : *rc::gen::container<std::vector<std::string>>(word)) name += (name.empty() ? "" : " ") + one;
  const PersonName straight = person_name(name);
  const PersonName around = person_name(name + " ,");  // a comma is no part of a clean name
  RC_ASSERT(straight.shown == around.shown);
  RC_ASSERT(straight.recased == around.recased);
  RC_ASSERT(straight.had_honorific == around.had_honorific);
}

TEST(Name, TenMegabytesAreRead) {
  EXPECT_LE(person_name(std::string(10'000'000, 'a')).shown.size(), 400U);
  EXPECT_EQ(person_name(std::string(10'000'000, ' ') + "ana").shown, "Ana");
}

}  // namespace
}  // namespace aremko::normalize
