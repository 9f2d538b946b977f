#include "snapshot/builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "snapshot/test_batches.h"

namespace aremko::snapshot {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using sources::PaymentState;

std::vector<std::string> moments(const VisitSpan& visits) {
  std::vector<std::string> out;
  for (const Moment moment : visits.at) out.push_back(moment.known() ? moment.iso() : "-");
  return out;
}

TEST(Builder, NothingIsASnapshotToo) {
  const SnapshotPtr empty = Builder::build({});
  EXPECT_EQ(empty->person_count(), 0U);
  EXPECT_FALSE(empty->customer_row(1));
  EXPECT_FALSE(empty->legacy_row("1"));
}

TEST(Builder, FindsPeopleById) {
  Spa spa;
  spa.current.customer(7, {"Ana Soto"});
  spa.current.customer(123, {"Bea Rojas"});
  spa.legacy.person("1657", {"Bea Rojas"});
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->customer_row(123), 1U);
  EXPECT_FALSE(snapshot->customer_row(8));
  EXPECT_EQ(snapshot->legacy_row("1657"), 0U);
  EXPECT_FALSE(snapshot->legacy_row("165"));
  EXPECT_EQ(snapshot->legacy().record_id(0), "R1657");
}

/// Which rows stand for one person, as "1 2": by their phone, which all of them share.
std::vector<std::string> one_person(const std::vector<Contact>& rows) {
  Spa spa;
  for (std::size_t i = 0; i < rows.size(); ++i) spa.current.customer(static_cast<std::int64_t>(i + 1), rows[i]);
  const auto snapshot = spa.build();
  std::vector<std::string> out;
  for (Row row = 0; row < rows.size(); ++row) {
    std::string set;
    for (const Row member : snapshot->person_ties().twins.of(row)) set += (set.empty() ? "" : " ") + std::to_string(member + 1);
    if (!set.empty() && std::ranges::find(out, set) == out.end()) out.push_back(set);
  }
  return out;
}

TEST(Builder, OneNameAndOneContactAreOnePerson) {
  const std::string phone = "+56984280002";
  EXPECT_THAT(one_person({{"Ana Rojas Paz", phone}, {"Ana Rojas", phone}}), ElementsAre("1 2"));
  EXPECT_THAT(one_person({{"Ana Rojas Paz", phone, "", "9876543-3"}, {"Ana Rojas", phone}}), ElementsAre("1 2"));
  EXPECT_THAT(one_person({{"María José Huenumán", phone}, {"Huenumán Soto, María José", phone}}), ElementsAre("1 2"));
}

TEST(Builder, TwoRutsOrTwoGivenNamesAreNever) {
  const std::string phone = "+56984280002";
  EXPECT_THAT(one_person({{"Ana Rojas Paz", phone, "", "9876543-3"}, {"Ana Rojas Paz", phone, "", "20123456-5"}}), ElementsAre());
  EXPECT_THAT(one_person({{"María José Huenumán Soto", phone}, {"María Paz Huenumán Soto", phone}}), ElementsAre());
  EXPECT_THAT(one_person({{"Luis Paz Vera", phone}, {"Luisa Paz Vera", phone}}), ElementsAre());
}

TEST(Builder, NorAreTheyThroughAThirdRow) {
  const std::string phone = "+56984280005";
  EXPECT_THAT(one_person({{"Rosa Barría", phone, "", "12345678-5"}, {"Rosa Barría Oyarzo", phone}, {"Rosa Barría Oyarzo", phone, "", "7654321-6"}}),
              ElementsAre());
  EXPECT_THAT(one_person({{"María José Soto", phone}, {"María Soto", phone}, {"María Paz Soto", phone}}), ElementsAre());
  EXPECT_THAT(one_person({{"María José Soto", phone}, {"María José Soto", phone}, {"María Soto", phone}, {"María Paz Soto", phone}}), ElementsAre("1 2"));
}

TEST(Builder, ASaleHappensWhenItsFirstServiceBegins) {
  Spa spa;
  const Row who = spa.current.customer(1, {"Ana Soto"});
  const Row several = spa.current.sale(who, 1, at(2024, 1, 1), at(2023, 12, 1));
  spa.current.service_line(several, 0, Date::of(2024, 1, 11), 9 * 60);
  spa.current.service_line(several, 1, Date::of(2024, 1, 10), -1);
  spa.current.service_line(several, 1, Date::of(2024, 1, 10), 15 * 60 + 30);
  const Row reserved = spa.current.sale(who, 2, at(2024, 2, 1, 12), at(2023, 12, 1));
  spa.current.service_line(reserved, 0, {}, -1);
  const Row created = spa.current.sale(who, 4, {}, at(2024, 3, 1, 13));
  spa.current.service_line(created, 0, {}, -1);
  const Row hourless = spa.current.sale(who, 8);
  spa.current.service_line(hourless, 0, Date::of(2024, 4, 1), -1);
  const Row impossible = spa.current.sale(who, 16, at(2024, 5, 1));
  spa.current.service_line(impossible, 0, Date::of(9999, 12, 31), 60);
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->sale_moment(several), at(2024, 1, 10, 15, 30));
  EXPECT_EQ(snapshot->sale_moment(reserved), at(2024, 2, 1, 12));
  EXPECT_EQ(snapshot->sale_moment(created), at(2024, 3, 1, 13));
  EXPECT_EQ(snapshot->sale_moment(hourless), at(2024, 4, 1));
  EXPECT_EQ(snapshot->sale_moment(impossible), at(2024, 5, 1));
  EXPECT_THAT(snapshot->visits(who).spent, ElementsAre(1, 3, 7, 15, 31));
  EXPECT_EQ(snapshot->visits(who).money(2), 4);
}

TEST(Builder, CancelledSalesAndCancelledServicesAreNoVisits) {
  Spa spa;
  const Row who = spa.current.customer(1, {"Ana Soto"});
  const Date day = Date::of(2024, 1, 10);
  const Row cancelled = spa.current.sale(who, 1, at(2024, 1, 1), {}, PaymentState::cancelado);
  const Row all_lines = spa.current.sale(who, 2, at(2024, 1, 2));
  spa.current.service_line(all_lines, 2, day, 600);
  const Row one_line = spa.current.sale(who, 4, at(2024, 1, 3));
  spa.current.service_line(one_line, 2, Date::of(2024, 1, 1), 600);
  spa.current.service_line(one_line, 0, day, 660);
  const Row with_product = spa.current.sale(who, 8, at(2024, 1, 4));
  spa.current.service_line(with_product, 2, day, 600);
  spa.current.product_line(with_product);
  const Row bare = spa.current.sale(who, 16, at(2024, 1, 5));
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->sale_kind(cancelled), SaleKind::nothing);
  EXPECT_EQ(snapshot->sale_kind(all_lines), SaleKind::nothing);
  EXPECT_EQ(snapshot->sale_kind(one_line), SaleKind::visit);
  EXPECT_EQ(snapshot->sale_kind(with_product), SaleKind::nothing);
  EXPECT_EQ(snapshot->sale_kind(bare), SaleKind::nothing);
  EXPECT_EQ(snapshot->sale_moment(one_line), at(2024, 1, 10, 11));
  EXPECT_THAT(snapshot->service_lines_of(one_line), ElementsAre(2U));
  EXPECT_THAT(snapshot->product_lines_of(with_product), ElementsAre(0U));
  EXPECT_EQ(snapshot->sales_of(who).size(), 5U);
  EXPECT_THAT(snapshot->visits(who).spent, ElementsAre(4));
  EXPECT_THAT(snapshot->charges(who).spent, ElementsAre(2, 10, 26)) << "money for which nobody came, but not a cancelled sale's";
}

TEST(Builder, LegacyVisitsAreReservations) {
  Spa spa;
  const Row who = spa.legacy.person("1", {"Ana Soto"});
  const auto line = [&](std::int64_t number, Moment when, Pesos amount, bool cancelled = false) {
    spa.services.line({"ana SOTO", 0, when, number, amount, cancelled});
  };
  line(7, at(2022, 1, 1, 15), 1);   // one visit: number and date
  line(7, at(2022, 1, 1, 12), 2);
  line(7, at(2022, 1, 1), 4);       // hour unknown
  line(7, at(2022, 1, 2, 12), 8);   // the number used again on another day
  line(-1, at(2022, 1, 3), 16);     // one visit: the date alone
  line(-1, at(2022, 1, 3), 32);
  line(9, {}, 64);                  // one visit: the number alone
  line(9, {}, 128);
  line(8, {}, 256);
  line(5, at(2022, 5, 5), 512, true);    // nothing left of it
  line(7, at(2022, 1, 2), 1024, true);   // its money is left out
  const auto snapshot = spa.build();
  EXPECT_THAT(moments(snapshot->visits(snapshot->person_of_legacy(who))),
              ElementsAre("-", "-", "2022-01-01T12:00:00", "2022-01-02T12:00:00", "2022-01-03T00:00:00"));
  EXPECT_THAT(snapshot->visits(who).spent, ElementsAre(256, 448, 455, 463, 511));
  EXPECT_EQ(snapshot->visits(who).seen(AsOf::end_of(Date::of(2022, 1, 1))), 3U);
  const VisitRef first = snapshot->visits(who).ref[2];
  ASSERT_TRUE(first.legacy());
  EXPECT_EQ(snapshot->legacy_visits().lines_of(first.legacy_visit()).size(), 3U);
  EXPECT_EQ(snapshot->legacy_visits().reservation[first.legacy_visit()], 7);
  EXPECT_EQ(snapshot->legacy_visits().legacy_row[first.legacy_visit()], who);
}

TEST(Builder, LegacyDiscountsAndGiftCardsAloneAreMoneyAndNoVisit) {
  Spa spa;
  const Row who = spa.current.customer(2, {"Ana Soto"});
  const Row legacy = spa.legacy.person("77", {"Ana Soto"});
  spa.services.batch->services.emplace_back().adjustment = true;
  spa.services.line({"Ana Soto", 0, at(2022, 1, 1, 15), 1, 40});
  spa.services.line({"Ana Soto", 3, at(2022, 1, 1, 15), 1, -5});   // off the visit it stands with
  spa.services.line({"Ana Soto", 3, at(2022, 2, 1, 15), 2, 100});  // alone
  spa.services.line({"Ana Soto", 3, at(2022, 3, 1, 15), 3, -8});
  spa.links = {link("77", 2)};
  const auto snapshot = spa.build();
  for (const PersonId person : {PersonId{who}, snapshot->person_of_legacy(legacy)}) {
    EXPECT_THAT(moments(snapshot->visits(person)), ElementsAre("2022-01-01T15:00:00"));
    EXPECT_THAT(snapshot->visits(person).spent, ElementsAre(35));
    EXPECT_THAT(snapshot->charges(person).spent, ElementsAre(100, 92));
    EXPECT_EQ(snapshot->charges(person).spent_by(AsOf::end_of(Date::of(2022, 2, 1))), 100);
  }
}

TEST(Builder, MappedLegacyVisitsJoinTheCustomersAndTheSameVisitCountsOnce) {
  Spa spa;
  spa.current.customer(1, {"Otra Persona"});
  const Row who = spa.current.customer(2, {"Ana Soto"});
  const Row sale = spa.current.sale(who, 100);
  spa.current.service_line(sale, 0, Date::of(2022, 1, 1), 600);
  const Row sale_with_extra = spa.current.sale(who, 200);
  spa.current.service_line(sale_with_extra, 3, Date::of(2022, 1, 2), 600);
  const Row legacy = spa.legacy.person("77", {"Ana Soto"});
  spa.services.line({"Ana Soto", 0, at(2022, 1, 1, 15), 1, 1});   // the same masaje
  spa.services.line({"Ana Soto", 1, at(2022, 1, 1, 16), 2, 2});   // a tina: another visit
  spa.services.line({"Ana Soto", 2, at(2022, 1, 2, 10), 3, 4});   // extras prove nothing
  spa.services.line({"Ana Soto", 0, {}, 4, 8});
  spa.links = {link("77", 2), link("unknown", 2), link("77", 999)};
  const auto snapshot = spa.build();
  EXPECT_THAT(moments(snapshot->visits(who)), ElementsAre("-", "2022-01-01T10:00:00", "2022-01-01T16:00:00",
                                                          "2022-01-02T10:00:00", "2022-01-02T10:00:00"));
  EXPECT_THAT(snapshot->visits(who).spent, ElementsAre(8, 108, 110, 310, 314));
  EXPECT_THAT(snapshot->visits(snapshot->person_of_legacy(legacy)).spent, ElementsAre(8, 9, 11, 15));
  EXPECT_THAT(snapshot->legacy_of(who), ElementsAre(legacy));
  EXPECT_THAT(snapshot->legacy_of(0), ElementsAre());
  EXPECT_EQ(snapshot->customer_of(legacy), who);
  ASSERT_NE(snapshot->link_of(legacy), nullptr);
  EXPECT_EQ(snapshot->link_of(legacy)->current_id, 2);
}

TEST(Builder, NamesThatStandInTheServicesFileAloneAreTheirOwnPeople) {
  Spa spa;
  spa.legacy.person("1", {"Ana Soto"});
  spa.services.line({"Ñandú Pérez", 0, at(2022, 1, 1), 1, 5});
  spa.services.line({"", 0, at(2022, 1, 1), 2, 6});  // nobody's
  spa.links = {link(fmt::format("svc-{:016x}", hash64("nandu perez")), 9)};
  const Row customer = spa.current.customer(9, {"Nandu Perez"});
  const auto snapshot = spa.build();
  ASSERT_EQ(snapshot->legacy().size(), 2U);
  EXPECT_EQ(snapshot->legacy().nombre(1), "Ñandú Pérez");
  EXPECT_EQ(snapshot->legacy().legacy_id(1), fmt::format("svc-{:016x}", hash64("nandu perez")));
  EXPECT_EQ(snapshot->legacy().origin(1), sources::LegacyOrigin::services_file);
  EXPECT_EQ(snapshot->legacy().origin(0), sources::LegacyOrigin::customers_file);
  EXPECT_EQ(snapshot->legacy_row(snapshot->legacy().legacy_id(1)), 1U);
  EXPECT_EQ(snapshot->legacy_visits().size(), 1U);
  EXPECT_THAT(snapshot->visits(snapshot->person_of_legacy(1)).spent, ElementsAre(5));
  EXPECT_EQ(snapshot->customer_of(1), customer);
  EXPECT_THAT(snapshot->visits(customer).spent, ElementsAre(5));
}

/// Two rows named Ana Soto, made the same or not by the caller; returns how many visits fall on row 0, row 1 and
/// on extras.
std::vector<std::size_t> namesakes(const Contact& first, const Contact& second, const LegacyServices::Line& line,
                                   std::vector<LiveLink> links = {}) {
  Spa spa;
  spa.current.customer(1, {"Ana Soto"});
  spa.current.customer(2, {"Ana Soto"});
  spa.legacy.person("1", first);
  spa.legacy.person("2", second);
  spa.services.line(line);
  spa.links = std::move(links);
  const auto snapshot = spa.build();
  std::vector<std::size_t> out;
  for (Row row = 0; row < snapshot->legacy().size(); ++row) {
    out.push_back(snapshot->visits(snapshot->person_of_legacy(row)).size());
  }
  return out;
}

TEST(Builder, NamesakesAreOnePersonWhenSomethingElseSaysSo) {
  const LegacyServices::Line line{"Ana Soto", 0, at(2022, 1, 1), 1};
  EXPECT_THAT(namesakes({"Ana Soto", "", "", "5126663-3"}, {"Ana SOTO", "", "", "5126663-3"}, line),
              ElementsAre(1, 0));
  EXPECT_THAT(namesakes({"Ana Soto", "+56911112222"}, {"Ana Soto", "+56911112222"}, line), ElementsAre(1, 0));
  EXPECT_THAT(namesakes({"Ana Soto"}, {"Ana Soto"}, line, {link("1", 1), link("2", 1)}), ElementsAre(1, 0));
  // Two phones, two people, and nothing that tells which.
  EXPECT_THAT(namesakes({"Ana Soto", "+56911112222"}, {"Ana Soto", "+56933334444"}, line), ElementsAre(0, 0, 1));
  EXPECT_THAT(namesakes({"Ana Soto"}, {"Ana Soto"}, line), ElementsAre(0, 0, 1));
  EXPECT_THAT(namesakes({"Ana Soto"}, {"Ana Soto"}, line, {link("1", 1), link("2", 2)}), ElementsAre(0, 0, 1));
  // One phone, but two valid RUTs: a mother and her daughter.
  EXPECT_THAT(namesakes({"Ana Soto", "+56911112222", "", "5126663-3"},
                        {"Ana Soto", "+56911112222", "", "7654321-6"}, line),
              ElementsAre(0, 0, 1));
}

TEST(Builder, TwoRutsAreTwoPeopleWhateverRowStandsBetweenThem) {
  Spa spa;
  spa.legacy.person("1", {"Ana Soto", "+56911112222", "", "5126663-3"});
  spa.legacy.person("2", {"Ana Soto", "+56911112222"});
  spa.legacy.person("3", {"Ana Soto", "+56911112222", "", "7654321-6"});
  spa.services.line({"Ana Soto", 0, at(2022, 1, 1), 1});
  const auto snapshot = spa.build();
  ASSERT_EQ(snapshot->legacy().size(), 4U) << "the name is two people's, and nothing tells which";
  EXPECT_EQ(snapshot->visits(snapshot->person_of_legacy(3)).size(), 1U);
}

TEST(Builder, TheVisitsOfOnePersonsRowsGoWhereTheMappingSeesThem) {
  const LegacyServices::Line line{"Ana Soto", 0, at(2022, 1, 1), 1};
  EXPECT_THAT(namesakes({"Ana Soto", "+56911112222"}, {"Ana Soto", "+56911112222"}, line, {link("2", 1)}),
              ElementsAre(0, 1));
}

TEST(Builder, ARareContactDecidesBetweenNamesakes) {
  const Contact first{"Ana Soto", "+56911112222", "ana@ejemplo.cl"};
  const Contact second{"Ana Soto", "+56933334444"};
  LegacyServices::Line line{"Ana Soto", 0, at(2022, 1, 1), 1};
  line.telefono = "+56933334444";
  EXPECT_THAT(namesakes(first, second, line), ElementsAre(0, 1));
  line.telefono = "";
  line.email = "ana@ejemplo.cl";
  EXPECT_THAT(namesakes(first, second, line), ElementsAre(1, 0));
  line.telefono = "+56933334444";  // the phone says one, the mail the other
  EXPECT_THAT(namesakes(first, second, line), ElementsAre(0, 0, 1));
}

/// The visits of each row of a customers file, when the services file holds every name cut at its first ñ, or whole.
std::vector<std::size_t> visits_of_cut_names(bool cut) {
  Spa spa;
  for (int i = 0; i < 200; ++i) {
    const std::string name = fmt::format("Persona {}{}", static_cast<char>('a' + i % 26), static_cast<char>('a' + i / 26));
    spa.legacy.person(std::to_string(100 + i), {name});
    spa.services.line({cut || i > 0 ? name : "Begoña Ortúzar", 0, at(2022, 1, 1), 100 + i});
  }
  const Row rare = spa.legacy.person("1", {"Yasna Argomedo Muñoz"});
  spa.legacy.person("2", {"Ana Muñoz"});
  spa.legacy.person("3", {"Ana Muñoz Soto"});
  spa.services.line({"Yasna Argomedo Mu", 0, at(2022, 2, 2), 1});
  spa.services.line({"Ana Mu", 0, at(2022, 2, 2), 2});
  const auto snapshot = spa.build();
  std::vector<std::size_t> out;
  for (Row row = rare; row < rare + 3; ++row) out.push_back(snapshot->visits(snapshot->person_of_legacy(row)).size());
  return out;
}

TEST(Builder, ANameThatTheServicesFileCutAtItsEnyeFindsItsPerson) {
  EXPECT_THAT(visits_of_cut_names(true), ElementsAre(1, 0, 0)) << "two are called Ana Mu…, and nothing tells which";
  EXPECT_THAT(visits_of_cut_names(false), ElementsAre(0, 0, 0)) << "a file that holds one ñ cuts none";
}

TEST(Builder, AContactThatManyNamesShareDecidesNothing) {
  Spa spa;
  spa.legacy.person("1", {"Ana Soto", "+56911112222"});
  spa.legacy.person("2", {"Ana Soto", "+56933334444"});
  for (const std::string name : {"Ana Soto", "Bea Rojas", "Celia Mora", "Dora Paz"}) {
    spa.services.line({name, 0, at(2022, 1, 1), 1, 1, false, "+56911112222"});
  }
  const auto snapshot = spa.build();
  EXPECT_EQ(snapshot->visits(0).size(), 0U);
  EXPECT_EQ(snapshot->legacy().size(), 2U + 4U);
}

TEST(Builder, ImportedHistoryBelongsToTheCustomerItNames) {
  Spa spa;
  const Row who = spa.current.customer(44, {"Ana Soto"});
  LegacyServices::Line line{"", 0, at(2022, 1, 1), 1, 7};
  line.customer_id = 44;
  spa.services.line(line);
  line.customer_id = 45;
  spa.services.line(line);
  const auto snapshot = spa.build();
  EXPECT_THAT(snapshot->visits(who).spent, ElementsAre(7));
  EXPECT_EQ(snapshot->legacy().size(), 0U);
  EXPECT_EQ(snapshot->legacy_visits().legacy_row[0], no_row);
}

TEST(Builder, OneThreadAndTwoMakeTheSame) {
  Spa spa;
  for (int i = 0; i < 50; ++i) {
    const Row who = spa.current.customer(i + 1, {"Persona " + std::to_string(i)});
    spa.legacy.person(std::to_string(i), {"Persona " + std::to_string(i)});
    for (int j = 0; j < i % 4; ++j) spa.current.service_line(spa.current.sale(who, j), 0, Date::of(2024, 1, 1 + (i * 7 + j * 5) % 28), 600);
    spa.services.line({"Persona " + std::to_string(i), 0, at(2022, 1, 1 + i % 28), i, i});
    if (i % 2 == 0) spa.links.push_back(link(std::to_string(i), i + 1));
  }
  const auto one = spa.build(1);
  const auto two = spa.build(2);
  EXPECT_TRUE(std::ranges::equal(one->visit_begin(), two->visit_begin()));
  EXPECT_TRUE(std::ranges::equal(one->visit_at(), two->visit_at()));
  for (PersonId person = 0; person < one->person_count(); ++person) {
    EXPECT_TRUE(std::ranges::equal(one->visits(person).spent, two->visits(person).spent));
    EXPECT_TRUE(std::ranges::equal(one->visits(person).from, two->visits(person).from));
  }
  for (PersonId person = 0; person < one->person_count(); ++person) {
    EXPECT_TRUE(std::ranges::equal(one->visits(person).ref, two->visits(person).ref, {}, &VisitRef::bits,
                                   &VisitRef::bits));
  }
}

}  // namespace
}  // namespace aremko::snapshot
