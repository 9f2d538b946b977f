// One suite over both engines, on the tables that Django's migrations make. Every person here is invented.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "sources/django.h"
#include "sources/test_files.h"
#include "sql/connection.h"
#include "support/postgres.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

const FixedClock noon(1'720'000'000);

const std::shared_ptr<const Zone>& santiago() {
  static const auto zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
  return zone;
}

std::string schema_of(sql::Engine engine) {
  std::ifstream file(fmt::format("src/demo/schema/django_{}.sql",
                                 engine == sql::Engine::postgres ? "postgresql" : "sqlite"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class Django : public testing::TestWithParam<sql::Engine> {
 protected:
  void SetUp() override {
    const std::string schema = schema_of(GetParam());
    if (schema.empty()) GTEST_SKIP() << "the demo's schema is not there";
    const std::string address = postgres() ? aremko::test::PostgresServer::shared().new_database()
                                           : "sqlite:///" + (directory_.path() / "db.sqlite3").string();
    url_ = sql::Url::parse(address).value();
    // Nobody's foreign keys stand guard over a restored backup.
    sql::Options options;
    options.fast_unsafe = true;
    database_ = sql::open(url_, options);
    database_->script(schema);
  }
  bool postgres() const { return GetParam() == sql::Engine::postgres; }

  void script(const std::string& text) { database_->script(text); }
  void customer(int id, const std::string& values = "'Rosa Vera', NULL, NULL, NULL, NULL, NULL") {
    script(fmt::format("INSERT INTO ventas_cliente (id, telefono, nombre, email, documento_identidad, pais, ciudad, "
                       "created_at, opt_out_whatsapp, es_staff_proxy, region_geografica) "
                       "VALUES ({}, '+5698428{:04}', {}, {}, {}, '')",
                       id, id, values, no_, no_));
  }
  void sale(int id, int customer, const std::string& total = "40000",
            const std::string& created = "'2020-03-15 17:30:00+00:00'", const std::string& reserved = "NULL") {
    script(fmt::format("INSERT INTO ventas_ventareserva (id, cliente_id, total, pagado, saldo_pendiente, fecha_creacion, "
                       "fecha_reserva, estado_pago, estado_reserva, cobrado) "
                       "VALUES ({}, {}, {}, 0, 0, {}, {}, 'pagado', 'checkout', {})",
                       id, customer, total, created, reserved, no_));
  }
  void service(int id, const std::string& name, const std::string& type, int price) {
    script(fmt::format("INSERT INTO ventas_servicio (id, nombre, precio_base, duracion, tipo_servicio, activo, "
                       "publicado_web, capacidad_minima, capacidad_maxima, horario_apertura, horario_cierre, "
                       "slots_disponibles) VALUES ({}, '{}', {}, 60, '{}', {}, {}, 1, 4, '09:00', '21:00', '[]')",
                       id, name, price, type, yes_, yes_));
  }
  void line(int id, int sale, int service, const std::string& values = "'2020-03-15', '14:30', 2, NULL") {
    script(fmt::format("INSERT INTO ventas_reservaservicio (id, venta_reserva_id, servicio_id, fecha_agendamiento, "
                       "hora_inicio, cantidad_personas, precio_unitario_venta) VALUES ({}, {}, {}, {})",
                       id, sale, service, values));
  }
  void payment(int id, int sale, const std::string& amount, const std::string& method,
               const std::string& at = "'2020-03-15 17:30:00+00:00'") {
    script(fmt::format("INSERT INTO ventas_pago (id, venta_reserva_id, monto, metodo_pago, fecha_pago) "
                       "VALUES ({}, {}, {}, '{}', {})", id, sale, amount, method, at));
  }
  /// Django's own schema refuses what a restored or hand-made database may hold.
  void without_checks(const std::string& table) {
    if (postgres()) {
      script(fmt::format("ALTER TABLE {0} DROP CONSTRAINT IF EXISTS {0}_cantidad_personas_check, "
                         "DROP CONSTRAINT IF EXISTS {0}_pkey", table));
    }
  }

  DjangoSource source(DjangoOptions options = {}) const { return DjangoSource(url_, santiago(), noon, options); }
  std::shared_ptr<const CurrentBatch> load(DjangoOptions options = {}) {
    auto loaded = source(options).load({});
    if (!loaded) {
      ADD_FAILURE() << loaded.error().detail.es;
      return std::make_shared<CurrentBatch>();
    }
    return std::get<std::shared_ptr<const CurrentBatch>>(*loaded);
  }

  test::Directory directory_;
  sql::Url url_;
  std::unique_ptr<sql::Connection> database_;
  std::string no_ = GetParam() == sql::Engine::postgres ? "false" : "0";
  std::string yes_ = GetParam() == sql::Engine::postgres ? "true" : "1";
};

std::vector<std::string> refused(const LoadReport& report) {
  std::vector<std::string> out;
  for (const RefusedRow& row : report.refused) out.push_back(fmt::format("{}/{}:{}", row.file, row.line, row.code));
  return out;
}

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

TEST_P(Django, RunsWithoutWhatIsOptional) {
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

TEST_P(Django, NamesWhatItCannotDoWithout) {
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

TEST_P(Django, OrphansAndImpossibleAmountsAreRefused) {
  service(5, "Tina", "tina", 25'000);
  customer(1);
  sale(10, 1);
  sale(11, 77);
  sale(12, 1, postgres() ? "'NaN'" : "'abc'");
  sale(13, 1, "-40000");
  sale(14, 1, "9999999999");
  line(1, 10, 5);
  line(2, 11, 5);
  line(3, 12, 5);
  line(4, 99, 5);
  line(5, 10, 66);
  payment(1, 10, "-1", "flow");
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

TEST_P(Django, ImpossibleDatesAndNumbersAreUnknown) {
  service(5, "Tina", "tina", 25'000);
  customer(1);
  const std::string infinite = postgres() ? "'infinity'" : "'pronto'";
  sale(10, 1, "100", infinite, "'9999-12-31 23:59:59+00:00'");
  sale(11, 1, "100", "'0001-01-01 00:00:00+00:00'");
  if (!postgres()) script("DROP TABLE ventas_reservaservicio; CREATE TABLE ventas_reservaservicio (id, venta_reserva_id, servicio_id, "
                          "fecha_agendamiento, hora_inicio, cantidad_personas, precio_unitario_venta)");
  without_checks("ventas_reservaservicio");
  line(1, 10, 5, "'9999-01-01', '25:99', 1080000, -5");
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

TEST_P(Django, IdsTwiceAndOutOfOrder) {
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
  EXPECT_NE(*before, *watched.change_token());
}

TEST_P(Django, IsReadOnlyAndSaysWhatItIsWithoutSecrets) {
  EXPECT_THAT(source().describe(), HasSubstr(postgres() ? "PostgreSQL" : "SQLite db.sqlite3"));
  EXPECT_THAT(source().describe(), Not(HasSubstr(directory_.path().string())));
  EXPECT_EQ(source().name(), "aremko_db");
}

TEST_P(Django, ADatabaseThatIsNotThereIsUnavailable) {
  const auto gone = sql::Url::parse(postgres() ? "postgresql://nobody@127.0.0.1:1/none" : "sqlite:////nowhere/db.sqlite3");
  DjangoSource away(gone.value(), santiago(), noon);
  const auto loaded = away.load({});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, Code::unavailable);
  EXPECT_EQ(away.change_token().error().code, Code::unavailable);
}

TEST_P(Django, AServerThatDiesAmidALoadAndComesBack) {
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
  for (int id = 100; id < 125; ++id) add(id, 2, fmt::format("'2022-03-{:02}'", id - 99));
  const auto loaded = DjangoServiceHistorySource(url_, noon).load({});
  ASSERT_TRUE(loaded.has_value());
  const auto& got = *std::get<std::shared_ptr<const LegacyServicesBatch>>(*loaded);
  EXPECT_THAT(got.customer_id, ElementsAre(1, 1));
  EXPECT_THAT(got.reservation, ElementsAre(501, 502));
  EXPECT_THAT(got.amount, ElementsAre(40'000, 0));
  EXPECT_EQ(got.at[0].iso(), "2021-03-05T00:00:00");
  EXPECT_EQ(got.services.at(got.service[0]).family, Family::tina);
  EXPECT_EQ(got.report.rows_refused, 26U);
  EXPECT_THAT(got.report.notes_es, Contains(HasSubstr("1 clientes tienen más de 24")));

  script("DROP TABLE crm_service_history");
  const auto without = DjangoServiceHistorySource(url_, noon).load({});
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(std::get<std::shared_ptr<const LegacyServicesBatch>>(*without)->size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Engines, Django, testing::Values(sql::Engine::postgres, sql::Engine::sqlite),
                         [](const auto& engine) { return engine.param == sql::Engine::postgres ? "PostgreSQL" : "SQLite"; });

}  // namespace
}  // namespace aremko::sources
