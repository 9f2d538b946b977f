#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "demo/customer_row.h"
#include "demo/kin.h"
#include "demo/rng.h"
#include "demo/spelling.h"
#include "demo/world.h"

namespace aremko::demo {
namespace {

const World& big_world() {
  static const World world = [] {
    DemoOptions options;
    options.customers = 1'000'000;
    return World(options, *Zone::load("America/Santiago"));
  }();
  return world;
}

RC_GTEST_PROP(PermutationProp, GoesThereAndBack, ()) {
  const auto n = *rc::gen::inRange<std::uint64_t>(1, 3'000'000);
  const auto x = *rc::gen::inRange<std::uint64_t>(0, n);
  const Permutation shuffle(n, *rc::gen::arbitrary<std::uint64_t>(), Stream::phone);
  RC_ASSERT(shuffle(x) < n);
  RC_ASSERT(shuffle.inverse(shuffle(x)) == x);
}

TEST(Permutation, HitsEveryNumberOnce) {
  for (const std::uint64_t n : {1u, 2u, 3u, 10u, 1'000u, 4'097u}) {
    const Permutation shuffle(n, 5, Stream::rut);
    std::set<std::uint64_t> seen;
    for (std::uint64_t x = 0; x < n; ++x) seen.insert(shuffle(x));
    EXPECT_EQ(seen.size(), n);
  }
}

TEST(RngTest, WeightsHold) {
  Rng rng(1, Stream::person);
  std::array<int, 3> counts{};
  for (int i = 0; i < 100'000; ++i) ++counts[rng.weighted({70, 20, 10})];
  EXPECT_NEAR(counts[0], 70'000, 700);
  EXPECT_NEAR(counts[1], 20'000, 700);
}

// In life namesakes with two surnames are few, with one surname common, and no name is everybody's.
TEST(NamesOfPeople, AreRareAndCommonAsInLife) {
  const Names names;
  std::map<std::string, int> two_words, full, surnames, given;
  constexpr int people = 200'000;
  for (std::uint64_t i = 0; i < people; ++i) {
    Rng rng(1, Stream::person, i);
    const FullName name = names.full_name(rng);
    ++two_words[name_in_words(name, 2)];
    ++full[name_in_words(name, 4)];
    ++surnames[name.surname];
    ++given[name.given];
  }
  EXPECT_GT(full.size(), people * 985 / 1000);
  EXPECT_GT(two_words.size(), people * 35 / 100);
  EXPECT_LT(two_words.size(), people * 70 / 100);
  EXPECT_GT(surnames.size(), 3'000U);
  EXPECT_GT(given.size(), 400U);
  EXPECT_NEAR(surnames["González"], people * 0.031, people * 0.006);
  EXPECT_GT(two_words["María González"], 20);
  EXPECT_LT(two_words["María González"], 400);
}

TEST(People, HavePhonesAndRutsOfTheirOwn) {
  const World& world = big_world();
  std::set<std::uint32_t> mobiles, ruts;
  for (Person person = 0; person < 60'000; ++person) {
    const Contact contact = world.contact(person);
    for (const std::uint32_t mobile : {contact.mobile, contact.old_mobile, contact.other_mobile}) {
      EXPECT_GE(mobile, 930'000'000U);
      EXPECT_LE(mobile, 999'999'999U);
      if (person != maria) {
        EXPECT_TRUE(mobiles.insert(mobile).second);
        EXPECT_NE(mobile, maria_phone);
      }
    }
    if (!first_record_of(world, person)) EXPECT_TRUE(ruts.insert(contact.rut_body).second);
    if (person != maria) EXPECT_NE(contact.rut_body, maria_rut);
  }
}

TEST(People, ALegacyPersonIsNeverTwoRows) {
  DemoOptions options;
  const World world(options, *Zone::load("America/Santiago"));
  std::set<Person> seen;
  std::uint32_t customers = 0;
  for (std::uint32_t row = 0; row < world.legacy_rows(); ++row) {
    const Person person = world.legacy_person(row);
    EXPECT_TRUE(seen.insert(person).second);
    EXPECT_FALSE(World::is_guide(person) || World::is_staff(person));
    if (!world.is_customer(person)) continue;
    ++customers;
    EXPECT_TRUE(world.in_legacy_file(person));
  }
  EXPECT_NEAR(customers, world.legacy_rows() * 0.45, world.legacy_rows() * 0.02);
}

TEST(Spelling, RutCheckDigits) {
  EXPECT_EQ(rut_check_digit(12'345'678), '5');
  EXPECT_EQ(rut_check_digit(11'111'111), '1');
  EXPECT_EQ(rut_check_digit(6), 'K');
  EXPECT_EQ(rut_dotted(7'654'321, 'K'), "7.654.321-K");
}

TEST(Spelling, CaseAndAccents) {
  EXPECT_EQ(lower("PEÑA Núñez ÁÉ"), "peña núñez áé");
  EXPECT_EQ(upper("peña núñez"), "PEÑA NÚÑEZ");
  EXPECT_EQ(without_accents("Peña Núñez Ü", false), "Peña Nuñez U");
  EXPECT_EQ(without_accents("Peña Núñez", true), "Pena Nunez");
  EXPECT_EQ(mail_letters("De la Peña-Núñez"), "delapenanunez");
  EXPECT_EQ(plain("  MARÍA   González. "), "maria gonzalez");
  EXPECT_EQ(capitalised("DE LA PEÑA-ÁLVAREZ"), "De La Peña-Álvarez");
}

RC_GTEST_PROP(SpellingProp, ATypoIsSmallAndLeavesUtf8, ()) {
  const Names names;
  Rng rng(*rc::gen::arbitrary<std::uint64_t>(), Stream::person);
  const std::string name = name_in_words(names.full_name(rng), 3);
  const std::string typed = with_typo(name, rng);
  RC_ASSERT(typed.size() + 2 >= name.size());
  RC_ASSERT(typed.size() <= name.size() + 2);
  RC_ASSERT(lower(upper(typed)).size() == typed.size());
}

}  // namespace
}  // namespace aremko::demo
