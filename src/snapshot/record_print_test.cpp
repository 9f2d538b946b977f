// A re-exported file: which row is which record, and whose visits a link shows.

#include "snapshot/record_print.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "snapshot/test_batches.h"

namespace aremko::snapshot {
namespace {

using namespace testing;

struct RowOf {
  std::string number;
  std::string record;
  Contact contact;
};

const std::vector<RowOf> people{{"1", "RecAna0001", {"Ana Soto Vera", "+56911111111"}},
                                {"2", "RecEva0002", {"Eva Rojas Mora", "+56922222222", "eva@ejemplo.cl"}},
                                {"3", "RecLuz0003", {"Luz Catrileo", "+56933333333", "", "5126663-3"}},
                                {"4", "RecPaz0004", {"Paz Barría Lara", "+56944444444"}}};

Spa spa_of(const std::vector<RowOf>& rows) {
  Spa spa;
  for (std::int64_t id = 10; id <= 40; id += 10) spa.current.customer(id, {"Cliente"});
  for (const RowOf& row : rows) {
    push(spa.legacy.batch->contact, row.contact);
    spa.legacy.batch->legacy_id.push(row.number);
    spa.legacy.batch->record_id.push(row.record);
    spa.services.line({row.contact.nombre, 0, at(2022, 1, 1), 1, std::stoi(row.number) * 1000});
  }
  return spa;
}

/// The link that a sync made when the file was `rows`.
LiveLink made(const SnapshotPtr& then, Row row, std::int64_t current_id) {
  std::string print;
  const RecordRef record = then->record_of(row, print);
  return {std::string(record.legacy_id), current_id, 95, "id", std::string(record.record_id), print, std::string(record.legacy_id)};
}

std::vector<LiveLink> links_then(const std::vector<RowOf>& rows = people) {
  const auto then = spa_of(rows).build();
  std::vector<LiveLink> out;
  for (Row row = 0; row < rows.size(); ++row) out.push_back(made(then, row, 10 * (row + 1)));
  return out;
}

/// Whose name each customer's old visits bear, "" for nobody's.
std::vector<std::string> shown(const std::vector<RowOf>& now, const std::vector<LiveLink>& links, LinkFit* fit = nullptr) {
  Spa spa = spa_of(now);
  spa.links = links;
  const auto snapshot = spa.build();
  if (fit != nullptr) *fit = snapshot->link_fit();
  std::vector<std::string> out;
  for (Row customer = 0; customer < 4; ++customer) {
    const auto rows = snapshot->legacy_of(customer);
    out.push_back(rows.empty() ? "" : std::string(snapshot->legacy().nombre(rows[0])));
  }
  return out;
}

std::vector<RowOf> without_records(std::vector<RowOf> rows) {
  for (RowOf& row : rows) row.record.clear();
  return rows;
}
std::vector<RowOf> renumbered(std::vector<RowOf> rows, int by) {
  for (RowOf& row : rows) row.number = std::to_string(std::stoi(row.number) + by);
  return rows;
}

const std::vector<std::string> everybody{"Ana Soto Vera", "Eva Rojas Mora", "Luz Catrileo", "Paz Barría Lara"};
const std::vector<std::string> nobody(4);

TEST(ReExport, TheSameFileShowsTheSame) {
  LinkFit fit;
  EXPECT_EQ(shown(people, links_then(), &fit), everybody);
  EXPECT_EQ(fit.links, 4U);
  EXPECT_EQ(fit.moved, 0U);
  EXPECT_EQ(fit.another, 0U);
}

TEST(ReExport, ALinkFollowsItsRecordToAnotherNumber) {
  LinkFit fit;
  EXPECT_EQ(shown(renumbered(people, 1), links_then(), &fit), everybody);
  EXPECT_EQ(fit.moved, 4U);
  // Half of them moved, and took the other half's numbers.
  auto half = people;
  half[0].number = "2";
  half[1].number = "1";
  EXPECT_EQ(shown(half, links_then(), &fit), everybody);
  EXPECT_EQ(fit.moved, 2U);
  EXPECT_EQ(fit.another, 0U);
}

TEST(ReExport, WithoutRecordIdsAMovedNumberShowsNobodysVisits) {
  const auto bare = without_records(people);
  LinkFit fit;
  EXPECT_EQ(shown(bare, links_then(bare)), everybody);
  EXPECT_EQ(shown(renumbered(bare, 1), links_then(bare), &fit), nobody);
  EXPECT_EQ(fit.another, 3U) << "numbers 2 to 4 are somebody else's; 1 is nobody's any more";
  // A file that lost the column: what still stands under its number stays.
  EXPECT_EQ(shown(bare, links_then()), everybody);
  EXPECT_EQ(shown(renumbered(bare, 1), links_then()), nobody);
}

TEST(ReExport, ACorrectedPhoneOrNameIsTheSameRecord) {
  for (const auto& before : {people, without_records(people)}) {
    auto now = before;
    now[0].contact.telefono = "+56955555555";
    now[1].contact = {"Eva Rojas Moreno", "+56922222222", "eva@ejemplo.cl"};
    now[2].contact.documento.clear();
    now[3].contact.email = "paz@ejemplo.cl";
    EXPECT_EQ(shown(now, links_then(before)), (std::vector<std::string>{"Ana Soto Vera", "Eva Rojas Moreno", "Luz Catrileo", "Paz Barría Lara"}));
  }
}

TEST(ReExport, ARelativeWithTheSamePhoneIsAnother) {
  const std::string phone = "+56911111111";
  std::vector<RowOf> before{{"1", "RecRosa001", {"Rosa Calfunao Treuquil", phone, "casa@ejemplo.cl"}},
                            {"2", "RecMart002", {"Martín Soto Lara", "+56922222222"}},
                            {"3", "RecMajo003", {"María José Soto Vera", "+56933333333"}},
                            {"4", "RecPaz0004", {"Paz Barría Lara", "+56944444444", "", "12345678-5"}}};
  auto now = before;
  now[0].contact.nombre = "Josefina Calfunao Treuquil";
  now[1].contact.nombre = "Martina Soto Lara";
  now[2].contact.nombre = "María Paz Soto Vera";
  now[3].contact.nombre = "Pacita Barría Lara";
  const std::vector<std::string> only_by_rut{"", "", "", "Pacita Barría Lara"};
  EXPECT_EQ(shown(now, links_then(before)), only_by_rut) << "though the record id is the same";
  EXPECT_EQ(shown(without_records(now), links_then(without_records(before))), only_by_rut);
}

TEST(ReExport, WhatIsNoLongerInTheFileIsCounted) {
  LinkFit fit;
  auto now = without_records(people);
  now[2].number = "1031";
  now[3].number = "1032";
  EXPECT_EQ(shown(now, links_then(), &fit), (std::vector<std::string>{"Ana Soto Vera", "Eva Rojas Mora", "", ""}));
  EXPECT_EQ(fit.lost, 2U);
  EXPECT_EQ(fit.another, 0U);
}

TEST(ReExport, ACustomerWhoIsGoneIsCountedOnce) {
  Spa spa = spa_of(people);
  spa.services.line({"Zoila Vega Prado", 0, at(2022, 1, 1), 99, 1'000});  // in the services file alone: tied in a second walk
  const auto then = spa.build();
  ASSERT_GT(then->legacy().size(), then->legacy().file_size());
  spa.links = {made(then, 0, 7'000'000), made(then, then->legacy().file_size(), 7'000'001), made(then, 1, 20)};
  EXPECT_EQ(spa.build()->link_fit().gone, 2U);
}

TEST(ReExport, ARecordIdThatMovedToAnotherPersonIsNotTrusted) {
  auto now = people;
  for (std::size_t i = 0; i < 4; ++i) now[i].record = people[(i + 1) % 4].record;
  EXPECT_EQ(shown(now, links_then()), everybody) << "number, name and phone outweigh it";
  now = renumbered(now, 1);
  LinkFit fit;
  EXPECT_EQ(shown(now, links_then(), &fit), nobody);
  EXPECT_EQ(fit.another, 4U);
}

TEST(ReExport, ARecordIdOnSeveralRowsNamesNone) {
  auto now = people;
  for (RowOf& row : now) row.record = "RecAna0001";
  EXPECT_EQ(shown(now, links_then()), everybody) << "each stands under its number still";
  now = renumbered(now, 1);
  EXPECT_EQ(shown(now, links_then()), (std::vector<std::string>{"Ana Soto Vera", "", "", ""})) << "only Ana bears the id she had";
  const auto snapshot = spa_of(now).build();
  std::string print;
  EXPECT_EQ(snapshot->record_of(0, print).record_id, "");
}

TEST(ReExport, BeforeAnythingIsRememberedTheNumberIsAllThereIs) {
  EXPECT_EQ(shown(people, {link("2", 20)}), (std::vector<std::string>{"", "Eva Rojas Mora", "", ""}));
  LiveLink lost = link("2", 20);
  lost.print = "-";  // what the first snapshot after an upgrade did not have
  EXPECT_EQ(shown(people, {lost}), nobody);
}

TEST(ReExport, ANameWithoutAnyContactFollowsItsRecordWhileAWordStays) {
  const std::vector<RowOf> before{{"1", "RecAna0001", {"Ana Soto"}}, {"2", "RecEva0002", {"Eva Rojas"}}};
  auto now = before;
  now[0].contact.nombre = "Ana Sotto";
  EXPECT_EQ(shown(now, links_then(before))[0], "Ana Sotto");
  now[0].contact.nombre = "Luz Mora";
  EXPECT_EQ(shown(now, links_then(before))[0], "");
}

TEST(RecordPrint, TellsRowsApartAndCannotBeRead) {
  const auto snapshot = spa_of(people).build();
  const RecordPrint ana = RecordPrint::of(snapshot->legacy(), 0);
  EXPECT_EQ(ana.text().size(), 3 * 2 + 1 + 3 + 2U) << ana.text();
  EXPECT_EQ(RecordPrint::of(snapshot->legacy(), 2).text().size(), 2 * 2 + 1 + 3 + 1 + 1 + 3U);
  const auto same = RecordPrint::read(ana.text())->against(ana);
  EXPECT_TRUE(same.name);
  EXPECT_EQ(same.same, 2);
  EXPECT_EQ(same.other, 0);
  EXPECT_EQ(ana.against(RecordPrint::of(snapshot->legacy(), 1)).same, 0);
  for (const std::string_view bad : {"", "-", "...", "1.2.3.4", "1f.12.34.56", "1f.123.456.789.", "zz...", "0102030405060708090a..."}) {
    EXPECT_EQ(RecordPrint::read(bad).has_value(), bad == "...") << bad;
  }
}

}  // namespace
}  // namespace aremko::snapshot
