#include "analytics/price.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "analytics/offer.h"
#include "analytics/preferences.h"
#include "analytics/proposal.h"
#include "analytics/random_spa.h"

namespace aremko::analytics {
namespace {

using sources::PriceUnit;
using testing::at;
using testing::end_of;

TEST(Price, IsWhatIsChargedForThePeopleItSays) {
  sources::CatalogService service;
  service.precio_base = 25'000;
  EXPECT_EQ(price_of(service, 0).charged, 25'000);
  EXPECT_EQ(price_of(service, 3).charged, 75'000);
  EXPECT_EQ(price_of(service, 3).people, 3);
  service.capacidad_minima = 2;
  service.capacidad_maxima = 4;
  EXPECT_EQ(price_of(service, 1).charged, 50'000);
  EXPECT_EQ(price_of(service, 9).charged, 100'000);
  service.unit = PriceUnit::whole;
  service.charged_people = 4;
  EXPECT_EQ(price_of(service, 0).people, 4);
  EXPECT_EQ(price_of(service, 1).charged, 100'000) << "let whole, however few come";
  EXPECT_EQ(price_of(service, 1).people, 1);
  EXPECT_EQ(price_of(service, 9).people, 4);
  EXPECT_EQ(price_of(service, 1).nights, 0);
  EXPECT_TRUE(holds(service, 4));
  EXPECT_FALSE(holds(service, 5));
  service.unit = PriceUnit::per_night;
  EXPECT_EQ(price_of(service, 1).nights, 1);
}

TEST(Price, SaidForWhom) {
  EXPECT_EQ(for_whom(1, 0).es, "para 1 persona");
  EXPECT_EQ(for_whom(2, 0).en, "for 2 people");
  EXPECT_EQ(for_whom(2, 1).es, "por 1 noche para 2 personas");
  EXPECT_EQ(for_whom(2, 2).en, "for 2 nights, for 2 people");
}

TEST(Price, AnOffersName) {
  const OfferedService cabin{.nombre = "Cabaña Torre"}, tub{.nombre = "Tina Hornopirén"};
  EXPECT_EQ(offer_name(std::array{cabin, tub}), "Pack Cabaña Torre + Tina Hornopirén");
  EXPECT_EQ(offer_name(std::array{cabin}), "Cabaña Torre");
}

/// A couple's cabin and tub of two, both let whole.
testing::Spa couple() {
  testing::Spa spa;
  spa.services = {{1, "Tina Hornopiren", "tina", true, 25'000, false, false, PriceUnit::whole, 2, 120},
                  {2, "Masaje Relajación", "masaje", true, 40'000, false, false, PriceUnit::per_person, 1, 50},
                  {3, "Cabaña Torre", "cabana", true, 45'000, false, false, PriceUnit::per_night, 2, 1200},
                  {5, "Tina de Niño", "tina", true, 5'000, false, true, PriceUnit::per_person, 1, 120}};
  spa.customers = {{.id = 1, .nombre = "Ana Soto"}};
  spa.sales = {{.id = 1, .customer = 1, .total = 140'000, .created = at(2021, 2, 20),
                .lines = {{"Cabaña Torre", at(2021, 3, 1, 16), 2, 45'000}, {"Tina Hornopiren", at(2021, 3, 1, 20), 2, 25'000}}}};
  return spa;
}

TEST(Offer, PromisesWhatIsCharged) {
  const auto snapshot = couple().build();
  const CustomerOffer given = offer(*snapshot, 0, end_of(2024, 3, 14), "Aremko");
  EXPECT_EQ(given.precio_lista, 140'000);
  EXPECT_EQ(given.personas, 2);
  ASSERT_EQ(given.items.size(), 2U);
  EXPECT_EQ(given.items[0].precio, 50'000);  // the later of the two
  EXPECT_EQ(given.items[0].unidad, "total");
  EXPECT_EQ(given.items[1].precio, 90'000);
  EXPECT_EQ(given.items[1].unidad, "por_noche");
  EXPECT_EQ(given.items[1].noches, 1);
  EXPECT_NE(given.mensaje.find("por 1 noche para 2 personas"), std::string::npos) << given.mensaje;
  EXPECT_NE(given.mensaje.find("✓ Tina Hornopiren, 2 horas, para 2 personas"), std::string::npos) << given.mensaje;
  EXPECT_NE(given.mensaje.find("hace 3 años (Cabaña Torre)"), std::string::npos) << given.mensaje;
}

/// A pack's people, which every part has.
int people_of(const CustomerOffer& offer) {
  for (const OfferItem& item : offer.items) EXPECT_EQ(item.personas, offer.personas) << item.servicio_nombre;
  return offer.personas;
}

/// A tub let whole to four, and massages two at a time; a visit of so many to both for each of `came`, to the tub alone for 0.
testing::Spa parties(const std::vector<int>& came) {
  testing::Spa spa = couple();
  spa.services[0].charged_people = 4;
  spa.more = [](sources::CurrentBatch& batch) {
    std::ranges::find(batch.services, "Masaje Relajación", &sources::CatalogService::nombre)->capacidad_maxima = 2;
  };
  spa.sales.clear();
  for (const int party : came) {
    const int number = static_cast<int>(spa.sales.size()) + 1;
    spa.sales.push_back({.id = number, .customer = 1, .total = 40'000, .created = at(2021, 2, 20), .lines = {{"Tina Hornopiren", at(2021, 3, number, 20), 4, 25'000}}});
    if (party > 0) spa.sales.back().lines.push_back({"Masaje Relajación", at(2021, 3, number, 16), party, 40'000});
  }
  return spa;
}

TEST(Offer, IsForWithHowManyTheyUsuallyCome) {
  struct Case {
    std::vector<int> came;
    int people;
    Pesos charged;  // the tub whole, the massage to each
  };
  const AsOf as_of = end_of(2024, 3, 14);
  for (const Case& one : {Case{{1}, 1, 140'000}, Case{{2, 1, 2}, 2, 180'000}, Case{{1, 2}, 1, 140'000}}) {
    const auto snapshot = parties(one.came).build();
    const CustomerOffer given = offer(*snapshot, 0, as_of, "Aremko");
    ASSERT_EQ(given.items.size(), 2U);
    EXPECT_EQ(people_of(given), one.people);
    EXPECT_EQ(given.precio_lista, one.charged);
    EXPECT_NE(given.mensaje.find(one.people == 1 ? "para 1 persona" : "para 2 personas"), std::string::npos) << given.mensaje;
    const ProposalFacts facts = proposal_facts(*snapshot, 0, nullptr, {.as_of = as_of, .business = "Aremko"});
    for (const Offer& each : facts.ofertas) EXPECT_EQ(each.personas, one.people) << each.nombre;
  }
}

TEST(Offer, HasNothingThatCannotHoldThemAll) {
  const auto tubs = parties({2, 0, 0}).build();
  const CustomerOffer four = offer(*tubs, 0, end_of(2024, 3, 14), "Aremko");
  ASSERT_EQ(four.items.size(), 1U);
  EXPECT_EQ(four.items[0].servicio_nombre, "Tina Hornopiren") << "a massage is for two at most";
  EXPECT_EQ(people_of(four), 4);
  testing::Spa spa = parties({});
  spa.services = {spa.services[1]};
  spa.sales = {{.id = 1, .customer = 1, .total = 200'000, .created = at(2021, 2, 20), .lines = {{"Masaje Relajación", at(2021, 3, 1, 16), 5, 40'000}}}};
  const auto snapshot = spa.build();
  const CustomerOffer alone = offer(*snapshot, 0, end_of(2024, 3, 14), "Aremko");
  ASSERT_EQ(alone.items.size(), 1U);
  EXPECT_EQ(people_of(alone), 2) << "nothing holds five: their favourite, for as many as it holds";
}

TEST(Offer, OfTheOldFilesIsFromTheVisitsInThem) {
  testing::Spa spa = couple();
  spa.sales.clear();
  spa.legacy = {{.legacy_id = "7", .nombre = "Rosa Paillán"}};
  spa.legacy_lines = {{.cliente = "Rosa Paillán", .service = "Masaje Relajación", .at = at(2019, 3, 1, 18), .reservation = 4, .amount = 40'000}};
  const auto snapshot = spa.build();
  const CustomerOffer given = legacy_offer(*snapshot, *snapshot->legacy_row("7"), end_of(2024, 3, 14), "Aremko");
  EXPECT_FALSE(given.customer_id);
  EXPECT_EQ(given.legacy_id, "7");
  EXPECT_TRUE(given.channels.empty()) << "no phone, no e-mail";
  ASSERT_FALSE(given.items.empty());
  EXPECT_NE(given.mensaje.find("¡Hola Rosa! Te extrañamos"), std::string::npos) << given.mensaje;
}

TEST(Offer, LeavesOutWhatIsOnlyAddedAndWhatIsClosed) {
  testing::Spa spa = couple();
  spa.sales[0].lines = {{"Masaje Relajación", at(2021, 3, 1, 16), 2, 40'000}, {"Tina de Niño", at(2021, 3, 1, 18), 1, 5'000}};
  const auto names = [&](const testing::Spa& of) {
    std::string out;
    const auto snapshot = of.build();
    for (const OfferItem& item : offer(*snapshot, 0, end_of(2024, 3, 14), "Aremko").items) out += std::string(item.servicio_nombre) + ";";
    return out;
  };
  EXPECT_EQ(names(spa), "Masaje Relajación;Tina Hornopiren;");
  EXPECT_EQ(service_preferences(*spa.build(), 0, {.as_of = end_of(2024, 3, 14)}).size(), 1U);
  spa.more = [](sources::CurrentBatch& batch) {
    batch.closures = {{.service = 0, .from = Date::of(2024, 3, 10), .to = Date::of(2024, 3, 21), .reason = "Mantención"}};
  };
  EXPECT_EQ(names(spa), "Masaje Relajación;");
  spa.more = [](sources::CurrentBatch& batch) {
    batch.closures = {{.service = 0, .from = Date::of(2024, 3, 10), .to = Date::of(2024, 3, 20), .reason = "Mantención"}};
  };
  EXPECT_EQ(names(spa), "Masaje Relajación;Tina Hornopiren;") << "open on the seventh day";
}

TEST(Preferences, WhatTheCatalogueNeverBooksAloneIsNoneByTheFilesNameEither) {
  testing::Spa spa = couple();
  spa.sales.clear();
  spa.legacy = {{.legacy_id = "7", .nombre = "Rosa Paillán"}};
  spa.legacy_lines = {{.cliente = "Rosa Paillán", .service = "Tina niños", .at = at(2021, 3, 1, 18), .reservation = 4, .amount = 5'000}};
  spa.link("7", 1);
  const auto snapshot = spa.build();
  const View view{.as_of = end_of(2024, 3, 14)};
  EXPECT_EQ(service_preferences(*snapshot, 0, view).size(), 0U);
  EXPECT_EQ(last_service(*snapshot, 0, view), "");
}

TEST(Offer, TheLastVisitIsNamedByWhatWasHadThen) {
  testing::Spa spa = couple();
  for (int i = 0; i < 3; ++i) {
    spa.sales.push_back({.id = 10 + i, .customer = 1, .total = 40'000, .created = at(2018, 1, 1),
                         .lines = {{"Masaje Relajación", at(2019, 1 + i, 1), 2, 40'000}}});
  }
  const auto snapshot = spa.build();
  const CustomerOffer given = offer(*snapshot, 0, end_of(2024, 3, 14), "Aremko");
  EXPECT_EQ(given.items.at(0).servicio_nombre, "Masaje Relajación") << "the favourite leads";
  EXPECT_NE(given.mensaje.find("(Cabaña Torre)"), std::string::npos) << given.mensaje;
}

TEST(Offer, NobodyWithABookingIsMissed) {
  testing::Spa spa = couple();
  spa.sales.push_back({.id = 9, .customer = 1, .total = 40'000, .created = at(2024, 3, 1), .lines = {{"Masaje Relajación", at(2024, 3, 20), 2, 40'000}}});
  const auto snapshot = spa.build();
  const std::string message = offer(*snapshot, 0, end_of(2024, 3, 14), "Aremko").mensaje;
  EXPECT_EQ(message.find("extrañamos"), std::string::npos) << message;
  EXPECT_NE(message.find("Te esperamos en Aremko el 20 de marzo de 2024"), std::string::npos) << message;
}

TEST(Offer, WhoeverComesTodayIsExpectedAndSoldNothing) {
  testing::Spa spa = couple();
  spa.sales.push_back({.id = 9, .customer = 1, .total = 40'000, .created = at(2024, 3, 1), .lines = {{"Masaje Relajación", at(2024, 3, 14, 16), 2, 40'000}},
                       .booking = sources::BookingState::pendiente});
  const auto snapshot = spa.build();
  const AsOf noon{at(2024, 3, 14, 12)};
  const CustomerOffer given = offer(*snapshot, 0, noon, "Aremko");
  EXPECT_TRUE(given.items.empty());
  EXPECT_EQ(given.precio_final, 0);
  EXPECT_EQ(given.mensaje, "¡Hola Ana! Te esperamos hoy a las 16:00 en Aremko 💙\n");
  EXPECT_EQ(given.mensaje_en, "Hello Ana! We look forward to seeing you today at 16:00 at Aremko 💙\n");
  EXPECT_TRUE(proposal_facts(*snapshot, 0, nullptr, {.as_of = noon, .business = "Aremko"}).ofertas.empty());
}

TEST(Offer, NobodyIsMissedWhoHasSomethingToPay) {
  testing::Spa spa = couple();
  spa.sales[0].state = sources::PaymentState::parcial;
  spa.sales[0].paid = 100'000;
  const auto snapshot = spa.build();
  const std::string message = offer(*snapshot, 0, end_of(2024, 3, 14), "Aremko").mensaje;
  EXPECT_EQ(message.find("extrañamos"), std::string::npos) << message;
  EXPECT_TRUE(proposal_facts(*snapshot, 0, nullptr, {.as_of = end_of(2024, 3, 14), .business = "Aremko"}).owes);
}

}  // namespace
}  // namespace aremko::analytics
