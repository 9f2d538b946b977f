// A backtest is honest: take away everything later than as_of, and no answer changes.
#include <gtest/gtest.h>

#include <set>

#include "analytics/insights.h"
#include "analytics/overview.h"
#include "analytics/people.h"
#include "analytics/profile.h"
#include "analytics/random_spa.h"
#include "analytics/reactivation.h"
#include "base/json_write.h"

namespace aremko::analytics {
namespace {

using testing::end_of;

/// Rows that bear one phone with another.
std::set<std::int64_t> shared_phones(const testing::Spa& spa) {
  std::set<std::int64_t> out;
  for (std::size_t i = 1; i < spa.customers.size(); ++i) {
    if (!spa.customers[i].telefono.empty()) out.insert({spa.customers[i - 1].id, spa.customers[i].id});
  }
  return out;
}

/// The spa as somebody would have written it down at as_of.
testing::Spa without_the_future(testing::Spa spa, AsOf as_of) {
  const Moment now = as_of.moment;
  std::erase_if(spa.sales, [&](const testing::Sale& sale) { return sale.created > now; });
  for (testing::Sale& sale : spa.sales) {
    std::erase_if(sale.payments, [&](const testing::SalePayment& payment) { return payment.at > now; });
  }
  // Consent is today's, whoever gave it: rows that share a phone stay.
  const auto shares = [phones = shared_phones(spa)](const testing::Customer& customer) { return phones.contains(customer.id); };
  std::erase_if(spa.customers, [&](const testing::Customer& customer) {
    if (shares(customer)) return false;
    const bool has_sale = std::ranges::find(spa.sales, customer.id, &testing::Sale::customer) != spa.sales.end();
    return customer.created > now && !has_sale;
  });
  std::erase_if(spa.legacy_lines, [&](const testing::LegacyLine& line) { return line.at > now; });
  std::erase_if(spa.legacy, [&](const testing::LegacyCustomer& person) {
    const bool visited = std::ranges::find(spa.legacy_lines, person.nombre, &testing::LegacyLine::cliente) !=
                         spa.legacy_lines.end();
    return person.created > now && !visited && std::ranges::none_of(spa.links, [&](const LiveLink& link) {
      return link.legacy_id == person.legacy_id;
    });
  });
  const auto gone = [&](const LiveLink& link) {
    return std::ranges::find(spa.customers, link.current_id, &testing::Customer::id) == spa.customers.end();
  };
  std::erase_if(spa.links, gone);
  return spa;
}

/// Answers of both kinds of people and all lists, as JSON by name.
std::map<std::string, std::string> answers(const testing::Spa& spa, AsOf as_of) {
  const auto snapshot = spa.build();
  const Census census(*snapshot, as_of);
  std::map<std::string, std::string> out;
  for (snapshot::Row row = 0; row < snapshot->customers().size(); ++row) {
    if (!known_customer(*snapshot, row, as_of)) continue;
    const std::string id = std::to_string(snapshot->customers().id[row]);
    out["profile " + id] = json::to_json(profile(*snapshot, row, {.as_of = as_of}));
    out["current profile " + id] = json::to_json(profile(*snapshot, row, {.as_of = as_of, .include_legacy = false}));
    out["insights " + id] = json::to_json(insights(*snapshot, row, {.as_of = as_of}));
  }
  for (snapshot::Row row = 0; row < snapshot->legacy().size(); ++row) {
    if (!known_legacy(*snapshot, row, as_of)) continue;
    // Who they are today tied to is decided today; the rest is theirs.
    const LegacyProfile person = legacy_profile(*snapshot, row, as_of);
    out["legacy " + std::string(person.legacy_id)] =
        json::to_json(std::tie(person.statistics, person.rfm_analysis, person.service_preferences,
                               person.recent_reservations));
  }
  for (const int months : {1, 12}) {
    out["inactive " + std::to_string(months)] =
        json::to_json(inactive_customers(*snapshot, census, as_of, months, 500));
  }
  for (const Segment segment : all_segments) {
    out["segment " + std::string(json_name(segment))] =
        json::to_json(segment_customers(*snapshot, census, as_of, segment, 500));
  }
  out["overview"] = json::to_json(overview(*snapshot, census, as_of));
  out["legacy customers"] = std::to_string(legacy_customers(*snapshot, as_of, {}, 0).total_found);
  out["customers"] = json::to_json(customers(*snapshot, as_of, {}, 500));
  return out;
}

class AsOfHonesty : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, AsOfHonesty, ::testing::Range(0U, 10U));

TEST_P(AsOfHonesty, WhatComesLaterChangesNothing) {
  const testing::Spa spa = testing::random_spa(GetParam());
  for (const AsOf as_of : {end_of(2024, 3, 14), AsOf{testing::at(2024, 3, 14, 11, 30)}, end_of(2019, 6, 1)}) {
    const auto with = answers(spa, as_of);
    const auto without = answers(without_the_future(spa, as_of), as_of);
    ASSERT_GT(with.size(), 50U);
    EXPECT_EQ(with.size(), without.size());
    for (const auto& [name, json] : without) {
      const auto same = with.find(name);
      ASSERT_NE(same, with.end()) << name;
      ASSERT_EQ(same->second, json) << name;
    }
  }
}

TEST(AsOf, ABookingAheadIsUpcomingOnlyOnceItIsMade) {
  testing::Spa spa;
  spa.customers.push_back({.id = 1});
  spa.sales.push_back({.id = 7, .customer = 1, .total = 50'000, .created = testing::at(2024, 3, 10),
                       .lines = {{"Masaje Relajante", testing::at(2024, 3, 20)}}});
  const auto snapshot = spa.build();
  const auto at_day = [&](int day) { return profile(*snapshot, 0, {.as_of = end_of(2024, 3, day)}); };
  EXPECT_TRUE(at_day(9).upcoming_reservations.empty());
  EXPECT_FALSE(at_day(9).statistics.proxima_visita.known());
  ASSERT_EQ(at_day(10).upcoming_reservations.size(), 1U);
  EXPECT_EQ(at_day(10).upcoming_reservations[0].id, 7);
  EXPECT_EQ(at_day(10).statistics.proxima_visita, testing::at(2024, 3, 20));
  EXPECT_EQ(at_day(19).statistics.total_visitas, 0);
  EXPECT_EQ(at_day(20).statistics.total_visitas, 1);
  EXPECT_EQ(at_day(20).rfm_analysis.days_since_last_visit, 0);
  EXPECT_EQ(at_day(20).rfm_analysis.segment, Segment::new_customer);
  EXPECT_TRUE(at_day(20).upcoming_reservations.empty());
}

}  // namespace
}  // namespace aremko::analytics
