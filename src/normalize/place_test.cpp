#include "normalize/place.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "normalize/chile.h"
#include "normalize/test_shapes.h"
#include "normalize/text.h"

namespace aremko::normalize {
namespace {

void expect(std::string_view raw, std::string_view city_name, std::string_view region_name, PlaceKind kind) {
  const Place got = place(raw);
  EXPECT_EQ(got.city, city_name) << raw;
  EXPECT_EQ(got.region, region_name) << raw;
  EXPECT_EQ(static_cast<int>(got.kind), static_cast<int>(kind)) << raw;
}

TEST(Place, CityAndRegion) {
  for (const std::string_view raw :
       {"Puerto Montt, Los Lagos", "puerto montt, los lagos", "PUERTO MONTT , LAGOS", "Puerto Montt, Región de los Lagos",
        "Puerto Montt, X", "Puerto Montt X Región", "Pto. Montt, Los Lagos", "pto montt", "Puerto Mont", "Puertomontt",
        "puerto montt los lagos", "Puerto Montt, Chile", "Puerto Montt, Los Lagos, Chile", "Los Lagos, Puerto Montt",
        "Puerto Montt - Los Lagos", "Comuna de Puerto Montt", "Av. Inventada 123, Puerto Montt", "Calle Falsa 123 Puerto Montt",
        "Puerto  Montt,Décima Región", "Puerto Montt, Region de Los Rios"}) {
    expect(raw, "Puerto Montt", "Los Lagos", PlaceKind::city);
  }
  for (const std::string_view raw : {"Santiago RM", "Santiago, RM", "santiago, metropolitana", "Santiago, Región Metropolitana",
                                     "Santiago de Chile", "stgo", "Santiago, R.M.", "Santiago Metropolitana de Santiago"}) {
    expect(raw, "Santiago", "Metropolitana de Santiago", PlaceKind::city);
  }
  expect("ñuñoa, rm", "Ñuñoa", "Metropolitana de Santiago", PlaceKind::city);
  expect("las condes santiago", "Las Condes", "Metropolitana de Santiago", PlaceKind::city);
  expect("Viña", "Viña del Mar", "Valparaíso", PlaceKind::city);
  expect("Coihaique", "Coyhaique", "Aysén", PlaceKind::city);
  expect("Puerto Natales", "Natales", "Magallanes", PlaceKind::city);
  expect("Alerce", "Alerce", "Los Lagos", PlaceKind::city);
  expect("Ensenada, Los Lagos", "Ensenada", "Los Lagos", PlaceKind::city);
  expect("las cascadas", "Las Cascadas", "Los Lagos", PlaceKind::city);
  expect("San Pedro de la Paz, Bio Bio", "San Pedro de la Paz", "Biobío", PlaceKind::city);
  expect("Los Lagos, Los Ríos", "Los Lagos", "Los Ríos", PlaceKind::city);
  expect("Valparaíso", "Valparaíso", "Valparaíso", PlaceKind::city);
  expect("Coquimbo, Coquimbo", "Coquimbo", "Coquimbo", PlaceKind::city);
  expect("ptovaras", "Puerto Varas", "Los Lagos", PlaceKind::city);
  expect("Frutillar Alto", "Frutillar", "Los Lagos", PlaceKind::city);
  expect("Santiago, Las Condes", "Las Condes", "Metropolitana de Santiago", PlaceKind::city);
  expect("santiago las condes", "Las Condes", "Metropolitana de Santiago", PlaceKind::city);
  expect("villarica", "Villarrica", "La Araucanía", PlaceKind::city);
  expect("concepcion", "Concepción", "Biobío", PlaceKind::city);
  expect("Llay-Llay", "Llaillay", "Valparaíso", PlaceKind::city);
}

TEST(Place, RegionAlone) {
  for (const std::string_view raw : {"Los Lagos", "los lagos", "Lagos", "Región de los Lagos", "X Región", "Los Lagos, Chile"}) {
    expect(raw, "", "Los Lagos", PlaceKind::region);
  }
  expect("Región Metropolitana", "", "Metropolitana de Santiago", PlaceKind::region);
  expect("RM", "", "Metropolitana de Santiago", PlaceKind::region);
  expect("resto chile, los rios", "", "Los Ríos", PlaceKind::region);
}

TEST(Place, OtherThings) {
  for (const std::string_view raw : {"", " ", "#N/A", "-", "no tiene"}) expect(raw, "", "", PlaceKind::empty);
  for (const std::string_view raw : {"resto chile", "Resto de Chile", "Chile", "extranjero"}) {
    expect(raw, "", "", PlaceKind::vague);
  }
  expect("x", "", "", PlaceKind::unknown);
  expect("sin dirección", "", "", PlaceKind::vague);
  expect("984280796", "", "", PlaceKind::phone);
  expect("+56 9 8428 0796", "", "", PlaceKind::phone);
  expect("12.345.678-5", "", "", PlaceKind::rut);
  expect("10.000.013-K", "", "", PlaceKind::rut);
  expect("maria@gmail.com", "", "", PlaceKind::unknown);
  expect("SAN CARLOS DE BARILOCHE", "San Carlos de Bariloche", "", PlaceKind::unknown);
  expect("Villa Inventada, Los Lagos", "Villa Inventada", "Los Lagos", PlaceKind::unknown);
  expect("Victoria, Australia", "Victoria, Australia", "", PlaceKind::unknown);
  expect("buenos aires, argentina", "Buenos Aires, Argentina", "", PlaceKind::unknown);
}

TEST(Place, EveryComunaIsItselfAndInItsRegion) {
  std::vector<std::string> folded;
  for (const chile::Comuna& one : chile::comunas()) {
    const std::string_view region_name = chile::regions()[one.region].name;
    EXPECT_EQ(city(one.name), one.name);
    EXPECT_EQ(city(fold(one.name)), one.name);
    const Place got = place(std::string(one.name) + ", " + std::string(region_name));
    EXPECT_EQ(got.city, one.name);
    EXPECT_EQ(got.region, region_name);
    folded.push_back(fold(one.name));
  }
  std::sort(folded.begin(), folded.end());
  EXPECT_EQ(std::unique(folded.begin(), folded.end()), folded.end());
  EXPECT_EQ(folded.size(), 346U);
  for (const chile::Comuna& one : chile::towns()) EXPECT_EQ(city(one.name), one.name);
  for (const chile::Alias& alias : chile::aliases()) {
    EXPECT_EQ(fold(alias.folded), alias.folded);
    EXPECT_EQ(city(alias.folded), alias.name);
  }
}

TEST(Place, RegionsInEveryForm) {
  for (const chile::Region& one : chile::regions()) {
    EXPECT_EQ(region(one.name), one.name);
    EXPECT_EQ(region_code(one.name), one.code);
    for (const std::string_view form : split(one.aliases, '|')) {
      EXPECT_EQ(region(form), one.name) << form;
      EXPECT_EQ(region("Región de " + std::string(form)), one.name) << form;
      EXPECT_EQ(region(std::string(form) + " región"), one.name) << form;
    }
  }
  EXPECT_EQ(region("Región del Libertador General Bernardo O’Higgins"), "O'Higgins");
  EXPECT_EQ(region("Región de Aysén del General Carlos Ibáñez del Campo"), "Aysén");
  EXPECT_EQ(region("Región de Magallanes y de la Antártica Chilena"), "Magallanes");
  EXPECT_EQ(region("Metropolitna"), "Metropolitana de Santiago");
  EXPECT_EQ(region("X"), "Los Lagos");
  EXPECT_EQ(region("nada"), "");
  EXPECT_EQ(region(""), "");
  EXPECT_EQ(region_code("Región Metropolitana de Santiago"), "RM");
  EXPECT_EQ(region_code("los lagos"), "Los Lagos");
  EXPECT_EQ(region_code("nada"), "");
  EXPECT_EQ(region_of("Puerto Montt"), "Los Lagos");
  EXPECT_EQ(region_of("puerto varas"), "Los Lagos");
  EXPECT_EQ(region_of("Ñuñoa"), "Metropolitana de Santiago");
  EXPECT_EQ(region_of("Bariloche"), "");
}

TEST(Place, CityAlone) {
  EXPECT_EQ(city("PUERTO MONTT"), "Puerto Montt");
  EXPECT_EQ(city("Puerto Montt, Los Lagos"), "Puerto Montt");
  EXPECT_EQ(city("bariloche"), "Bariloche");
  EXPECT_EQ(city("resto chile"), "");
  EXPECT_EQ(city("984280796"), "");
  EXPECT_EQ(city(""), "");
  EXPECT_EQ(city("#N/A"), "");
}

RC_GTEST_PROP(Place, IsIdempotentOnAnyBytes, ()) {
  const std::string raw = *shapes::bytes();
  const Place once = place(raw);
  RC_ASSERT(valid_utf8(once.city));
  std::string shown = once.city;
  if (!once.region.empty()) shown += (once.city.empty() ? "Región de " : ", ") + once.region;
  const Place again = place(shown);
  RC_ASSERT(again.city == once.city);
  RC_ASSERT(again.region == once.region);
  const std::string alone = city(raw);
  RC_ASSERT(city(alone) == alone);
  const std::string one_region = region(raw);
  RC_ASSERT(region(one_region) == one_region);
}

TEST(Place, TenMegabytesAreRead) {
  place(std::string(10'000'000, ','));
  place(std::string(10'000'000, 'a'));
}

}  // namespace
}  // namespace aremko::normalize
