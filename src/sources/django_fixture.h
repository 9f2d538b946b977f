#pragma once
// For tests: a database with the booking system's tables, on either engine, and rows for it.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "sources/django.h"
#include "sources/test_files.h"
#include "sql/connection.h"
#include "support/postgres.h"

namespace aremko::sources::test {

inline const FixedClock noon(1'720'000'000);

inline const std::shared_ptr<const Zone>& santiago() {
  static const auto zone = std::make_shared<const Zone>(Zone::load("America/Santiago").value());
  return zone;
}

inline std::string schema_of(sql::Engine engine) {
  std::ifstream file(fmt::format("src/demo/schema/django_{}.sql",
                                 engine == sql::Engine::postgres ? "postgresql" : "sqlite"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

class DjangoDatabase : public testing::TestWithParam<sql::Engine> {
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

  /// In the place of the schema's own, as the booking system's table or as somebody made it by hand.
  void table(const std::string& name, const std::string& columns) {
    script(fmt::format("DROP TABLE IF EXISTS {}{}; CREATE TABLE {} ({})", name, postgres() ? " CASCADE" : "", name, columns));
  }
  void column(const std::string& table, const std::string& name, const std::string& type) {
    const auto columns = database_->columns(table);
    const bool there = std::ranges::any_of(columns, [&](const sql::Column& one) { return one.name == name; });
    if (!there) script(fmt::format("ALTER TABLE {} ADD COLUMN {} {}", table, name, type));
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

  Directory directory_;
  sql::Url url_;
  std::unique_ptr<sql::Connection> database_;
  std::string no_ = GetParam() == sql::Engine::postgres ? "false" : "0";
  std::string yes_ = GetParam() == sql::Engine::postgres ? "true" : "1";
};

inline std::string engine_word(const testing::TestParamInfo<sql::Engine>& engine) {
  return engine.param == sql::Engine::postgres ? "PostgreSQL" : "SQLite";
}

}  // namespace aremko::sources::test
