#include "operations/definitions.h"

#include <gtest/gtest.h>

#include <set>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

std::map<std::string, std::string> told(testing::House& house, std::string_view language) {
  std::map<std::string, std::string> out;
  const auto text = house.call("definitions", {}, "aremko", language);
  const auto tree = json::parse(*text);
  for (const auto& one : tree->at("definitions").as_array()) {
    EXPECT_TRUE(out.emplace(one.at("id").as_string(), one.at("how").as_string()).second) << one.at("id");
    EXPECT_FALSE(one.at("title").as_string().empty());
    EXPECT_FALSE(one.at("topic").as_string().empty());
  }
  return out;
}

TEST(Definitions, SayTheSameThingsInBothLanguages) {
  testing::House house;
  const auto es = told(house, "es"), en = told(house, "en");
  ASSERT_EQ(es.size(), en.size());
  for (const auto& [id, how] : es) {
    ASSERT_TRUE(en.contains(id)) << id;
    EXPECT_GT(how.size(), 20u) << id;
    EXPECT_NE(how, en.at(id)) << id;
    EXPECT_EQ(how.find('{'), std::string::npos) << id;
  }
}

TEST(Definitions, EverySegmentAndEveryScoreHasOne) {
  testing::House house;
  const auto es = told(house, "es");
  for (const Segment segment : all_segments) {
    std::string id = "segment_" + ascii_lower(json_name(segment));
    std::ranges::replace(id, ' ', '_');
    EXPECT_TRUE(es.contains(id)) << id;
  }
  for (const char* id : {"total_visitas", "ultima_visita", "total_gastado", "promedio_por_visita", "segment", "churn_risk",
                         "upsell_potential", "visit_frequency", "seasonality", "reactivation_priority", "confidence_score"}) {
    EXPECT_TRUE(es.contains(id)) << id;
  }
}

TEST(Definitions, TellTheThresholdsInForce) {
  testing::House house;
  EXPECT_NE(told(house, "es").at("recency_score").find("5 hasta 30, 4 hasta 90, 3 hasta 180, 2 hasta 365"), std::string::npos);
  EXPECT_NE(told(house, "es").at("monetary_score").find("5 desde $1.500.000"), std::string::npos);
  EXPECT_NE(told(house, "en").at("monetary_score").find("2 from $100,000"), std::string::npos);
}

}  // namespace
}  // namespace aremko::operations
