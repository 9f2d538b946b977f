#include "identity/given_names.h"

#include <gtest/gtest.h>

namespace aremko::identity {
namespace {

bool other(std::string_view a, std::string_view b) {
  const auto nobody = [](std::string_view) { return 0.0; };
  EXPECT_EQ(other_given_name(a, b, nobody), other_given_name(b, a, nobody)) << a << " / " << b << ": the order of the two";
  return other_given_name(a, b, nobody);
}

TEST(GivenNames, OtherPeopleOfOneHouse) {
  for (const auto& [a, b] : {std::pair("martina oyarzo soto", "martin oyarzo soto"),
                             {"maria jose lepicheo paz", "maria paz lepicheo paz"},
                             {"maria fernanda lepicheo soto", "maria ignacia lepicheo soto"},
                             {"maria jose lepicheo", "maria paz lepicheo soto"},
                             {"maria jose lepicheo paz", "maria paz lepicheo"},
                             {"rosa mansilla uribe", "rosario mansilla uribe"},
                             {"francisco barria", "francisca barria"},
                             {"andres vera", "andrea vera"},
                             {"carlos soto", "carla soto"},
                             {"jose mora", "josefa mora"},
                             {"cristian mora", "cristina mora"},
                             {"marta nancupil", "mirta nancupil"},
                             {"clara soto", "carla soto"},
                             {"raul vera", "saul vera"},
                             {"mario soto", "mariano soto"},
                             {"oyarzo soto martina", "martin oyarzo soto"},
                             {"luis", "carla"},
                             {"juan carlos soto vera", "juan andres soto vera"},
                             {"maria nehuen soto vera", "maria antu soto vera"},
                             {"wenceslao huichalaf", "nahuelpan huichalaf"},
                             {"carla pinto", "luis soto vera"}}) {
    EXPECT_TRUE(other(a, b)) << a << " / " << b;
  }
}

TEST(GivenNames, OnePersonWrittenInTwoWays) {
  for (const auto& [a, b] : {std::pair("sonia nancupil barria", "sonia nancupil"),
                             {"maria jose soto", "maria soto"},
                             {"maria jose soto", "jose soto"},
                             {"ximena huichalaf oyarzun", "huichalaf oyarzun ximena"},
                             {"x huichalaf", "ximena huichalaf"},
                             {"m jose soto", "maria jose soto"},
                             {"ma jose soto", "maria jose soto"},
                             {"mariajose soto", "maria jose soto"},
                             {"fran barria", "francisca barria"},
                             {"pancha barria", "francisca barria"},
                             {"dani soto", "daniela soto"},
                             {"pepe soto", "jose soto"},
                             {"anita vera", "ana vera"},
                             {"juanito mora", "juan mora"},
                             {"karin soto", "karina soto"},
                             {"elisabeth soto", "elizabeth soto"},
                             {"christian mora", "cristian mora"},
                             {"jhonatan mora", "jonathan mora"},
                             {"gonsalo vera", "gonzalo vera"},
                             {"fransisca vera", "francisca vera"},
                             {"pedro pichicona mora", "pedro pichicona rios"},
                             {"ana soto", "ana gonzalez"},
                             {"bego a soto", "begona soto"},
                             {"juan soto vera", "juan vera soto"},
                             {"marco soto", "marcos soto"},
                             {"", "ana soto"}}) {
    EXPECT_FALSE(other(a, b)) << a << " / " << b;
  }
}

TEST(GivenNames, TheListsThemselvesTellOfNamesThatNobodyListed) {
  const auto first = [](std::string_view word) { return word == "kuyen" || word == "wangulen" ? 0.9 : 0.0; };
  EXPECT_TRUE(other_given_name("maria kuyen soto", "maria wangulen soto", first));
  EXPECT_FALSE(other_given_name("maria kuyen soto", "maria wangulen soto", [](std::string_view) { return 0.0; }))
      << "two words before a surname that nobody knows may be surnames";
}

}  // namespace
}  // namespace aremko::identity
