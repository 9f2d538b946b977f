// Refunds, discounts, price units and who is no guest, as the booking system writes them; on both engines.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/django_fixture.h"

namespace aremko::sources {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using test::engine_word;

using BookingWays = test::DjangoDatabase;

TEST_P(BookingWays, RefundsAndCreditNotesAreRead) {
  customer(1);
  sale(1, 1, "200000");
  sale(2, 1, "-15000");
  payment(1, 1, "200000", "mercadopago_link");
  payment(2, 1, "-200000", "mercadopago_link");
  payment(3, 9, "-200000", "mercadopago_link");  // of a sale that is not there
  const auto got = load();
  EXPECT_THAT(got->sales.total, ElementsAre(200'000, -15'000));
  EXPECT_THAT(got->payments.amount, ElementsAre(200'000, -200'000));
  ASSERT_EQ(got->report.refused.size(), 1U);
  EXPECT_EQ(got->report.refused[0].code, "orphan");
}

TEST_P(BookingWays, DiscountsKeepTheirPesos) {
  script("INSERT INTO ventas_categoriaservicio (id, nombre, horarios) VALUES (4, 'Descuento_Servicio', '')");
  service(1, "Tina Calbuco", "tina", 25'000);
  service(9, "Descuento_Servicios", "otro", -1);
  service(8, "Dcto pack", "otro", 1);
  service(7, "Ajuste", "otro", 1);
  script("UPDATE ventas_servicio SET categoria_id = 4 WHERE id = 7");
  script("INSERT INTO ventas_producto (id, nombre, precio_base, cantidad_disponible, publicado_web) VALUES "
         "(1, 'Descuento -1000', -1000, 9999, " + no_ + "), (2, 'Aceite', 9990, 4, " + yes_ + ")");
  customer(1);
  sale(1, 1, "95000");
  sale(2, 1, "-15000");
  line(1, 1, 1, "'2020-03-15', '16:00', 4, 25000");
  line(2, 1, 9, "'2020-03-15', '00:00', 35000, -1");
  line(3, 1, 8, "'2020-03-15', '00:00', 1080000, 1");
  line(4, 1, 1, "'2020-03-15', '16:00', 1, -5000");
  line(5, 1, 7, "'2020-03-15', '00:00', 2000, NULL");
  line(6, 2, 9, "'2020-03-15', '00:00', 15000, NULL");
  script("INSERT INTO ventas_reservaproducto (id, venta_reserva_id, producto_id, cantidad) VALUES (1, 1, 1, 3), (2, 1, 2, 1)");
  const auto got = load();
  EXPECT_THAT(got->report.refused, IsEmpty());
  EXPECT_FALSE(got->services[0].adjustment);
  EXPECT_TRUE(got->services[1].adjustment && got->services[2].adjustment && got->services[3].adjustment);
  EXPECT_EQ(got->services[1].precio_base, -1);
  EXPECT_THAT(got->service_lines.people, ElementsAre(4, 35'000, 1'080'000, 1, 2'000, 15'000));
  EXPECT_THAT(got->service_lines.unit_price, ElementsAre(25'000, -1, -1, -5'000, -1, -1));
  EXPECT_TRUE(got->products[0].adjustment);
  EXPECT_FALSE(got->products[1].adjustment);
  EXPECT_THAT(got->product_lines.unit_price, ElementsAre(-1'000, 9'990));
  // 35,000 + 1,080,000 + 5,000 + 2,000 + 3,000 off 109,990; the other sale sold nothing.
  EXPECT_THAT(got->report.notes_es, Contains("ventas_ventareserva: un descuento mayor que su venta (1 vez; primero: fila 1)."));
  EXPECT_THAT(got->report.notes_es, Not(Contains(HasSubstr("hora_inicio"))));
}

TEST_P(BookingWays, MidnightIsNoHour) {
  service(1, "Tina Calbuco", "tina", 25'000);
  customer(1);
  sale(1, 1);
  line(1, 1, 1, "'2020-03-15', '00:00', 4, 25000");
  line(2, 1, 1, "'2020-03-15', '00:30', 4, 25000");
  const auto got = load();
  EXPECT_THAT(got->service_lines.start_minute, ElementsAre(-1, 30));
  EXPECT_THAT(got->report.notes_es, Contains(HasSubstr("hora_inicio: 00:00")));
}

TEST_P(BookingWays, UnitsAndComplements) {
  service(1, "Tina Hornopiren", "tina", 25'000);
  service(2, "Masaje Relajación", "masaje", 40'000);
  service(3, "Cabaña Torre", "cabana", 45'000);
  service(4, "Tina de Niño", "tina", 5'000);
  service(5, "Desayuno", "otro", 9'000);
  table("whatsapp_agent_whatsappagentconfig_servicios_complementarios",
        "id integer, whatsappagentconfig_id bigint, servicio_id bigint");
  script("INSERT INTO whatsapp_agent_whatsappagentconfig_servicios_complementarios VALUES (1, 1, 5), (2, 1, NULL), (3, 1, 99)");
  const auto got = load();
  std::vector<int> charged, alone;
  for (const CatalogService& service : got->services) {
    charged.push_back(service.charged_people);
    alone.push_back(!service.never_alone);
  }
  EXPECT_THAT(charged, ElementsAre(4, 1, 4, 1, 1));
  EXPECT_THAT(alone, ElementsAre(1, 1, 1, 0, 0));
  EXPECT_EQ(got->services[0].unit, PriceUnit::whole);
  EXPECT_EQ(got->services[1].unit, PriceUnit::per_person);
  EXPECT_EQ(got->services[2].unit, PriceUnit::per_night);
}

TEST_P(BookingWays, TheHouseAndItsStaffAreNoGuests) {
  customer(1, "'Aremko Spa', NULL, NULL, NULL, NULL, NULL");
  customer(2, "'Ana Aremkovich', NULL, NULL, NULL, NULL, NULL");
  customer(3, "'DEBORAH soto', NULL, NULL, NULL, NULL, NULL");
  DjangoOptions options;
  options.staff = StaffNames("aremko", {"Deborah Soto"});
  const auto got = load(options);
  EXPECT_EQ(got->customers.contact.flags[0] & is_staff, is_staff);
  EXPECT_EQ(got->customers.contact.flags[1] & is_staff, 0);
  EXPECT_EQ(got->customers.contact.flags[2] & is_staff, is_staff);
}

TEST_P(BookingWays, WhoseHandsAndWhoCameAlong) {
  table("ventas_proveedor", "id integer, nombre varchar(100)");
  script("INSERT INTO ventas_proveedor VALUES (7, 'Manos Buenas'), (9, NULL)");
  service(2, "Masaje Relajación", "masaje", 40'000);
  customer(1);
  sale(1, 1);
  sale(2, 1);
  for (int id = 1; id <= 3; ++id) line(id, 1, 2);
  column("ventas_reservaservicio", "proveedor_asignado_id", "integer");
  script("UPDATE ventas_reservaservicio SET proveedor_asignado_id = 7 WHERE id = 2");
  script("UPDATE ventas_reservaservicio SET proveedor_asignado_id = 99 WHERE id = 3");
  table("ventas_participantemasajereserva", "id integer, reserva_id integer, nombre varchar(160), tipo_participante varchar(12)");
  script("INSERT INTO ventas_participantemasajereserva VALUES (1, 2, 'Zoe', 'acompanante'), (2, 1, 'Rosa Vera', 'comprador'), "
         "(3, 1, 'Ana', 'acompanante'), (4, 77, 'Eva', 'acompanante'), (5, 1, '', 'acompanante')");
  const auto got = load();
  EXPECT_THAT(got->providers, ElementsAre("", "Manos Buenas", ""));
  EXPECT_THAT(got->service_lines.provider, ElementsAre(0, 1, 0));
  ASSERT_EQ(got->companions.size(), 2U);
  EXPECT_EQ(got->companions[0].name, "Ana");
  EXPECT_EQ(got->companions[1].name, "Zoe");
  EXPECT_EQ(got->companions[1].sale, 1U);
}

INSTANTIATE_TEST_SUITE_P(Engines, BookingWays, testing::Values(sql::Engine::postgres, sql::Engine::sqlite), engine_word);

}  // namespace
}  // namespace aremko::sources
