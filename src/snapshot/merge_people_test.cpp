#include "snapshot/merge_people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "snapshot/search.h"
#include "snapshot/test_batches.h"

namespace aremko::snapshot {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Ana twice (4 with two visits, 9 with one and another phone), Bea (7), and Ana's old record tied to 9.
struct Twice : Spa {
  Row ana, bea, again;
  Twice() {
    ana = current.customer(4, {"Ana Soto Vera", "+56911111111", "ana@example.cl"});
    bea = current.customer(7, {"Bea Rojas Paz", "+56922222222"});
    again = current.customer(9, {"Ana Soto", "+56933333333", "", "12345678-5"});
    visit(ana, 1, 30'000);
    visit(again, 2, 50'000);
    visit(bea, 3, 10'000);
    visit(ana, 4, 20'000);
    legacy.person("L1", {"Ana Soto Vera", "+56933333333"});
    services.line({.name = "Ana Soto Vera", .at = at(2019, 5, 5, 12), .reservation = 1, .amount = 15'000});
    links = {link("L1", 9)};
    current.batch->gift_cards.push_back({.id = 1, .buyer = again});
    current.batch->messages.push_back({.customer = ana, .at = at(2024, 2, 1)});
    current.batch->messages.push_back({.customer = bea, .at = at(2024, 1, 1)});
    current.batch->messages.push_back({.customer = again, .at = at(2024, 1, 15)});
  }
  void visit(Row who, int month, Pesos total) {
    const Row sale = current.sale(who, total, at(2024, month, 3, 12), at(2024, month, 1));
    current.service_line(sale, 0, Date::of(2024, month, 3), 720);
  }
  SnapshotPtr with(std::vector<LiveMerge> merges) const {
    BuildInput input;
    input.current = current.batch;
    input.legacy = legacy.batch;
    input.services = services.batch;
    input.links = links;
    input.merges = std::move(merges);
    return Builder::build(std::move(input));
  }
};

Pesos spent(const Snapshot& snapshot, Row customer) {
  const VisitSpan visits = snapshot.visits(snapshot.person_of_customer(customer));
  return visits.size() == 0 ? 0 : visits.spent.back();
}

TEST(MergePeople, WithoutMergesNothingIsCopied) {
  const Twice spa;
  const auto snapshot = spa.with({});
  EXPECT_EQ(snapshot->current_ptr(), snapshot->unmerged_ptr());
  EXPECT_THAT(snapshot->merged(), IsEmpty());
  const auto nobody = spa.with({{4, 999}, {998, 999}});
  EXPECT_EQ(nobody->current_ptr(), nobody->unmerged_ptr()) << "ids that are not there do nothing";
}

TEST(MergePeople, TwoRowsAnswerAsOnePersonWithTheWholeHistory) {
  const Twice spa;
  const auto apart = spa.with({});
  const auto one = spa.with({{4, 9}});
  ASSERT_EQ(apart->customers().size(), 3U);
  ASSERT_EQ(one->customers().size(), 2U);
  const Row ana = *one->customer_row(4);
  EXPECT_EQ(one->customer_row(9), ana) << "the other number answers for the same person";
  EXPECT_EQ(one->visits(ana).size(), apart->visits(*apart->customer_row(4)).size() + apart->visits(*apart->customer_row(9)).size());
  EXPECT_EQ(spent(*one, ana), 115'000);
  EXPECT_EQ(spent(*apart, *apart->customer_row(4)) + spent(*apart, *apart->customer_row(9)), 115'000);
  EXPECT_EQ(spent(*one, *one->customer_row(7)), 10'000);
  EXPECT_THAT(one->legacy_of(ana), ElementsAre(0U)) << "what was tied to the other number is theirs";
  EXPECT_EQ(one->sales_of(ana).size(), 3U);
  EXPECT_EQ(one->gift_cards_of(ana).size(), 1U);
  std::vector<Moment> written;
  for (const auto& message : one->messages_of(ana)) written.push_back(message.at);
  EXPECT_THAT(written, ElementsAre(at(2024, 1, 15), at(2024, 2, 1)));
  EXPECT_EQ(one->messages_of(*one->customer_row(7)).size(), 1U);
  ASSERT_EQ(one->merged_into(ana).size(), 1U);
  EXPECT_EQ(one->merged_into(ana)[0].id, 9);
  const auto& contact = one->customers().contact;
  EXPECT_EQ(contact.nombre[ana], "Ana Soto Vera");
  EXPECT_EQ(contact.telefono[ana], "+56911111111") << "their own stays";
  EXPECT_EQ(contact.documento[ana], "12345678-5") << "what they lack is the other's";
  EXPECT_NE(contact.flags[ana] & sources::rut_valid, 0);
}

TEST(MergePeople, TheStrictestWordOfAnyRowHolds) {
  Twice spa;
  auto& customers = spa.current.batch->customers;
  customers.refusals[spa.again] = sources::refuses_email;
  customers.contact.flags[spa.again] |= sources::opted_out;
  customers.no_contact_before[spa.again] = Date::of(2030, 1, 1);
  const auto one = spa.with({{4, 9}});
  const Row ana = *one->customer_row(4);
  EXPECT_EQ(one->customers().refusals[ana], sources::refuses_email);
  EXPECT_NE(one->customers().contact.flags[ana] & sources::opted_out, 0);
  EXPECT_EQ(one->customers().no_contact_before[ana], Date::of(2030, 1, 1));
}

TEST(MergePeople, SearchFindsThemOnceByWhateverAnyRowSays) {
  const Twice spa;
  const auto one = spa.with({{4, 9}});
  const Row ana = *one->customer_row(4);
  for (const std::string_view text : {"ana soto", "+56933333333", "3333", "56911111111", "12345678-5", "ana@example.cl", "9", "4"}) {
    const auto found = search(*one, text, SearchScope::current, 10);
    std::size_t times = 0;
    for (const SearchHit& hit : found.current) times += hit.row == ana ? 1 : 0;
    EXPECT_EQ(times, 1U) << text;
  }
}

TEST(MergePeople, ThreeAreOneAndTheLastWordSaysByWhichNumber) {
  const Twice spa;
  const auto one = spa.with({{4, 9}, {7, 4}});
  ASSERT_EQ(one->customers().size(), 1U);
  EXPECT_EQ(one->customers().id[0], 7);
  EXPECT_EQ(one->customer_row(9), 0U);
  EXPECT_EQ(one->customer_row(4), 0U);
  EXPECT_EQ(spent(*one, 0), 125'000);
}

TEST(MergePeople, TakenBackEverythingIsAsItWas) {
  const Twice spa;
  const auto before = spa.with({});
  static_cast<void>(spa.with({{4, 9}}));
  const auto after = spa.with({});
  EXPECT_EQ(before->current_ptr(), after->current_ptr());
  for (Row row = 0; row < 3; ++row) {
    EXPECT_EQ(spent(*before, row), spent(*after, row));
    EXPECT_EQ(before->legacy_of(row).size(), after->legacy_of(row).size());
  }
}

TEST(MergePeople, AHistoryThatNamesTheOtherNumberIsTheirsToo) {
  Spa spa;
  spa.current.customer(4, {"Ana Soto"});
  spa.current.customer(9, {"Ana Soto"});
  spa.services.line({.name = "", .at = at(2020, 1, 1, 10), .reservation = 5, .customer_id = 9});
  BuildInput input;
  input.current = spa.current.batch;
  input.services = spa.services.batch;
  input.merges = {{4, 9}};
  const auto one = Builder::build(std::move(input));
  EXPECT_EQ(one->own_history_of(0).size(), 1U);
  EXPECT_EQ(one->visits(0).size(), 1U);
}

}  // namespace
}  // namespace aremko::snapshot
