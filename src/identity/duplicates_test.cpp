#include "identity/duplicates.h"

#include <chrono>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace aremko::identity {
namespace {

using testing::ElementsAre;

// Invented people.
struct Row {
  std::string name;
  std::string rut{};
  std::string email{};
  std::string phone{};
  std::string city{};
};

Duplicates found(const std::vector<Row>& rows) {
  const auto column = [&](std::string Row::*member) {
    std::vector<std::string_view> texts;
    for (const Row& row : rows) texts.push_back(row.*member);
    return number(texts);
  };
  const Numbered names = column(&Row::name), ruts = column(&Row::rut), emails = column(&Row::email),
                 phones = column(&Row::phone), cities = column(&Row::city);
  return duplicates({names, ruts, emails, phones, cities});
}

TEST(Duplicates, NobodyTwice) {
  const auto got = found({{"ana rojas", "1-9", "a@x.cl", "+1", "osorno"}, {"eva soto", "2-7", "e@x.cl", "+2", "osorno"}, {""}, {""}});
  EXPECT_EQ(got.certain.people, 0U);
  EXPECT_EQ(got.possible.pairs, 0U);
  EXPECT_EQ(found({}).certain.rows, 0U);
  EXPECT_EQ(found({{"ana rojas"}}).possible.rows, 0U);
}

TEST(Duplicates, AnIdentifierAndANameThatAgrees) {
  const auto got = found({{"ana rojas soto", "1-9"},
                          {"ana rojas", "1-9", "", "+1"},
                          {"ana roja", "", "", "+1"},        // misspelt, by phone, so the same as the first
                          {"pedro rojas", "", "", "+1"},     // family
                          {"eva vera", "", "e@x.cl"},
                          {"vera eva", "", "e@x.cl"}});
  EXPECT_EQ(got.certain.people, 2U);
  EXPECT_EQ(got.certain.rows, 5U);
  EXPECT_EQ(got.certain.pairs, 4U);
  EXPECT_THAT(got.joined_by, ElementsAre(1U, 1U, 1U, 0U));
  EXPECT_THAT(got.groups, ElementsAre(ElementsAre(0U, 1U, 2U), ElementsAre(4U, 5U)));
}

TEST(Duplicates, TwoRutsAreTwoPeople) {
  const auto got = found({{"juan soto vera", "1-9", "", "+1", "osorno"}, {"juan soto vera", "2-7", "", "+1", "osorno"}});
  EXPECT_EQ(got.certain.people, 0U);
  EXPECT_EQ(got.possible.people, 0U);
  // A third row without RUT goes to one of them at most.
  const auto three = found({{"juan soto vera", "1-9", "", "+1"}, {"juan soto vera", "", "", "+1"}, {"juan soto vera", "2-7", "", "+1"}});
  EXPECT_EQ(three.certain.rows, 2U);
}

TEST(Duplicates, NameAndCity) {
  EXPECT_EQ(found({{"ana rojas", "", "", "", "osorno"}, {"rojas ana", "", "", "", "osorno"}}).certain.people, 1U);
  EXPECT_EQ(found({{"ana rojas", "", "", "+1", "osorno"}, {"ana rojas", "", "", "+2", "osorno"}}).certain.people, 0U)
      << "two words and two phones: namesakes";
  EXPECT_EQ(found({{"ana rojas soto", "", "", "+1", "osorno"}, {"ana rojas soto", "", "", "+2", "osorno"}}).certain.people, 1U);
  EXPECT_EQ(found({{"ana", "", "", "", "osorno"}, {"ana", "", "", "", "osorno"}}).certain.people, 0U);
}

TEST(Duplicates, AWholeNameAloneIsPossible) {
  const auto got = found({{"ana rojas soto", "", "", "+1"}, {"ana rojas soto", "", "", "+2"}, {"eva vera"}, {"eva vera"}});
  EXPECT_EQ(got.certain.pairs, 0U);
  EXPECT_EQ(got.possible.pairs, 1U);
  EXPECT_THAT(got.possible_groups, ElementsAre(ElementsAre(0U, 1U)));
  EXPECT_EQ(found({{"ana rojas soto", "", "", "", "osorno"}, {"ana rojas soto", "", "", "", "chillan"}}).possible.pairs, 0U);
}

TEST(Duplicates, AValueOnManyNamesJoinsNobody) {
  std::vector<Row> rows;
  for (const char* name : {"ana rojas", "eva soto", "luis vera", "iris paz", "hugo leal", "nora rios", "ines mora"}) {
    rows.push_back({name, "", "", "+1"});
    rows.push_back({name, "", "", "+1"});
  }
  EXPECT_EQ(found(rows).certain.pairs, 0U);
}

TEST(Duplicates, ANameOnManyRowsIsNoPerson) {
  const std::vector<Row> rows(30, Row{"cliente mostrador", "", "", "", "osorno"});
  const auto got = found(rows);
  EXPECT_EQ(got.certain.pairs, 0U);
  EXPECT_EQ(got.repeated_names, 1U);
  EXPECT_EQ(got.repeated_name_rows, 30U);
  EXPECT_EQ(got.repeated_groups.at(0).size(), duplicate_group_rows);
}

RC_GTEST_PROP(Duplicates, CountsAddUpWhateverTheRows, ()) {
  static const std::vector<std::string> names{"", "ana rojas soto", "ana rojas", "rojas ana soto", "eva vera", "eva", "luis vera paz"};
  const auto picks = *rc::gen::container<std::vector<std::array<unsigned, 4>>>(
      rc::gen::container<std::array<unsigned, 4>>(rc::gen::inRange(0U, 7U)));
  std::vector<Row> rows;
  for (const auto& pick : picks) {
    rows.push_back({names[pick[0]], pick[1] < 4 ? "" : fmt::format("r{}", pick[1]), "",
                    pick[2] < 2 ? "" : fmt::format("p{}", pick[2]), pick[3] < 4 ? "" : fmt::format("c{}", pick[3])});
  }
  const auto got = found(rows);
  std::uint64_t joined = 0;
  for (const std::uint64_t by : got.joined_by) joined += by;
  RC_ASSERT(got.certain.rows == got.certain.people + joined);
  RC_ASSERT(got.certain.pairs >= got.certain.rows / 2);
  RC_ASSERT(got.possible.pairs >= got.certain.pairs);
  RC_ASSERT(got.possible.rows >= got.certain.rows);
  for (const auto& group : got.groups) {
    std::set<std::string> ruts;
    for (const auto row : group) {
      if (!rows[row].rut.empty()) ruts.insert(rows[row].rut);
    }
    RC_ASSERT(ruts.size() <= 1);
  }
}

// Pairs of a hundred thousand equal rows are five thousand million: they are counted, not walked, or the suite's patience ends.
TEST(Duplicates, EverybodyOfOneNameEnds) {
  std::vector<Row> usual(100'000), one_name(100'000);
  std::mt19937 random(1);
  for (std::uint32_t i = 0; i < usual.size(); ++i) {
    usual[i] = {fmt::format("persona {} de tal {}", random() % 70'000, random() % 50), "", "", fmt::format("+{}", random() % 90'000),
                fmt::format("c{}", random() % 100)};
    one_name[i] = {"ana rojas soto", "", i % 2 == 0 ? "a@x.cl" : "", fmt::format("+{}", i % 1'000), "osorno"};
  }
  EXPECT_LT(found(usual).certain.pairs, 1'000U);
  EXPECT_GT(found(one_name).certain.pairs, 1'000'000'000U);
}

}  // namespace
}  // namespace aremko::identity
