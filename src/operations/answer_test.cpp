// What the operations answer: every field of the guide's examples, and the refusals.
#include <gtest/gtest.h>

#include <future>

#include <boost/json/serialize.hpp>

#include "operations/sync.h"
#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using boost::json::value;
using testing::House;

/// Every key of `wanted`, at any depth, must be in `given`; a list's first element stands for all. Values are those
/// of the guide and are compared by type alone.
void expect_fields(const value& wanted, const value& given, const std::string& path) {
  if (wanted.is_object()) {
    ASSERT_TRUE(given.is_object()) << path << " is " << boost::json::serialize(given);
    for (const auto& field : wanted.get_object()) {
      const std::string at = path + "." + std::string(field.key());
      const value* found = given.get_object().if_contains(field.key());
      ASSERT_NE(found, nullptr) << at << " is missing";
      expect_fields(field.value(), *found, at);
    }
  } else if (wanted.is_array()) {
    ASSERT_TRUE(given.is_array()) << path;
    if (wanted.get_array().empty()) return;
    ASSERT_FALSE(given.get_array().empty()) << path << " is empty";
    expect_fields(wanted.get_array()[0], given.get_array()[0], path + "[0]");
  } else if (wanted.is_number()) {
    EXPECT_TRUE(given.is_number()) << path;
  } else if (wanted.is_bool()) {
    EXPECT_TRUE(given.is_bool()) << path;
  } else if (wanted.is_string()) {
    EXPECT_TRUE(given.is_string()) << path << " is " << boost::json::serialize(given);
  }
}

class Answers : public ::testing::Test {
 protected:
  value answer(std::string_view name, std::vector<Argument> arguments = {}) {
    const auto text = house.call(name, std::move(arguments));
    if (!text) {
      ADD_FAILURE() << name << ": " << text.error().detail.en;
      return {};
    }
    const auto tree = json::parse(*text);
    if (!tree) ADD_FAILURE() << name << " is no JSON: " << *text;
    return tree ? *tree : value();
  }
  void expect_like(std::string_view guide, const value& given) { expect_fields(*json::parse(guide), given, ""); }
  Code refusal(std::string_view name, std::vector<Argument> arguments = {}) {
    const auto text = house.call(name, std::move(arguments));
    EXPECT_FALSE(text) << name;
    return text ? Code::internal : text.error().code;
  }

  House house;
};

constexpr std::string_view guide_stats = R"({"total_visitas": 17, "total_gastado": 680000.0, "promedio_por_visita": 40000.0,
  "ultima_visita": "2020-03-15T14:30:00", "primera_visita": "2016-08-20T11:00:00", "visitas_ultimo_ano": 0})";
constexpr std::string_view guide_rfm = R"({"recency_score": 1, "frequency_score": 4, "monetary_score": 3,
  "rfm_combined_score": 2.7, "days_since_last_visit": 1460, "segment": "At Risk"})";

TEST_F(Answers, SearchHasTheGuidesFields) {
  const value given = answer("search_customers", {{"query", "maria gonzalez", {}}, {"source", "all", {}}});
  expect_like(R"({"query": "x", "source": "all",
    "current_matches": [{"id": 123, "nombre": "x", "telefono": "+56987654321", "email": "maria@gmail.com"}],
    "legacy_matches": [{"legacy_id": "1657", "record_id": "x", "nombre": "x", "telefono": "x"}]})", given);
  EXPECT_EQ(given.at("current_matches").at(0).at("id"), 123);
  EXPECT_EQ(given.at("source"), "all");
}

TEST_F(Answers, ProfileHasTheGuidesFieldsAndNumbers) {
  static_cast<void>(answer("sync_legacy_to_current"));
  const value given = answer("customer_profile", {{"customer_id", "123", {}}, {"as_of", "2024-03-14", {}}});
  expect_like(R"({"customer_id": 123, "basic_info": {"id": 123, "nombre": "x", "email": "x", "telefono": "x",
      "documento_identidad": "x", "ciudad": null, "pais": "Chile"},
    "service_preferences": [{"servicio_id": 5, "servicio_nombre": "x", "tipo_servicio": "masaje", "veces_reservado": 12,
      "ultima_reserva": "2020-03-15T15:00:00"}],
    "recent_reservations": [], "recent_payments": [], "legacy_data": {}})", given);
  expect_like(guide_stats, given.at("statistics"));
  expect_like(guide_rfm, given.at("rfm_analysis"));
  EXPECT_EQ(given.at("statistics").at("total_visitas"), 17);
  EXPECT_EQ(given.at("statistics").at("total_gastado"), 680000);
  EXPECT_EQ(given.at("rfm_analysis").at("segment"), "At Risk");
  EXPECT_EQ(given.at("rfm_analysis").at("days_since_last_visit"), 1460);
  EXPECT_EQ(given.at("rfm_analysis").at("rfm_combined_score").to_number<double>(), 2.7);
  EXPECT_EQ(given.at("service_preferences").at(0).at("veces_reservado"), 12);
  EXPECT_EQ(given.at("as_of"), "2024-03-14");
}

TEST_F(Answers, InsightsHaveTheGuidesFields) {
  expect_like(R"({"customer_id": 123, "segment": "At Risk", "ltv": 680000.0, "avg_ticket": 40000.0, "visit_frequency": "x",
    "preferred_services": ["x"], "preferred_service_types": ["masaje"],
    "seasonality": {"pattern": "x", "best_months": ["Enero"], "month_counts": {"Enero": 4}},
    "payment_behavior": {"preferred_method": "transferencia", "payment_methods_used": ["transferencia"],
      "method_distribution": {"transferencia": 10, "efectivo": 5}},
    "churn_risk": "Alto", "upsell_potential": "x"})",
              answer("customer_insights", {{"customer_id", "123", {}}, {"as_of", "2024-03-14", {}}}));
}

TEST_F(Answers, CampaignsHaveTheGuidesFields) {
  const value inactive = answer("inactive_customers", {{"months", "12", {}}, {"as_of", "2024-03-14", {}}});
  expect_like(R"({"total_analyzed": 87, "parameters": {"months_inactive": 12, "limit": 100},
    "customers": [{"profile": {"customer_id": 456, "basic_info": {"nombre": "x", "email": "x"},
        "statistics": {"total_gastado": 1.0, "total_visitas": 25},
        "rfm_analysis": {"segment": "At Risk", "days_since_last_visit": 450}},
      "insights": {"ltv": 1.0, "preferred_services": ["x"], "churn_risk": "x", "upsell_potential": "x"},
      "reactivation_priority": 85}]})", inactive);
  EXPECT_EQ(inactive.at("total_analyzed"), 1);
  EXPECT_EQ(inactive.at("customers").at(0).at("profile").at("customer_id"), 123);
  const value segment = answer("segment_customers", {{"segment", "At Risk", {}}, {"as_of", "2024-03-14", {}}});
  expect_like(R"({"segment": "At Risk", "total_found": 23, "customers": [{"customer": {}, "stats": {}, "rfm": {}}]})", segment);
  expect_like(guide_stats, segment.at("customers").at(0).at("stats"));
  expect_like(guide_rfm, segment.at("customers").at(0).at("rfm"));
}

TEST_F(Answers, SyncCreatesOnceAndAnswersAsTheGuideSays) {
  const value first = answer("sync_legacy_to_current");
  expect_like(R"({"total_legacy": 2847, "total_current": 1234, "mappings_created": 856, "high_confidence": 723,
    "medium_confidence": 133, "no_match": 1991, "details": [{"legacy_id": "1657", "legacy_name": "x", "current_id": 123,
      "current_name": "x", "confidence": 95, "reasons": ["phone_exact"]}]})", first);
  EXPECT_EQ(first.at("total_legacy"), 3);
  EXPECT_EQ(first.at("total_current"), 2);  // the staff account is no customer
  EXPECT_GE(first.at("mappings_created").as_int64(), 1);
  EXPECT_EQ(first.at("total_legacy").as_int64(), first.at("high_confidence").as_int64() +
                                                     first.at("medium_confidence").as_int64() + first.at("no_match").as_int64());
  const value second = answer("sync_legacy_to_current");
  EXPECT_EQ(second.at("mappings_created"), 0);
  EXPECT_EQ(second.at("high_confidence"), first.at("high_confidence"));
  // The snapshot has it already.
  const value search = answer("search_customers", {{"query", "+56987654321", {}}});
  EXPECT_EQ(search.at("current_matches").at(0).at("legacy_ids").at(0), "1657");
}

TEST_F(Answers, ALimitedSyncLeavesTheOthersAlone) {
  static_cast<void>(answer("sync_legacy_to_current"));
  const value limited = answer("sync_legacy_to_current", {{"limit", "1", {}}});
  EXPECT_EQ(limited.at("total_legacy"), 1);
  EXPECT_EQ(limited.at("mappings_retired"), 0);
}

TEST_F(Answers, MappingsHaveTheGuidesFields) {
  const value none = answer("customer_mapping", {{"customer_id", "123", {}}});
  EXPECT_EQ(none.at("has_legacy_data"), false);
  EXPECT_TRUE(none.at("mapping").is_null());
  static_cast<void>(answer("sync_legacy_to_current"));
  const value given = answer("customer_mapping", {{"customer_id", "123", {}}});
  expect_like(R"({"customer_id": 123, "has_legacy_data": true, "mapping": {"id": "uuid-here", "legacy_id": "1657",
      "confidence_score": 95, "created_at": "2024-10-26T10:30:00",
      "metadata": {"match_reasons": ["phone_exact"], "legacy_name": "x", "current_name": "x"}},
    "legacy_customer": {}})", given);
  EXPECT_EQ(given.at("mapping").at("created_at"), "2024-03-14T12:00:00");
  EXPECT_EQ(answer("legacy_mapping", {{"legacy_id", "1657", {}}}).at("customer").at("id"), 123);
  const value list = answer("list_mappings", {{"status", "active", {}}});
  EXPECT_EQ(list.at("counts").at("active").as_int64(), std::ssize(list.at("mappings").as_array()));
  EXPECT_EQ(refusal("list_mappings", {{"cursor", "no es mío", {}}}), Code::malformed);
  const value audit = answer("audit_trail", {{"limit", "1", {}}});
  EXPECT_EQ(audit.at("entries").at(0).at("action"), "mapping.create");
  EXPECT_TRUE(audit.at("entries").at(0).at("after").is_object());
}

TEST_F(Answers, OverviewHasTheGuidesFields) {
  expect_like(R"({"current_database": {"total_customers": 1, "inactive_12_months": 1, "services_available": 1,
      "products_available": 1},
    "legacy_data": {"total_customers": 1, "with_email": 1, "with_phone": 1, "email_percentage": 43.3,
      "phone_percentage": 98.4, "top_cities": []},
    "data_completeness": {"current_with_email": 1, "current_with_phone": 1, "current_with_rut": 1}})",
              answer("stats_overview"));
  expect_like(R"({"total_customers": 3, "date_range": {"earliest": null, "latest": null}})", answer("stats_legacy"));
}

TEST_F(Answers, ASourceThatFailedSinceIsShownAsFailed) {
  EXPECT_EQ(answer("stats_overview").at("sources").at(0).at("ok"), true);
  house.source_ok = false;  // the snapshot was made before
  for (const value& source : {answer("stats_overview").at("sources").at(0), answer("list_sources").at("sources").at(0)}) {
    EXPECT_EQ(source.at("ok"), false);
    EXPECT_EQ(source.at("age_seconds"), 60);
    EXPECT_EQ(source.at("detail"), "La base de datos no responde.");
  }
  const value health = answer("data_health");
  EXPECT_EQ(health.at("findings").at(0).at("code"), "source_unreadable");
  EXPECT_NE(health.at("findings").at(0).at("meaning").as_string().find("2024-03-14 11:59"), std::string::npos);
  for (const value& source : health.at("sources").as_array()) {
    if (source.at("source") == "aremko_db") EXPECT_EQ(source.at("ok"), false);
  }
}

TEST_F(Answers, ListsAndLegacyPeople) {
  EXPECT_EQ(answer("list_customers").at("total_found"), 2);
  EXPECT_EQ(answer("list_customers", {{"telefono", "987654321", {}}}).at("customers").at(0).at("id"), 123);
  EXPECT_EQ(answer("list_legacy_customers", {{"limit", "2", {}}}).at("next"), 2);
  EXPECT_EQ(answer("legacy_customer", {{"legacy_id", "1701", {}}}).at("statistics").at("total_visitas"), 1);
  const value matches = answer("legacy_matches", {{"legacy_id", "1657", {}}});
  EXPECT_EQ(matches.at("matches").at(0).at("customer").at("id"), 123);
  EXPECT_GE(matches.at("matches").at(0).at("confidence").to_number<double>(), 85);
  EXPECT_EQ(answer("list_services").at("total_found"), 4);
  EXPECT_EQ(answer("list_products").at("total_found"), 1);
}

TEST_F(Answers, VisitsArePaged) {
  std::int64_t offset = 0, seen = 0;
  for (int page = 0; page < 10; ++page) {
    const std::string from = std::to_string(offset);
    const value given = answer("customer_visits", {{"customer_id", "123", {}}, {"limit", "7", {}}, {"offset", from, {}}});
    seen += std::ssize(given.at("visits").as_array());
    if (given.at("next").is_null()) break;
    offset = given.at("next").as_int64();
  }
  EXPECT_EQ(seen, 17);
}

TEST_F(Answers, UnknownIdsAreNotFound) {
  for (const char* name : {"customer_profile", "customer_insights", "customer_visits", "customer_mapping"}) {
    EXPECT_EQ(refusal(name, {{"customer_id", "999999", {}}}), Code::not_found) << name;
  }
  for (const char* name : {"legacy_customer", "legacy_matches", "legacy_mapping"}) {
    EXPECT_EQ(refusal(name, {{"legacy_id", "nadie", {}}}), Code::not_found) << name;
  }
  EXPECT_EQ(refusal("list_sources", {{"source", "otra", {}}}), Code::not_found);
}

TEST_F(Answers, SourcesShowWhatWasRefused) {
  const value given = answer("list_sources", {{"limit", "1", {}}});
  EXPECT_EQ(given.at("total_refused"), 2);
  EXPECT_EQ(given.at("refused").at(0).at("line"), 7);
  EXPECT_EQ(given.at("next"), 1);
  EXPECT_EQ(given.at("sources").at(0).at("age_seconds"), 60);
}

TEST_F(Answers, ReadySaysWhy) {
  // "otro" has published nothing yet.
  auto text = house.call("ready");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Code::unavailable);
  EXPECT_EQ(text.error().fields.at(0).field, "otro");
  house.publish("otro");
  EXPECT_EQ(answer("ready").at("status"), "ready");
  house.source_ok = false;
  const value degraded = answer("ready");
  EXPECT_EQ(degraded.at("status"), "degraded");
  EXPECT_EQ(degraded.at("tenants").at(0).at("sources").at(0).at("age_seconds"), 60);
}

TEST_F(Answers, NothingIsAnsweredBeforeTheFirstSnapshot) {
  for (const Operation& operation : all_operations()) {
    if (!operation.needs_snapshot) continue;
    const auto text = house.call(operation.name, {}, "otro");
    ASSERT_FALSE(text) << operation.name;
    EXPECT_EQ(text.error().code, Code::unavailable) << operation.name;
    EXPECT_GT(text.error().retry_after_s, 0);
  }
  EXPECT_TRUE(house.call("health", {}, "otro"));
  EXPECT_TRUE(house.call("list_sources", {}, "otro"));
}

TEST_F(Answers, RefreshGivesTheNewVersion) {
  const value given = answer("refresh");
  EXPECT_EQ(given.at("snapshot_version").as_int64(), given.at("previous_version").as_int64() + 1);
}

TEST_F(Answers, AsOfHidesWhatCameLater) {
  const value given = answer("customer_profile", {{"customer_id", "123", {}}, {"as_of", "2017-12-31", {}}});
  EXPECT_LT(given.at("statistics").at("total_visitas").as_int64(), 17);
  EXPECT_EQ(given.at("as_of"), "2017-12-31");
}

}  // namespace
}  // namespace aremko::operations
