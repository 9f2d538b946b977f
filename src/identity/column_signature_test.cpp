#include "identity/column_signature.h"

#include <chrono>
#include <random>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace aremko::identity {
namespace {

struct Rows {
  std::vector<std::string> values;
  std::vector<std::string> names;
  void add(std::string value, std::string name) {
    values.push_back(std::move(value));
    names.push_back(std::move(name));
  }
  ColumnSignature signature(const Witness* witness = nullptr) const {
    const std::vector<std::string_view> v(values.begin(), values.end());
    const std::vector<std::string_view> n(names.begin(), names.end());
    return column_signature(number(v), number(n), witness);
  }
};

// Invented names of syllables: 12 given names, 20,736 surnames.
std::string person(std::uint32_t number) {
  static const std::vector<std::string> given{"ana", "luis", "carla", "pedro", "rosa", "diego",
                                              "elena", "marta", "tomas", "julia", "ivan", "nora"};
  static const std::vector<std::string> parts{"bar", "cal", "dor", "fer", "gal", "lor",
                                              "mon", "nav", "qui", "sal", "tor", "vil"};
  // Multiplying spreads neighbours: their surnames are more than a typing error apart.
  std::uint32_t mixed = number * 7'919U % 20'736U;
  std::string surname;
  for (int i = 0; i < 4; ++i, mixed /= 12) surname += parts[mixed % 12];
  return given[number % 12] + " " + surname;
}

TEST(ColumnSignature, OneValueAPersonIsSound) {
  Rows rows;
  for (std::uint32_t i = 0; i < 1'000; ++i) rows.add(fmt::format("+569{:08}", i), person(i));
  const auto found = rows.signature();
  EXPECT_EQ(found.verdict, SignatureVerdict::sound);
  EXPECT_EQ(found.rows, 1'000U);
  EXPECT_EQ(found.distinct, 1'000U);
  EXPECT_EQ(found.rows_on_two, 0U);
  EXPECT_EQ(found.names_of(7), 1U);
}

TEST(ColumnSignature, OnePersonsManyVisitsAreSound) {
  Rows rows;
  for (std::uint32_t i = 0; i < 3'000; ++i) rows.add(fmt::format("+569{:08}", i % 40), person(i % 40));
  const auto found = rows.signature();
  EXPECT_EQ(found.verdict, SignatureVerdict::sound);
  EXPECT_EQ(found.largest_rows, 75U);
  EXPECT_EQ(found.largest_names, 1U);
}

TEST(ColumnSignature, ALookupThatRepeatsFewValuesIsBroken) {
  Rows rows;
  std::mt19937 random(1);
  for (std::uint32_t i = 0; i < 3'000; ++i) rows.add(fmt::format("+569{:08}", random() % 100), person(i));
  const auto found = rows.signature();
  EXPECT_EQ(found.verdict, SignatureVerdict::shared);
  EXPECT_TRUE(found.broken());
  EXPECT_GT(found.share_on_many(), 0.99);
  EXPECT_EQ(found.values_on_many, 100U);
  EXPECT_NE(found.reason().es.find("100 valores distintos en 3000 filas"), std::string::npos);
  EXPECT_NE(found.reason().es.find("20,0 %"), std::string::npos) << "the threshold is said";
}

TEST(ColumnSignature, ADefaultTypedOnSomeRowsIsNoBrokenColumn) {
  Rows rows;
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    rows.add(i % 20 == 0 ? "+56999999998" : fmt::format("+569{:08}", i), person(i));
  }
  const auto found = rows.signature();
  EXPECT_EQ(found.verdict, SignatureVerdict::sound);
  EXPECT_GE(found.names_of(0), 20U);
  EXPECT_EQ(found.rows_on_many, 50U);
}

TEST(ColumnSignature, FamiliesAndMisspellingsAreNotStrangers) {
  Rows rows;
  for (const char* name : {"maria gonzalez soto", "pedro gonzalez", "maria gonzales", "m gonzalez soto",
                           "soto gonzalez maria", "maria", "ana vera gonzalez"}) {
    rows.add("+56911111111", name);
  }
  for (const char* name : {"carla barria", "pedro navarro", "rosa dorantes", "luis del rio", "ana del solar"}) {
    rows.add("+56922222222", name);
  }
  rows.add("+56933333333", "");
  const auto found = rows.signature();
  EXPECT_EQ(found.names_of(0), 1U);
  EXPECT_EQ(found.names_of(7), 5U) << "a particle is no surname";
  EXPECT_EQ(found.names_of(12), 0U) << "no name, nobody";
  EXPECT_EQ(found.named_rows, 12U);
  EXPECT_EQ(found.rows, 13U);
  EXPECT_EQ(found.verdict, SignatureVerdict::too_few);
}

TEST(ColumnSignature, ANumberOfOnePersonIsNotItsFamilys) {
  const std::vector<std::string_view> ruts(4, "12345678-5");
  const std::vector<std::string_view> names{"maria gonzalez", "maria gonzalez soto", "maria gonsalez", "pedro gonzalez"};
  EXPECT_EQ(column_signature(number(ruts), number(names)).names_of(0), 1U);
  EXPECT_EQ(column_signature(number(ruts), number(names), nullptr, Related::person).names_of(0), 2U);
}

TEST(ColumnSignature, ASecondGivenNameIsNoSurname) {
  Rows rows;
  for (std::uint32_t i = 0; i < 60; ++i) rows.add(fmt::format("+569{:08}", i), "jose " + person(i).substr(4));
  rows.add("+56977777777", "juan jose barrientos");
  rows.add("+56977777777", "maria jose navarro");
  EXPECT_EQ(rows.signature().names_of(60), 2U);
}

TEST(ColumnSignature, AColumnMovedByOneRowDisagreesWithTheOtherSource) {
  Rows rows;
  std::vector<std::string> right;
  for (std::uint32_t i = 0; i < 500; ++i) {
    rows.add(fmt::format("+569{:08}", i + 1), person(i));
    right.push_back(fmt::format("+569{:08}", i));
  }
  const std::vector<std::string_view> names(rows.names.begin(), rows.names.end());
  const std::vector<std::string_view> values(right.begin(), right.end());
  const Witness witness{names, values};
  const auto moved = rows.signature(&witness);
  EXPECT_EQ(moved.verdict, SignatureVerdict::disagrees);
  EXPECT_EQ(moved.compared, 500U);
  EXPECT_EQ(moved.agreeing, 0U);
  rows.values = right;
  EXPECT_EQ(rows.signature(&witness).verdict, SignatureVerdict::sound);
  EXPECT_DOUBLE_EQ(*rows.signature(&witness).agreement(), 1.0);
  EXPECT_FALSE(rows.signature().agreement());
}

TEST(ColumnSignature, NothingOneRowAndNoValueAtAll) {
  const Rows nothing;
  EXPECT_EQ(nothing.signature().verdict, SignatureVerdict::too_few);
  Rows one;
  one.add("a@example.cl", "ana rojas");
  EXPECT_EQ(one.signature().names_of(0), 1U);
  Rows empty;
  for (std::uint32_t i = 0; i < 100; ++i) empty.add("", person(i));
  const auto found = empty.signature();
  EXPECT_EQ(found.rows, 0U);
  EXPECT_EQ(found.distinct, 0U);
  EXPECT_EQ(found.names_of(3), 0U);
  const std::vector<std::string_view> values{"x", "x", "y"};
  const std::vector<std::string_view> names{"ana rojas"};
  EXPECT_EQ(column_signature(number(values), number(names)).named_rows, 1U) << "columns of unequal length";
}

// Long words, more words than rows, and every value on every kind of name.
TEST(ColumnSignature, StrangeNamesAreBounded) {
  Rows rows;
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += fmt::format("palabra{} ", i);
  rows.add("v", many);
  rows.add("v", std::string(10'000, 'x'));
  rows.add("v", "ana rojas");
  EXPECT_EQ(rows.signature().names_of(0), 3U);
}

RC_GTEST_PROP(ColumnSignature, TheMeasuresAddUp, ()) {
  const auto pairs = *rc::gen::container<std::vector<std::pair<unsigned, unsigned>>>(
      rc::gen::pair(rc::gen::inRange(0U, 20U), rc::gen::inRange(0U, 60U)));
  Rows rows;
  for (const auto& [value, name] : pairs) rows.add(value == 0 ? "" : fmt::format("v{}", value), name == 0 ? "" : person(name));
  const auto found = rows.signature();
  RC_ASSERT(found.value_of_row.size() == pairs.size());
  RC_ASSERT(found.names_of_value.size() == found.distinct + 1);
  std::uint64_t on_two = 0, filled = 0, named = 0;
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    filled += pairs[row].first != 0;
    const bool both = pairs[row].first != 0 && pairs[row].second != 0;
    named += both;
    on_two += both && found.names_of(row) >= 2;
    RC_ASSERT((found.names_of(row) > 0) || !both);
  }
  RC_ASSERT(found.rows == filled);
  RC_ASSERT(found.named_rows == named);
  RC_ASSERT(found.rows_on_two == on_two);
  RC_ASSERT(found.rows_on_many <= found.rows_on_two);
  RC_ASSERT(found.largest_names <= ColumnSignature::most_names);
}

// Work out of proportion would not end within the suite's patience: pairs of names are what a value of a hundred thousand
// rows could cost.
TEST(ColumnSignature, OneValueOfEverybodyAndOneNameOfEverybodyEnd) {
  constexpr std::uint32_t many = 100'000;
  Rows lookup;
  Rows one_name;
  Rows one_value;
  std::mt19937 random(1);
  for (std::uint32_t i = 0; i < many; ++i) {
    const std::string full = person(static_cast<std::uint32_t>(random())) + " " + person(static_cast<std::uint32_t>(random())).substr(4);
    lookup.add(fmt::format("+569{:08}", random() % (many / 25)), full);
    one_name.add(fmt::format("+569{:08}", i), "ana rojas soto");
    one_value.add("+56999999998", person(i % 30) + fmt::format(" {}", i));
  }
  EXPECT_TRUE(lookup.signature().broken());
  EXPECT_FALSE(one_name.signature().broken());
  EXPECT_TRUE(one_value.signature().broken());
}

}  // namespace
}  // namespace aremko::identity
