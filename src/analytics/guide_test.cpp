// The guide's two people, number by number, at as_of 2024-03-14.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analytics/insights.h"
#include "analytics/people.h"
#include "analytics/profile.h"
#include "analytics/reactivation.h"
#include "analytics/test_spa.h"
#include "base/json_write.h"

namespace aremko::analytics {
namespace {

using testing::at;
using testing::end_of;
using ::testing::ElementsAre;
using ::testing::Pair;

class Guide : public ::testing::Test {
 protected:
  snapshot::SnapshotPtr snapshot_ = testing::guide_spa().build();
  AsOf as_of_ = end_of(2024, 3, 14);
  View view_{.as_of = as_of_};
  snapshot::Row maria_ = *snapshot_->customer_row(123);
};

TEST_F(Guide, MariasStatistics) {
  const auto profile = analytics::profile(*snapshot_, maria_, view_);
  const auto& statistics = profile.statistics;
  EXPECT_EQ(profile.customer_id, 123);
  EXPECT_EQ(profile.basic_info.nombre, "María González");
  EXPECT_EQ(profile.basic_info.email, "maria@gmail.com");
  EXPECT_EQ(profile.basic_info.ciudad, "Puerto Montt");
  EXPECT_EQ(statistics.total_visitas, 17);
  EXPECT_EQ(statistics.total_gastado, 680'000);
  EXPECT_EQ(statistics.promedio_por_visita, 40'000);
  EXPECT_EQ(statistics.ultima_visita.iso(), "2020-03-15T14:30:00");
  EXPECT_EQ(statistics.primera_visita.iso(), "2016-08-20T11:00:00");
  EXPECT_EQ(statistics.visitas_ultimo_ano, 0);
  EXPECT_FALSE(statistics.proxima_visita.known());
  EXPECT_EQ(statistics.visitas_por_fuente.current, 7);
  EXPECT_EQ(statistics.visitas_por_fuente.legacy, 10);
  EXPECT_EQ(statistics.gasto_por_fuente.current, 280'000);
  EXPECT_EQ(statistics.gasto_por_fuente.legacy, 400'000);
}

TEST_F(Guide, MariasScores) {
  const auto scores = analytics::profile(*snapshot_, maria_, view_).rfm_analysis;
  EXPECT_EQ(json::to_json(scores),
            R"({"recency_score":1,"frequency_score":4,"monetary_score":3,"rfm_combined_score":2.7,)"
            R"("days_since_last_visit":1460,"segment":"At Risk"})");
}

TEST_F(Guide, MariasPreferences) {
  const auto preferences = analytics::profile(*snapshot_, maria_, view_).service_preferences;
  EXPECT_EQ(json::to_json(preferences),
            R"([{"servicio_id":5,"servicio_nombre":"Masaje Relajante","tipo_servicio":"masaje","veces_reservado":12,)"
            R"("ultima_reserva":"2020-03-15T15:00:00"},)"
            R"({"servicio_id":8,"servicio_nombre":"Tina Caliente Premium","tipo_servicio":"tina","veces_reservado":5,)"
            R"("ultima_reserva":"2020-02-10T16:30:00"}])");
}

TEST_F(Guide, MariasReservationsAndPayments) {
  const auto profile = analytics::profile(*snapshot_, maria_, view_);
  ASSERT_EQ(profile.recent_reservations.size(), 10U);
  const Reservation& last = profile.recent_reservations.front();
  EXPECT_EQ(last.source, "current");
  EXPECT_EQ(last.id, 1006);
  EXPECT_EQ(last.fecha, at(2020, 3, 15, 14, 30));
  EXPECT_EQ(last.estado_pago, "pagado");
  EXPECT_EQ(last.total, 40'000);
  ASSERT_EQ(last.servicios.size(), 2U);
  EXPECT_EQ(last.servicios[0].tipo_servicio, "extra");
  EXPECT_EQ(last.servicios[1].servicio_nombre, "Masaje Relajante");
  const Reservation& older = profile.recent_reservations[7];
  EXPECT_EQ(older.source, "legacy");
  EXPECT_EQ(older.reserva, 109);
  EXPECT_EQ(older.legacy_id, "1657");
  EXPECT_EQ(older.id, std::nullopt);
  EXPECT_EQ(profile.recent_payments.size(), 10U);
  EXPECT_EQ(profile.recent_payments.front().fecha_pago, at(2020, 3, 15, 15));
  EXPECT_TRUE(profile.upcoming_reservations.empty());
}

TEST_F(Guide, MariasLegacyData) {
  const auto profile = analytics::profile(*snapshot_, maria_, view_);
  ASSERT_TRUE(profile.legacy_data);
  ASSERT_EQ(profile.legacy_data->records.size(), 1U);
  const LegacyRecord& record = profile.legacy_data->records[0];
  EXPECT_EQ(record.legacy_id, "1657");
  EXPECT_EQ(record.confidence_score, 95);
  EXPECT_EQ(record.customer_id, 123);
  EXPECT_EQ(record.origin, "customers_file");
  EXPECT_EQ(profile.legacy_data->statistics.total_visitas, 10);
  EXPECT_EQ(profile.legacy_data->statistics.total_gastado, 400'000);
  EXPECT_EQ(profile.legacy_data->statistics.ultima_visita, at(2018, 5, 12));
  EXPECT_EQ(profile.legacy_data->recent_reservations.size(), 10U);
}

TEST_F(Guide, WithoutLegacyOnlyTheCurrentSourceIsSeen) {
  const auto profile = analytics::profile(*snapshot_, maria_, {.as_of = as_of_, .include_legacy = false});
  EXPECT_FALSE(profile.legacy_data);
  EXPECT_EQ(profile.statistics.total_visitas, 7);
  EXPECT_EQ(profile.statistics.total_gastado, 280'000);
  EXPECT_EQ(profile.statistics.primera_visita, at(2018, 9, 15));
  EXPECT_EQ(profile.statistics.visitas_por_fuente.legacy, 0);
  EXPECT_EQ(profile.service_preferences.front().veces_reservado, 5);
  for (const auto& reservation : profile.recent_reservations) EXPECT_EQ(reservation.source, "current");
  EXPECT_EQ(json::to_json(profile).find("\"legacy_data\":null") == std::string::npos, false);
}

TEST_F(Guide, MariasInsights) {
  const auto insights = analytics::insights(*snapshot_, maria_, view_);
  EXPECT_EQ(
      json::to_json(insights),
      R"j({"customer_id":123,"as_of":"2024-03-14","segment":"At Risk","ltv":680000,"avg_ticket":40000,)j"
      R"j("visit_frequency":"Regular (cada 2 meses)","preferred_services":["Masaje Relajante","Tina Caliente Premium"],)j"
      R"j("preferred_service_types":["masaje","tina"],"seasonality":{"pattern":"Prefiere verano",)j"
      R"j("best_months":["Enero","Febrero","Diciembre"],"month_counts":{"Enero":4,"Febrero":3,"Diciembre":2},)j"
      R"j("visits_by_month":{"Enero":4,"Febrero":3,"Marzo":1,"Abril":1,"Mayo":1,"Junio":0,"Julio":1,"Agosto":1,)j"
      R"j("Septiembre":1,"Octubre":1,"Noviembre":1,"Diciembre":2}},"payment_behavior":{)j"
      R"j("preferred_method":"transferencia","payment_methods_used":["transferencia","efectivo","flow"],)j"
      R"j("method_distribution":{"transferencia":10,"efectivo":5,"flow":2}},"churn_risk":"Alto",)j"
      R"j("upsell_potential":"Alto (probar nuevos servicios)"})j");
}

TEST_F(Guide, PatricioInTheCampaign) {
  const Census census(*snapshot_, as_of_);
  const auto answer = inactive_customers(*snapshot_, census, as_of_, 12, 100);
  EXPECT_EQ(answer.total_analyzed, 2);
  EXPECT_EQ(answer.total_inactive, 2);
  EXPECT_EQ(answer.next, std::nullopt);
  EXPECT_EQ(json::to_json(answer.parameters), R"({"months_inactive":12,"limit":100,"offset":0})");
  ASSERT_EQ(answer.customers.size(), 2U);

  const InactiveCustomer& patricio = answer.customers[0];
  EXPECT_EQ(patricio.reactivation_priority, 92);
  EXPECT_EQ(patricio.profile.customer_id, 456);
  EXPECT_EQ(patricio.profile.statistics.total_gastado, 1'200'000);
  EXPECT_EQ(patricio.profile.statistics.total_visitas, 25);
  EXPECT_EQ(patricio.profile.rfm_analysis.segment, Segment::at_risk);
  EXPECT_EQ(patricio.profile.rfm_analysis.days_since_last_visit, 450);
  EXPECT_EQ(patricio.insights.ltv, 1'200'000);
  EXPECT_THAT(patricio.insights.preferred_services, ElementsAre("Masaje Terapéutico", "Alojamiento Weekend"));
  EXPECT_EQ(patricio.insights.churn_risk, "Medio-Alto");
  EXPECT_EQ(patricio.insights.upsell_potential, "Bajo (ya es buen cliente)");
  EXPECT_THAT(patricio.channels, ElementsAre(Channel::whatsapp, Channel::email));
  int sum = 0;
  for (const PriorityReason& reason : patricio.priority_reasons) sum += reason.points;
  EXPECT_EQ(sum, 92);

  const InactiveCustomer& maria = answer.customers[1];
  EXPECT_EQ(maria.profile.customer_id, 123);
  EXPECT_GE(maria.reactivation_priority, 60);
  EXPECT_LE(maria.reactivation_priority, 79);
}

TEST_F(Guide, TheSegmentAndItsSummary) {
  const Census census(*snapshot_, as_of_);
  const auto answer = segment_customers(*snapshot_, census, as_of_, Segment::at_risk, 1);
  EXPECT_EQ(answer.total_found, 2);
  ASSERT_EQ(answer.customers.size(), 1U);
  EXPECT_EQ(answer.customers[0].customer.id, 456);  // most money first
  EXPECT_EQ(answer.next, 1);
  EXPECT_EQ(answer.summary.ltv_total, 1'880'000);
  EXPECT_EQ(answer.summary.ltv_promedio, 940'000);
  EXPECT_EQ(answer.summary.visitas_promedio, 21);
  ASSERT_GE(answer.summary.top_services.size(), 4U);
  EXPECT_EQ(answer.summary.top_services[0].servicio_nombre, "Masaje Terapéutico");
  EXPECT_EQ(answer.summary.top_services[0].veces_reservado, 13);
  EXPECT_EQ(answer.summary.top_services[1].servicio_nombre, "Masaje Relajante");
  EXPECT_EQ(answer.summary.top_services[1].veces_reservado, 12);
  std::int64_t dated = 0;
  for (const auto& [month, visits] : answer.summary.visits_by_month) dated += visits;
  EXPECT_EQ(dated, 42);
  const auto second = segment_customers(*snapshot_, census, as_of_, Segment::at_risk, 1, 1);
  EXPECT_EQ(second.customers.at(0).customer.id, 123);
  EXPECT_EQ(second.next, std::nullopt);
  EXPECT_TRUE(segment_customers(*snapshot_, census, as_of_, Segment::at_risk, 10, 99).customers.empty());
  EXPECT_EQ(segment_customers(*snapshot_, census, as_of_, Segment::vip, 10).total_found, 0);
}

TEST_F(Guide, SearchFindsHerInBothSources) {
  const auto answer = search(*snapshot_, "maria gonzalez", snapshot::SearchScope::all, as_of_, 10);
  ASSERT_EQ(answer.current_matches.size(), 1U);
  const CurrentMatch& match = answer.current_matches[0];
  EXPECT_EQ(match.id, 123);
  EXPECT_EQ(match.matched_on, "nombre");
  EXPECT_THAT(match.legacy_ids, ElementsAre("1657"));
  EXPECT_EQ(match.total_visitas, 17);
  EXPECT_EQ(match.segment, Segment::at_risk);
  EXPECT_EQ(match.ultima_visita, at(2020, 3, 15, 14, 30));
  ASSERT_EQ(answer.legacy_matches.size(), 1U);
  EXPECT_EQ(answer.legacy_matches[0].legacy_id, "1657");
  EXPECT_EQ(answer.legacy_matches[0].record_id, "REC1657");
  EXPECT_EQ(answer.legacy_matches[0].customer_id, 123);
  EXPECT_EQ(answer.legacy_matches[0].total_visitas, 10);
  EXPECT_EQ(answer.source, "all");
  EXPECT_EQ(answer.next, std::nullopt);
}

TEST_F(Guide, TheLegacyPersonAlone) {
  const auto profile = legacy_profile(*snapshot_, *snapshot_->legacy_row("1657"), as_of_);
  EXPECT_EQ(profile.legacy_id, "1657");
  EXPECT_EQ(profile.customer_id, 123);
  EXPECT_EQ(profile.statistics.total_visitas, 10);
  EXPECT_EQ(profile.service_preferences.size(), 2U);
  EXPECT_EQ(profile.service_preferences[0].servicio_id, 5);
  EXPECT_EQ(profile.recent_reservations.size(), 10U);
}

}  // namespace
}  // namespace aremko::analytics
