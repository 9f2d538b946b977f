#include "demo/guide_people.h"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "demo/testing.h"

namespace aremko::demo {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using namespace testing;

const Date as_of = Date::of(2024, 3, 14);

struct Counted {
  int visits = 0;
  Pesos spent = 0;
  std::vector<std::string> moments;
  std::map<std::string, int> services;
  std::map<int, int> months;
  std::map<std::string, int> payments;
};

/// A guest's history counted from the rows themselves: the database's, and the services file's by the name.
Counted count_rows(std::int64_t id, const std::string& name) {
  Counted counted;
  for (const sql::Rows::Row row : usual().database->query(
           "SELECT v.total, min(r.fecha_agendamiento || 'T' || r.hora_inicio) FROM ventas_ventareserva v "
           "JOIN ventas_reservaservicio r ON r.venta_reserva_id = v.id WHERE v.cliente_id = $1 AND "
           "v.estado_pago <> 'cancelado' GROUP BY v.id", {id})) {
    ++counted.visits;
    counted.spent += row.integer(0);
    counted.moments.push_back(row.string(1));
  }
  for (const sql::Rows::Row row : usual().database->query(
           "SELECT s.nombre, count(*) FROM ventas_ventareserva v JOIN ventas_reservaservicio r ON r.venta_reserva_id = v.id "
           "JOIN ventas_servicio s ON s.id = r.servicio_id WHERE v.cliente_id = $1 AND s.tipo_servicio <> 'otro' GROUP BY 1", {id})) {
    counted.services[row.string(0)] += static_cast<int>(row.integer(1));
  }
  for (const sql::Rows::Row row : usual().database->query(
           "SELECT p.metodo_pago, count(*) FROM ventas_pago p JOIN ventas_ventareserva v ON v.id = p.venta_reserva_id "
           "WHERE v.cliente_id = $1 GROUP BY 1", {id})) {
    counted.payments[row.string(0)] = static_cast<int>(row.integer(1));
  }
  for (const Cells& row : usual().services) {
    if (row[s_client] != name) continue;
    ++counted.visits;
    counted.spent += parse_int(only_digits(row[s_amount])).value_or(0);
    counted.moments.push_back(row[s_checkin] + "T" + row[s_hour]);
    ++counted.services[row[s_service]];
  }
  std::ranges::sort(counted.moments);
  for (const std::string& moment : counted.moments) ++counted.months[Date::parse_iso(moment.substr(0, 10))->month()];
  return counted;
}

TEST(GuidePeople, MariaIsTheGuides) {
  const auto rows = usual().database->query(
      "SELECT nombre, telefono, email, documento_identidad, pais, ciudad, opt_out_whatsapp, es_staff_proxy "
      "FROM ventas_cliente WHERE id = 123");
  std::vector<std::string> cells;
  for (std::size_t i = 0; i < 8; ++i) cells.push_back(rows[0].string(i));
  EXPECT_THAT(cells, ElementsAre("María González", "+56987654321", "maria@gmail.com", "12345678-9", "Chile",
                                 "Puerto Montt", "0", "0"));

  const Counted maria_rows = count_rows(123, "María González");
  EXPECT_EQ(maria_rows.visits, 17);
  EXPECT_EQ(maria_rows.spent, 680'000);
  EXPECT_EQ(maria_rows.moments.front(), "2016-08-20T11:00");
  EXPECT_EQ(maria_rows.moments.back(), "2020-03-15T14:30");
  EXPECT_EQ(as_of.days - Date::of(2020, 3, 15).days, 1'460);
  EXPECT_THAT(maria_rows.services, ElementsAre(Pair("Masaje Relajante", 12), Pair("Tina Caliente Premium", 5)));
  EXPECT_THAT(maria_rows.payments, ElementsAre(Pair("efectivo", 5), Pair("flow", 2), Pair("transferencia", 10)));
  EXPECT_THAT(maria_rows.months, ElementsAre(Pair(1, 4), Pair(2, 3), Pair(3, 1), Pair(4, 1), Pair(5, 1), Pair(6, 1), Pair(7, 1),
                                        Pair(8, 1), Pair(9, 1), Pair(10, 1), Pair(12, 2)));
  const auto last = [](int service_id) {
    return usual().database->query("SELECT max(r.fecha_agendamiento || 'T' || r.hora_inicio) FROM ventas_reservaservicio r "
                                   "JOIN ventas_ventareserva v ON v.id = r.venta_reserva_id "
                                   "WHERE v.cliente_id = 123 AND r.servicio_id = $1", {service_id})[0].string(0);
  };
  EXPECT_EQ(last(5), "2020-03-15T15:00");
  EXPECT_EQ(last(8), "2020-02-10T16:30");
  // What was sold is what was paid, sale by sale.
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_ventareserva v WHERE cliente_id = 123 AND (total <> pagado OR "
                          "saldo_pendiente <> 0 OR total <> (SELECT sum(monto) FROM ventas_pago WHERE venta_reserva_id = v.id))"), 0);
}

TEST(GuidePeople, MariaStandsOnceInTheLegacyFile) {
  int named = 0;
  int with_phone = 0;
  for (const Cells& row : usual().customers) {
    if (plain_name(row[c_client]) == "maria gonzalez") {
      ++named;
      EXPECT_THAT(row, ElementsAre("1657", "VX9QoGpQwY", "2/25/2020 18:05", "", "987654321", "", "María González", "", "", ""));
    }
    with_phone += row[c_phone].find("987654321") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(named, 1);
  EXPECT_EQ(with_phone, 1);
  EXPECT_EQ(usual().truth.at(1'657), 123);
  EXPECT_EQ(usual().truth.at(2'210), 456);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_cliente WHERE telefono LIKE '%987654321%'"), 1);
  EXPECT_EQ(usual().count("SELECT count(*) FROM ventas_cliente WHERE documento_identidad LIKE '%12345678%' OR "
                          "documento_identidad LIKE '%12.345.678%'"), 1);
}

TEST(GuidePeople, NobodyElseBearsTheirPlainNames) {
  std::map<std::string, int> seen;
  for (const sql::Rows::Row row : usual().database->query("SELECT nombre FROM ventas_cliente")) ++seen[plain_name(row.string(0))];
  EXPECT_EQ(seen["maria gonzalez"], 1);
  EXPECT_EQ(seen["patricio lopez"], 1);
  // Others with a second surname there are, so that a search has something to rank.
  int similar = 0;
  for (const auto& [name, count] : seen) similar += name.starts_with("maria") && name.find("gonzalez") != std::string::npos ? count : 0;
  EXPECT_GT(similar, 5);
  int of_services = 0;
  for (const Cells& row : usual().services) of_services += plain_name(row[s_client]) == "maria gonzalez" ? 1 : 0;
  EXPECT_EQ(of_services, 8);
}

TEST(GuidePeople, PatricioIsTheGuides) {
  const auto rows = usual().database->query("SELECT nombre, email, opt_out_whatsapp FROM ventas_cliente WHERE id = 456");
  EXPECT_EQ(rows[0].text(0), "Patricio López");
  EXPECT_EQ(rows[0].text(1), "patricio@gmail.com");
  EXPECT_FALSE(rows[0].boolean(2));
  const Counted patricio_rows = count_rows(456, "Patricio López");
  EXPECT_EQ(patricio_rows.visits, 25);
  EXPECT_EQ(patricio_rows.spent, 1'200'000);
  EXPECT_EQ(patricio_rows.moments.back().substr(0, 10), "2022-12-20");
  EXPECT_EQ(as_of.days - Date::of(2022, 12, 20).days, 450);
  EXPECT_THAT(patricio_rows.services, ElementsAre(Pair("Alojamiento Weekend", 9), Pair("Hidromasaje Villarrica", 1),
                                             Pair("Masaje Terapéutico", 15)));
}

TEST(GuidePeople, CustomerOneIsAnybody) {
  const auto rows = usual().database->query("SELECT nombre, es_staff_proxy FROM ventas_cliente WHERE id = 1");
  EXPECT_FALSE(rows[0].text(0).empty());
  EXPECT_FALSE(rows[0].boolean(1));
  EXPECT_GE(usual().count("SELECT count(*) FROM ventas_ventareserva WHERE cliente_id = 1 AND estado_pago <> 'cancelado'"), 2);
}

}  // namespace
}  // namespace aremko::demo
