// Who may be written to: the strictest word of any row of a person, and of whoever has the same phone or mailbox.
#include "analytics/reach.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analytics/priority.h"
#include "analytics/random_spa.h"
#include "analytics/reactivation.h"

namespace aremko::analytics {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::at;
using testing::end_of;

constexpr std::uint8_t mobile = sources::phone_valid | sources::phone_mobile;
constexpr std::uint8_t both = mobile | sources::email_valid;

struct Book {
  testing::Spa spa;
  Book() { spa.more = [this](sources::CurrentBatch& batch) { change(batch); }; }
  std::function<void(sources::CurrentBatch&)> change = [](sources::CurrentBatch&) {};

  testing::Customer& row(std::int64_t id, std::string nombre, std::string telefono, std::string email, std::uint8_t flags = both) {
    spa.customers.push_back({.id = id, .nombre = std::move(nombre), .telefono = std::move(telefono), .email = std::move(email), .flags = flags});
    return spa.customers.back();
  }
  std::vector<Channel> open(std::int64_t id, AsOf as_of = end_of(2024, 3, 14)) const {
    const auto snapshot = spa.build();
    return channels(reach(*snapshot, *snapshot->customer_row(id), as_of));
  }
  std::string closed(std::int64_t id, AsOf as_of = end_of(2024, 3, 14)) const {
    const auto snapshot = spa.build();
    std::string out;
    for (const ClosedChannel& one : closed_channels(reach(*snapshot, *snapshot->customer_row(id), as_of))) {
      out += std::string(json_name(one.canal)) + " " + std::string(one.codigo) + ";";
    }
    return out;
  }
};

TEST(Reach, OneWomanOnThreeRowsSaidNoOnOne) {
  Book book;
  book.row(13, "Elena Pichun Lagos", "+56922223333", "elena@ejemplo.cl").flags |= sources::opted_out;
  book.row(14, "Elena Pichun", "+56922223333", "elena@ejemplo.cl");
  book.row(15, "Elena P.", "+56922223333", "", mobile);
  book.row(30, "Otra Persona", "+56977770000", "otra@ejemplo.cl");
  EXPECT_THAT(book.open(13), ElementsAre(Channel::email));
  EXPECT_THAT(book.open(14), ElementsAre(Channel::email));
  EXPECT_THAT(book.open(15), IsEmpty());
  EXPECT_THAT(book.open(30), ElementsAre(Channel::whatsapp, Channel::email));
  EXPECT_EQ(book.closed(14), "whatsapp refused;");
}

TEST(Reach, NotBeforeADayHoldsForEveryRowOfThePerson) {
  Book book;
  book.row(21, "Rosa Oyarzo Mora", "+56955556666", "rosa@ejemplo.cl").no_contact_before = Date::of(2025, 1, 1);
  book.row(22, "Rosa Oyarzo", "+56955550000", "rosa@ejemplo.cl");
  EXPECT_THAT(book.open(22), IsEmpty());
  EXPECT_EQ(book.closed(22), "whatsapp not_before;email not_before;");
  EXPECT_EQ(book.open(22, end_of(2025, 1, 1)).size(), 2U);
}

TEST(Reach, AMailboxIsOneInEverySpelling) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana.uno+spa@gmail.com");
  book.row(2, "Berta Dos", "+56911110002", "berta.dos@ejemplo.cl");
  book.row(3, "Carla Tres", "+56911110003", "bertados@ejemplo.cl");
  book.change = [](sources::CurrentBatch& batch) {
    batch.refused_emails = {{.email = "anauno@googlemail.com", .until = {}}, {.email = "berta.dos@ejemplo.cl", .until = {}}};
  };
  EXPECT_THAT(book.open(1), ElementsAre(Channel::whatsapp));
  EXPECT_EQ(book.closed(1), "email refused;");
  EXPECT_THAT(book.open(2), ElementsAre(Channel::whatsapp));
  EXPECT_THAT(book.open(3), ElementsAre(Channel::whatsapp, Channel::email)) << "points count elsewhere";
}

TEST(Reach, ARefusalMayEnd) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl");
  book.change = [](sources::CurrentBatch& batch) { batch.refused_emails = {{.email = "ana@ejemplo.cl", .until = at(2024, 6, 1)}}; };
  EXPECT_THAT(book.open(1), ElementsAre(Channel::whatsapp));
  EXPECT_THAT(book.open(1, end_of(2024, 6, 1)), ElementsAre(Channel::whatsapp, Channel::email));
}

TEST(Reach, WhatARowRefuses) {
  Book book;
  const auto with = [&](std::uint16_t refusals, std::uint8_t flags = both) {
    book.spa.customers.clear();
    book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl", flags).refusals = refusals;
    return book.open(1);
  };
  EXPECT_THAT(with(sources::refuses_whatsapp), ElementsAre(Channel::email));
  EXPECT_THAT(with(sources::refuses_email), ElementsAre(Channel::whatsapp));
  EXPECT_THAT(with(sources::lives_abroad), ElementsAre(Channel::email));
  EXPECT_THAT(with(sources::refuses_sms), ElementsAre(Channel::whatsapp, Channel::email));
  EXPECT_THAT(with(sources::refuses_sms, sources::phone_valid), IsEmpty());
  EXPECT_THAT(with(sources::lives_abroad, sources::phone_valid), ElementsAre(Channel::telefono));
  EXPECT_THAT(with(sources::refuses_promotion), IsEmpty());
  EXPECT_EQ(book.closed(1), "whatsapp promotion;email promotion;");
  EXPECT_THAT(with(sources::refuses_everything), IsEmpty());
}

TEST(Reach, APhoneClosedByOneIsClosedForWhoeverHasIt) {
  Book book;
  for (int i = 1; i <= 6; ++i) book.row(i, "Persona" + std::string(1, static_cast<char>('a' + i)) + " Hotel", "+56922220000", fmt::format("p{}@ejemplo.cl", i));
  book.spa.customers[2].refusals = sources::refuses_promotion;
  EXPECT_THAT(book.open(3), IsEmpty());
  EXPECT_THAT(book.open(1), ElementsAre(Channel::email)) << "six on one phone are no person, but the phone said no";
}

TEST(Reach, AnUnreadableConsentClosesItsChannel) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl");
  book.change = [](sources::CurrentBatch& batch) { batch.whatsapp_consent_unreadable = true; };
  EXPECT_THAT(book.open(1), ElementsAre(Channel::email));
  EXPECT_EQ(book.closed(1), "whatsapp unreadable;");
  book.change = [](sources::CurrentBatch& batch) { batch.email_consent_unreadable = true; };
  EXPECT_THAT(book.open(1), ElementsAre(Channel::whatsapp));
}

TEST(Reach, AfterAMessageThirtyDaysPass) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl").last_outbound = Date::of(2024, 3, 1);
  EXPECT_THAT(book.open(1), IsEmpty());
  EXPECT_EQ(book.closed(1), "whatsapp recent;email recent;");
  EXPECT_EQ(book.open(1, end_of(2024, 3, 30)).size(), 0U);
  EXPECT_EQ(book.open(1, end_of(2024, 3, 31)).size(), 2U);
  EXPECT_EQ(book.open(1, end_of(2024, 2, 29)).size(), 2U) << "nobody had written yet";
  book.spa.customers[0].last_outbound = {};
  book.change = [](sources::CurrentBatch& batch) {
    batch.messages = {{.customer = 0, .at = at(2024, 3, 2)}, {.customer = 0, .at = at(2024, 3, 13), .inbound = true}};
  };
  EXPECT_THAT(book.open(1), IsEmpty());
  EXPECT_EQ(book.open(1, end_of(2024, 4, 1)).size(), 2U) << "what they wrote themselves does not count";
}

TEST(Reach, OneReactivationEmailAQuarter) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl");
  book.row(2, "Berta Dos", "+56911110002", "berta@ejemplo.cl", sources::email_valid);
  book.change = [](sources::CurrentBatch& batch) { batch.reactivations = {{0, Date::of(2024, 1, 1)}, {1, Date::of(2023, 10, 1)}, {1, Date::of(2024, 1, 1)}}; };
  EXPECT_THAT(book.open(1), ElementsAre(Channel::whatsapp));
  EXPECT_EQ(book.closed(1), "email quarter;");
  EXPECT_THAT(book.open(2), IsEmpty());
  EXPECT_THAT(book.open(2, end_of(2024, 3, 31)), IsEmpty());
  EXPECT_THAT(book.open(2, end_of(2024, 4, 1)), ElementsAre(Channel::email));
  EXPECT_THAT(book.open(2, end_of(2023, 9, 30)), ElementsAre(Channel::email));
  const auto snapshot = book.spa.build();
  EXPECT_EQ(unreachable_because(reach(*snapshot, 1, end_of(2024, 3, 14))).es,
            "ya recibió el correo de reactivación de este trimestre: esperar hasta el 1 de abril de 2024; no tiene teléfono válido.");
}

TEST(Reach, ADayThatCannotBeReadIsNotSaidToBeOne) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl").no_contact_before = sources::never_again;
  EXPECT_THAT(book.open(1), IsEmpty());
  EXPECT_EQ(book.closed(1), "whatsapp unreadable;email unreadable;");
  const auto snapshot = book.spa.build();
  const Reach given = reach(*snapshot, 0, end_of(2024, 3, 14));
  EXPECT_FALSE(contact_ways(given).esperar_hasta.known());
  EXPECT_EQ(unreachable_because(given).es, "hay una fecha para no contactarle que no se puede leer o no es posible, y por eso no se le escribe.");
}

TEST(Reach, ALegacyRecordsContactTiesAndClosesToo) {
  Book book;
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl");
  book.spa.legacy = {{.legacy_id = "7", .nombre = "Ana Uno", .flags = sources::email_valid, .email = "vieja@ejemplo.cl"}};
  book.spa.link("7", 1);
  book.change = [](sources::CurrentBatch& batch) { batch.refused_emails = {{.email = "vieja@ejemplo.cl", .until = {}}}; };
  EXPECT_THAT(book.open(1), ElementsAre(Channel::whatsapp));
}

struct Inactive : ::testing::Test {
  Book book;
  void came(std::int64_t sale, std::int64_t customer, Moment when) {
    book.spa.sales.push_back({.id = sale, .customer = customer, .total = 50'000, .created = {when.minutes - 1440}, .lines = {{"Masaje Relajante", when}}});
  }
  InactiveCustomers list() const {
    const auto snapshot = book.spa.build();
    kept.push_back(snapshot);
    const AsOf as_of = end_of(2024, 3, 14);
    return inactive_customers(*snapshot, Census(*snapshot, as_of), as_of, 12, 100);
  }
  static std::vector<std::int64_t> ids(const InactiveCustomers& list) {
    std::vector<std::int64_t> out;
    for (const InactiveCustomer& one : list.customers) out.push_back(one.profile.customer_id);
    return out;
  }
  mutable std::vector<snapshot::SnapshotPtr> kept;
};

TEST_F(Inactive, APersonOnTwoRowsStandsOnceACoupleTwice) {
  book.row(16, "Bruno Catrileo Paz", "+56933334444", "bruno@ejemplo.cl");
  book.row(17, "bruno catrileo", "+56933334444", "bruno@ejemplo.cl");
  book.row(18, "Marta Soto", "+56933335555", "marta@ejemplo.cl");
  book.row(19, "Luis Soto", "+56933335555", "luis@ejemplo.cl");
  came(1, 16, at(2021, 1, 17));
  came(2, 17, at(2022, 1, 17));
  came(3, 18, at(2022, 1, 18));
  came(4, 19, at(2022, 1, 19));
  const auto given = list();
  EXPECT_THAT(ids(given), ::testing::UnorderedElementsAre(17, 18, 19));
  EXPECT_EQ(given.total_inactive, 3);
  const auto snapshot = book.spa.build();
  const Census census(*snapshot, end_of(2024, 3, 14));
  EXPECT_EQ(census.customers(), 3);
  EXPECT_EQ(census.folded(), 1);
  Pesos money = 0;
  for (const Segment segment : all_segments) money += census.totals(segment).spent;
  EXPECT_EQ(money, 200'000) << "nobody's money is lost";
}

TEST_F(Inactive, WhoCameLatelyOnAnotherRowIsNotAway) {
  book.row(16, "Bruno Catrileo Paz", "+56933334444", "bruno@ejemplo.cl");
  book.row(17, "bruno catrileo", "+56933334444", "bruno@ejemplo.cl");
  came(1, 16, at(2021, 1, 17));
  came(2, 17, at(2024, 3, 1));
  EXPECT_THAT(ids(list()), IsEmpty());
}

TEST_F(Inactive, SomebodyWithABookingAheadIsShownWithNothingToWin) {
  book.row(1, "Ana Uno", "+56911110001", "ana@ejemplo.cl");
  came(1, 1, at(2021, 1, 17));
  came(2, 1, at(2024, 4, 1));
  book.spa.sales.back().created = at(2024, 3, 1);
  const auto given = list();
  ASSERT_EQ(given.customers.size(), 1U);
  EXPECT_EQ(given.customers[0].reactivation_priority, 0);
  ASSERT_EQ(given.customers[0].priority_reasons.size(), 1U);
  EXPECT_EQ(given.customers[0].priority_reasons[0].code, "upcoming");
  EXPECT_EQ(given.customers[0].priority_reasons[0].text, "Tiene una reserva el 1 de abril de 2024: no hay que recuperarlo.");
}

}  // namespace
}  // namespace aremko::analytics
