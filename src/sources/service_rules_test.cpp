// What a service or product is by its name, its category and its lines.
#include <gtest/gtest.h>

#include "normalize/service.h"
#include "sources/service_rules.h"
#include "sources/services_builder.h"
#include "sources/staff_names.h"

namespace aremko::sources {
namespace {

TEST(TakesMoneyOff, ByPriceNameOrCategory) {
  EXPECT_TRUE(takes_money_off("Descuento_Servicios", "Descuento_Servicio", "otro", -1));
  EXPECT_TRUE(takes_money_off("Descuento -1000", "", "", -1'000));
  EXPECT_TRUE(takes_money_off("Dcto. pack", "", "otro", 1));
  EXPECT_TRUE(takes_money_off("DESCUENTOS varios", "", "tina", 5'000));
  EXPECT_TRUE(takes_money_off("Ajuste", "Descuentos", "otro", 1));
  EXPECT_TRUE(takes_money_off("Cupón de descuento", "", "otro", 1'000));
  EXPECT_TRUE(takes_money_off("Tina Calbuco", "Tinas", "tina", -25'000));
}

TEST(TakesMoneyOff, IsNoServiceThatIsOnlyCheaper) {
  EXPECT_FALSE(takes_money_off("Tina con descuento de invierno", "Tinas", "tina", 20'000));
  EXPECT_FALSE(takes_money_off("Masaje Descontracturante", "Masajes", "masaje", 40'000));
  EXPECT_FALSE(takes_money_off("Vino", "Bebidas", "", 0));
}

CatalogService service(std::string name, std::string type, int capacity, std::string category = {}) {
  CatalogService out;
  normalize::ServiceKind kind = normalize::service(name, type);
  out.family = kind.family;
  out.key = std::move(kind.key);
  out.nombre = std::move(name);
  out.tipo_servicio = std::move(type);
  out.categoria = std::move(category);
  out.capacidad_maxima = capacity;
  out.never_alone = never_alone_by_name(out);
  return out;
}

TEST(TakesMoneyOff, HoweverItIsSpelled) {
  for (const char* name : {"Dto. amigos", "descto pareja", "Desc 10%", "Desc. tina", "DCTO5000", "Des-cuento", "Rebaja convenio",
                           "Bonificación", "Ajuste", "Discount", "Cupón 10000", "Promo -20%"}) {
    EXPECT_TRUE(takes_money_off(name, "", "otro", 0)) << name;
    EXPECT_TRUE(takes_money_off(name, "", "", 1)) << name;
  }
  for (const char* name : {"Dto. amigos", "descto pareja", "DCTO5000", "Des-cuento", "Dscto. socios"}) {
    EXPECT_TRUE(takes_money_off(name, "", "otro", 8'000)) << name;
  }
}

TEST(TakesMoneyOff, IsNoServiceWithAPrice) {
  EXPECT_FALSE(takes_money_off("Masaje con descuento", "", "otro", 30'000));
  EXPECT_FALSE(takes_money_off("Pack Descuento 2x1 Tina", "", "otro", 50'000));
  EXPECT_FALSE(takes_money_off("Masaje Piedras Calientes", "Descuentos de temporada", "masaje", 45'000));
  EXPECT_FALSE(takes_money_off("Masaje Piedras Calientes", "Descuentos de temporada", "masaje", 0));
  EXPECT_FALSE(takes_money_off("Desayuno", "Descuentos de temporada", "otro", 9'000));
  EXPECT_FALSE(takes_money_off("Desc. Paul", "", "masaje", 40'000));
  EXPECT_FALSE(takes_money_off("Ajuste de columna", "", "otro", 35'000));
  EXPECT_FALSE(takes_money_off("Promo invierno", "", "otro", 0));
}

TEST(GiftCardOrProduct, ByItsName) {
  EXPECT_TRUE(is_gift_card_or_product("GiftCard 40000", "Tinas"));
  EXPECT_TRUE(is_gift_card_or_product("Gift card", ""));
  EXPECT_TRUE(is_gift_card_or_product("Aceite de lavanda", "Productos"));
  EXPECT_FALSE(is_gift_card_or_product("Tina Calbuco", "Productos"));
  EXPECT_FALSE(is_gift_card_or_product("Masaje con gift card", "Masajes"));
  EXPECT_FALSE(is_gift_card_or_product("Desayuno", "Gastronomía"));
}

TEST(NeverAlone, ByWhatItIs) {
  EXPECT_TRUE(service("Tina de Niño", "tina", 1).never_alone);
  EXPECT_TRUE(service("Tina Agua Fría Yates", "tina", 1).never_alone);
  EXPECT_TRUE(service("Ambientación romántica R1", "otro", 1).never_alone);
  EXPECT_TRUE(service("Pétalos", "otro", 1, "Ambientaciones").never_alone);
  EXPECT_TRUE(service("Decoraciones de cumpleaños", "otro", 1).never_alone);
  EXPECT_TRUE(service("Persona Adicional", "otro", 1).never_alone);
  EXPECT_TRUE(service("Persona adic. cabaña", "cabana", 1).never_alone);
  EXPECT_TRUE(service("Tina Infantil", "tina", 1).never_alone);
  EXPECT_FALSE(service("Tina Calbuco", "tina", 4).never_alone);
  EXPECT_FALSE(service("Masaje piedras frías", "masaje", 2).never_alone);
  EXPECT_FALSE(service("Cabaña Torre", "cabana", 2).never_alone);
}

TEST(NeverAlone, InTheServicesFileToo) {
  LegacyServicesBatch batch;
  ServicesBuilder builder(batch);
  const auto built = [&](const char* name, const char* category) { return batch.services[builder.service(name, category).service]; };
  for (const auto& [name, category] : {std::pair{"Tina Niños", "Tinas"}, {"Tina de Niño", "Tinas"}, {"Tina niño", "tinas"}, {"Tina Infantil", "Tinas"},
                                       {"Tina Fria", "Tinas"}, {"Persona Adicional", "Cabañas"}, {"persona adicional cabaña", "Cabañas"}, {"Adicional niño", "Tinas"},
                                       {"Decoracion cumpleaños", "Ambientaciones"}}) {
    EXPECT_TRUE(built(name, category).never_alone) << name;
  }
  EXPECT_EQ(built("Tina Niños", "Tinas").key, built("Tina de Niño", "Tinas").key);
  EXPECT_FALSE(built("Tina Tronador", "Tinas").never_alone);
  EXPECT_FALSE(built("Cabaña Torre", "Cabañas").never_alone);
}

void sell(ServiceLineColumns& lines, Row service, int people, int times, Pesos price = 25'000) {
  for (int i = 0; i < times; ++i) {
    lines.sale.push_back(0);
    lines.service.push_back(service);
    lines.people.push_back(people);
    lines.unit_price.push_back(price);
  }
}

TEST(PriceUnit, FromTheLinesElseAsTheCheckoutCharges) {
  std::vector<CatalogService> all = {
      service("Tina Hornopirén", "tina", 8),    // 0: named, no lines
      service("Tina Ensenada", "tina", 4),      // 1: always full
      service("Tina Ralún", "tina", 4),         // 2: sold for whoever comes
      service("Tina Cochamó", "tina", 4),       // 3: too few lines
      service("Tina Calbuco", "tina", 4),       // 4: named, and sold for whoever comes
      service("Masaje Relajante", "masaje", 2), // 5: mostly couples
      service("Cabaña Torre", "cabana", 2),     // 6
      service("Tina de Niño", "tina", 2),       // 7
      service("Tina Osorno", "tina", 6)};       // 8: named, two of three full
  ServiceLineColumns lines;
  sell(lines, 1, 4, 19);
  sell(lines, 1, 2, 1);
  sell(lines, 2, 4, 6);
  sell(lines, 2, 2, 6);
  sell(lines, 3, 4, 9);
  sell(lines, 4, 2, 20);
  sell(lines, 5, 2, 50);
  sell(lines, 7, 2, 20);
  sell(lines, 8, 6, 20);
  sell(lines, 8, 2, 10);
  sell(lines, 1, 30'000, 10, -1);  // discounts tell nothing of it
  learn_price_units(lines, all);
  const auto unit = [&](std::size_t i) { return std::pair(all[i].unit, all[i].charged_people); };
  using enum PriceUnit;
  EXPECT_EQ(unit(0), std::pair(whole, 8));
  EXPECT_EQ(unit(1), std::pair(whole, 4));
  EXPECT_EQ(unit(2), std::pair(per_person, 1));
  EXPECT_EQ(unit(3), std::pair(per_person, 1));
  EXPECT_EQ(unit(4), std::pair(per_person, 1));
  EXPECT_EQ(unit(5), std::pair(per_person, 1));
  EXPECT_EQ(unit(6), std::pair(per_night, 2));
  EXPECT_EQ(unit(7), std::pair(per_person, 1));
  EXPECT_EQ(unit(8), std::pair(whole, 6));
}

TEST(StaffNames, TheHousesOwnNameWholeAndTheListed) {
  const StaffNames staff("aremko", {"Deborah Soto", "Caja Norte"});
  EXPECT_TRUE(staff.has("Aremko Spa"));
  EXPECT_TRUE(staff.has("Reserva AREMKO"));
  EXPECT_TRUE(staff.has("deborah  soto"));
  EXPECT_TRUE(staff.has("Caja, Norte"));
  for (const char* name : {"aremkospa", "A.R.E.M.K.O.", "Aremko", "Caja A R E M K O", "AremkoHotel Reservas", "aremko2"}) {
    EXPECT_TRUE(staff.has(name)) << name;
  }
  for (const char* name : {"Aremka Soto", "Aremkoza Perez", "Karem Kohler", "A. R. Soto", "Ana Aremkovich"}) {
    EXPECT_FALSE(staff.has(name)) << name;
  }
  EXPECT_FALSE(staff.has("Deborah Soto Vera"));
  EXPECT_FALSE(staff.has(""));
  const StaffNames two("termas-del-sur", {});
  EXPECT_TRUE(two.has("Caja Termas del Sur"));
  EXPECT_FALSE(two.has("Rosa del Sur"));
  EXPECT_FALSE(StaffNames().has("Aremko Spa"));
}

}  // namespace
}  // namespace aremko::sources
