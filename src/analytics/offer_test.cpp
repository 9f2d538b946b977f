#include "analytics/offer.h"

#include <gtest/gtest.h>

#include "analytics/random_spa.h"

namespace aremko::analytics {
namespace {

using testing::end_of;

TEST(Offer, TheGuidesMariaIsOfferedWhatSheLovesForLess) {
  const auto snapshot = testing::guide_spa().build();
  const CustomerOffer offer = analytics::offer(*snapshot, *snapshot->customer_row(123), end_of(2024, 3, 14), "Aremko");
  ASSERT_EQ(offer.items.size(), 2U);
  EXPECT_EQ(offer.items[0].servicio_nombre, "Masaje Relajante");
  EXPECT_EQ(offer.items[0].motivo, "Lo ha elegido 12 veces.");
  EXPECT_EQ(offer.items[1].servicio_nombre, "Tina Caliente Premium");
  EXPECT_EQ(offer.segment, Segment::at_risk);
  EXPECT_EQ(offer.descuento_porcentaje, 15);
  EXPECT_NE(offer.mensaje.find("¡Hola María! Te extrañamos en Aremko"), std::string::npos) << offer.mensaje;
  EXPECT_NE(offer.mensaje.find("hace 4 años (Masaje Relajante)"), std::string::npos) << offer.mensaje;
  EXPECT_NE(offer.mensaje_en.find("4 years ago"), std::string::npos) << offer.mensaje_en;
  EXPECT_FALSE(offer.channels.empty());
}

class Offers : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, Offers, ::testing::Range(0U, 8U));

TEST_P(Offers, HoldForEverybody) {
  const auto snapshot = testing::random_spa(GetParam()).build();
  for (snapshot::Row row = 0; row < snapshot->customers().size(); ++row) {
    const CustomerOffer offer = analytics::offer(*snapshot, row, end_of(2024, 3, 14), "Aremko");
    Pesos list = 0;
    for (const OfferItem& item : offer.items) list += item.precio;
    EXPECT_EQ(offer.precio_lista, list);
    EXPECT_LE(offer.precio_final, list);
    EXPECT_GE(offer.precio_final, 0);
    EXPECT_LE(offer.items.size(), 2U);
    if (offer.items.size() == 2) EXPECT_NE(offer.items[0].servicio_id, offer.items[1].servicio_id);
    EXPECT_FALSE(offer.mensaje.empty() || offer.mensaje_en.empty() || offer.motivo.empty());
    // Nothing is sold to whoever comes today.
    const bool nothing = offer.items.empty() && offer.descuento_porcentaje == 0;
    EXPECT_TRUE(nothing || (offer.descuento_porcentaje >= 10 && offer.descuento_porcentaje <= 25));
  }
}

TEST(Offer, WhoeverNeverCameIsInvitedAndAnEmptyCatalogueStillSpeaks) {
  testing::Spa spa;
  spa.customers = {{.id = 1, .nombre = ""}};
  const auto offer = analytics::offer(*spa.build(), 0, end_of(2024, 3, 14), "Aremko");
  EXPECT_NE(offer.mensaje.find("¡Hola! Nos encantaría recibirte en Aremko"), std::string::npos) << offer.mensaje;
  spa.services.clear();
  const auto bare = analytics::offer(*spa.build(), 0, end_of(2024, 3, 14), "Aremko");
  EXPECT_TRUE(bare.items.empty());
  EXPECT_EQ(bare.precio_final, 0);
  EXPECT_NE(bare.mensaje.find("¿Cuándo te gustaría venir?"), std::string::npos);
}

}  // namespace
}  // namespace aremko::analytics
