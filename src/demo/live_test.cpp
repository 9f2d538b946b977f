// The live part against the data page's fifth section: every way of the real booking system, in its share.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/text.h"
#include "demo/live_sale.h"
#include "demo/spelling.h"
#include "demo/testing.h"

namespace aremko::demo {
namespace {

using namespace testing;

constexpr std::string_view of_live = "FROM ventas_ventareserva v WHERE v.fecha_creacion >= '2024-10-01 03:00:00' AND ";
constexpr std::string_view services_of = "(SELECT count(*) FROM ventas_reservaservicio r JOIN ventas_servicio s ON s.id = r.servicio_id "
                                         "WHERE r.venta_reserva_id = v.id AND s.precio_base >= 0)";
constexpr std::string_view lines_of = "(SELECT count(*) FROM ventas_reservaservicio WHERE venta_reserva_id = v.id) + "
                                      "(SELECT count(*) FROM ventas_reservaproducto WHERE venta_reserva_id = v.id)";

std::int64_t sales(const std::string& that) { return live().count(fmt::format("SELECT count(*) {} {}", of_live, that)); }
double permille(const std::string& that, std::int64_t of) {
  return 1000.0 * static_cast<double>(sales(that)) / static_cast<double>(of);
}
std::int64_t all() { return sales("1 = 1"); }
std::int64_t visits() { return sales(fmt::format("{} > 0", services_of)); }

TEST(LivePart, HasTheIdsFromOneUp) {
  EXPECT_EQ(live().count("SELECT min(id) FROM ventas_ventareserva"), 1);
  EXPECT_EQ(sales(fmt::format("v.id > {}", all())), 0);
  EXPECT_GT(all(), 6'000);
  EXPECT_EQ(sales("v.estado_pago = 'cancelado'"), 0) << "no code path of the real system writes it";
}

TEST(LivePart, EmptiesRefundsAndAdjusts) {
  EXPECT_NEAR(permille(fmt::format("v.total = 0 AND {} = 0", lines_of), all()), live_share::emptied, 12);
  EXPECT_EQ(sales(fmt::format("{} = 0 AND v.total = 0 AND v.estado_pago <> 'pagado'", lines_of)), 0);
  EXPECT_NEAR(permille("v.total < 0", all()), live_share::adjustment, 4);
  EXPECT_EQ(sales(fmt::format("v.total < 0 AND {} > 0", services_of)), 0);
  using namespace live_share;
  EXPECT_NEAR(permille("v.total > 0 AND EXISTS (SELECT 1 FROM ventas_pago WHERE venta_reserva_id = v.id AND monto < 0)", visits()),
              paid_anew + part_refunded + overpaid, 8);
  EXPECT_GT(sales("v.total = 0 AND EXISTS (SELECT 1 FROM ventas_pago WHERE venta_reserva_id = v.id AND monto < 0)"), 50);
}

TEST(LivePart, TakesMoneyOffInThreeWays) {
  const std::string line = "EXISTS (SELECT 1 FROM ventas_reservaservicio r WHERE r.venta_reserva_id = v.id AND r.servicio_id = 19";
  EXPECT_NEAR(permille(fmt::format("{} > 0 AND {})", services_of, line), visits()), live_share::discount_line, 15);
  EXPECT_EQ(live().count("SELECT precio_base FROM ventas_servicio WHERE nombre = 'Descuento_Servicios'"), -1);
  EXPECT_EQ(live().count("SELECT count(*) FROM ventas_reservaservicio WHERE servicio_id = 19 AND hora_inicio <> '00:00'"), 0);
  EXPECT_GT(live().count("SELECT max(cantidad_personas) FROM ventas_reservaservicio"), 1'000'000);
  const double elsewhere = permille(line + " AND r.fecha_agendamiento < (SELECT min(fecha_agendamiento) FROM "
                                    "ventas_reservaservicio o WHERE o.venta_reserva_id = v.id AND o.servicio_id <> 19))", visits());
  EXPECT_GT(elsewhere, 10);
  EXPECT_NEAR(permille("EXISTS (SELECT 1 FROM ventas_reservaproducto r JOIN ventas_producto p ON p.id = r.producto_id "
                       "WHERE r.venta_reserva_id = v.id AND p.precio_base < 0)", visits()), live_share::discount_product, 8);
  EXPECT_NEAR(permille("EXISTS (SELECT 1 FROM ventas_pago WHERE venta_reserva_id = v.id AND metodo_pago = 'descuento')", visits()),
              live_share::discount_payment, 8);
}

TEST(LivePart, SellsAndTakesGiftCards) {
  const std::string sold = "EXISTS (SELECT 1 FROM ventas_giftcard WHERE venta_reserva_id = v.id)";
  EXPECT_NEAR(permille(sold, all()), live_share::gift_card, 10);
  EXPECT_EQ(sales(fmt::format("{} AND {} > 0", sold, lines_of)), 0) << "a gift card is sold alone";
  EXPECT_GT(live().count("SELECT count(*) FROM ventas_pago WHERE metodo_pago = 'giftcard' AND giftcard_id IS NOT NULL"), 100);
  EXPECT_EQ(live().count("SELECT count(*) FROM ventas_giftcard g WHERE monto_inicial - monto_disponible <> (SELECT "
                         "coalesce(sum(monto), 0) FROM ventas_pago WHERE giftcard_id = g.id) AND g.venta_reserva_id IN "
                         "(SELECT id FROM ventas_ventareserva WHERE fecha_creacion >= '2024-10-02')"), 0) << "balances";
  EXPECT_EQ(live().count("SELECT count(*) FROM ventas_giftcard WHERE (monto_disponible = 0) <> (estado = 'cobrado')"), 0);
  for (const char* without : {"cliente_comprador_id IS NULL", "cliente_destinatario_id IS NULL AND destinatario_nombre IS NOT NULL",
                              "monto_disponible > 0 AND fecha_vencimiento < '2026-11-20'",
                              "monto_disponible > 0 AND monto_disponible < monto_inicial"}) {
    EXPECT_GT(live().count(fmt::format("SELECT count(*) FROM ventas_giftcard WHERE {}", without)), 3) << without;
  }
}

TEST(LivePart, SomeNeverCameAndSomeComeToday) {
  const std::string never = fmt::format("v.estado_pago = 'pendiente' AND v.estado_reserva = 'pendiente' AND v.pagado <= 0 AND {} > 0 "
                                        "AND EXISTS (SELECT 1 FROM ventas_reservaservicio r WHERE r.venta_reserva_id = v.id AND "
                                        "r.servicio_id <> 19 AND r.fecha_agendamiento < '2026-11-20')", services_of);
  EXPECT_NEAR(permille(never, visits()), live_share::never_came, 12);
  const auto on = [](const char* state) {
    return sales(fmt::format("v.estado_reserva = '{}' AND EXISTS (SELECT 1 FROM ventas_reservaservicio r WHERE "
                             "r.venta_reserva_id = v.id AND r.servicio_id <> 19 AND r.fecha_agendamiento = '2026-11-20')", state));
  };
  EXPECT_GT(on("checkin"), 5);
  EXPECT_GT(on("pendiente"), 5);
  EXPECT_GT(sales("EXISTS (SELECT 1 FROM ventas_reservaservicio r WHERE r.venta_reserva_id = v.id AND "
                  "r.fecha_agendamiento > '2026-11-20')"), 100);
  EXPECT_GT(permille("v.estado_reserva = 'pendiente' AND v.pagado > 0", visits()), 100) << "came, never checked in";
}

TEST(LivePart, ChargesCabinsAndNamedTubsWhole) {
  EXPECT_EQ(live().count("SELECT count(*) FROM ventas_reservaservicio r JOIN ventas_servicio s ON s.id = r.servicio_id WHERE "
                         "(s.tipo_servicio = 'cabana' OR s.id <= 4) AND r.cantidad_personas <> s.capacidad_maxima AND "
                         "r.venta_reserva_id NOT IN (SELECT id FROM ventas_ventareserva WHERE cliente_id IN (123, 456))"), 0);
  EXPECT_EQ(live().count("SELECT count(*) FROM whatsapp_agent_whatsappagentconfig_servicios_complementarios"), 4);
  // What is never booked alone is not.
  EXPECT_EQ(sales(fmt::format("EXISTS (SELECT 1 FROM ventas_reservaservicio r WHERE r.venta_reserva_id = v.id AND r.servicio_id IN "
                              "(14, 16, 17, 18)) AND {} < 2", services_of)), 0);
  for (const int id : {14, 16, 17, 18}) {
    EXPECT_GT(live().count(fmt::format("SELECT count(*) FROM ventas_reservaservicio WHERE servicio_id = {}", id)), 30) << id;
  }
  EXPECT_GT(live().count("SELECT count(DISTINCT proveedor_asignado_id) FROM ventas_reservaservicio"), 5);
}

TEST(LivePart, TheHouseStandsAmongItsGuests) {
  EXPECT_EQ(live().count("SELECT count(*) FROM ventas_cliente WHERE nombre LIKE '%remko%' AND NOT es_staff_proxy"), 6);
  std::set<std::string> names;
  for (const Cells& row : live().services) {
    if (plain(row[s_client]).find("aremko") != std::string::npos) names.insert(row[s_client]);
  }
  EXPECT_GE(names.size(), 5U);
  EXPECT_LE(names.size(), 20U);
}

TEST(LivePart, EndsTheServicesFile) {
  std::map<std::string, std::string> day_of;  // by number
  int blank = 0;
  for (const Cells& row : live().services) {
    const bool live_row = row[s_checkin].size() == 10 && row[s_checkin][2] == '/' && row[s_checkin].substr(6) >= "2024" &&
                          (row[s_checkin].substr(3, 2) >= "10" || row[s_checkin].ends_with("2025"));
    if (live_row) day_of[row[s_number]] = row[s_checkin];
    blank += std::ranges::all_of(row, [](const std::string& cell) { return cell.empty(); }) ? 1 : 0;
    EXPECT_EQ(row[s_client], cut_at_foreign_letter(row[s_client]));
    if (row[s_checkin].size() == 10 && row[s_checkin][4] == '-') EXPECT_LT(row[s_checkin], "2024-10-01");
  }
  EXPECT_NEAR(blank, 596, 90);
  EXPECT_NEAR(static_cast<double>(day_of.size()), 787, 200);
  int misdated = 0;
  for (const auto& [number, day] : day_of) {
    const auto sale = live().database->query(
        "SELECT DISTINCT fecha_agendamiento FROM ventas_reservaservicio WHERE venta_reserva_id = $1 AND servicio_id <> 19",
        {*parse_int(number)});
    ASSERT_EQ(sale.size(), 1U) << number;
    const Date there = *Date::parse_iso(sale[0].string(0));
    const YearMonthDay ymd = there.ymd();
    if (fmt::format("{:02}/{:02}/{}", ymd.day, ymd.month, ymd.year) == day) continue;
    EXPECT_EQ(day, "01/11/2024");
    ++misdated;
  }
  EXPECT_NEAR(misdated / static_cast<double>(day_of.size()), 92.0 / 787, 0.04);
}

TEST(LivePart, KnowsWhatStandsAroundItsCustomers) {
  const auto count = [](const std::string& what) { return live().count("SELECT count(*) FROM " + what); };
  for (const char* some :
       {"ventas_emailblacklist WHERE is_active", "ventas_emailblacklist WHERE NOT is_active",
        "ventas_emailblacklist WHERE expires_at < '2026-11-20'", "ventas_newslettersubscriber WHERE NOT is_active",
        "ventas_clientpreferences WHERE NOT accepts_email", "ventas_clientpreferences WHERE NOT accepts_whatsapp",
        "ventas_clientpreferences WHERE NOT accepts_promotional", "ventas_clientpreferences WHERE opt_out_date IS NOT NULL",
        "ventas_cliente WHERE region_geografica = 'extranjero'", "ventas_contactowhatsapp WHERE convirtio",
        "ventas_communicationlog", "ventas_communicationlimit", "ventas_emailrecipient WHERE status = 'bounced'",
        "ventas_emailrecipient WHERE status = 'unsubscribed'", "ventas_clientepremio WHERE estado = 'enviado'",
        "ventas_clientetaxonomia", "ventas_pendingreservation", "ventas_whatsappmessage WHERE direction = 'in'",
        "ventas_whatsappmessage WHERE cliente_id IS NULL", "ventas_serviciobloqueo", "ventas_packdescuento WHERE activo",
        "ventas_participantemasajereserva WHERE tipo_participante = 'acompanante'",
        "ventas_encuestasatisfaccion WHERE cliente_id IS NULL AND contacto_telefono <> ''",
        "ventas_encuestasatisfaccion WHERE cliente_id IS NULL AND venta_reserva_id IS NOT NULL",
        "ventas_encuestasatisfaccion WHERE requiere_followup"}) {
    EXPECT_GT(count(some), 2) << some;
  }
  EXPECT_EQ(count("ventas_contactowhatsapp w JOIN ventas_cliente c ON c.id = w.cliente_id WHERE substr(w.fecha_sugerido, 1, 10) <> "
                  "c.ultimo_contacto_outbound"), 0);
  for (const char* table : {"ventas_clientpreferences", "ventas_contactowhatsapp", "ventas_clientepremio", "ventas_whatsappmessage"}) {
    EXPECT_EQ(count(fmt::format("{} WHERE cliente_id IN (123, 456)", table)), 0) << "the guide's two have nothing around them";
  }
}

}  // namespace
}  // namespace aremko::demo
