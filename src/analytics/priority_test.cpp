#include "analytics/priority.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "analytics/test_spa.h"

namespace aremko::analytics {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::end_of;

int total(int days, std::int64_t visits, Pesos spent) { return priority(days, visits, spent, true).total(); }

TEST(Priorities, TheGuidesTwo) {
  EXPECT_EQ(total(450, 25, 1'200'000), 92);
  EXPECT_EQ(total(1460, 17, 680'000), 72);
}

TEST(Priorities, TheGuidesBands) {
  for (const int days : {30, 200, 366, 450, 800, 1460, 4000}) {
    for (const std::int64_t visits : {1, 2, 3, 4, 5, 9, 10, 19, 20, 50}) {
      for (const Pesos spent : {0, 50'000, 299'999, 300'000, 699'999, 700'000, 1'499'999, 1'500'000, 90'000'000}) {
        const int points = total(days, visits, spent);
        const RfmScores scores = rfm_scores(days, visits, spent);
        EXPECT_LE(points, 100);
        if (scores.frequency >= 3 && scores.monetary >= 4) {
          EXPECT_GE(points, 80);
        } else if (scores.frequency >= 3 && scores.monetary == 3) {
          EXPECT_GE(points, 60);
          EXPECT_LE(points, 79);
        }
        if (scores.frequency == 1 || scores.monetary < 3) {
          EXPECT_LT(points, 60) << days << ' ' << visits << ' ' << spent;
        }
      }
    }
  }
}

RC_GTEST_PROP(Priorities, NeverFallWhenMoneyOrVisitsRise, ()) {
  const int days = *rc::gen::inRange(0, 4000);
  const auto visits = *rc::gen::inRange<std::int64_t>(1, 40);
  const auto spent = *rc::gen::inRange<Pesos>(-10'000, 2'500'000);
  const int before = total(days, visits, spent);
  RC_ASSERT(before >= 0 && before <= 100);
  RC_ASSERT(total(days, visits, spent + *rc::gen::inRange<Pesos>(0, 900'000)) >= before);
  RC_ASSERT(total(days, visits + *rc::gen::inRange<std::int64_t>(0, 20), spent) >= before);
  RC_ASSERT(total(days + *rc::gen::inRange(0, 2000), visits, spent) <= before);
}

TEST(Priorities, NeverFallOverTheTiersEdges) {
  for (const int days : {1, 450, 3000}) {
    for (std::int64_t visits = 1; visits < 30; ++visits) {
      int before = 0;
      for (Pesos spent = 0; spent <= 2'000'000; spent += 4'999) {
        const int points = total(days, visits, spent);
        EXPECT_GE(points, before);
        EXPECT_GE(total(days, visits + 1, spent), points);
        before = points;
      }
    }
  }
}

TEST(Priorities, AbsurdMoneyIsNoTrouble) {
  EXPECT_EQ(total(10, 50, std::numeric_limits<Pesos>::max()), 100);
  EXPECT_GE(total(10, 1, std::numeric_limits<Pesos>::min()), 0);
}

RC_GTEST_PROP(Priorities, ThePartsSumToTheWhole, ()) {
  const int days = *rc::gen::inRange(0, 4000);
  const auto visits = *rc::gen::inRange<std::int64_t>(1, 40);
  const auto spent = *rc::gen::inRange<Pesos>(0, 2'500'000);
  const bool reachable = *rc::gen::arbitrary<bool>();
  const Priority parts = priority(days, visits, spent, reachable);
  const Reach reach{.bits = reachable ? Reach::email : std::uint16_t{0}};
  int sum = 0;
  for (const auto& reason : priority_reasons(parts, reach, days, visits, spent)) sum += reason.points;
  RC_ASSERT(sum == parts.total());
}

TEST(Priorities, InWords) {
  const Priority parts = priority(450, 25, 1'200'000, true);
  const auto reasons = priority_reasons(parts, {.bits = Reach::email}, 450, 25, 1'200'000);
  ASSERT_EQ(reasons.size(), 4U);
  EXPECT_EQ(reasons[1].text, "Gastó $1.200.000 en total.");
  EXPECT_EQ(reasons[1].text_en, "Spent CLP 1,200,000 in all.");
  EXPECT_EQ(reasons[2].text, "25 visitas.");
  EXPECT_EQ(reasons[3].text, "450 días desde la última visita.");
}

TEST(Priorities, SayWhatKeepsSomebodyLow) {
  const auto why = [](std::int64_t visits, Pesos spent) {
    return priority_reasons(priority(450, visits, spent, true), {.bits = Reach::email}, 450, visits, spent)[0].text;
  };
  EXPECT_EQ(why(3, 680'800), "Pocas visitas.") << "who has spent much is not told to have spent little";
  EXPECT_EQ(why(12, 90'000), "Gasto bajo para sus visitas.");
  EXPECT_EQ(why(1, 40'000), "Pocas visitas y gasto bajo.");
}

/// One customer with this contact, asked at the end of 2024-03-14.
Reach reach_of(std::uint8_t flags, Date no_contact_before = {}) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1, .flags = flags, .no_contact_before = no_contact_before});
  return reach(*spa.build(), 0, end_of(2024, 3, 14));
}

TEST(Channels, ByContact) {
  using namespace sources;
  const std::uint8_t mobile = phone_valid | phone_mobile;
  EXPECT_THAT(channels(reach_of(mobile)), ElementsAre(Channel::whatsapp));
  EXPECT_THAT(channels(reach_of(phone_valid)), ElementsAre(Channel::telefono));
  EXPECT_THAT(channels(reach_of(email_valid)), ElementsAre(Channel::email));
  EXPECT_THAT(channels(reach_of(mobile | email_valid)), ElementsAre(Channel::whatsapp, Channel::email));
  EXPECT_THAT(channels(reach_of(mobile | email_valid | opted_out)), ElementsAre(Channel::email));
  EXPECT_TRUE(channels(reach_of(mobile | opted_out)).empty());
  EXPECT_TRUE(channels(reach_of(0)).empty());
}

TEST(Channels, NotBeforeADay) {
  const std::uint8_t mobile = sources::phone_valid | sources::phone_mobile;
  EXPECT_TRUE(reach_of(mobile, Date::of(2024, 3, 14)).reachable());
  EXPECT_FALSE(reach_of(mobile, Date::of(2024, 3, 15)).reachable());
}

TEST(Channels, NobodyReachableSaysWhy) {
  const auto why = [](Reach reach) {
    const auto reasons = priority_reasons(priority(450, 25, 1'200'000, false), reach, 450, 25, 1'200'000);
    EXPECT_EQ(reasons.size(), 1U);
    EXPECT_EQ(reasons[0].code, "unreachable");
    EXPECT_EQ(reasons[0].points, 0);
    return reasons[0].text;
  };
  const std::uint8_t mobile = sources::phone_valid | sources::phone_mobile;
  EXPECT_THAT(why(reach_of(mobile, Date::of(2024, 5, 1))), HasSubstr("1 de mayo de 2024"));
  EXPECT_THAT(why(reach_of(mobile | sources::opted_out)), HasSubstr("no acepta mensajes"));
  EXPECT_THAT(why(reach_of(0)), HasSubstr("no tiene teléfono ni correo"));
}

}  // namespace
}  // namespace aremko::analytics
