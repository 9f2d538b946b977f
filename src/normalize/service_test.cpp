#include "normalize/service.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/test_shapes.h"
#include "normalize/text.h"

namespace aremko::normalize {
namespace {

void expect(std::string_view raw, std::string_view category, std::string_view canonical, Family family) {
  const ServiceKind got = service(raw, category);
  EXPECT_EQ(got.canonical, canonical) << raw;
  EXPECT_EQ(got.key, fold(canonical)) << raw;
  EXPECT_EQ(family_name(got.family), family_name(family)) << raw;
  EXPECT_FALSE(got.cancelled) << raw;
}

TEST(Service, TheContractsNamesStay) {
  expect("Masaje Relajante", "masaje", "Masaje Relajante", Family::masaje);
  expect("Tina Caliente Premium", "tina", "Tina Caliente Premium", Family::tina);
  expect("Masaje Terapéutico", "masaje", "Masaje Terapéutico", Family::masaje);
  expect("Alojamiento Weekend", "cabana", "Alojamiento Weekend", Family::cabana);
  expect("Tina caliente", "tina", "Tina Caliente", Family::tina);
}

TEST(Service, OneMassageInManySpellings) {
  for (const std::string_view raw :
       {"Masaje Relajacion o Descontracturante", "Masaje Relajación o Descontracturante", "masaje relajante",
        "Masaje de Relajación", "Masaje Rel. o Desc. Diana", "Masaje Rel, o Desc. Paul", "Masaje Rel. o Desc. Valentina",
        "Masaje Valentina 35.000", "Masaje Diana 35.000", "Masaje Paul 35000", "Masajes relajacion", "MASAJE RELAX",
        "Masaje relajacion/descontracturante", "Masaje Relajación $40.000", "Masaje Rel. o Desc. Zutana"}) {
    expect(raw, "Masajes", "Masaje Relajante", Family::masaje);
  }
  expect("Masaje Descontracturante", "Masajes", "Masaje Descontracturante", Family::masaje);
  expect("masaje terapeutico", "Masajes", "Masaje Terapéutico", Family::masaje);
  expect("Masaje Piedras Calientes", "Masajes", "Masaje Piedras Calientes", Family::masaje);
  expect("masaje con piedras calientes", "", "Masaje Piedras Calientes", Family::masaje);
  expect("Drenaje Linfatico", "Masajes", "Drenaje Linfático", Family::masaje);
  expect("Limpieza Facial 3 $49.500", "Masajes", "Limpieza Facial", Family::masaje);
  expect("Limpieza Facial 35.000", "Masajes", "Limpieza Facial", Family::masaje);
  expect("Masaje Tui-Na (Nuevo)", "masaje", "Masaje Tui Na", Family::masaje);
}

TEST(Service, TubsByTheirNames) {
  expect("Tina Tronador", "Tinas", "Tina Tronador", Family::tina);
  expect("tina tronador", "tinas", "Tina Tronador", Family::tina);
  expect("Tinas Calbuco", "Tinas", "Tina Calbuco", Family::tina);
  expect("Tina Calbuco (grupal)", "tina", "Tina Calbuco", Family::tina);
  for (const std::string_view raw :
       {"Hidromasaje Villarrica", "Tina Hidromasaje Villarrica", "tina con hidromasaje villarica", "Tina Villarrica"}) {
    expect(raw, "Tinas", "Hidromasaje Villarrica", Family::tina);
  }
  EXPECT_NE(service("Hidromasaje Llaima").key, service("Hidromasaje Villarrica").key);
  EXPECT_NE(service("Tina Tronador").key, service("Hidromasaje Villarrica").key);
  expect("Tina Normal Niño 10.000", "Tinas", "Tina Normal Niño", Family::tina);
  expect("Tina de Agua Fría Yates", "tina", "Tina de Agua Fría Yates", Family::tina);
  for (const std::string_view raw : {"Tina de Niño", "Tina Niños", "tina niño", "TINA NIÑA", "Tina para niños y niñas", "Tina Infantil", "Tinas niños 12.000"}) {
    expect(raw, "Tinas", "Tina Niño", Family::tina);
  }
  expect("Tina Tronador + Niño", "Tinas", "Tina Tronador + Niño", Family::tina);
  expect("Tina hidromasaje 2 personas", "tina", "Tina Hidromasaje", Family::tina);
}

TEST(Service, CabinsExtrasAndOthers) {
  expect("Cabaña Torre", "Cabañas", "Cabaña Torre", Family::cabana);
  expect("CABANA TORRE", "CABAÑAS", "Cabaña Torre", Family::cabana);
  expect("Hora adicional en Cabaña", "Cabañas", "Hora Adicional en Cabaña", Family::cabana);
  expect("Desayuno", "Cabañas", "Desayuno", Family::extra);
  expect("Ambientación romántica R1", "Ambientaciones", "Ambientación Romántica R1", Family::extra);
  expect("ambientación romantica", "Ambientaciones", "Ambientación Romántica", Family::extra);
  EXPECT_NE(service("Ambientación romántica R1").key, service("Ambientación romántica R2").key);
  expect("San Valentin 2024. $40.000", "Ambientaciones", "San Valentín", Family::extra);
  expect("Ambientación Dia De La Madre $25.000", "Ambientaciones", "Ambientación Día de la Madre", Family::extra);
  expect("Cumpleaños C2", "Ambientaciones", "Decoración Cumpleaños C2", Family::extra);
  expect("Decoración cumpleaños C1", "Ambientaciones", "Decoración Cumpleaños C1", Family::extra);
  expect("Tabla Quesos", "", "Tabla Quesos", Family::extra);
  expect("jugo frambuesa", "", "Jugo Frambuesa", Family::extra);
  expect("Pack Tina + Masaje", "", "Pack Tina + Masaje", Family::tina);
  expect("Pack Tina+Masaje +", "", "Pack Tina + Masaje", Family::tina);
  expect("Cabaña Torre 2 noches", "", "Cabaña Torre", Family::cabana);
  expect("Descuento de servicios", "otro", "Descuento de Servicios", Family::extra);
  expect("Pack 1", "", "Pack 1", Family::otro);
  expect("Cabaña 2", "cabana", "Cabaña 2", Family::cabana);
  expect("Masaje 60 min", "masaje", "Masaje 60 Min", Family::masaje);
  expect("Yoga en el bosque", "otro", "Yoga en el Bosque", Family::otro);
}

TEST(Service, Cancellations) {
  for (const std::string_view raw : {"Servicio Anulado", "masaje eliminado", "tina eliminada", "cabaña eliminada",
                                     "Ambientacion Eliminada", "CANCELADO", "tina tronador (anulada)"}) {
    EXPECT_TRUE(service(raw, "Tinas").cancelled) << raw;
    EXPECT_TRUE(service(service(raw).canonical).cancelled) << raw;
  }
  EXPECT_FALSE(service("Tina Tronador").cancelled);
}

TEST(Service, Nothing) {
  EXPECT_EQ(service("", "Tinas").canonical, "");
  EXPECT_EQ(service("", "Tinas").family, Family::tina);
  EXPECT_EQ(service("#N/A").key, "");
}

TEST(Service, Categories) {
  EXPECT_EQ(family_of("Tinas"), Family::tina);
  EXPECT_EQ(family_of("TINAS"), Family::tina);
  EXPECT_EQ(family_of("Masajes"), Family::masaje);
  EXPECT_EQ(family_of("Cabañas"), Family::cabana);
  EXPECT_EQ(family_of("cabana"), Family::cabana);
  EXPECT_EQ(family_of("Ambientaciones"), Family::extra);
  EXPECT_EQ(family_of("otro"), Family::otro);
  EXPECT_EQ(family_of(""), Family::otro);
}

RC_GTEST_PROP(Service, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *shapes::bytes();
  const std::string category = *rc::gen::element<std::string>("", "Tinas", "masaje", "Ambientaciones", "otro");
  const ServiceKind once = service(raw, category);
  RC_ASSERT(valid_utf8(once.canonical));
  RC_ASSERT(once.key == fold(once.canonical));
  const ServiceKind again = service(once.canonical, category);
  RC_ASSERT(again.canonical == once.canonical);
  RC_ASSERT(again.family == once.family);
  RC_ASSERT(again.cancelled == once.cancelled);
}

RC_GTEST_PROP(Service, PriceYearAndCaseMakeNoNewService, ()) {
  const std::string name = *rc::gen::element<std::string>(
      "Masaje Relajante", "Masaje Terapéutico", "Tina Tronador", "Hidromasaje Llaima", "Cabaña Torre",
      "Ambientación romántica R1", "Tina Caliente Premium", "Alojamiento Weekend", "Limpieza Facial");
  const ServiceKind plain = service(name);
  for (const std::string& dirty : {name + " $40.000", name + " 40,000", name + " 35000", name + " 2024", "  " + name + ". ",
                                   shapes::lower(name), shapes::upper(name), name + " (nuevo)"}) {
    RC_ASSERT(service(dirty).key == plain.key);
  }
}

TEST(Service, TenMegabytesAreRead) {
  service(std::string(10'000'000, 'a'), std::string(10'000'000, 'b'));
  service(std::string(10'000'000, '$'));
}

}  // namespace
}  // namespace aremko::normalize
