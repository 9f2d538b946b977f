#include "identity/linker.h"
#include "identity/name_compare.h"

#include <gtest/gtest.h>

namespace aremko::identity {
namespace {

// Filler people, so that names have frequencies to be rare or common in.
std::vector<Record> crowd(std::initializer_list<Record> first) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (int i = 0; i < 400; ++i) {
      std::string name = i % 3 == 0 ? "María " : "Pedro ";
      name += i % 5 == 0 ? "González" : "Rojas";
      name += ' ';
      for (int rest = i + 26; rest > 0; rest /= 26) name += static_cast<char>('a' + rest % 26);
      out.push_back(name + "zzo");
    }
    return out;
  }();
  std::vector<Record> out(first);
  for (const std::string& name : names) out.push_back({.nombre = name});
  return out;
}

std::vector<std::string_view> reasons(const Candidate& candidate) {
  return reasons_of(candidate);
}

double confidence_of(const Record& current, const Record& legacy) {
  const auto left = crowd({current});
  const std::vector<Record> right{legacy};
  const auto found = Linker(left, right).candidates(0);
  for (const Candidate& candidate : found) {
    if (candidate.current == 0) return candidate.confidence;
  }
  return 0;
}

TEST(Linker, TheGuidesMariaIsNinetyFive) {
  const auto current = crowd({{.nombre = "María González", .telefono = "+56987654321", .email = "maria@gmail.com",
                               .ciudad = "Puerto Montt"}});
  const std::vector<Record> legacy{{.nombre = "María González", .telefono = "+56987654321"}};
  const auto links = Linker(current, legacy).links();
  ASSERT_EQ(links.size(), 1U);
  EXPECT_EQ(links[0].confidence, 95);
  EXPECT_EQ(reasons(links[0]), (std::vector<std::string_view>{"phone_exact", "name_exact"}));
}

TEST(Linker, OneIdentifierAloneGivesTheContractsWeight) {
  EXPECT_EQ(confidence_of({.nombre = "", .telefono = "+56922223333"}, {.nombre = "Ana", .telefono = "+56922223333"}), 90);
  EXPECT_EQ(confidence_of({.nombre = "", .email = "a@b.cl"}, {.nombre = "Ana", .email = "a@b.cl"}), 85);
  EXPECT_EQ(confidence_of({.nombre = "", .documento = "12345602-5"}, {.nombre = "", .documento = "12345602-5"}), 95);
}

TEST(Linker, ANameAloneIsFiftyToSeventy) {
  const double common = confidence_of({.nombre = "Pedro Rojas"}, {.nombre = "Rojas, Pedro"});
  EXPECT_GE(common, 50);
  EXPECT_LT(common, 60);
  const double rare = confidence_of({.nombre = "Wenceslao Huenchullán Oberreuter"},
                                    {.nombre = "wenceslao huenchullan oberreuter"});
  EXPECT_GT(rare, common);
  EXPECT_LE(rare, 70);
}

TEST(Linker, ARareNameWeighsMoreThanACommonOne) {
  const Record phone{.nombre = "", .telefono = "+56922223333"};
  const auto with = [&](std::string_view name) {
    Record out = phone;
    out.nombre = name;
    return confidence_of(out, out);
  };
  EXPECT_GT(with("Wenceslao Huenchullán"), with("Pedro Rojas"));
}

TEST(Linker, AnotherNameOnTheSamePhoneIsNoLink) {
  EXPECT_LT(confidence_of({.nombre = "Luis Soto Vera", .telefono = "+56922223333"},
                          {.nombre = "Carla Pinto", .telefono = "+56922223333"}), 70);
  EXPECT_LT(confidence_of({.nombre = "Luis Soto Vera", .telefono = "+56922223333"},
                          {.nombre = "Carla Soto Vera", .telefono = "+56922223333"}), 70);
}

TEST(Linker, AnotherValidRutIsAnotherPerson) {
  EXPECT_LT(confidence_of({.nombre = "Luis Soto", .telefono = "+56922223333", .documento = "11222333-9"},
                          {.nombre = "Luis Soto", .telefono = "+56922223333", .documento = "7654304-6"}), 70);
}

TEST(Linker, EquallyGoodRivalsAreNoLink) {
  const auto current = crowd({{.nombre = "Ana Paz", .telefono = "+56922223333"},
                              {.nombre = "Ana Paz", .telefono = "+56922223333"}});
  const std::vector<Record> legacy{{.nombre = "Ana Paz", .telefono = "+56922223333"}};
  EXPECT_TRUE(Linker(current, legacy).links().empty());
}

TEST(Linker, OnlyARutWithItsNameReachesAHundred) {
  const Record everything{.nombre = "Wenceslao Huenchullán", .telefono = "+56922223333", .email = "w@h.cl"};
  EXPECT_LE(confidence_of(everything, everything), 99.9);
  Record with_rut = everything;
  with_rut.documento = "7654304-6";
  with_rut.ciudad = "Puerto Octay";
  with_rut.nombre = "Wenceslao Huenchullán Oberreuter";
  EXPECT_GE(confidence_of(with_rut, with_rut), 99.9);
}

TEST(Linker, AContactOfManyNamesWeighsLittle) {
  const auto current = crowd({{.nombre = "", .telefono = "+56922223333"}});
  const std::vector<Record> legacy{{.nombre = "Ana Uno", .telefono = "+56922223333"},
                                   {.nombre = "Eva Dos", .telefono = "+56922223333"},
                                   {.nombre = "Luz Tres", .telefono = "+56922223333"},
                                   {.nombre = "Paz Cuatro", .telefono = "+56922223333"}};
  EXPECT_TRUE(Linker(current, legacy).links().empty());
}

TEST(Linker, StaffIsNeverLinkedAndEmptySidesAreFine) {
  const std::vector<Record> staff{{.nombre = "Ana Paz", .telefono = "+56922223333", .excluded = true}};
  const std::vector<Record> legacy{{.nombre = "Ana Paz", .telefono = "+56922223333"}};
  EXPECT_TRUE(Linker(staff, legacy).links().empty());
  EXPECT_TRUE(Linker({}, legacy).links().empty());
  EXPECT_TRUE(Linker(staff, {}).links().empty());
}

TEST(CompareNames, Levels) {
  const auto level = [](std::string_view a, std::string_view b) { return compare_names(name_words(a), name_words(b)); };
  EXPECT_EQ(level("maria gonzalez", "gonzalez maria"), NameLevel::exact);
  EXPECT_EQ(level("juan de la cruz", "juan cruz"), NameLevel::exact);
  EXPECT_EQ(level("maria gonzalez", "maria jose gonzalez soto"), NameLevel::partial);
  EXPECT_EQ(level("maria gonzales", "maria gonzalez"), NameLevel::similar);
  EXPECT_EQ(level("m gonzalez", "maria gonzalez"), NameLevel::similar);
  EXPECT_EQ(level("maria gonzalez", "pedro gonzalez"), NameLevel::shares);
  EXPECT_EQ(level("maria", "maria gonzalez"), NameLevel::shares);
  EXPECT_EQ(level("maria gonzalez", "luis soto"), NameLevel::different);
  EXPECT_EQ(level("", "luis soto"), NameLevel::missing);
}

TEST(WithinOneEdit, CountsSwapsAsOne) {
  EXPECT_TRUE(within_one_edit("garcia", "gracia"));
  EXPECT_TRUE(within_one_edit("silva", "silba"));
  EXPECT_TRUE(within_one_edit("silva", "silv"));
  EXPECT_FALSE(within_one_edit("silva", "sliba"));
  EXPECT_TRUE(within_one_edit("", "a"));
  EXPECT_TRUE(within_one_edit("", ""));
}

}  // namespace
}  // namespace aremko::identity
