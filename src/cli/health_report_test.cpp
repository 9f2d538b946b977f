#include "cli/health_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "operations/examples.h"

namespace aremko::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(HealthReport, TheWorstFirstWithWhatToDo) {
  const std::string out = health_report(operations::examples::data_health, {.width = 100});
  EXPECT_THAT(out, HasSubstr("Hallazgos graves: 2; medios: 0; leves: 1"));
  EXPECT_THAT(out, HasSubstr("servicios_legacy.telefono: 24.011 de 25.061 (95,8 %)  [broken_lookup]"));
  EXPECT_THAT(out, HasSubstr("Qué hacer:"));
  EXPECT_THAT(out, HasSubstr("registros antiguos: 331, 860 · 1399, 7662"));
  EXPECT_THAT(out, Not(HasSubstr("\x1b")));
  EXPECT_LT(out.find("GRAVE"), out.find("LEVE"));
  EXPECT_THAT(out, Not(HasSubstr("MEDIO")));
  std::size_t from = 0;
  for (std::size_t end = 0; (end = out.find('\n', from)) != std::string::npos; from = end + 1) {
    EXPECT_LE(display_width(out.substr(from, end - from)), 100U);
  }
}

TEST(HealthReport, ASourcesNotesStandUnderIt) {
  std::string answer(operations::examples::data_health);
  constexpr std::string_view none = R"("notes":[])";
  answer.replace(answer.find(none), none.size(), R"("notes":["Tarjetas de regalo de nadie: 3."])");
  EXPECT_THAT(health_report(answer, {.width = 100}), HasSubstr("\n      - Tarjetas de regalo de nadie: 3.\n"));
}

TEST(HealthReport, NothingWrongIsAShortReport) {
  const std::string out = health_report(
      R"({"summary":{"high":0,"medium":0,"low":0,"info":0},"findings":[],"completeness":[],"columns":[],"sources":[]})", {});
  EXPECT_THAT(out, HasSubstr("graves: 0"));
  EXPECT_THAT(out, Not(HasSubstr("GRAVE\n")));
}

TEST(HealthReport, ATerminalIsNotDrivenByAFilesName) {
  std::string answer(operations::examples::data_health);
  answer.replace(answer.find("Clientes-2024"), 8, "\\u001b[2J");
  EXPECT_THAT(health_report(answer, {.width = 100}), Not(HasSubstr("\x1b")));
  EXPECT_EQ(health_report("no json", {}), "no json");
}

}  // namespace
}  // namespace aremko::cli
