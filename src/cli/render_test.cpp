#include "cli/render.h"

#include <gtest/gtest.h>

namespace aremko::cli {
namespace {

TEST(Render, FieldsStandInTwoColumnsAndRecordsInATable) {
  const std::string out = render(
      R"({"id":123,"nombre":"María","ltv":680000,"vip":false,"visitas":[{"dia":"2020-03-15","monto":40000},{"dia":"2020-02-10","monto":1}]})", {});
  EXPECT_EQ(out,
            "  id      123\n"
            "  nombre  María\n"
            "  ltv     $680.000\n"
            "  vip     no\n"
            "\nvisitas\n"
            "  dia         monto\n"
            "  2020-03-15  $40.000\n"
            "  2020-02-10  $1\n");
}

TEST(Render, WideTablesAreCutAndSaySo) {
  const std::string out = render(R"([{"a":"xxxxxxxxxx","b":"yyyyyyyyyy","c":"zzzzzzzzzz"}])", {.width = 25});
  EXPECT_NE(out.find("(+1 columna:"), std::string::npos);
}

TEST(Render, ATerminalIsNotDrivenByANameWrittenByAStranger) {
  EXPECT_EQ(render(R"({"nombre":"a\u001b[2Jb"})", {}), "  nombre  a [2Jb\n");
}

TEST(Render, EmptyListsAndNullsAreADash) {
  EXPECT_EQ(render(R"({"a":[],"b":null})", {}), "  a  –\n  b  –\n");
}

TEST(ChileanPesos, HavePoints) {
  EXPECT_EQ(chilean_pesos(0), "$0");
  EXPECT_EQ(chilean_pesos(999), "$999");
  EXPECT_EQ(chilean_pesos(1200000), "$1.200.000");
  EXPECT_EQ(chilean_pesos(-1000), "-$1.000");
}

}  // namespace
}  // namespace aremko::cli
