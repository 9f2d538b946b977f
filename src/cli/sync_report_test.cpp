#include "cli/sync_report.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace aremko::cli {
namespace {

std::string report(int links) {
  std::string details;
  for (int i = 0; i < links; ++i) details += fmt::format("{}{{\"legacy_id\":\"L{}\",\"current_id\":{}}}", i == 0 ? "" : ",", i, i);
  return sync_report(fmt::format(R"({{"total_legacy":9,"mappings_created":{},"details":[{}]}})", links, details), {});
}

TEST(SyncReport, IsAScreenHoweverManyLinksThereAre) {
  const std::string many = report(1000);
  EXPECT_LT(std::ranges::count(many, '\n'), 25);
  EXPECT_NE(many.find("mappings_created"), std::string::npos);
  EXPECT_NE(many.find("L9 "), std::string::npos);
  EXPECT_EQ(many.find("L10 "), std::string::npos);
  EXPECT_NE(many.find("(+990 vínculos"), std::string::npos);
  EXPECT_NE(report(11).find("(+1 vínculo:"), std::string::npos);
}

TEST(SyncReport, FewAreShownWhole) {
  EXPECT_NE(report(10).find("L9 "), std::string::npos);
  EXPECT_EQ(report(10).find("(+"), std::string::npos);
}

}  // namespace
}  // namespace aremko::cli
