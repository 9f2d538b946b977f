// One suite over both engines, on the tables that Django's migrations make. Every person here is invented.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "sources/django_fixture.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using test::engine_word;
using test::noon;
using test::santiago;

using Django = test::DjangoDatabase;

TEST_P(Django, LoadsAGuestWithEverything) {
  script("INSERT INTO ventas_region (id, nombre, codigo, orden) VALUES (10, 'Región de Los Lagos', 'X', 1)");
  script("INSERT INTO ventas_comuna (id, nombre, region_id) VALUES (101, 'Puerto Varas', 10)");
  customer(123, "'maría gonzález', 'MARIA@Example.com', '12.345.678-5', 'Chile', 'pto montt', '2019-01-01 03:30:00+00:00'");
  customer(7, "'Elena Toledo', NULL, NULL, NULL, '', NULL");
  script("UPDATE ventas_cliente SET comuna_id = 101, es_staff_proxy = " + yes_ + ", opt_out_whatsapp = " + yes_ +
         ", proximo_contacto_no_antes_de = '2024-05-01' WHERE id = 7");
  script("INSERT INTO ventas_categoriaservicio (id, nombre, horarios) VALUES (3, 'Masajes', '')");
  service(5, "Masaje Relajante", "masaje", 35'000);
  script("UPDATE ventas_servicio SET categoria_id = 3 WHERE id = 5");
  script("INSERT INTO ventas_producto (id, nombre, precio_base, cantidad_disponible, publicado_web) "
         "VALUES (2, 'Aceite', 9990, 4, " + yes_ + ")");
  sale(900, 123, "79990", "'2020-03-15 17:30:00+00:00'", "'2020-07-01 12:00:00.250000+00:00'");
  line(1, 900, 5);
  line(2, 900, 5, "'2020-03-16', '09:00', 1, 30000.50");
  script("INSERT INTO ventas_reservaproducto (id, venta_reserva_id, producto_id, cantidad) VALUES (1, 900, 2, 3)");
  payment(1, 900, "50000", "Transferencia");
  payment(2, 900, "29990", "flow");
  payment(3, 900, "1", "transferencia");
  script("INSERT INTO ventas_giftcard (id, codigo, monto_inicial, monto_disponible, fecha_emision, fecha_vencimiento, "
         "estado, cliente_comprador_id) VALUES (1, 'REGALO1', 50000, 20000, '2024-01-01', '2024-12-31', 'x', 123)");
  script("INSERT INTO ventas_encuestasatisfaccion (id, cliente_id, fecha_respuesta, nps_score, lo_que_mas_gusto, "
         "sugerencias, decepcion, intencion_volver) VALUES (1, 123, '2020-03-20 12:00:00+00:00', 9, 'el silencio', '', '', 'si')");

  const auto got = load();
  const ContactColumns& contact = got->customers.contact;
  ASSERT_THAT(got->customers.id, ElementsAre(7, 123));
  EXPECT_EQ(contact.nombre[1], "María González");
  EXPECT_EQ(contact.telefono[1], "+56984280123");
  EXPECT_EQ(contact.email[1], "maria@example.com");
  EXPECT_EQ(contact.documento[1], "12345678-5");
  EXPECT_EQ(contact.ciudad[1], "Puerto Montt");
  EXPECT_EQ(contact.region[1], "Los Lagos");
  EXPECT_EQ(contact.flags[1], phone_valid | phone_mobile | email_valid | rut_valid);
  EXPECT_EQ(contact.created[1].iso(), "2019-01-01T00:30:00");
  EXPECT_EQ(got->customers.pais[1], "Chile");
  EXPECT_FALSE(got->customers.no_contact_before[1].known());
  EXPECT_EQ(contact.ciudad[0], "Puerto Varas");
  EXPECT_EQ(contact.region[0], "Los Lagos");
  EXPECT_EQ(contact.flags[0], phone_valid | phone_mobile | is_staff | opted_out);
  EXPECT_EQ(got->customers.no_contact_before[0].iso(), "2024-05-01");

  ASSERT_THAT(got->sales.id, ElementsAre(900));
  EXPECT_THAT(got->sales.customer, ElementsAre(1));
  EXPECT_EQ(got->sales.created[0].iso(), "2020-03-15T14:30:00");   // summer time, -3
  EXPECT_EQ(got->sales.reserved[0].iso(), "2020-07-01T08:00:00");  // winter, -4
  EXPECT_THAT(got->sales.total, ElementsAre(79'990));
  EXPECT_EQ(got->sales.payment_state[0], PaymentState::pagado);
  EXPECT_EQ(got->sales.booking_state[0], BookingState::checkout);
  ASSERT_EQ(got->service_lines.size(), 2U);
  EXPECT_THAT(got->service_lines.sale, ElementsAre(0, 0));
  EXPECT_THAT(got->service_lines.unit_price, ElementsAre(35'000, 30'001));
  EXPECT_THAT(got->service_lines.start_minute, ElementsAre(14 * 60 + 30, 9 * 60));
  EXPECT_THAT(got->service_lines.people, ElementsAre(2, 1));
  EXPECT_EQ(got->service_lines.day[0].iso(), "2020-03-15");
  EXPECT_THAT(got->product_lines.unit_price, ElementsAre(9'990));
  EXPECT_THAT(got->product_lines.quantity, ElementsAre(3));
  EXPECT_THAT(got->payment_methods, ElementsAre("transferencia", "flow"));
  EXPECT_THAT(got->payments.method, ElementsAre(0, 1, 0));
  EXPECT_THAT(got->payments.amount, ElementsAre(50'000, 29'990, 1));
  ASSERT_EQ(got->services.size(), 1U);
  EXPECT_EQ(got->services[0].family, Family::masaje);
  EXPECT_EQ(got->services[0].categoria, "Masajes");
  EXPECT_TRUE(got->services[0].activo);
  EXPECT_EQ(got->gift_cards.at(0).buyer, 1U);
  EXPECT_EQ(got->surveys.at(0).nps, 9);
  EXPECT_EQ(got->surveys.at(0).answered.iso(), "2020-03-20T09:00:00");
  EXPECT_THAT(got->report.refused, IsEmpty());
  EXPECT_THAT(got->report.notes_es, IsEmpty());
  EXPECT_EQ(got->report.rows_kept, got->report.rows_read);
}

TEST_P(Django, TwoConnectionsReadTheSame) {
  service(5, "Tina", "tina", 25'000);
  for (int id = 1; id <= 300; ++id) customer(id);
  for (int id = 1; id <= 300; ++id) {
    sale(id, id);
    line(id, id, 5);
    payment(id, id, "100", "webpay");
  }
  const auto alone = load();
  const auto two = load({.statement_timeout_ms = 10'000, .parallel_from_rows = 0});
  EXPECT_EQ(two->customers.id, alone->customers.id);
  EXPECT_EQ(two->sales.customer, alone->sales.customer);
  EXPECT_EQ(two->service_lines.sale, alone->service_lines.sale);
  EXPECT_EQ(two->payments.sale, alone->payments.sale);
  EXPECT_EQ(two->payments.size(), 300U);
}

TEST_P(Django, OtherColumnTypes) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no column types to speak of";
  script("ALTER TABLE ventas_cliente ALTER id DROP IDENTITY IF EXISTS");
  script("ALTER TABLE ventas_cliente ALTER id TYPE integer, ALTER nombre TYPE text, ALTER telefono TYPE char(20), "
         "ALTER es_staff_proxy TYPE integer USING es_staff_proxy::int, ALTER created_at TYPE timestamp");
  script("ALTER TABLE ventas_ventareserva ALTER total TYPE numeric(12,2), ALTER pagado TYPE double precision, "
         "ALTER saldo_pendiente TYPE text, ALTER cliente_id TYPE varchar(20), ALTER fecha_creacion TYPE varchar(40)");
  no_ = "0";
  script("INSERT INTO ventas_cliente (id, telefono, nombre, created_at, opt_out_whatsapp, es_staff_proxy, region_geografica) "
         "VALUES (1, '984280796', 'Rosa Vera', '2019-01-01 03:30:00', true, 1, '')");
  script("INSERT INTO ventas_ventareserva (id, cliente_id, total, pagado, saldo_pendiente, fecha_creacion, estado_pago, "
         "estado_reserva, cobrado) VALUES (1, '1', 40000.49, 20000, '20000.00', '2020-03-15T17:30:00+00:00', 'PAGADO', 'x', true)");
  const auto got = load();
  ASSERT_EQ(got->sales.size(), 1U);
  EXPECT_EQ(got->customers.contact.telefono[0], "+56984280796");
  EXPECT_EQ(got->customers.contact.flags[0], phone_valid | phone_mobile | is_staff | opted_out);
  EXPECT_EQ(got->customers.contact.created[0].iso(), "2019-01-01T00:30:00");
  EXPECT_THAT(got->sales.total, ElementsAre(40'000));
  EXPECT_THAT(got->sales.paid, ElementsAre(20'000));
  EXPECT_THAT(got->sales.balance, ElementsAre(20'000));
  EXPECT_EQ(got->sales.created[0].iso(), "2020-03-15T14:30:00");
  EXPECT_EQ(got->sales.payment_state[0], PaymentState::pagado);
  EXPECT_EQ(got->sales.booking_state[0], BookingState::otro);
}

TEST_P(Django, DjangosTextTimesOnSqlite) {
  if (postgres()) GTEST_SKIP();
  customer(1);
  int id = 0;
  for (const std::string_view form : {"2020-03-15 17:30:00", "2020-03-15 17:30:00.123456", "2020-03-15 17:30:00+00:00",
                                      "2020-03-15T17:30:00", "2020-03-15T17:30:00Z"}) {
    sale(++id, 1, "'40000'", fmt::format("'{}'", form));
  }
  sale(++id, 1, "40000.0", "'2020-03-15'");
  const auto got = load();
  ASSERT_EQ(got->sales.size(), 6U);
  for (Row row = 0; row < 5; ++row) EXPECT_EQ(got->sales.created[row].iso(), "2020-03-15T14:30:00") << row;
  EXPECT_TRUE(got->sales.created[5].known());
  for (Row row = 0; row < 6; ++row) EXPECT_EQ(got->sales.total[row], 40'000);
}

TEST_P(Django, BadEncodingIsRepairedAndCounted) {
  customer(1, "'MarÃ­a GonzÃ¡lez', NULL, NULL, 'PerÃº', 'CurepÃ­n', NULL");
  const auto got = load();
  EXPECT_EQ(got->customers.contact.nombre[0], "María González");
  EXPECT_EQ(got->customers.pais[0], "Perú");
  EXPECT_EQ(got->report.texts_repaired, 3U);
}

TEST_P(Django, ChangesShowInTheToken) {
  customer(1);
  DjangoSource watched = source();
  const auto before = watched.change_token();
  ASSERT_TRUE(before.has_value());
  EXPECT_EQ(*before, *watched.change_token());
  customer(2);
  // PostgreSQL's counters lag behind a commit by up to a second.
  std::string after = *watched.change_token();
  for (int tenth = 0; tenth < 100 && after == *before; ++tenth) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    after = *watched.change_token();
  }
  EXPECT_NE(*before, after);
}

TEST_P(Django, IsReadOnlyAndSaysWhatItIsWithoutSecrets) {
  EXPECT_THAT(source().describe(), HasSubstr(postgres() ? "PostgreSQL" : "SQLite db.sqlite3"));
  EXPECT_THAT(source().describe(), Not(HasSubstr(directory_.path().string())));
  EXPECT_EQ(source().name(), "aremko_db");
}

TEST_P(Django, HistoryOfOnlyPlausiblePeople) {
  customer(1);
  customer(2);
  const auto add = [&](int id, int customer, const std::string& date, const std::string& price = "40000.00") {
    script(fmt::format("INSERT INTO crm_service_history (id, cliente_id, reserva_id, service_type, service_name, service_date, "
                       "quantity, price_paid, season, year) VALUES ({}, {}, '{}', 'Tinas', 'Tina Tronador', {}, 1, {}, 'x', 2021)",
                       id, customer, id + 500, date, price));
  };
  add(1, 1, "'2021-03-05'");
  add(2, 1, "'2021-04-05'", postgres() ? "'NaN'" : "'x'");
  add(3, 99, "'2021-04-05'");
  add(4, 1, "'2021-05-05'", "-40000.00");
  for (int id = 100; id < 125; ++id) add(id, 2, fmt::format("'2022-03-{:02}'", id - 99));
  const auto loaded = DjangoServiceHistorySource(url_, noon).load({});
  ASSERT_TRUE(loaded.has_value());
  const auto& got = *std::get<std::shared_ptr<const LegacyServicesBatch>>(*loaded);
  EXPECT_THAT(got.customer_id, ElementsAre(1, 1, 1));
  EXPECT_THAT(got.reservation, ElementsAre(501, 502, 504));
  EXPECT_THAT(got.amount, ElementsAre(40'000, 0, -40'000));
  EXPECT_TRUE(got.services.at(got.service[2]).adjustment) << "money given back";
  EXPECT_EQ(got.at[0].iso(), "2021-03-05T00:00:00");
  EXPECT_EQ(got.services.at(got.service[0]).family, Family::tina);
  EXPECT_EQ(got.report.rows_refused, 26U);
  EXPECT_THAT(got.report.notes_es, Contains(HasSubstr("1 clientes tienen más de 24")));

  script("DROP TABLE crm_service_history");
  const auto without = DjangoServiceHistorySource(url_, noon).load({});
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(std::get<std::shared_ptr<const LegacyServicesBatch>>(*without)->size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Engines, Django, testing::Values(sql::Engine::postgres, sql::Engine::sqlite), engine_word);

}  // namespace
}  // namespace aremko::sources
