// How two whole names agree: which word is missing, whose it is, and what is nobody's name at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/match_compare.h"
#include "identity/nobody.h"
#include "identity/match_strangers.h"
#include "identity/test_people.h"

namespace aremko::identity::match {
namespace {

std::string_view level_of(std::string_view left, std::string_view right) {
  Input input({{Kind::name, "name"}});
  input.add(Side::left, std::array{left});
  input.add(Side::right, std::array{right});
  const Comparer comparer(input, false);
  const unsigned level = comparer.compare(0, 0).level(0);
  return level == 0 ? "missing" : levels_of(Kind::name)[level - 1].word;
}

TEST(NameLevels, TheOrderTellsWhichWordIsMissing) {
  EXPECT_EQ(level_of("Ana Soto Pérez", "ana soto perez"), "exact");
  EXPECT_EQ(level_of("Soto Pérez, Ana", "Ana Soto Pérez"), "exact");
  EXPECT_EQ(level_of("Ana Soto Pérez", "Ana Soto"), "short");
  EXPECT_EQ(level_of("María José Soto Pérez", "María Soto Pérez"), "second");
  EXPECT_EQ(level_of("María José Soto Pérez", "María Soto"), "second") << "and the last surname";
  EXPECT_EQ(level_of("Ana Soto Pérez", "Ana Pérez"), "gap") << "the first surname";
  EXPECT_EQ(level_of("María José Soto", "José Soto"), "gap") << "the first given name";
  EXPECT_EQ(level_of("María José Soto", "María José"), "single") << "no surname";
  EXPECT_EQ(level_of("Ana Soto", "Ana"), "single");
}

TEST(NameLevels, SurnamesInTheOtherOrderAreOtherParents) {
  EXPECT_EQ(level_of("Ana Soto Pérez", "Ana Pérez Soto"), "gap");
  EXPECT_EQ(level_of("María José Soto Pérez", "María José Pérez Soto"), "gap");
  EXPECT_EQ(level_of("José María Soto Pérez", "María José Soto Pérez"), "exact") << "given names change places";
  EXPECT_EQ(level_of("Ana Soto Soto", "Ana Soto Soto"), "exact");
  EXPECT_EQ(level_of("Soto Ana", "Ana Soto"), "exact");
}

TEST(NameLevels, BrothersSistersAndCousins) {
  EXPECT_EQ(level_of("Daniel Soto Pérez", "Daniela Soto Pérez"), "surname");
  EXPECT_EQ(level_of("Francisco Soto", "Francisca Soto"), "surname");
  EXPECT_EQ(level_of("Ana Soto Pérez", "Ana Soto Muñoz"), "half");
  EXPECT_EQ(level_of("Ana Soto", "Ana Sotomayor"), "given");
  EXPECT_EQ(level_of("Ana Gómez Fernández", "Ana Hernández Yáñez"), "given") << "what is alike among contradictions is chance";
}

TEST(NameLevels, AManAndAWomanAndTwoFamilies) {
  for (const auto& [a, b] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"Noel Lefimán", "Noelia Lefimán"}, {"Bruno Lefimán", "Bruna Lefimán"}, {"Michel Lefimán", "Michelle Lefimán"}, {"Ángel Lefimán", "Ángeles Lefimán"}}) {
    EXPECT_EQ(level_of(a, b), "surname") << a;
  }
}

TEST(NameLevels, ABeginningOfASurnameIsAnotherFamilyHoweverAlike) {
  EXPECT_EQ(level_of("Hilario Mella Cárcamo", "Hilario Mellado Cárcamo"), "half");
  EXPECT_EQ(level_of("Olinda Nahuel Weber", "Olinda Nahuelpán Weber"), "half");
  EXPECT_EQ(level_of("Fran Weber Kramm", "Francisca Weber Kramm"), "similar") << "of a given name it is a short form";
}

TEST(NameLevels, WhoElseIsInAName) {
  for (const std::string_view two : {"Pedro Mohr / Juana Haver", "Pedro Mohr & Juana Haver", "Pedro Mohr - Juana Haver", "Pedro Mohr con Juana Haver", "Pedro Mohr y Sra.", "Pedro Mohr, Juana Haver"}) {
    EXPECT_TRUE(is_couple(normalized(Kind::name, two))) << two;
  }
  for (const std::string_view of : {"Sra. de Ricardo Bonta", "Julio Hott hijo", "Viuda de Luis Bohle", "Pedro Kemp (señora)", "Sra Luis Bopp"}) {
    EXPECT_TRUE(is_relative_of_somebody(normalized(Kind::name, of))) << of;
  }
  for (const std::string_view one : {"Ana Soto de Pérez", "Hugo Treuquil", "Concepción Mohr", "José María Más", "Mohr Haver, Juana", "Juana María, Mohr Haver", "Sra. Juana Haver"}) {
    EXPECT_FALSE(is_couple(normalized(Kind::name, one))) << one;
    EXPECT_FALSE(is_relative_of_somebody(normalized(Kind::name, one))) << one;
  }
  EXPECT_NE(normalized(Kind::name, "Escuela Rural 23"), normalized(Kind::name, "Escuela Rural 45"));
  EXPECT_TRUE(looks_made_up("+56987654321"));
  EXPECT_TRUE(looks_made_up("922334455"));
  EXPECT_FALSE(looks_made_up("984280796"));
  for (const std::string_view box : {"sincorreo@gmail.com", "no-reply@x.cl", "noreply@x.cl", "cliente@cliente.cl"}) EXPECT_TRUE(is_nobodys_mailbox(box)) << box;
  for (const std::string_view box : {"info@x.cl", "reservas@x.cl", "contacto@x.cl"}) EXPECT_TRUE(is_roles_mailbox(box)) << box;
  EXPECT_FALSE(is_roles_mailbox("ana.reservas7@x.cl"));
  EXPECT_FALSE(is_nobodys_mailbox("ana@gmail.com"));
}

TEST(NameLevels, OneNameInTwoSpellings) {
  for (const auto& [a, b, level] : std::vector<std::array<std::string_view, 3>>{
           {"Yohana Guzmán Huincahue", "Johanna Guzman Wincahue", "similar"},
           {"Jürgen Müllerschön", "Juergen Muellerschoen", "similar"},
           {"Pancho Lefimán", "Francisco Lefimán", "similar"},
           {"Fran Lefimán", "Francisca Lefimán", "similar"},
           {"Ana Goznález Soto", "Ana González Soto", "similar"},
           {"Zulema Argando?a Pi?ones", "Zulema Argandoña Piñones", "exact"},
           {"Iris Sanmartin Soto", "Iris San Martín Soto", "exact"},
           {"Anamaría Lefimán Soto", "Ana María Lefimán Soto", "exact"},
           {"Gift card Ana Pichunante", "Ana Pichunante", "exact"},
           {"Reserva Luz Raipane", "Luz Raipane", "exact"}}) {
    EXPECT_EQ(level_of(a, b), level) << a;
  }
}

TEST(NameLevels, CutAtItsEnye) {
  EXPECT_EQ(level_of("Yasna Argomedo Muñoz", "Yasna Argomedo Mu"), "cut");
  EXPECT_EQ(level_of("Yerka Vilugrón Salda", "Yerka Vilugrón Saldaña Soto"), "cut");
  EXPECT_EQ(level_of("Ana Argüello", "Ana Arg"), "cut");
  EXPECT_NE(level_of("Yasna Argomedo Muñoz", "Yasna Argomedo Mar"), "cut");
  EXPECT_NE(level_of("Ana Murillo", "Ana Mu"), "cut") << "it has no ñ";
}

TEST(Nobody, NamesAndNumbersThatAreNobodys) {
  for (const std::string_view name : {"nn", "sin nombre", "cliente booking", "reserva web", "por confirmar", "turista", "x"}) {
    EXPECT_TRUE(is_nobodys_name(name)) << name;
  }
  for (const std::string_view name : {"se desconoce", "a confirmar", "sin identificar", "no informado", "reserva telefonica", "reserva presencial", "clte booking",
                                      "grupo amigas", "xxx yyy", "s n munoz", "nn kuschelmann", "novia", "senora", "bloqueado", "mantencion", "aaaa", "undefined"}) {
    EXPECT_TRUE(is_nobodys_name(name)) << name;
  }
  for (const std::string_view name : {"ana soto", "reserva luz raipane", "luz clara", "noe soto", "sinforosa nonque", "ana amigo", "no maria soto"}) EXPECT_FALSE(is_nobodys_name(name)) << name;
  for (const std::string_view number : {"999999999", "+56999999999", "900000000", "123456789", "912345678", "999999990"}) {
    EXPECT_TRUE(is_nobodys_number(number)) << number;
  }
  for (const std::string_view number : {"+56987654321", "+56984280796", "912345687"}) EXPECT_FALSE(is_nobodys_number(number)) << number;
  EXPECT_EQ(level_of("sin nombre", "Sin Nombre"), "missing");
  EXPECT_EQ(normalized(Kind::phone, "999999999"), "");
  EXPECT_TRUE(is_couple("juan peralta y maria manzor"));
  EXPECT_FALSE(is_couple("ramon y cajal"));
  EXPECT_TRUE(is_relative_of_somebody("hija de sonia catepillan"));
  EXPECT_TRUE(is_organisation("hotel cumbres puerto varas"));
}

/// 600 people of a list: of every ten who have a given name and a surname in common two are cousins with rare words.
TEST(Strangers, CousinsAreMoreThanIndependentWordsSay) {
  Input input({{Kind::name, "name"}, {Kind::phone, "phone"}});
  const auto syllable = [](int n) { return std::string{static_cast<char>('b' + n % 20), "aeiou"[n / 20 % 5]}; };
  const auto word = [&](int n) { return syllable(n) + syllable(n / 7 + 3) + syllable(n / 3 + 11); };
  for (int i = 0; i < 600; ++i) {
    const int family = i / 2;  // two of each bear the same rare given name and surname, and another second surname
    const std::string name = word(family) + " " + word(family + 400) + " " + word(i + 900);
    const std::string phone = std::to_string(930'000'000 + i * 7919);
    const std::string other = word(i) + " " + word(i + 50);
    input.add(Side::left, std::array<std::string_view, 2>{name, phone});
    input.add(Side::right, std::array<std::string_view, 2>{other, ""});
  }
  const Comparer comparer(input, false);
  const NameStrangers within = strangers_within(comparer, 0);
  ASSERT_GT(within.pairs, 0);
  // Their words make a chance of some 1 in 90,000; one in 599 of a list are such cousins.
  double chance = 0;
  for (std::size_t s = 1; s < NameStrangers::steps; ++s) chance += std::exp(within.ln_chance[name_half][s]);
  EXPECT_GT(chance, 1.0 / 3'000);
}

/// A RUT with its check digit.
std::string rut(int number) {
  int sum = 0;
  for (int digits = number, factor = 2; digits > 0; digits /= 10, factor = factor == 7 ? 2 : factor + 1) sum += digits % 10 * factor;
  const int left = 11 - sum % 11;
  return std::to_string(number) + '-' + (left == 11 ? '0' : left == 10 ? 'k' : static_cast<char>('0' + left));
}

TEST(Strangers, RowsRepeatedWithoutContactsAreNone) {
  Input input({{Kind::name, "name"}, {Kind::national_id, "rut"}});
  const testing::People people(2'000);
  for (std::size_t i = 0; i < 2'000; ++i) {
    const std::string id = rut(static_cast<int>(8'000'000 + i));
    const std::string_view name = people.rows[i][0];
    input.add(Side::right, std::array{name, std::string_view(id)});
    if (i % 2 == 0) continue;
    for (int times = 0; times < 2; ++times) input.add(Side::left, std::array{name, i % 20 == 1 ? std::string_view(id) : std::string_view()});
  }
  const Comparer comparer(input, false);
  const NameStrangers within = strangers_within(comparer, 0);
  double chance = 0;
  for (std::size_t s = 1; s < NameStrangers::steps; ++s) chance += std::exp(within.ln_chance[name_exact][s]);
  // Of 2,000 people a few share a name of 12 × 144 × 144; every left row has its like.
  EXPECT_LT(chance * within.pairs, 100);
}

}  // namespace
}  // namespace aremko::identity::match
