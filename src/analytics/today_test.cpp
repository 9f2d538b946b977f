#include "analytics/today.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analytics/guest_notice.h"
#include "analytics/offer.h"
#include "analytics/test_spa.h"

namespace aremko::analytics {
namespace {

using sources::BookingState;
using sources::PaymentState;
using testing::at;
using testing::end_of;
using ::testing::ElementsAre;

const Date day = Date::of(2024, 3, 14);
const AsOf noon{at(2024, 3, 14, 12)};

/// Ana has come before and owes of that; Berta comes for the first time; Carla books and pays nothing; the house has a booking.
testing::Spa spa_of_the_day() {
  testing::Spa spa;
  spa.services[1].unit = sources::PriceUnit::whole;
  spa.customers = {{.id = 1, .nombre = "Ana"}, {.id = 2, .nombre = "Berta"}, {.id = 3, .nombre = "Carla"}, {.id = 4, .nombre = "Caja"}};
  spa.customers[3].flags |= sources::is_staff;
  spa.sales = {
      {.id = 10, .customer = 1, .total = 40'000, .created = at(2024, 2, 1), .lines = {{"Masaje Relajante", at(2024, 2, 20, 11)}},
       .state = PaymentState::parcial, .paid = 30'000},
      {.id = 11, .customer = 1, .total = 60'000, .created = at(2024, 3, 1),
       .lines = {{"Tina Caliente Premium", at(2024, 3, 14, 18), 5}, {"Masaje Relajante", at(2024, 3, 14, 16, 30), 2}},
       .state = PaymentState::parcial, .booking = BookingState::pendiente, .paid = 20'000},
      {.id = 12, .customer = 2, .total = 50'000, .created = at(2024, 3, 2), .lines = {{"Masaje Relajante", at(2024, 3, 14, 10), 1}},
       .booking = BookingState::checkin},
      {.id = 13, .customer = 3, .total = 30'000, .created = at(2024, 3, 2), .lines = {{"Tina Caliente Premium", at(2024, 3, 14), 4}},
       .state = PaymentState::pendiente, .booking = BookingState::pendiente, .paid = 0},
      {.id = 14, .customer = 4, .total = 0, .created = at(2024, 3, 2), .lines = {{"Masaje Relajante", at(2024, 3, 14, 9)}}},
      {.id = 15, .customer = 2, .total = 0, .created = at(2024, 3, 2), .lines = {}},
      {.id = 16, .customer = 3, .total = 9'000, .created = at(2024, 3, 14, 13), .lines = {{"Masaje Relajante", at(2024, 3, 14, 19)}}}};
  spa.more = [](sources::CurrentBatch& batch) {
    batch.sales.comment = {};
    for (const char* text : {"Alergia a los frutos secos.", "Cumpleaños, avisar a cocina.", "", "", "", "", ""}) batch.sales.comment.push(text);
    batch.service_lines.start_minute[4] = -1;  // Carla's hour was not written down
    batch.gift_cards = {{.id = 1, .codigo = "AAAA00000001", .monto_inicial = 50'000, .monto_disponible = 20'000, .emitida = Date::of(2024, 1, 1),
                         .vence = Date::of(2024, 3, 30), .estado = "cobrado", .recipient = 0}};
    batch.surveys = {{.customer = 0, .answered = at(2024, 3, 10), .visited = {}, .nps = 3, .liked = {}, .suggestions = {}, .disappointed = "Agua fría", .marks = {}}};
    batch.messages = {{.customer = 1, .at = at(2024, 3, 13), .way = sources::Message::Way::whatsapp, .inbound = true, .text = "¿Hay hora el sábado?"}};
  };
  return spa;
}

TEST(Today, WhoeverIsInTheHouseIsKnownUntilTheyHaveLeft) {
  testing::Spa spa;
  spa.customers = {{.id = 1, .nombre = "Ana Soto"}};
  const Moment begin = at(2024, 3, 14, 12);
  const auto after = [&](int minutes) { return AsOf{Moment{begin.minutes + minutes}}; };
  spa.sales = {{.id = 1, .customer = 1, .total = 40'000, .created = at(2024, 3, 1), .lines = {{"Masaje Relajante", begin, 1}}, .booking = BookingState::checkin}};
  const auto snapshot = spa.build();
  EXPECT_EQ(here_since(*snapshot, 0, after(17)), begin);
  EXPECT_FALSE(here_since(*snapshot, 0, after(-1)).known()) << "it has not begun";
  EXPECT_FALSE(here_since(*snapshot, 0, after(8 * 60)).known()) << "long over, whatever nobody wrote";
  const CustomerOffer given = offer(*snapshot, 0, after(17), "Aremko");
  EXPECT_TRUE(given.items.empty());
  EXPECT_EQ(given.mensaje, "¡Hola Ana! Qué bueno tenerte hoy en Aremko 💙\n");
  EXPECT_EQ(notice(*snapshot, 0, after(17)).en_curso, begin);
  spa.sales[0].booking = BookingState::checkout;
  EXPECT_FALSE(here_since(*spa.build(), 0, after(17)).known());
}

TEST(Offer, AFirmIsGreetedByItsWholeName) {
  EXPECT_EQ(greeted_as("Cámara de Comercio"), "Cámara de Comercio");
  EXPECT_EQ(greeted_as("Ana Soto"), "Ana");
  EXPECT_EQ(greeted_as(""), "");
}

TEST(Today, ArrivalsStandByHourWithWhatToKnow) {
  const auto snapshot = spa_of_the_day().build();
  const Today given = today(*snapshot, day, noon, false);
  ASSERT_EQ(given.llegadas.size(), 3U) << "the house's, an emptied sale and one made later are none";
  const Arrival& berta = given.llegadas[0];
  EXPECT_EQ(berta.nombre, "Berta");
  EXPECT_TRUE(berta.llego);
  EXPECT_TRUE(berta.primera_vez);
  EXPECT_EQ(berta.saldo, 0);
  const Arrival& ana = given.llegadas[1];
  EXPECT_EQ(ana.hora, at(2024, 3, 14, 16, 30));
  EXPECT_FALSE(ana.llego);
  EXPECT_EQ(ana.personas, 2) << "a tub bears its capacity, the massage who comes";
  EXPECT_EQ(ana.visitas_previas, 1);
  EXPECT_EQ(ana.saldo, 40'000);
  EXPECT_EQ(ana.debe, 10'000);
  EXPECT_EQ(ana.saldo_gift_cards, 20'000);
  EXPECT_EQ(ana.comentario_tipo, "celebracion");
  ASSERT_EQ(ana.notas.size(), 1U);
  EXPECT_EQ(ana.notas[0].tipo, "salud");
  EXPECT_EQ(ana.encuesta_nps, 3);
  EXPECT_EQ(ana.servicios.at(0).servicio_nombre, "Masaje Relajante");
  const Arrival& carla = given.llegadas[2];
  EXPECT_FALSE(carla.hora.known()) << "without an hour it stands last";
  EXPECT_EQ(carla.personas, 4);
  const TodayTotals& all = given.totales;
  EXPECT_EQ(all.llegan, 3);
  EXPECT_EQ(all.llegaron, 1);
  EXPECT_EQ(all.personas, 7);
  EXPECT_EQ(all.deben, 2);
  EXPECT_EQ(all.deben_monto, 40'000 + 10'000 + 30'000);
  EXPECT_EQ(all.gift_cards, 1);
  EXPECT_EQ(all.primera_vez, 2);
  EXPECT_EQ(all.con_notas, 1);
  EXPECT_EQ(all.cuentas_de_la_casa, 1);
}

TEST(Today, WhoNeverCameIsGoneWhenTheDayIsOver) {
  const auto snapshot = spa_of_the_day().build();
  const Today given = today(*snapshot, day, AsOf::end_of(day), true);
  std::vector<std::string_view> names;
  for (const Arrival& one : given.llegadas) names.push_back(one.nombre);
  EXPECT_THAT(names, ElementsAre("Berta", "Ana", "Carla")) << "the third is Carla's paid massage of 19:00";
  EXPECT_EQ(given.llegadas[2].reserva, 16);
  EXPECT_TRUE(given.llegadas[1].llego);
}

TEST(Today, TheListSaysWhatIsToBeDone) {
  const auto snapshot = spa_of_the_day().build();
  const Today given = today(*snapshot, day, noon, false);
  std::vector<std::string> told;
  for (const Todo& one : given.por_hacer) told.push_back(fmt::format("{} {}", json_name(one.tipo), one.nombre));
  EXPECT_THAT(told, ElementsAre("responder Berta", "pago_pendiente Ana", "encuesta Ana", "gift_card_por_vencer Ana", "primera_visita Berta"));
  EXPECT_EQ(given.por_hacer[0].dijo, "¿Hay hora el sábado?");
  EXPECT_FALSE(given.por_hacer[1].dijo);
  EXPECT_EQ(given.por_hacer[1].monto, 10'000);
  EXPECT_EQ(given.por_hacer[3].vence, Date::of(2024, 3, 30));
  EXPECT_TRUE(today(*snapshot, day.plus_days(1), noon, false).por_hacer.empty()) << "another day's desk has no list";
}

TEST(Today, TheListIsAsLongAsAskedFor) {
  testing::Spa spa = spa_of_the_day();
  for (int i = 0; i < 12; ++i) {
    spa.customers.push_back({.id = 20 + i, .nombre = "Debe"});
    spa.sales.push_back({.id = 100 + i, .customer = 20 + i, .total = 40'000, .created = at(2024, 3, 1), .lines = {{"Masaje Relajante", at(2024, 3, 5, 11)}},
                         .state = PaymentState::parcial, .paid = 30'000});
  }
  spa.more = {};
  const auto snapshot = spa.build();
  const auto owing = [&](std::size_t most) {
    const Today given = today(*snapshot, day, noon, false, {}, most);
    EXPECT_EQ(std::ranges::find(given.por_hacer_total, TodoKind::pago_pendiente, &TodoCount::tipo)->total, 13);
    return std::ranges::count(given.por_hacer, TodoKind::pago_pendiente, &Todo::tipo);
  };
  EXPECT_EQ(owing(most_todos), 10);
  EXPECT_EQ(owing(1000), 13);
}

TEST(Notice, WhatIsSaidOfMoneyIsNoNote) {
  testing::Spa spa = spa_of_the_day();
  spa.sales[5].total = -10'000;  // nobody came with it
  spa.more = [](sources::CurrentBatch& batch) {
    batch.sales.comment = {};
    for (const char* text : {"", "", "", "", "", "Compensación.", ""}) batch.sales.comment.push(text);
  };
  EXPECT_TRUE(notice(*spa.build(), 1, noon).notas.empty());
}

TEST(Notice, TellsHealthFirstThenTheNewest) {
  const auto snapshot = spa_of_the_day().build();
  const GuestNotice ana = notice(*snapshot, 0, noon);
  ASSERT_EQ(ana.notas.size(), 2U);
  EXPECT_EQ(ana.notas[0].texto, "Alergia a los frutos secos.");
  EXPECT_EQ(ana.notas[1].reserva, 11);
  EXPECT_EQ(ana.debe, 10'000);
  EXPECT_EQ(ana.saldo_gift_cards, 20'000);
  EXPECT_EQ(ana.gift_card_vence, Date::of(2024, 3, 30));
  EXPECT_EQ(ana.encuesta_nps, 3);
  EXPECT_EQ(ana.encuesta_texto, "Agua fría");
  EXPECT_EQ(notice(*snapshot, 0, end_of(2026, 2, 21)).notas.size(), 1U) << "older than 24 months";
  EXPECT_TRUE(notice(*snapshot, 0, end_of(2026, 3, 9)).encuesta_nps);
  EXPECT_FALSE(notice(*snapshot, 0, end_of(2026, 3, 11)).encuesta_nps) << "a survey, too";
  EXPECT_EQ(note_kind("Embarazada: masaje suave."), "salud");
  EXPECT_EQ(note_kind("Celebran aniversario."), "celebracion");
  EXPECT_EQ(note_kind("Paga el saldo al llegar."), "nota");
}

TEST(Today, WhoIsBookedForTodayIsAwaitedToday) {
  const auto snapshot = spa_of_the_day().build();
  const CustomerOffer given = offer(*snapshot, 0, noon, "Aremko");
  EXPECT_THAT(given.mensaje, ::testing::HasSubstr("Te esperamos hoy a las 16:30 en Aremko"));
  EXPECT_THAT(given.mensaje_en, ::testing::HasSubstr("seeing you today at 16:30 at Aremko"));
}

}  // namespace
}  // namespace aremko::analytics
