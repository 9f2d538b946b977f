// Whose a name of the services file is, where counting names tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "snapshot/test_batches.h"

namespace aremko::snapshot {
namespace {

using namespace testing;

std::string letters(int i) { return {static_cast<char>('a' + i / 26), static_cast<char>('a' + i % 26)}; }

/// 600 people of rare names, all in both files: thirty are written without their last surname in the services file, thirty have two rows
/// with other phones; and fifty names that are in no list. Ana and Soto are common.
struct Rare : Spa {
  Rare() {
    for (int i = 0; i < 600; ++i) {
      const std::string name = fmt::format("N{0} P{0} M{0}", letters(i));
      row(name);
      if (i % 20 == 1) row(name);
      services.line({i % 20 == 0 ? name.substr(0, 7) : name, 0, at(2022, 1, 1), 1'000 + i});
    }
    for (int i = 0; i < 50; ++i) services.line({fmt::format("X{0} Z{0}", letters(i)), 0, at(2022, 1, 1), 2'000 + i});
    for (int i = 0; i < 40; ++i) {
      row(fmt::format("Ana Q{}", letters(i)));
      row(fmt::format("R{} Soto", letters(i)));
    }
  }
  Row row(const std::string& name) {
    const int number = static_cast<int>(legacy.batch->size());
    return legacy.person(std::to_string(number), {name, fmt::format("+569{:08}", 11'111'111 + number)});
  }
  std::size_t visits_of(Row who) const {
    const auto snapshot = build();
    return snapshot->visits(snapshot->person_of_legacy(who)).size();
  }
};

TEST(NameOdds, ANameWithoutItsLastSurnameIsItsPersonsWhereBothAreRare) {
  Rare spa;
  const Row who = spa.row("Wenceslao Huichalaf Oyarzo");
  spa.services.line({"Wenceslao Huichalaf", 0, at(2022, 2, 2), 1});
  EXPECT_EQ(spa.visits_of(who), 1U);
}

TEST(NameOdds, TwoRowsOfARareNameAreOnePersonAndOfACommonOneTwo) {
  Rare spa;
  const Row rare = spa.row("Wenceslao Huichalaf Oyarzo");
  spa.row("Wenceslao Huichalaf Oyarzo");
  const Row common = spa.row("Ana Soto");
  const Row namesake = spa.row("Ana Soto");
  spa.services.line({"Wenceslao Huichalaf Oyarzo", 0, at(2022, 2, 2), 1});
  spa.services.line({"Ana Soto", 0, at(2022, 2, 2), 2});
  EXPECT_EQ(spa.visits_of(rare), 1U);
  EXPECT_EQ(spa.visits_of(common) + spa.visits_of(namesake), 0U) << "nothing tells which";
}

TEST(NameOdds, TheNameOfTheCustomerWhoseRowItIsCountsToo) {
  Rare spa;
  const Row who = spa.row("Wenceslao Huichalaf");
  const Row customer = spa.current.customer(7, {"Wenceslao Huenchul Huichalaf"});
  spa.links = {link(std::to_string(who), 7)};
  spa.services.line({"Wenceslao Huenchul Huichalaf", 0, at(2022, 2, 2), 1});
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->visits(snapshot->person_of_legacy(who)).size() + snapshot->visits(customer).size(), 2U)
      << "the row's, and through it the customer's";
}

TEST(NameOdds, OtherCustomersOfOneNameAreNeverOne) {
  Rare spa;
  const Row one = spa.row("Wenceslao Huichalaf Oyarzo");
  const Row other = spa.row("Wenceslao Huichalaf Oyarzo");
  spa.current.customer(7, {"Wenceslao Huichalaf Oyarzo"});
  spa.current.customer(8, {"Wenceslao Huichalaf Oyarzo"});
  spa.links = {link(std::to_string(one), 7), link(std::to_string(other), 8)};
  spa.services.line({"Wenceslao Huichalaf Oyarzo", 0, at(2022, 2, 2), 1});
  EXPECT_EQ(spa.visits_of(one) + spa.visits_of(other), 0U);
}

TEST(NameOdds, SurnamesFirstAndOneSlipAreTheSamePerson) {
  Rare spa;
  const Row turned = spa.row("Huichalaf Oyarzo Wenceslao");
  const Row misspelt = spa.row("Rigoberta Trecañanko Mancilla");
  const Row sister = spa.row("Daniela Quintupray Millanao");
  spa.services.line({"Wenceslao Huichalaf Oyarzo", 0, at(2022, 2, 2), 1});
  spa.services.line({"Rigoberta Trecañanco Mancilla", 0, at(2022, 2, 2), 2});
  spa.services.line({"Daniel Quintupray Millanao", 0, at(2022, 2, 2), 3});
  EXPECT_EQ(spa.visits_of(turned), 1U);
  EXPECT_EQ(spa.visits_of(misspelt), 1U);
  EXPECT_EQ(spa.visits_of(sister), 0U);
}

TEST(NameOdds, AShortNameThatFitsACustomerWithoutARowTooIsLeftAlone) {
  Rare spa;
  const Row one = spa.row("Wenceslao Huichalaf Oyarzo");
  const Row other = spa.row("Rigoberta Trecanao Mancilla");
  spa.current.customer(7, {"Wenceslao Huichalaf Millanao"});
  spa.current.customer(8, {"Rigoberta Trecanao Mancilla Soto"});
  spa.services.line({"Wenceslao Huichalaf", 0, at(2022, 2, 2), 1});
  spa.services.line({"Rigoberta Trecanao", 0, at(2022, 2, 2), 2});
  EXPECT_EQ(spa.visits_of(one), 0U);
  EXPECT_EQ(spa.visits_of(other), 1U) << "that customer is she, with a surname more";
}

TEST(NameOdds, AGivenNameThatStandsAsASurnameIsNoShortForm) {
  Rare spa;
  const Row other = spa.row("Ofelia Nahuelcura Chau");
  spa.services.line({"Ofelia Nahuel Chau", 0, at(2022, 2, 2), 1});
  EXPECT_EQ(spa.visits_of(other), 0U);
}

TEST(NameOdds, NobodysNameOnSeveralRowsIsNobodys) {
  Rare spa;
  const Row one = spa.row("Reserva Gift Card");
  const Row other = spa.row("Reserva Gift Card");
  spa.services.line({"Reserva Gift Card", 0, at(2022, 2, 2), 1});
  EXPECT_EQ(spa.visits_of(one) + spa.visits_of(other), 0U);
}

}  // namespace
}  // namespace aremko::snapshot
