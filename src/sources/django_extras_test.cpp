// Gift cards, surveys, prizes, labels, messages, closures and packs: as they are, and damaged. On both engines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "sources/django_fixture.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

using test::engine_word;
using test::noon;
using test::santiago;

class Extras : public test::DjangoDatabase {
 protected:
  void SetUp() override {
    test::DjangoDatabase::SetUp();
    if (testing::Test::IsSkipped()) return;
    customer(1);
    customer(2, "'Ana Vera', 'ana@example.com', NULL, NULL, NULL, NULL");
    customer(3, "'Luz Vera', 'ana@example.com', NULL, NULL, NULL, NULL");  // they share an address
    sale(10, 1);
    sale(11, 2);
  }
  std::string time() const { return postgres() ? "timestamptz" : "datetime"; }
};

TEST_P(Extras, GiftCardsOfWhomever) {
  const auto card = [&](int id, const std::string& values) {
    script(fmt::format("INSERT INTO ventas_giftcard (id, codigo, monto_inicial, monto_disponible, fecha_emision, fecha_vencimiento, "
                       "estado, cliente_comprador_id, cliente_destinatario_id, venta_reserva_id) VALUES "
                       "({}, 'AAAA{}', 50000, 20000, '2024-01-01', '2024-12-31', {})", id, id, values));
  };
  column("ventas_giftcard", "venta_reserva_id", "integer");
  card(1, "'cobrado', 1, 2, 10");
  card(2, "'por_cobrar', NULL, NULL, NULL");
  card(3, "'por_cobrar', 77, 1, 99");
  const auto got = load();
  ASSERT_EQ(got->gift_cards.size(), 3U);
  EXPECT_EQ(got->gift_cards[0].estado, "cobrado");
  EXPECT_EQ(got->gift_cards[0].buyer, 0U);
  EXPECT_EQ(got->gift_cards[0].recipient, 1U);
  EXPECT_EQ(got->gift_cards[0].sale, 0U);
  EXPECT_EQ(got->gift_cards[1].sale, no_row);
  EXPECT_EQ(got->gift_cards[2].buyer, no_row);
  EXPECT_EQ(got->gift_cards[2].recipient, 0U);
  EXPECT_FALSE(got->gift_cards[1].sale_gone);
  EXPECT_TRUE(got->gift_cards[2].sale_gone);
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("no es de nadie: sin comprador, destinatario ni venta (1 vez; primero: fila 2)")));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("la venta en que se compró no existe, su saldo no se cuenta (1 vez; primero: fila 3)")));
  EXPECT_THAT(got->report.refused, IsEmpty());
  EXPECT_EQ(got->report.rows_read, got->report.rows_kept);
}

TEST_P(Extras, WhatIsPaidWithACardIsKnownByIt) {
  column("ventas_pago", "giftcard_id", "integer");
  script("INSERT INTO ventas_giftcard (id, codigo, monto_inicial, monto_disponible, fecha_emision, fecha_vencimiento, estado) "
         "VALUES (7, 'CCCC7', 50000, 70000, '2024-01-01', '2024-12-31', 'cobrado')");
  for (int id = 1; id <= 3; ++id) payment(id, 10, "40000", id == 1 ? "flow" : "giftcard", "'2024-02-10 15:00:00+00:00'");
  script("UPDATE ventas_pago SET giftcard_id = 8 WHERE id = 2");
  script("UPDATE ventas_pago SET giftcard_id = 7 WHERE id = 3");
  const auto got = load();
  ASSERT_EQ(got->card_uses.size(), 2U);
  EXPECT_EQ(got->card_uses[0].card, 7);
  EXPECT_EQ(got->card_uses[0].amount, 40'000);
  EXPECT_EQ(got->card_uses[0].at.iso(), "2024-02-10T12:00:00");
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("le queda más que su monto inicial (1 vez; primero: fila 7)")));
}

TEST_P(Extras, OneReactivationAQuarter) {
  table("ventas_communicationlimit", "cliente_id integer, reactivation_emails_this_quarter integer, last_reactivation_quarter varchar(9)");
  script("INSERT INTO ventas_communicationlimit VALUES (3, 1, '2024-1'), (2, 2, '2024-Q2'), (1, 1, '2024Q3'), (1, 1, 'Q4 2023'), "
         "(2, 0, '2024-4'), (2, NULL, '2024-4'), (1, 1, '2024-5'), (1, 1, '')");
  const auto got = load();
  std::vector<std::string> quarters;
  for (const Reactivation& one : got->reactivations) quarters.push_back(fmt::format("{} {}", one.customer, one.quarter.iso()));
  EXPECT_THAT(quarters, testing::UnorderedElementsAre("0 2024-07-01", "0 2023-10-01", "1 2024-04-01", "2 2024-01-01"));
  EXPECT_TRUE(std::ranges::is_sorted(got->reactivations, {}, &Reactivation::customer));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("trimestre ilegible, no se usa (2 veces")));
}

TEST_P(Extras, SurveysFindTheirGuest) {
  table("ventas_encuestasatisfaccion",
        "id integer, cliente_id bigint, venta_reserva_id bigint, fecha_respuesta " + time() + ", fecha_visita date, nps_score smallint, "
        "cal_limpieza smallint, cal_masajes smallint, lo_que_mas_gusto text, sugerencias text, decepcion text, "
        "contacto_telefono varchar(30), contacto_email varchar(254), requiere_followup bool, quiere_newsletter bool");
  const auto survey = [&](const std::string& who, const std::string& contact, const std::string& marks = "5, NULL") {
    script(fmt::format("INSERT INTO ventas_encuestasatisfaccion VALUES (1, {}, '2024-03-20 12:00:00+00:00', '2024-03-15', 9, {}, "
                       "'el silencio', '', '', {}, {}, {})", who, marks, contact, yes_, no_));
  };
  survey("1, NULL", "NULL, NULL");
  survey("NULL, 11", "NULL, NULL");
  survey("NULL, 99", "'9 8428 0001', NULL", "6, 3");
  survey("NULL, NULL", "'', 'ANA@example.com'");  // two have it
  survey("NULL, NULL", "'+56984280003', 'nadie@example.com'");
  const auto got = load();
  std::vector<Row> who;
  for (const Survey& one : got->surveys) who.push_back(one.customer);
  EXPECT_THAT(who, ElementsAre(0, 1, 0, no_row, 2));
  EXPECT_EQ(got->surveys[1].sale, 1U);
  EXPECT_EQ(got->surveys[2].sale, no_row);
  EXPECT_EQ(got->surveys[0].visited.iso(), "2024-03-15");
  EXPECT_TRUE(got->surveys[0].follow_up);
  EXPECT_THAT(got->surveys[0].marks, ElementsAre(Pair("limpieza", 5)));
  EXPECT_THAT(got->surveys[2].marks, ElementsAre(Pair("masajes", 3)));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("calificación fuera de 1 a 5")));
  EXPECT_THAT(got->customers.refusals, ElementsAre(refuses_email, refuses_email, refuses_email));
}

TEST_P(Extras, PrizesLabelsClosuresAndPacks) {
  table("ventas_premio", "id integer, titulo varchar(200)");
  script("INSERT INTO ventas_premio VALUES (5, 'Tina gratis')");
  table("ventas_clientepremio", "cliente_id integer, premio_id integer, estado varchar(30), fecha_generacion " + time() +
                                    ", fecha_expiracion date");
  script("INSERT INTO ventas_clientepremio VALUES (2, 5, 'enviado', '2024-03-01 15:00:00+00:00', '2024-06-01'), "
         "(77, 5, 'enviado', NULL, NULL)");
  table("ventas_clientetaxonomia", "cliente_id integer, eje_valor varchar(40), eje_estilo varchar(40), calculado_en " + time());
  script("INSERT INTO ventas_clientetaxonomia VALUES (1, 'Campeón', 'Devoto del Masaje', '2024-03-01 15:00:00+00:00'), "
         "(2, 'Leal', '', NULL), (3, NULL, NULL, NULL)");
  service(7, "Tina Calbuco", "tina", 25'000);
  table("ventas_serviciobloqueo", "servicio_id integer, fecha_inicio date, fecha_fin date, motivo varchar(255), activo bool");
  script(fmt::format("INSERT INTO ventas_serviciobloqueo VALUES (7, '2024-03-01', '2024-03-05', 'Reparación', {0}), "
                     "(NULL, '2024-07-01', NULL, '', {0}), (7, '2024-03-05', '2024-03-01', '', {0}), "
                     "(7, '2024-04-01', '2024-04-02', '', {1}), (99, '2024-04-01', '2024-04-02', '', {0})", yes_, no_));
  table("ventas_packdescuento", "nombre varchar(200), descuento decimal, activo bool");
  script(fmt::format("INSERT INTO ventas_packdescuento VALUES ('Pack Escapada', 45000, {}), ('Viejo', 1000, {})", yes_, no_));
  const auto got = load();
  ASSERT_EQ(got->prizes.size(), 1U);
  EXPECT_EQ(got->prizes[0].customer, 1U);
  EXPECT_EQ(got->prizes[0].name, "Tina gratis");
  EXPECT_EQ(got->prizes[0].estado, "enviado");
  EXPECT_EQ(got->prizes[0].given.iso(), "2024-03-01T12:00:00");
  EXPECT_EQ(got->prizes[0].expires.iso(), "2024-06-01");
  ASSERT_EQ(got->labels.size(), 2U);
  EXPECT_EQ(got->labels[0].label, "Campeón · Devoto del Masaje");
  EXPECT_EQ(got->labels[0].at.iso(), "2024-03-01T12:00:00");
  EXPECT_EQ(got->labels[1].label, "Leal");
  ASSERT_EQ(got->closures.size(), 2U);
  EXPECT_EQ(got->closures[0].service, 0U);
  EXPECT_EQ(got->closures[0].to.iso(), "2024-03-05");
  EXPECT_EQ(got->closures[1].service, no_row);
  EXPECT_EQ(got->closures[1].to.iso(), "2024-07-01");
  ASSERT_EQ(got->packs.size(), 2U);
  EXPECT_EQ(got->packs[0].discount, 45'000);
  EXPECT_FALSE(got->packs[1].active);
}

TEST_P(Extras, MessagesOfAllLogs) {
  table("ventas_contactowhatsapp", "cliente_id integer, estado varchar(20), fecha_envio " + time() + ", fecha_respuesta " + time() +
                                       ", tipo_respuesta varchar(30)");
  script("INSERT INTO ventas_contactowhatsapp VALUES (2, 'enviado', '2024-03-01 15:00:00+00:00', '2024-03-02 15:00:00+00:00', "
         "'opt_out'), (1, 'pendiente', NULL, NULL, '')");
  table("ventas_communicationlog", "cliente_id integer, communication_type varchar(20), status varchar(20), sent_at " + time() +
                                       ", created_at " + time() + ", replied_at " + time());
  script("INSERT INTO ventas_communicationlog VALUES (1, 'EMAIL', 'SENT', '2024-03-03 15:00:00+00:00', NULL, NULL), "
         "(1, 'SMS', 'FAILED', NULL, '2024-03-04 15:00:00+00:00', NULL), (1, 'SMS', 'SENT', NULL, '2024-03-05 15:00:00+00:00', NULL)");
  table("ventas_whatsappmessage", "cliente_id integer, phone varchar(20), direction varchar(3), body text, timestamp " + time());
  script("INSERT INTO ventas_whatsappmessage VALUES (NULL, '56984280001', 'in', 'hola', '2024-03-06 15:00:00+00:00'), "
         "(NULL, '56900000099', 'in', 'hola', '2024-03-06 15:00:00+00:00'), (99, NULL, 'out', '', '2024-03-06 15:00:00+00:00')");
  table("inbox_omnicanal_channelmessage", "canal varchar(20), external_id varchar(120), direction varchar(3), timestamp " + time() +
                                              ", cliente_id integer");
  script("INSERT INTO inbox_omnicanal_channelmessage VALUES ('instagram', '56984280001', 'in', '2024-03-07 15:00:00+00:00', NULL), "
         "('instagram', 'x', 'out', '2024-03-07 15:00:00+00:00', 3)");
  const auto got = load();
  std::vector<std::string> messages;
  for (const Message& one : got->messages) {
    messages.push_back(fmt::format("{} {} {} {}", one.customer, one.at.date().iso(), static_cast<int>(one.way), one.inbound ? "in" : "out"));
  }
  EXPECT_THAT(messages, ElementsAre("0 2024-03-03 2 out", "0 2024-03-05 1 out", "0 2024-03-06 0 in", "1 2024-03-01 0 out",
                                    "1 2024-03-02 0 in", "2 2024-03-07 3 out"));
  std::vector<std::string> texts;
  for (const Message& one : got->messages) texts.push_back(one.text);
  EXPECT_THAT(texts, ElementsAre("", "", "hola", "", "", "")) << "what they wrote last, and nothing of what was written to them";
  EXPECT_THAT(got->customers.refusals, ElementsAre(0, refuses_whatsapp, 0));
  EXPECT_THAT(got->report.refused, IsEmpty());
}

TEST_P(Extras, MessagesOfCampaignsAndLimits) {
  table("ventas_emailrecipient", "client_id integer, email varchar(254), status varchar(20), sent_at " + time());
  script("INSERT INTO ventas_emailrecipient VALUES (1, 'x@example.com', 'opened', '2024-03-03 15:00:00+00:00'), "
         "(1, 'x@example.com', 'pending', '2024-03-04 15:00:00+00:00'), (2, 'x@example.com', 'sent', NULL), "
         "(99, 'nadie@example.com', 'sent', '2024-03-05 15:00:00+00:00')");
  table("ventas_communicationlimit", "cliente_id integer, last_sms_date date, last_email_date " + time());
  script("INSERT INTO ventas_communicationlimit VALUES (2, '2024-03-06', '2024-03-07 15:00:00+00:00'), (3, NULL, NULL)");
  const auto got = load();
  std::vector<std::string> messages;
  for (const Message& one : got->messages) {
    messages.push_back(fmt::format("{} {} {} {}", one.customer, one.at.date().iso(), static_cast<int>(one.way), one.inbound ? "in" : "out"));
  }
  EXPECT_THAT(messages, ElementsAre("0 2024-03-03 2 out", "1 2024-03-06 1 out", "1 2024-03-07 2 out"));
  EXPECT_THAT(got->report.refused, IsEmpty());
}

constexpr std::string_view all_extras[] = {
    "ventas_giftcard", "ventas_encuestasatisfaccion", "ventas_clientepremio", "ventas_premio", "ventas_clientetaxonomia",
    "ventas_participantemasajereserva", "ventas_serviciobloqueo", "ventas_packdescuento", "ventas_contactowhatsapp",
    "ventas_communicationlog", "ventas_whatsappmessage", "inbox_omnicanal_channelmessage", "ventas_proveedor",
    "whatsapp_agent_whatsappagentconfig_servicios_complementarios", "ventas_emailblacklist", "ventas_newslettersubscriber",
    "ventas_clientpreferences", "ventas_emailrecipient"};

TEST_P(Extras, AnyOfThemWithOtherColumnsOrEmpty) {
  for (const std::string_view name : all_extras) {
    table(std::string(name), "x integer, \"Raro \"\" nombre\" text");
    EXPECT_EQ(load()->sales.size(), 2U) << name;
    script(fmt::format("INSERT INTO {} VALUES (NULL, 'algo'), (1, NULL)", name));
    EXPECT_EQ(load()->sales.size(), 2U) << name;
  }
}

TEST_P(Extras, AnyOfThemWithNullsAndNonsense) {
  for (const auto& [name, columns] : std::initializer_list<std::pair<std::string, std::string>>{
           {"ventas_giftcard", "id, codigo, monto_inicial, fecha_emision, cliente_comprador_id, venta_reserva_id"},
           {"ventas_encuestasatisfaccion", "cliente_id, venta_reserva_id, fecha_respuesta, nps_score, cal_x, contacto_telefono"},
           {"ventas_clientepremio", "cliente_id, premio_id, estado, fecha_generacion, fecha_expiracion"},
           {"ventas_clientetaxonomia", "cliente_id, eje_valor, calculado_en"},
           {"ventas_participantemasajereserva", "reserva_id, nombre, tipo_participante"},
           {"ventas_serviciobloqueo", "servicio_id, fecha_inicio, fecha_fin, activo"},
           {"ventas_packdescuento", "nombre, descuento, activo"},
           {"ventas_contactowhatsapp", "cliente_id, fecha_envio, fecha_respuesta, tipo_respuesta"},
           {"ventas_communicationlog", "cliente_id, communication_type, sent_at"},
           {"ventas_whatsappmessage", "cliente_id, phone, direction, timestamp"},
           {"inbox_omnicanal_channelmessage", "cliente_id, external_id, canal, direction, timestamp"},
           {"ventas_proveedor", "id, nombre"},
           {"ventas_clientpreferences", "cliente_id, accepts_email, accepts_whatsapp, opt_out_date"},
           {"ventas_emailblacklist", "email, is_active, expires_at"},
           {"ventas_newslettersubscriber", "email, is_active"},
           {"ventas_emailrecipient", "email, status"}}) {
    std::string typed, nulls, nonsense;
    for (const std::string_view column : split(columns, ',')) {
      const std::string separator = typed.empty() ? "" : ", ";
      typed += separator + std::string(trim(column)) + " text";
      nulls += separator + "NULL";
      nonsense += separator + "'1e99 ñ nada'";
    }
    table(name, typed);
    script(fmt::format("INSERT INTO {} VALUES ({}), ({})", name, nulls, nonsense));
    EXPECT_EQ(load()->sales.size(), 2U) << name;
  }
  EXPECT_THAT(load()->customers.refusals, ElementsAre(0, 0, 0));
}

TEST_P(Extras, AnyOfThemWithoutPermission) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no permissions";
  for (const std::string_view name : all_extras) table(std::string(name), "id integer, cliente_id integer, email text");
  script("DO $$ BEGIN CREATE ROLE lector LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  script("GRANT SELECT ON ventas_cliente, ventas_ventareserva, ventas_reservaservicio, ventas_servicio TO lector");
  sql::Url reader = url_;
  reader.user = "lector";
  const auto loaded = DjangoSource(reader, santiago(), noon).load({});
  ASSERT_TRUE(loaded.has_value()) << loaded.error().detail.es;
  const auto& got = *std::get<std::shared_ptr<const CurrentBatch>>(*loaded);
  EXPECT_EQ(got.sales.size(), 2U);
  EXPECT_TRUE(got.whatsapp_consent_unreadable && got.email_consent_unreadable);
  for (const std::string_view name : all_extras) {
    EXPECT_THAT(got.report.notes_es, Contains(HasSubstr(fmt::format("No hay permiso para leer la tabla {}", name))));
  }
}

TEST_P(Extras, AConsentTableThatIsLostIsNoConsent) {
  table("ventas_emailblacklist", "email varchar(254), is_active bool");
  DjangoSource watched = source();
  ASSERT_TRUE(watched.load({}).has_value());
  script("DROP TABLE ventas_emailblacklist");
  const auto lost = watched.load({});
  ASSERT_FALSE(lost.has_value());
  EXPECT_THAT(lost.error().detail.es, HasSubstr("ventas_emailblacklist"));
}

INSTANTIATE_TEST_SUITE_P(Engines, Extras, testing::Values(sql::Engine::postgres, sql::Engine::sqlite), engine_word);

}  // namespace
}  // namespace aremko::sources
