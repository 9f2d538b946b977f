// What a booking database may hold that it should not, may lack, and how it may fail; on both engines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/django_fixture.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

using test::engine_word;
using test::noon;
using test::santiago;

using DamagedDjango = test::DjangoDatabase;

std::vector<std::string> refused(const LoadReport& report) {
  std::vector<std::string> out;
  for (const RefusedRow& row : report.refused) out.push_back(fmt::format("{}/{}:{}", row.file, row.line, row.code));
  return out;
}

TEST_P(DamagedDjango, RunsWithoutWhatIsOptional) {
  customer(1);
  sale(1, 1);
  for (const std::string_view table : {"ventas_encuestasatisfaccion", "ventas_pago", "ventas_giftcard", "crm_service_history",
                                       "ventas_reservaproducto", "ventas_producto"}) {
    script(fmt::format("DROP TABLE {}", table));
  }
  for (const std::string_view column : {"pais", "ciudad", "email", "created_at", "opt_out_whatsapp",
                                        "es_staff_proxy", "region_geografica", "documento_identidad"}) {
    script(fmt::format("ALTER TABLE ventas_cliente DROP COLUMN {}", column));
  }
  script("ALTER TABLE ventas_ventareserva DROP COLUMN comentarios");
  const auto got = load();
  EXPECT_EQ(got->sales.size(), 1U);
  EXPECT_EQ(got->customers.contact.nombre[0], "Rosa Vera");
  EXPECT_EQ(got->customers.contact.flags[0], phone_valid | phone_mobile);
  EXPECT_THAT(got->report.notes_es, Contains("Falta la tabla ventas_pago: se sigue sin ella."));
  EXPECT_THAT(got->report.notes_es, Contains("Falta la columna ventas_cliente.ciudad: se sigue sin ella."));
}

TEST_P(DamagedDjango, NamesWhatItCannotDoWithout) {
  script("ALTER TABLE ventas_ventareserva DROP COLUMN total");
  auto failed = source().load({});
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code, Code::unavailable);
  EXPECT_THAT(failed.error().detail.es, HasSubstr("ventas_ventareserva"));
  EXPECT_THAT(failed.error().detail.es, HasSubstr("total"));
  script("DROP TABLE ventas_reservaservicio");
  script("ALTER TABLE ventas_ventareserva ADD COLUMN total integer");
  failed = source().load({});
  ASSERT_FALSE(failed.has_value());
  EXPECT_THAT(failed.error().detail.es, HasSubstr("ventas_reservaservicio"));
}

TEST_P(DamagedDjango, RunsWithoutWhatItMayNotRead) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no permissions";
  customer(1, "'Rosa Vera', 'rosa@example.com', NULL, NULL, NULL, NULL");
  script("DO $$ BEGIN CREATE ROLE lector LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  script("GRANT SELECT ON ventas_ventareserva, ventas_reservaservicio, ventas_servicio TO lector");
  script("GRANT SELECT (id, nombre, telefono) ON ventas_cliente TO lector");
  sql::Url reader = url_;
  reader.user = "lector";
  DjangoSource limited(reader, santiago(), noon);
  const auto loaded = limited.load({});
  ASSERT_TRUE(loaded.has_value()) << loaded.error().detail.es;
  const auto& got = *std::get<std::shared_ptr<const CurrentBatch>>(*loaded);
  EXPECT_EQ(got.customers.contact.nombre[0], "Rosa Vera");
  EXPECT_EQ(got.customers.contact.email[0], "");
  EXPECT_THAT(got.report.notes_es, Contains("No hay permiso para leer la tabla ventas_pago: se sigue sin ella."));
  script("REVOKE SELECT ON ventas_servicio FROM lector");
  EXPECT_THAT(limited.load({}).error().detail.es, HasSubstr("No hay permiso para leer la tabla ventas_servicio"));
}

TEST_P(DamagedDjango, ASchemaThatMayNotBeUsedIsNoMissingTable) {
  if (!postgres()) GTEST_SKIP() << "SQLite has no permissions";
  script("DO $$ BEGIN CREATE ROLE lector LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  script("GRANT SELECT ON ALL TABLES IN SCHEMA public TO lector; CREATE SCHEMA app");
  script("ALTER TABLE ventas_pago SET SCHEMA app");
  sql::Url reader = url_;
  reader.user = "lector";
  reader.schemas = {"app", "public"};
  DjangoSource limited(reader, santiago(), noon);
  const auto loaded = limited.load({});
  ASSERT_TRUE(loaded.has_value()) << loaded.error().detail.es;
  EXPECT_THAT(std::get<std::shared_ptr<const CurrentBatch>>(*loaded)->report.notes_es,
              Contains("No hay permiso para usar el esquema app, donde está la tabla ventas_pago: se sigue sin ella."));
  script("ALTER TABLE ventas_servicio SET SCHEMA app");
  const Error refused = limited.load({}).error();
  EXPECT_THAT(refused.detail.es, HasSubstr("No hay permiso para usar el esquema app, donde está la tabla ventas_servicio"));
  EXPECT_THAT(refused.detail.en, HasSubstr("There is no permission to use the schema app"));
}

TEST_P(DamagedDjango, OrphansAndImpossibleAmountsAreRefused) {
  service(5, "Tina", "tina", 25'000);
  customer(1);
  sale(10, 1);
  sale(11, 77);
  sale(12, 1, postgres() ? "'NaN'" : "'abc'");
  sale(13, 1, "-9999999999");
  sale(14, 1, "9999999999");
  line(1, 10, 5);
  line(2, 11, 5);
  line(3, 12, 5);
  line(4, 99, 5);
  line(5, 10, 66);
  payment(1, 10, "-9999999999", "flow");
  payment(2, 13, "100", "flow");
  payment(3, 10, "100", "flow");
  const auto got = load();
  EXPECT_THAT(got->sales.id, ElementsAre(10));
  EXPECT_EQ(got->service_lines.size(), 1U);
  EXPECT_THAT(got->payments.amount, ElementsAre(100));
  EXPECT_THAT(refused(got->report),
              UnorderedElementsAre("ventas_ventareserva/11:orphan", "ventas_ventareserva/12:bad_amount",
                                   "ventas_ventareserva/13:bad_amount", "ventas_ventareserva/14:bad_amount",
                                   "ventas_reservaservicio/11:of_refused_sale", "ventas_reservaservicio/12:of_refused_sale",
                                   "ventas_reservaservicio/99:orphan", "ventas_reservaservicio/10:orphan",
                                   "ventas_pago/10:bad_amount", "ventas_pago/13:of_refused_sale"));
  EXPECT_EQ(got->report.rows_refused, 10U);
  EXPECT_EQ(got->report.rows_read, got->report.rows_kept + got->report.rows_refused);
}

TEST_P(DamagedDjango, ImpossibleDatesAndNumbersAreUnknown) {
  service(5, "Tina", "tina", 25'000);
  customer(1);
  const std::string infinite = postgres() ? "'infinity'" : "'pronto'";
  sale(10, 1, "100", infinite, "'9999-12-31 23:59:59+00:00'");
  sale(11, 1, "100", "'0001-01-01 00:00:00+00:00'");
  if (!postgres()) script("DROP TABLE ventas_reservaservicio; CREATE TABLE ventas_reservaservicio (id, venta_reserva_id, servicio_id, "
                          "fecha_agendamiento, hora_inicio, cantidad_personas, precio_unitario_venta)");
  without_checks("ventas_reservaservicio");
  line(1, 10, 5, fmt::format("'9999-01-01', '25:99', 1080000, {}", postgres() ? "'NaN'" : "9999999999"));
  line(2, 10, 5, fmt::format("{}, '', 0, {}", infinite, postgres() ? "'NaN'" : "'x'"));
  line(3, 10, 5, "'2020-02-29', '9:05', -1, NULL");
  line(4, 10, 5, "'2020-02-29', 'tarde', 1, 99");
  const auto got = load();
  ASSERT_EQ(got->sales.size(), 2U);
  EXPECT_FALSE(got->sales.created[0].known());
  EXPECT_FALSE(got->sales.reserved[0].known());
  EXPECT_FALSE(got->sales.created[1].known());
  ASSERT_EQ(got->service_lines.size(), 4U);
  EXPECT_THAT(got->service_lines.start_minute, ElementsAre(-1, -1, 545, -1));
  EXPECT_THAT(got->service_lines.people, ElementsAre(1, 1, 1, 1));
  EXPECT_THAT(got->service_lines.unit_price, ElementsAre(25'000, 25'000, 25'000, 99));
  EXPECT_FALSE(got->service_lines.day[0].known());
  EXPECT_FALSE(got->service_lines.day[1].known());
  EXPECT_EQ(got->service_lines.day[2].iso(), "2020-02-29");
  EXPECT_EQ(got->report.rows_refused, 0U);
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("fecha_creacion: fecha imposible")));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("hora_inicio")));
}

TEST_P(DamagedDjango, IdsTwiceAndOutOfOrder) {
  if (postgres()) {
    script("ALTER TABLE ventas_cliente DROP CONSTRAINT ventas_cliente_pkey");
    script("ALTER TABLE ventas_ventareserva DROP CONSTRAINT ventas_ventareserva_pkey");
  } else {
    script("DROP TABLE ventas_cliente; CREATE TABLE ventas_cliente (id, nombre, telefono, email, documento_identidad, pais, ciudad, "
           "created_at, opt_out_whatsapp, es_staff_proxy, region_geografica)");
    script("DROP TABLE ventas_ventareserva; CREATE TABLE ventas_ventareserva (id, cliente_id, total, pagado, "
           "saldo_pendiente, fecha_creacion, fecha_reserva, estado_pago, estado_reserva, cobrado)");
  }
  customer(30, "'Elena Toledo', NULL, NULL, NULL, NULL, NULL");
  customer(2'000'000'000);
  customer(5);
  customer(30, "'Otra Persona', NULL, NULL, NULL, NULL, NULL");
  sale(2, 30, "200");
  sale(1, 5, "100");
  sale(2, 5, "300");
  const auto got = load();
  EXPECT_THAT(got->customers.id, ElementsAre(5, 30, 2'000'000'000));
  EXPECT_EQ(got->customers.contact.nombre[1], "Elena Toledo");
  EXPECT_THAT(got->sales.total, ElementsAre(200, 100));
  EXPECT_THAT(got->sales.customer, ElementsAre(1, 0));
  EXPECT_THAT(refused(got->report), ElementsAre("ventas_cliente/30:duplicate_id", "ventas_ventareserva/2:duplicate_id"));
}

TEST_P(DamagedDjango, ADatabaseThatIsNotThereIsUnavailable) {
  const auto gone = sql::Url::parse(postgres() ? "postgresql://nobody@127.0.0.1:1/none" : "sqlite:////nowhere/db.sqlite3");
  DjangoSource away(gone.value(), santiago(), noon);
  const auto loaded = away.load({});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, Code::unavailable);
  EXPECT_EQ(away.change_token().error().code, Code::unavailable);
}

TEST_P(DamagedDjango, AServerThatDiesAmidALoadAndComesBack) {
  if (!postgres()) GTEST_SKIP();
  customer(1);
  sql::open(url_)->script(  // to the disk: the server will be killed
      "INSERT INTO ventas_ventareserva (id, cliente_id, total, pagado, saldo_pendiente, fecha_creacion, estado_pago, "
      "estado_reserva, cobrado) SELECT n, 1, 100, 0, 0, now(), 'pagado', 'checkout', true FROM generate_series(1, 200000) n");
  auto& server = aremko::test::PostgresServer::shared();
  DjangoSource watched = source({.statement_timeout_ms = 10'000, .parallel_from_rows = 0});
  bool killed = false;
  const auto failed = watched.load([&](std::string_view, std::uint64_t, std::uint64_t) {
    if (!std::exchange(killed, true)) server.kill();
  });
  ASSERT_TRUE(killed);
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code, Code::unavailable);
  EXPECT_FALSE(watched.change_token().has_value());
  server.start();
  const auto again = watched.load({});
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(std::get<std::shared_ptr<const CurrentBatch>>(*again)->sales.size(), 200'000U);
  EXPECT_TRUE(watched.change_token().has_value());
}

INSTANTIATE_TEST_SUITE_P(Engines, DamagedDjango, testing::Values(sql::Engine::postgres, sql::Engine::sqlite), engine_word);

}  // namespace
}  // namespace aremko::sources
