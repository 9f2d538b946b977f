// What the matcher knows beyond its links: any pair, any new row, what people decided, what calibrates it.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "identity/match_calibrate.h"
#include "identity/match_compare.h"
#include "identity/match_decide.h"
#include "identity/match_words.h"
#include "identity/test_people.h"

namespace aremko::identity::match {
namespace {

using namespace testing;

std::vector<std::string_view> fields_of(const std::vector<std::string>& row) { return {row.begin(), row.end()}; }

double sum_of(const Link& link) {
  double sum = 0;
  for (const Evidence& evidence : link.evidence) sum += evidence.log_odds;
  return sum;
}

// 600 people on both sides, 300 on either alone; the left ones somewhat damaged.
struct Two {
  Two() {
    const People people(1'200);
    for (std::size_t i = 0; i < 900; ++i) {
      auto row = people.rows[i];
      if (i % 3 == 0) row[1].clear();
      if (i % 2 == 0) row[3].clear();
      if (i % 5 == 0) row[0] = row[0].substr(0, row[0].rfind(' '));
      left.push_back(row);
      right.push_back(people.rows[i + 300]);
    }
  }
  Rows left;
  Rows right;
  Input input() const { return input_of(person, left, right); }
};

TEST(Matcher, ARowThatIsOnNoListIsFoundLikeOneThatIs) {
  const Two two;
  const Matcher matcher(two.input(), {});
  std::size_t same = 0;
  std::size_t looked = 0;
  for (const Link& link : matcher.links()) {
    if (link.confidence < 85) continue;
    ++looked;
    const auto found = matcher.find(fields_of(two.left[link.left]), 3);
    ASSERT_FALSE(found.empty()) << link.left;
    same += found[0].right == link.right && std::abs(found[0].confidence - link.confidence) <= 1;
  }
  EXPECT_GT(looked, 500U);
  EXPECT_GE(same, looked - 5);
  EXPECT_TRUE(matcher.find(fields_of({"", "", "", ""}), 3).empty());
  EXPECT_TRUE(matcher.find({}, 3).empty());
  const auto new_phone = matcher.find(fields_of({two.right[10][0], "+56900000000", two.right[10][2], ""}), 3);
  ASSERT_FALSE(new_phone.empty());
  EXPECT_EQ(new_phone[0].right, 10U);
}

TEST(Matcher, AnyPairIsExplained) {
  const Two two;
  const Matcher matcher(two.input(), {});
  const auto links = matcher.links();
  ASSERT_FALSE(links.empty());
  const Link again = matcher.explain(links[0].left, links[0].right);
  EXPECT_NEAR(again.confidence, links[0].confidence, 0.11);
  const Link strangers = matcher.explain(0, 899);
  EXPECT_LT(strangers.confidence, 1);
  EXPECT_NEAR(100 / (1 + std::exp(-sum_of(strangers))), strangers.confidence, 0.051);
  for (const Link& candidate : matcher.candidates(links[0].left, 5)) EXPECT_LE(candidate.confidence, links[0].confidence + 0.11);
}

TEST(Matcher, WhatAPersonRejectedIsNotLinkedAgain) {
  const Two two;
  const auto before = Matcher(two.input(), {}).links();
  ASSERT_FALSE(before.empty());
  const Link first = before.front();
  const Matcher after(two.input(), {.known = {{first.left, first.right, false}}});
  for (const Link& link : after.links()) EXPECT_FALSE(link.left == first.left && link.right == first.right);
  for (const Link& link : after.candidates(first.left, 10)) EXPECT_NE(link.right, first.right);
}

TEST(Matcher, DecisionsCalibrateTheRest) {
  Two two;
  for (std::size_t i = 1; i < two.left.size(); i += 3) {  // known by given name and one surname alone
    two.left[i] = {two.left[i][0].substr(0, two.left[i][0].find(' ', two.left[i][0].find(' ') + 1)), "", "", ""};
  }
  const auto base = Matcher(two.input(), {.least = 0.3}).links();
  std::vector<Known> yes;
  std::vector<Known> no;
  std::optional<Link> other;
  for (const Link& link : base) {
    if (link.confidence < 50 || link.confidence > 99) continue;
    if (!other) {
      other = link;
      continue;
    }
    yes.push_back({link.left, link.right, true});
    no.push_back({link.left, link.right, false});
  }
  ASSERT_TRUE(other.has_value());
  ASSERT_GT(yes.size(), 5U) << "the made-up lists should have some doubtful pairs";
  const Matcher hopeful(two.input(), {.known = yes});
  const Matcher doubtful(two.input(), {.known = no});
  EXPECT_GT(hopeful.explain(other->left, other->right).confidence, other->confidence);
  EXPECT_LT(doubtful.explain(other->left, other->right).confidence, other->confidence);
}

TEST(Matcher, DecisionsOnTopOfWhatWasLearnedAreAsIfLearnedWithThem) {
  const Two two;
  const Matcher base(two.input(), {});
  const auto links = base.links();
  ASSERT_GT(links.size(), 500U);
  std::vector<Known> known;
  for (std::size_t i = 0; i < 40; ++i) known.push_back({links[i].left, links[i].right, i % 3 != 0});
  const Matcher anew(two.input(), {.known = known});
  const Matcher on_top = base.with(known);
  EXPECT_EQ(on_top.summary().calibrated_on, anew.summary().calibrated_on);
  EXPECT_EQ(on_top.summary().slope, anew.summary().slope);
  const auto expected = anew.links();
  const auto got = on_top.links();
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].right, expected[i].right);
    EXPECT_EQ(got[i].confidence, expected[i].confidence);
  }
  EXPECT_EQ(on_top.explain(links[0].left, links[0].right).confidence, anew.explain(links[0].left, links[0].right).confidence);
  const auto undone = on_top.with({}).links();
  ASSERT_EQ(undone.size(), links.size());
  for (std::size_t i = 0; i < links.size(); ++i) EXPECT_EQ(undone[i].confidence, links[i].confidence);
}

constexpr std::string_view ruts[] = {"20123456-5", "20123457-3"};

TEST(Matcher, TwoValidRutsWaitForAPersonWhateverElseAgrees) {
  Two two;
  two.left[3] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "casa.huichalaf@example.org", std::string(ruts[0])};
  two.right[3] = two.left[3];
  two.right[3][3] = ruts[1];
  const Matcher matcher(two.input(), {});
  ASSERT_EQ(matcher.summary().share_learned, 1);
  const Link link = matcher.explain(3, 3);
  EXPECT_LE(link.confidence, 84);
  EXPECT_NEAR(100 / (1 + std::exp(-sum_of(link))), link.confidence, 0.051) << "its parts add up";
  two.right[3][3] = ruts[0];
  EXPECT_GE(Matcher(two.input(), {}).explain(3, 3).confidence, 99.9);
}

TEST(Matcher, TwoValidRutsAreNotTiedThroughARowThatHasNone) {
  Two two;
  two.left[3] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "", std::string(ruts[0])};
  two.left[4] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "", std::string(ruts[1])};
  two.right[3] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "", ""};
  const Matcher matcher(two.input(), {});
  for (const RowId left : {3U, 4U}) {
    const Link link = matcher.explain(left, 3);
    EXPECT_LE(link.confidence, 84) << left;
    EXPECT_EQ(link.evidence.back().level, "two_ids");
  }
  // A person says which it is: the other one still waits.
  const Matcher told = matcher.with(std::vector<Known>{{3, 3, true}, {4, 3, false}});
  EXPECT_GT(told.explain(3, 3).confidence, 85);
  EXPECT_LE(told.explain(4, 3).confidence, 84);
  two.left[4][3].clear();
  EXPECT_GT(Matcher(two.input(), {}).explain(3, 3).confidence, 85) << "one RUT contradicts nobody";
}

TEST(Matcher, GroupsOfDuplicatesHoldOneRut) {
  Two two;
  two.left[3] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "casa@example.org", std::string(ruts[0])};
  two.left[4] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "casa@example.org", ""};
  two.left[5] = {"Wenceslao Huichalaf Oyarzún", "+56984281811", "casa@example.org", std::string(ruts[1])};
  std::vector<std::pair<RowId, RowId>> tied;
  for (const Link& link : Matcher(input_of(person, two.left, {}), {.dedupe = true}).links()) {
    if (link.confidence >= 85) tied.emplace_back(link.left, link.right);
    if (link.left == 3 && link.right == 5) EXPECT_LE(link.confidence, 84);
  }
  const auto is_tied = [&](RowId a, RowId b) { return std::ranges::find(tied, std::pair(a, b)) != tied.end(); };
  EXPECT_FALSE(is_tied(3, 5));
  EXPECT_FALSE(is_tied(3, 4) || is_tied(4, 5)) << "nothing tells to which of the two the row between belongs";
}

TEST(Matcher, OtherGivenNamesOnOnePhoneWaitForAPerson) {
  Two two;
  const auto confidence = [&](const std::string& left, const std::string& right, const std::string& rut = "") {
    two.left[3] = {left, "+56984281811", "casa.huichalaf@example.org", rut};
    two.right[3] = {right, "+56984281811", "casa.huichalaf@example.org", rut};
    const Link link = Matcher(two.input(), {}).explain(3, 3);
    EXPECT_NEAR(100 / (1 + std::exp(-sum_of(link))), link.confidence, 0.051);
    return link.confidence;
  };
  EXPECT_LT(confidence("María José Huichalaf Paz", "María Paz Huichalaf Paz"), 85);
  EXPECT_LT(confidence("Martina Huichalaf Oyarzún", "Martín Huichalaf Oyarzún"), 85);
  EXPECT_LT(confidence("Rosa Huichalaf Oyarzún", "Rosario Huichalaf Oyarzún"), 85);
  EXPECT_GE(confidence("Sonia Huichalaf Oyarzún", "Sonia Huichalaf"), 85);
  EXPECT_GE(confidence("Pancha Huichalaf Oyarzún", "Francisca Huichalaf Oyarzún"), 85);
  EXPECT_GE(confidence("X. Huichalaf Oyarzún", "Ximena Huichalaf Oyarzún"), 85);
  EXPECT_GE(confidence("Huichalaf Oyarzún Ximena", "Ximena Huichalaf Oyarzún"), 85);
  EXPECT_GE(confidence("María José Huichalaf", "María Paz Huichalaf", std::string(ruts[0])), 85) << "one RUT is one person";
}

TEST(Matcher, ARutLentInTheFamilyWaitsForAPerson) {
  Two two;
  const auto confidence = [&](const std::string& left, const std::string& right) {
    two.left[3] = {left, "", "", std::string(ruts[0])};
    two.right[3] = {right, "", "", std::string(ruts[0])};
    return Matcher(two.input(), {}).explain(3, 3).confidence;
  };
  EXPECT_LT(confidence("Elena Huichalaf Oyarzún", "Tomás Huichalaf Oyarzún"), 85);
  EXPECT_GE(confidence("Pepe Huichalaf Oyarzún", "José Huichalaf Oyarzún"), 99);
  EXPECT_GE(confidence("Elena Huichalaf Oyarzún", "Elena Huichalaf"), 99);
}

TEST(Matcher, AWrongDigitBesideAnotherSurnameWaitsForAPerson) {
  Two two;
  two.left[3] = {"Carla Huichalaf Oyarzún", "+56984281811", "", "P7654321"};
  two.right[3] = {"Carla Mancilla Oyarzún", "+56984281811", "", "P7654322"};
  EXPECT_LT(Matcher(two.input(), {}).explain(3, 3).confidence, 85);
}

TEST(Matcher, OneWordOfANameOnAContactOfSeveralWaitsForAPerson) {
  Two two;
  two.left[3] = {"Julia", "+56984281811", "", ""};
  two.right[3] = {"Julia Huichalaf Oyarzún", "+56984281811", "", ""};
  two.left[4] = {"Tomás Mancilla", "+56984281811", "", ""};
  two.right[4] = {"Tomás Mancilla", "+56984281811", "", ""};
  EXPECT_LT(Matcher(two.input(), {}).explain(3, 3).confidence, 85);
}

TEST(Matcher, NumbersGivenOutInOrderAreAnothers) {
  const auto level = [](const std::string& left, const std::string& right) {
    const Input input = input_of({Kind::national_id}, Rows{std::vector<std::string>{left}}, Rows{std::vector<std::string>{right}});
    return levels_of(Kind::national_id)[Comparer(input, false).compare(0, 0).level(0) - 1].word;
  };
  EXPECT_EQ(level("C01X00T47", "C01X00T52"), "different");
  EXPECT_EQ(level("C01X00T47", "C01X00T48"), "typo");
  EXPECT_EQ(level("C01X00T47", "C11X10T47"), "near");
}

TEST(Matcher, OneMailboxInAnotherSpellingIsTheSame) {
  Two two;
  const auto linked = [&](const std::string& left, const std::string& right) {
    two.left[3] = {"Wenceslao Huichalaf Oyarzún", "", left, ""};
    two.right[3] = {"W. Huichalaf", "", right, ""};
    const Matcher matcher(two.input(), {});
    const auto found = matcher.candidates(3, 1);
    return found.empty() || found[0].right != 3 ? 0.0 : found[0].confidence;
  };
  const double same = linked("w.h84x@gmail.com", "w.h84x@gmail.com");
  EXPECT_GE(same, 85);
  EXPECT_EQ(linked("w.h84x@gmail.com", "wh84x@gmail.com"), same);
  EXPECT_EQ(linked("w.h84x@gmail.com", "w.h84x+spa@gmail.com"), same);
  EXPECT_EQ(linked("w.h84x@gmail.com", "W.H84x@googlemail.com"), same);
  EXPECT_LT(linked("w.h84x@ejemplo.cl", "wh84x@ejemplo.cl"), same) << "elsewhere points tell mailboxes apart";
}

TEST(Matcher, StopsWhenAsked) {
  const Two two;
  std::stop_source stop;
  std::vector<std::string> phases;
  Watch watch{.report = [&](std::string_view phase, std::uint64_t, std::uint64_t) { phases.emplace_back(phase); }, .stop = stop.get_token()};
  EXPECT_NO_THROW(Matcher(two.input(), {}, watch));
  EXPECT_GE(phases.size(), 4U);
  stop.request_stop();
  EXPECT_THROW(Matcher(two.input(), {}, watch), Cancelled);
}

TEST(Matcher, AColumnThatABrokenLookupFilledIsLeftOut) {
  Two two;
  for (std::size_t i = 0; i < two.left.size(); ++i) two.left[i][1] = "+569111111" + std::to_string(10 + i % 20);
  two.right[5][1] = "+56911111115";
  const Matcher matcher(two.input(), {});
  ASSERT_EQ(matcher.summary().broken.size(), 1U);
  EXPECT_EQ(matcher.summary().broken[0].column, 1U);
  EXPECT_EQ(matcher.summary().broken[0].side, Side::left);
  EXPECT_FALSE(matcher.summary().broken[0].reason.es.empty());
  for (const Link& link : matcher.links()) {
    for (const Evidence& evidence : link.evidence) EXPECT_NE(evidence.column, 1U);
  }
}

TEST(Matcher, AnAddressMadeOfTheNameSaysLessThanOneThatIsNot) {
  const std::vector<std::string_view> words{"maria", "gonzalez", "soto"};
  EXPECT_TRUE(made_of("maria.gonzalez", words));
  EXPECT_TRUE(made_of("mgonzalez", words));
  EXPECT_TRUE(made_of("margonso", words));
  EXPECT_FALSE(made_of("mgonzalez1984", words));
  EXPECT_FALSE(made_of("lachica", words));
  EXPECT_FALSE(made_of("mg", words));
  EXPECT_FALSE(made_of(std::string(500, 'm'), words));
}

TEST(Matcher, OneBrokenNumberAmongNamesIsCounted) {
  Two two;
  two.left[1] = {"Ana Uno", "+56922724333", "", ""};
  two.left[2] = {"Eva Dos", "+56922724333", "", ""};
  two.left[4] = {"Luz Tres", "+56922724333", "", ""};
  const Matcher matcher(two.input(), {});
  EXPECT_EQ(matcher.names_with(1, Side::left, 1), 3U);
  EXPECT_EQ(matcher.rows_with(1, Side::left, 1), 3U);
  EXPECT_EQ(matcher.names_with(0, Side::left, 1), 0U) << "a name is no contact";
}

TEST(WeighRivals, SharesWhatARowHasToGive) {
  const std::vector<float> equal{5, 5};
  std::vector<double> out(2);
  weigh_rivals(equal, 1, out);
  EXPECT_LT(out[0], 0.01);
  EXPECT_NEAR(out[0], out[1], 1e-9);
  const std::vector<float> clear{40, -3};
  weigh_rivals(clear, 0.5, out);
  EXPECT_NEAR(out[0], 40 - std::log(0.5 + std::exp(-3)), 1e-3);
  const std::vector<float> huge{800, 799};
  weigh_rivals(huge, 0.5, out);
  EXPECT_NEAR(out[0], 1, 1e-3);
  const std::vector<float> hopeless{-50};
  std::vector<double> one(1);
  weigh_rivals(hopeless, 0.5, one);
  EXPECT_NEAR(one[0], -50 - std::log(0.5), 1e-3);
}

TEST(Calibration, CorrectsWhatKnownPairsContradict) {
  std::mt19937_64 random(3);
  const auto outcomes = [&](std::size_t count, double slope, double offset) {
    std::vector<Outcome> out;
    std::uniform_real_distribution<double> any(-3, 6);
    std::uniform_real_distribution<double> chance(0, 1);
    for (std::size_t i = 0; i < count; ++i) {
      const double x = any(random);
      out.push_back({x, chance(random) < 1 / (1 + std::exp(-(slope * x + offset)))});
    }
    return out;
  };
  const auto honest = Calibration::fit(outcomes(5'000, 1, 0), {});
  EXPECT_NEAR(honest.slope(), 1, 0.1);
  EXPECT_NEAR(honest.offset(), 0, 0.15);
  const auto boastful = Calibration::fit({}, outcomes(5'000, 0.7, -0.6));
  EXPECT_NEAR(boastful.slope(), 0.7, 0.1);
  EXPECT_NEAR(boastful.offset(), -0.6, 0.15);
  const auto few = Calibration::fit({}, outcomes(3, 0.7, -0.6));
  EXPECT_NEAR(few.slope(), 1, 0.2);
  const Calibration none = Calibration::fit({}, {});
  EXPECT_EQ(none.apply(1.5), 1.5);
}

}  // namespace
}  // namespace aremko::identity::match
