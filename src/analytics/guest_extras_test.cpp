#include "analytics/guest_extras.h"

#include <gtest/gtest.h>

#include "analytics/profile.h"
#include "analytics/random_spa.h"

namespace aremko::analytics {
namespace {

using testing::at;
using testing::end_of;

TEST(GuestExtras, WhatTheBookingSystemKnowsBesideIsInTheProfile) {
  testing::Spa spa;
  spa.customers = {{.id = 1}, {.id = 2}};
  spa.sales = {{.id = 10, .customer = 1, .total = 40'000, .created = at(2024, 3, 1), .lines = {{"Masaje Relajante", at(2024, 3, 2)}}, .paid = 30'000}};
  spa.more = [](sources::CurrentBatch& batch) {
    batch.gift_cards = {{.id = 1, .codigo = "AAAA00000001", .monto_inicial = 120'000, .monto_disponible = 20'000,
                         .emitida = Date::of(2024, 1, 1), .vence = Date::of(2024, 3, 1), .estado = "cobrado", .buyer = 1, .recipient = 0},
                        {.id = 2, .codigo = "BBBB00000002", .monto_inicial = 5, .emitida = Date::of(2024, 6, 1), .vence = {}, .estado = {}, .recipient = 0},
                        {.id = 3, .codigo = "CCCC00000003", .monto_inicial = 7, .emitida = Date::of(2024, 2, 1), .vence = {}, .estado = {}, .buyer = 0, .recipient = 0},
                        {.id = 4, .codigo = "nobody", .emitida = {}, .vence = {}, .estado = {}}};
    batch.surveys = {{.customer = 0, .answered = at(2024, 3, 3), .visited = Date::of(2024, 3, 2), .nps = 9, .liked = "La calma", .suggestions = {}, .disappointed = {},
                      .marks = {{"limpieza", 5}}, .follow_up = true},
                     {.customer = 0, .answered = at(2024, 5, 3), .visited = {}, .liked = {}, .suggestions = {}, .disappointed = {}, .marks = {}}};
    batch.prizes = {{.customer = 0, .name = "Tina gratis", .estado = "aprobado", .given = at(2024, 1, 1), .expires = Date::of(2024, 3, 14)}};
    batch.labels = {{.customer = 0, .label = "VIP", .at = at(2024, 1, 1)}, {.customer = 0, .label = "Dormido", .at = at(2024, 4, 1)}};
    batch.messages = {{.customer = 0, .at = at(2024, 1, 5), .way = sources::Message::Way::email},
                      {.customer = 0, .at = at(2024, 3, 5), .way = sources::Message::Way::whatsapp, .inbound = true},
                      {.customer = 0, .at = at(2024, 4, 5)}};
    batch.companions = {{.sale = 0, .name = "Persona Acompañante"}};
    batch.providers = {"", "Masajista Inventada"};
    batch.service_lines.provider[0] = 1;
  };
  const auto snapshot = spa.build();
  const CustomerProfile given = profile(*snapshot, 0, {.as_of = end_of(2024, 3, 14)});
  ASSERT_EQ(given.gift_cards.size(), 2U);
  EXPECT_EQ(given.gift_cards[0].codigo, "AAAA00000001");
  EXPECT_EQ(given.gift_cards[0].saldo, 20'000);
  EXPECT_EQ(given.gift_cards[0].papel, "destinatario");
  EXPECT_TRUE(given.gift_cards[0].vencida);
  EXPECT_EQ(given.gift_cards[1].papel, "ambos");
  EXPECT_EQ(profile(*snapshot, 1, {.as_of = end_of(2024, 3, 14)}).gift_cards.at(0).papel, "comprador");
  ASSERT_EQ(given.encuestas.size(), 1U);
  EXPECT_EQ(given.encuestas[0].nps, 9);
  EXPECT_EQ(given.encuestas[0].notas.at(0).second, 5);
  EXPECT_TRUE(given.encuestas[0].requiere_seguimiento);
  ASSERT_EQ(given.premios.size(), 1U);
  EXPECT_FALSE(given.premios[0].vencido) << "it may be used on its last day";
  ASSERT_TRUE(given.etiqueta_propia);
  EXPECT_EQ(given.etiqueta_propia->etiqueta, "VIP");
  ASSERT_TRUE(given.ultimo_mensaje);
  EXPECT_EQ(given.ultimo_mensaje->via, "whatsapp");
  EXPECT_TRUE(given.ultimo_mensaje->entrante);
  EXPECT_EQ(given.debe, 10'000);
  EXPECT_EQ(given.recent_reservations.at(0).acompanantes.at(0), "Persona Acompañante");
  EXPECT_EQ(given.recent_reservations.at(0).servicios.at(0).masajista, "Masajista Inventada");
}

TEST(GuestExtras, ACardThatWasCancelledOrNeverPaidForHasNothingLeft) {
  using sources::PaymentState;
  testing::Spa spa;
  spa.customers = {{.id = 1}};
  const auto sold = [&](PaymentState state, Pesos paid) {
    spa.sales.push_back({.id = static_cast<std::int64_t>(spa.sales.size()) + 1, .customer = 1, .total = 50'000,
                         .created = at(2024, 1, 1), .state = state, .paid = paid});
  };
  sold(PaymentState::pagado, 50'000);
  sold(PaymentState::pendiente, 0);
  sold(PaymentState::cancelado, 0);
  sold(PaymentState::parcial, 20'000);
  spa.more = [](sources::CurrentBatch& batch) {
    const auto card = [&](int day, std::string state, snapshot::Row sale) {
      batch.gift_cards.push_back({.id = day, .codigo = fmt::format("CARD{:08}", day), .monto_inicial = 50'000, .monto_disponible = 50'000,
                                  .emitida = Date::of(2024, 1, 1), .vence = Date::of(2024, 12, day), .estado = std::move(state),
                                  .buyer = 0, .sale = sale});
    };
    card(7, "por_cobrar", 0);
    card(6, "por_cobrar", 1);
    card(5, "activo", 2);
    card(4, "por_cobrar", 3);
    card(3, "Anulado", 0);
    card(2, "cancelada", snapshot::no_row);
    card(1, "cobrado", snapshot::no_row);
  };
  const auto snapshot = spa.build();
  std::vector<Pesos> left;
  for (const GuestGiftCard& card : gift_cards(*snapshot, 0, end_of(2024, 3, 14))) left.push_back(card.saldo);
  EXPECT_EQ(left, (std::vector<Pesos>{50'000, 0, 0, 50'000, 0, 0, 50'000}));
}

TEST(GuestExtras, ACardsBalanceIsThatOfTheDay) {
  testing::Spa spa;
  spa.customers = {{.id = 1}};
  spa.more = [](sources::CurrentBatch& batch) {
    batch.gift_cards = {{.id = 7, .codigo = "CARD7", .monto_inicial = 120'000, .monto_disponible = 50'000, .emitida = Date::of(2024, 1, 10),
                         .vence = Date::of(2025, 1, 10), .estado = "cobrado", .buyer = 0},
                        {.id = 8, .codigo = "CARD8", .monto_inicial = 50'000, .monto_disponible = 50'000, .emitida = Date::of(2024, 1, 1),
                         .vence = Date::of(2024, 12, 31), .estado = "por_cobrar", .buyer = 0, .sale_gone = true}};
    batch.card_uses = {{7, at(2024, 2, 10, 12), 40'000}, {7, at(2024, 3, 10, 12), 50'000}, {7, at(2024, 3, 11, 12), -20'000}, {9, at(2024, 3, 1), 1'000}};
  };
  const auto snapshot = spa.build();
  const auto left = [&](AsOf as_of) { return gift_cards(*snapshot, 0, as_of).at(0).saldo; };
  EXPECT_EQ(left(end_of(2024, 1, 20)), 120'000);
  EXPECT_EQ(left(end_of(2024, 2, 10)), 80'000);
  EXPECT_EQ(left(end_of(2024, 3, 10)), 30'000);
  EXPECT_EQ(left(end_of(2024, 3, 14)), 50'000);
  EXPECT_EQ(gift_cards(*snapshot, 0, end_of(2024, 3, 14)).at(1).saldo, 0) << "its sale was deleted";
}

TEST(GuestExtras, TheMoneySaysWhyItIsNotTheBookingSystemsFigure) {
  testing::Spa spa;
  spa.customers = {{.id = 1}};
  const auto sale = [&](std::int64_t id, Pesos total, Moment when, std::vector<testing::SalePayment> payments) {
    spa.sales.push_back({.id = id, .customer = 1, .total = total, .created = at(2024, 1, 1),
                         .lines = {{"Masaje Relajante", when, 1, total}}, .payments = std::move(payments)});
  };
  sale(1, 100'000, at(2024, 2, 1), {{"giftcard", at(2024, 1, 1), 60'000}, {"efectivo", at(2024, 1, 1), 40'000}});
  sale(2, 50'000, at(2024, 2, 2), {{"efectivo", at(2024, 1, 2), 50'000}, {"efectivo", at(2024, 2, 3), -20'000}});
  sale(3, 30'000, at(2024, 2, 4), {{"descuento", at(2024, 1, 2), 5'000}, {"efectivo", at(2024, 1, 2), 25'000}});
  sale(4, 70'000, at(2024, 4, 1), {});
  spa.legacy = {{.legacy_id = "1", .nombre = "Ana Prueba"}};
  spa.legacy_lines = {{.cliente = "Ana Prueba", .service = "Tina Tronador", .at = at(2019, 1, 1), .amount = 9'000}};
  spa.link("1", 1);
  const auto snapshot = spa.build();
  const CustomerProfile given = profile(*snapshot, 0, {.as_of = end_of(2024, 3, 14)});
  ASSERT_TRUE(given.gasto_explicado);
  EXPECT_EQ(given.gasto_explicado->gasto_total_reservas, 250'000);
  EXPECT_EQ(given.statistics.total_gastado, 100'000 - 60'000 + 50'000 - 20'000 + 30'000 - 5'000 + 9'000);
  std::string parts;
  for (const SpentPart& part : given.gasto_explicado->partes) parts += fmt::format("{} {};", part.codigo, part.monto);
  EXPECT_EQ(parts, "gift_cards -60000;discounts -5000;refunds -20000;later -70000;legacy_files 9000;");
  EXPECT_EQ(given.gasto_explicado->diferencia, -146'000);
}

class Explained : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Explained, ::testing::Range(0U, 8U));

TEST_P(Explained, ThePartsAreTheDifference) {
  const auto snapshot = testing::random_spa(GetParam()).build();
  int explained = 0;
  for (const bool include_legacy : {true, false}) {
    for (snapshot::Row row = 0; row < snapshot->customers().size(); ++row) {
      const View view{.as_of = end_of(2024, 3, 14), .include_legacy = include_legacy};
      const Pesos ours = tally(*snapshot, row, view).spent;
      const auto why = spent_explained(*snapshot, row, view);
      if (!why) continue;
      ++explained;
      EXPECT_EQ(why->gasto_total_reservas + why->diferencia, ours);
      Pesos sum = 0;
      for (const SpentPart& part : why->partes) sum += part.monto;
      EXPECT_EQ(sum, why->diferencia);
    }
  }
  EXPECT_GT(explained, 20);
}

}  // namespace
}  // namespace aremko::analytics
