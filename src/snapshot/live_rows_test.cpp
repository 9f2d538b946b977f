#include <gtest/gtest.h>

#include "snapshot/test_batches.h"

namespace aremko::snapshot {
namespace {

using namespace testing;

/// One sale of the live system: number 575, entered on 30 November 2024 for 20 December.
Spa one_sale() {
  Spa spa;
  const Row who = spa.current.customer(1, {"Ana Soto"});
  const Row sale = spa.current.sale(who, 90'000, {}, at(2024, 11, 30, 12));
  spa.current.batch->sales.id[sale] = 575;
  spa.current.service_line(sale, 0, Date::of(2024, 12, 20), 16 * 60);
  spa.legacy.person("1", {"Ana Soto"});
  spa.links = {link("1", 1)};
  return spa;
}

std::vector<std::string> days(const Snapshot& snapshot) {
  std::vector<std::string> out;
  for (const Moment when : snapshot.visits(0).at) out.push_back(when.date().iso());
  return out;
}

TEST(LiveRows, ASaleThatTheDatabaseHasIsNotCountedAgainWhateverItsDayInTheFile) {
  Spa spa = one_sale();
  spa.services.line({"Ana Soto", 0, at(2024, 11, 1, 16), 575, 90'000});
  spa.services.line({"Ana Soto", 2, at(2024, 11, 1), 575, 0});
  const auto snapshot = spa.build();
  EXPECT_EQ(days(*snapshot), std::vector<std::string>{"2024-12-20"});
  EXPECT_EQ(snapshot->visits(0).spent.back(), 90'000);
  EXPECT_EQ(snapshot->live_rows(), 2);
}

TEST(LiveRows, NobodyNeedBeTied) {
  Spa spa = one_sale();
  spa.services.line({"Otra Persona", 0, at(2024, 12, 20, 16), 575, 90'000});
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->live_rows(), 1);
  for (PersonId person = 1; person < snapshot->person_count(); ++person) EXPECT_EQ(snapshot->visits(person).size(), 0U);
}

TEST(LiveRows, TheSameNumberOfTheOldSystemIsAnotherVisit) {
  Spa spa = one_sale();
  spa.services.line({"Ana Soto", 0, at(2021, 5, 10, 16), 575, 1});
  spa.services.line({"Ana Soto", 0, at(2024, 9, 30, 16), 575, 2});   // the day before the live system began
  spa.services.line({"Ana Soto", 0, at(2024, 11, 1, 16), 574, 4});   // no such sale
  spa.services.line({"Ana Soto", 0, {}, 575, 8});                    // nobody knows when
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->live_rows(), 0);
  EXPECT_EQ(snapshot->visits(0).size(), 5U);
  EXPECT_EQ(snapshot->visits(0).spent.back(), 90'015);
}

TEST(LiveRows, ACancelledSaleIsNoVisitBecauseTheFileStillHasIt) {
  Spa spa = one_sale();
  spa.current.batch->service_lines.sale[0] = no_row;  // emptied of its lines
  spa.services.line({"Ana Soto", 0, at(2024, 10, 1, 16), 575, 90'000});
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->live_rows(), 1);
  EXPECT_EQ(snapshot->visits(0).size(), 0U);
}

TEST(LiveRows, TheSourceSaysSo) {
  Spa spa = one_sale();
  spa.services.line({"Ana Soto", 0, at(2024, 11, 1, 16), 575, 90'000});
  BuildInput input;
  input.current = spa.current.batch;
  input.services = spa.services.batch;
  input.states.emplace_back().name = "servicios_legacy";
  const auto snapshot = Builder::build(std::move(input));
  ASSERT_EQ(snapshot->source_states()[0].report.notes_es.size(), 1U);
  EXPECT_EQ(snapshot->source_states()[0].report.notes_es[0],
            "1 fila es una venta que la base actual ya tiene: vale la base, y la fila no se cuenta.");
}

}  // namespace
}  // namespace aremko::snapshot
