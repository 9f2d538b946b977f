// What is offered to whom: services of today's catalogue, at its prices.
#include <gtest/gtest.h>

#include "analytics/offer.h"
#include "analytics/proposal.h"
#include "analytics/test_spa.h"

namespace aremko::analytics {
namespace {

using testing::at;
using testing::end_of;

ProposalFacts facts_of(const snapshot::SnapshotPtr& snapshot, std::int64_t id, std::optional<int> discount = {},
                       bool with_census = true) {
  const AsOf as_of = end_of(2024, 3, 14);
  const Census census(*snapshot, as_of);
  return proposal_facts(*snapshot, *snapshot->customer_row(id), with_census ? &census : nullptr,
                        {.as_of = as_of, .business = "Aremko", .discount = discount});
}

TEST(ProposalFacts, TheGuidesMaria) {
  const auto snapshot = testing::guide_spa().build();
  const ProposalFacts facts = facts_of(snapshot, 123);
  EXPECT_EQ(facts.primer_nombre, "María");
  EXPECT_EQ(facts.segment, Segment::at_risk);
  EXPECT_EQ(facts.total_visitas, 17);
  EXPECT_EQ(facts.descuento_porcentaje, 15);
  EXPECT_EQ(facts.ultimo_servicio, "Masaje Relajante");
  ASSERT_FALSE(facts.ofertas.empty());
  for (const Offer& offer : facts.ofertas) {
    Pesos sum = 0;
    for (const OfferedService& service : offer.servicios) sum += service.precio;
    EXPECT_EQ(offer.precio_lista, sum);
    EXPECT_EQ(offer.precio_oferta + offer.ahorro, sum);
    EXPECT_EQ(offer.precio_oferta, offer_price(sum, 15));
  }
}

TEST(ProposalFacts, WhatIsNoLongerSoldIsNotOffered) {
  auto spa = testing::guide_spa();
  for (auto& service : spa.services) service.activo = service.nombre != "Masaje Relajante";
  const auto snapshot = spa.build();
  const ProposalFacts facts = facts_of(snapshot, 123);
  for (const Offer& offer : facts.ofertas) {
    for (const OfferedService& service : offer.servicios) EXPECT_NE(service.nombre, "Masaje Relajante");
  }
  EXPECT_EQ(facts.favoritos.front().nombre, "Masaje Relajante");  // still what they liked
}

TEST(ProposalFacts, NothingSoldNothingOffered) {
  auto spa = testing::guide_spa();
  for (auto& service : spa.services) service.activo = false;
  const auto snapshot = spa.build();
  const ProposalFacts facts = facts_of(snapshot, 123);
  EXPECT_TRUE(facts.ofertas.empty());
  EXPECT_EQ(facts.descuento_porcentaje, 0);
  EXPECT_FALSE(facts.regalo);
}

TEST(ProposalFacts, TheDiscountAskedForIsTheOneUsed) {
  const auto snapshot = testing::guide_spa().build();
  EXPECT_EQ(facts_of(snapshot, 123, 0).ofertas.front().ahorro, 0);
  EXPECT_EQ(facts_of(snapshot, 123, 30).descuento_porcentaje, 30);
}

TEST(ProposalFacts, TheLeadIsTheGuestsOffer) {
  const auto snapshot = testing::guide_spa().build();
  for (const std::int64_t id : {123, 456}) {
    const AsOf as_of = end_of(2024, 3, 14);
    const CustomerOffer lead = offer(*snapshot, *snapshot->customer_row(id), as_of, "Aremko");
    const ProposalFacts facts = facts_of(snapshot, id);
    EXPECT_EQ(facts.ofertas.front().precio_oferta, lead.precio_final);
    EXPECT_EQ(facts.descuento_porcentaje, lead.descuento_porcentaje);
    EXPECT_EQ(facts.channels, lead.channels);
  }
}

TEST(ProposalFacts, OnlyACensusKnowsWhatIsNewToThem) {
  const auto snapshot = testing::guide_spa().build();
  EXPECT_LE(facts_of(snapshot, 123, {}, false).ofertas.size(), 2U);
}

}  // namespace
}  // namespace aremko::analytics
