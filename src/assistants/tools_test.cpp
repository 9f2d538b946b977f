// What assistants are offered, tried on the guide's people without a protocol around it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "assistants/cards.h"
#include "assistants/product.h"
#include "assistants/resources.h"
#include "mcp/run.h"
#include "operations/test_house.h"

namespace aremko::assistants {
using namespace mcp;

namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using operations::testing::House;

struct Silent final : Outlet {
  void progress(double, double, std::string_view) override { ++told; }
  void log(LogLevel, std::string_view, const boost::json::value&) override {}
  int told = 0;
};

class Tools : public ::testing::Test {
 protected:
  Outcome<ToolResult> call(std::string_view name, Object arguments, Scope scope = Scope::admin, std::string_view language = "es") {
    const Tool* tool = registry.tool(name);
    if (tool == nullptr) return fail(error(Code::not_found, "No.", "There is no such tool."));
    Call made(context(scope, language), std::move(arguments), client, outlet, {});
    return tool->run(made);
  }
  operations::Context context(Scope scope, std::string_view language) {
    return {house.services(), &house.tenant(), {.key_id = "test", .tenant = "aremko", .scope = scope, .label = {}}, language};
  }
  /// The result of a call that must do; its structured half.
  boost::json::value structured(std::string_view name, Object arguments) {
    auto outcome = call(name, std::move(arguments));
    if (!outcome) {
      ADD_FAILURE() << name << ": " << outcome.error().detail.en;
      return Object{};
    }
    last = std::get<ToolResult>(std::move(*outcome));
    EXPECT_FALSE(last.is_error) << name;
    return *json::parse(last.structured.text);
  }
  std::string text() const { return std::string(json::parse(last.content.at(0).text)->at("text").as_string()); }
  Code refusal(std::string_view name, Object arguments, Scope scope = Scope::admin) {
    const auto outcome = call(name, std::move(arguments), scope);
    EXPECT_FALSE(outcome) << name;
    return outcome ? Code::internal : outcome.error().code;
  }

  House house;
  Registry registry = product(house.services());
  Client client;
  Silent outlet;
  ToolResult last;
};

void expect_flat(const boost::json::value& schema, const std::string& where) {
  if (const auto* object = schema.if_object()) {
    EXPECT_FALSE(object->contains("$ref")) << where;
    const auto* type = object->if_contains("type");
    EXPECT_FALSE(type != nullptr && type->is_array()) << where;
    for (const auto& member : *object) expect_flat(member.value(), where + "." + std::string(member.key()));
  } else if (const auto* array = schema.if_array()) {
    for (const auto& item : *array) expect_flat(item, where);
  }
}

TEST_F(Tools, AreFewAndCheapToKnow) {
  EXPECT_LE(registry.tools().size(), 14U);
  std::size_t bytes = 0;
  for (const Tool& tool : registry.tools()) {
    for (const std::string_view language : {"es", "en"}) {
      const Object schema = tool.schema_in(language);
      EXPECT_EQ(schema.at("type"), "object") << tool.name;
      for (const std::string_view key : {"anyOf", "oneOf", "allOf"}) EXPECT_FALSE(schema.contains(key)) << tool.name;
      for (const auto& property : schema.at("properties").as_object()) {
        EXPECT_FALSE(property.value().at("description").as_string().empty()) << tool.name << property.key();
        EXPECT_NE(property.value().at("type"), "object") << tool.name << " is not flat: " << property.key();
      }
      expect_flat(schema, tool.name);
      if (language == "en") bytes += boost::json::serialize(schema).size() + tool.description.en.size() + tool.name.size();
    }
    ASSERT_TRUE(tool.output_schema) << tool.name;
    EXPECT_EQ(tool.output_schema->at("type"), "object") << tool.name;
    expect_flat(*tool.output_schema, tool.name);
    EXPECT_FALSE(tool.title.es.empty() || tool.title.en.empty() || tool.description.es.empty() || tool.description.en.empty());
    EXPECT_EQ(tool.effect == Effect::reads, tool.scope == Scope::read) << tool.name;
  }
  EXPECT_LT(bytes, 14'000U);  // what every conversation pays before it begins: some 3,500 tokens
}

// What asks the store is on the lane that waits for it, and nothing else is: a store that stands still stops no search.
TEST_F(Tools, StandInTheLaneOfTheirWork) {
  const std::map<std::string_view, Cost> costs{
      {"search_customers", Cost::quick}, {"get_customer", Cost::light}, {"list_visits", Cost::quick}, {"list_segments", Cost::walk},
      {"list_segment_customers", Cost::walk}, {"list_inactive_customers", Cost::walk}, {"list_services", Cost::quick},
      {"get_today", Cost::quick}, {"get_business", Cost::walk}, {"draft_proposal", Cost::walk}, {"get_data_health", Cost::store},
      {"review_mappings", Cost::store}, {"decide_mapping", Cost::store}, {"sync_legacy", Cost::store}};
  for (const Tool& tool : registry.tools()) {
    ASSERT_TRUE(costs.contains(tool.name)) << tool.name;
    EXPECT_EQ(tool.cost, costs.at(tool.name)) << tool.name;
  }
  for (const Prompt& prompt : registry.prompts()) EXPECT_EQ(prompt.cost, Cost::quick) << prompt.name;
}

TEST_F(Tools, DefaultAnswersAreShortAndStandAlone) {
  const std::vector<std::pair<std::string, Object>> calls{
      {"search_customers", {{"query", "maria gonzalez"}}}, {"get_customer", {{"customer_id", 123}}}, {"list_visits", {{"customer_id", 123}}},
      {"list_segments", {}}, {"list_segment_customers", {{"segment", "At Risk"}}}, {"list_inactive_customers", {}}, {"list_services", {}},
      {"get_today", {}}, {"get_business", {}}, {"draft_proposal", {{"customer_id", 123}}}, {"get_data_health", {}}, {"review_mappings", {}}};
  for (const auto& [name, arguments] : calls) {
    structured(name, arguments);
    EXPECT_LT(last.structured.text.size() + text().size(), 12'000U) << name;  // 4,000 tokens of three bytes
    EXPECT_GT(text().size(), 10U) << name;
  }
}

TEST_F(Tools, TheReceptionistFindsMaria) {
  const auto found = structured("search_customers", {{"query", "maria gonzales"}});
  EXPECT_EQ(found.at("guests").at(0).at("customer_id"), 123);
  EXPECT_THAT(text(), HasSubstr("customer_id 123"));
  const auto card = structured("get_customer", {{"customer_id", 123}});
  EXPECT_EQ(card.at("segment"), "At Risk");
  EXPECT_EQ(card.at("statistics").at("total_visitas"), 17);
  EXPECT_EQ(card.at("rfm_analysis").at("recency_score"), 1);
  EXPECT_THAT(text(), HasSubstr("$680.000"));
  EXPECT_THAT(last.structured.text, Not(HasSubstr("987654321")));
}

TEST_F(Tools, ContactOnlyWhenAskedForByAKeyThatMay) {
  EXPECT_EQ(refusal("get_customer", {{"customer_id", 123}, {"include_contact", true}}, Scope::read), Code::forbidden);
  EXPECT_EQ(refusal("list_inactive_customers", {{"include_contact", true}}, Scope::read), Code::forbidden);
  EXPECT_TRUE(call("get_customer", {{"customer_id", 123}}, Scope::read));
  const auto card = structured("get_customer", {{"customer_id", 123}, {"include_contact", true}});
  EXPECT_EQ(card.at("contact").at("telefono"), "+56987654321");
  for (const auto& [name, arguments] : std::vector<std::pair<std::string, Object>>{
           {"search_customers", {{"query", "maria"}}}, {"list_inactive_customers", {}}, {"list_segment_customers", {{"segment", "At Risk"}}},
           {"draft_proposal", {{"customer_id", 123}}}}) {
    structured(name, arguments);
    EXPECT_THAT(last.structured.text + text(), Not(HasSubstr("987654321"))) << name;
    EXPECT_THAT(last.structured.text + text(), Not(HasSubstr("maria@gmail.com"))) << name;
  }
}

TEST_F(Tools, AKeyThatMayNotSeeContactDetailsCannotAskForThem) {
  // María's phone, RUT and mailbox, whole and in part, in the shapes people type: answered alike whether they are somebody's.
  for (const char* mine : {"+56987654321", "987654321", "4321", "12345678-5", "12.345.678", "maria@gmail.com", "maria@", "@gmail.com", "maria 4321",
                           "tel:987654321", "９８７６５４３２１", "rut 123", "999999999", "nadie@example.cl"}) {
    const auto refused = call("search_customers", {{"query", mine}}, Scope::read);
    ASSERT_FALSE(refused) << mine;
    EXPECT_EQ(refused.error().code, Code::forbidden) << mine;
    EXPECT_THAT(sentence(refused.error(), "es"), HasSubstr("alcance write")) << mine;
    EXPECT_EQ(sentence(refused.error(), "en"), sentence(call("search_customers", {{"query", "1"}}, Scope::read).error(), "en"));
    Call completing(context(Scope::read, "es"), {}, client, outlet, {});
    EXPECT_TRUE(complete_customer(completing, mine)->values.empty()) << mine;
  }
  EXPECT_EQ(structured("search_customers", {{"query", "4321"}}).at("guests").at(0).at("matched_on"), "telefono");
  // By name it finds as before, and by the beginning of an e-mail (juan@example.cl is Juan's) nobody.
  for (const char* name : {"maria gonzales", "maria", "mari", "Ana Rojas"}) {
    const auto found = call("search_customers", {{"query", name}}, Scope::read);
    ASSERT_TRUE(found) << name;
    const auto guests = json::parse(std::get<ToolResult>(*found).structured.text)->at("guests").as_array();
    ASSERT_FALSE(guests.empty()) << name;
    for (const auto& guest : guests) EXPECT_EQ(guest.at("matched_on"), "nombre") << name;
    EXPECT_EQ(guests.size(), structured("search_customers", {{"query", name}}).at("guests").as_array().size()) << name;
  }
  Call completing(context(Scope::read, "es"), {}, client, outlet, {});
  EXPECT_THAT(complete_customer(completing, "mari")->values, ::testing::ElementsAre("María González (123)"));
}

TEST_F(Tools, PricesSayForWhom) {
  const auto card = structured("get_customer", {{"customer_id", 123}});
  EXPECT_GE(card.at("offer").at("personas").as_int64(), 1);
  EXPECT_THAT(text(), ::testing::ContainsRegex("Qué ofrecer: .* por \\$[0-9.]+ .*para [0-9]+ persona"));
  const auto catalogue = structured("list_services", {});
  for (const auto& service : catalogue.at("services").as_array()) EXPECT_FALSE(service.at("unidad").as_string().empty());
  EXPECT_THAT(text(), ::testing::ContainsRegex("Masaje.*\\$40.000 (por persona|en total para)"));
}

TEST_F(Tools, FieldsChoose) {
  const auto card = structured("get_customer", {{"customer_id", 123}, {"fields", {"segment", "rfm_analysis"}}});
  EXPECT_EQ(card.as_object().size(), 5U);  // and those that always come: customer_id, as_of, nombre
  const auto list = structured("list_inactive_customers", {{"fields", {"reactivation_priority"}}});
  EXPECT_EQ(list.at("guests").at(0).as_object().size(), 3U);
  EXPECT_TRUE(list.as_object().contains("total_inactive"));
}

TEST_F(Tools, BadArgumentsAreToldInASentence) {
  EXPECT_EQ(refusal("get_customer", {}), Code::invalid);
  EXPECT_EQ(refusal("get_customer", {{"customer_id", "uno"}}), Code::invalid);
  EXPECT_EQ(refusal("get_customer", {{"customer_id", 99'999}}), Code::not_found);
  EXPECT_EQ(refusal("get_customer", {{"customer_id", 123}, {"nombre", "María"}}), Code::invalid);
  EXPECT_EQ(refusal("search_customers", {{"query", ""}}), Code::invalid);
  EXPECT_EQ(refusal("list_segment_customers", {{"segment", "Best"}}), Code::invalid);
  EXPECT_EQ(refusal("list_inactive_customers", {{"months", 99}}), Code::invalid);
  EXPECT_EQ(refusal("list_visits", {{"customer_id", 123}, {"cursor", "x"}}), Code::invalid);
  EXPECT_EQ(refusal("draft_proposal", {{"customer_id", 900}}), Code::conflict);
}

TEST_F(Tools, CursorsGoThroughEverything) {
  std::set<std::string> seen;
  Object arguments{{"customer_id", 123}, {"limit", 5}};
  for (int page = 0; page < 10; ++page) {
    const auto visits = structured("list_visits", arguments);
    for (const auto& visit : visits.at("visits").as_array()) seen.insert(std::string(visit.at("fecha").as_string()));
    if (visits.at("next").is_null()) break;
    arguments["cursor"] = visits.at("next");
  }
  EXPECT_EQ(seen.size(), 17U);
}

TEST_F(Tools, WhenTheDataMovedAWalkBeginsAgain) {
  Object arguments{{"customer_id", 123}, {"limit", 5}};
  arguments["cursor"] = structured("list_visits", arguments).at("next");
  house.publish("aremko");
  const auto moved = call("list_visits", arguments);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().code, Code::conflict);
  EXPECT_THAT(sentence(moved.error(), "es"), HasSubstr("empiece de nuevo, sin cursor"));
}

TEST_F(Tools, AMessageOfTheCallersIsHeldToTheFacts) {
  const auto wrong = structured("draft_proposal", {{"customer_id", 123}, {"message", "¡Hola María! Masaje Relajante a $12.345 este sábado."}});
  EXPECT_EQ(wrong.at("accepted"), false);
  EXPECT_EQ(wrong.at("problems").as_array().size(), 2U);
  EXPECT_THAT(text(), HasSubstr("12.345"));
}

/// A client that lets its model write, and what the model wrote so far.
class Proposals : public Tools {
 protected:
  Proposals() { client.capabilities = Object{{"sampling", Object{}}}; }
  Pass draft(Object answers) {
    const Tool* tool = registry.tool("draft_proposal");
    Job job = job_of(*tool, {{"customer_id", 123}});
    for (auto& answer : answers) {
      job.answers[answer.key()] = Object{{"role", "assistant"}, {"model", "m"}, {"content", Object{{"type", "text"}, {"text", answer.value()}}}};
    }
    Call made(context(Scope::read, "es"), job.arguments, client, outlet, {});
    return Runner::run(job, made);
  }
  static boost::json::value structured_of(const Pass& pass) {
    return json::parse("{" + std::get<Body>(pass).members + "}")->at("structuredContent");
  }
  std::string offered() {
    const auto facts = house.call("draft_proposal", {{"customer_id", "123", {}}});
    return std::string(json::parse(*facts)->at("hechos").at("ofertas").at(0).at("nombre").as_string());
  }
};

TEST_F(Proposals, TheClientsModelIsAskedFirst) {
  const Pass pass = draft({});
  const auto& questions = std::get<Questions>(pass);
  ASSERT_EQ(questions.asked.size(), 1U);
  const std::string params = boost::json::serialize(questions.asked[0].question.params);
  EXPECT_THAT(params, HasSubstr("solo lo que dicen los hechos"));
  EXPECT_THAT(params, Not(HasSubstr("987654321")));
}

TEST_F(Proposals, WhatItWritesFromTheFactsIsTaken) {
  const std::string message = "¡Hola María! Te extrañamos en Aremko. Te esperamos con " + offered() + ".";
  const auto answer = structured_of(draft({{"draft_1", message}}));
  EXPECT_EQ(answer.at("author"), "client_model");
  EXPECT_EQ(answer.at("mensaje").as_string(), message);
}

TEST_F(Proposals, AnInventionIsSentBackOnceWithTheReason) {
  const Pass again = draft({{"draft_1", "¡Hola María! Masaje tailandés a $1.234."}});
  const auto& questions = std::get<Questions>(again);
  ASSERT_EQ(questions.asked.size(), 1U);
  EXPECT_EQ(questions.asked[0].key, "draft_2");
  EXPECT_THAT(boost::json::serialize(questions.asked[0].question.params), HasSubstr("$1.234"));
  const auto answer = structured_of(draft({{"draft_1", "¡Hola María! Masaje tailandés a $1.234."}, {"draft_2", "¡Hola María! Todo a $1.235."}}));
  EXPECT_EQ(answer.at("author"), "template");
  EXPECT_FALSE(answer.at("problems").as_array().empty());
  EXPECT_THAT(std::string(answer.at("mensaje").as_string()), Not(HasSubstr("1.235")));
}

TEST(Segments, HaveCompletions) {
  House house;
  Registry registry = product(house.services());
  Client client;
  Silent outlet;
  Call call({house.services(), &house.tenant(), {}, "es"}, {}, client, outlet, {});
  EXPECT_THAT(complete_segment(call, "lo")->values, ::testing::ElementsAre("Loyal", "Lost"));
  EXPECT_THAT(complete_customer(call, "mari")->values, ::testing::ElementsAre("María González (123)"));
  EXPECT_TRUE(complete_customer(call, "")->values.empty());
  EXPECT_EQ(customer_in("María González (123)"), 123);
  EXPECT_EQ(customer_in("123"), 123);
  EXPECT_FALSE(customer_in("María"));
}

TEST(Cards, AreSmallAndAskNothingOfTheNetwork) {
  House house;
  Registry registry = product(house.services());
  Client client;
  Silent outlet;
  for (const std::string_view uri : {guest_card_uri, segments_card_uri}) {
    const Resource* card = registry.resource(uri);
    ASSERT_NE(card, nullptr);
    EXPECT_EQ(card->mime, "text/html;profile=mcp-app");
    Call call({house.services(), &house.tenant(), {}, "es"}, {}, client, outlet, {});
    const auto read = card->read(call);
    const Contents& page = std::get<ResourceResult>(*read).contents.at(0);
    EXPECT_LT(page.text.size(), 300'000U);
    for (const std::string_view out : {"http://", "https://", "src=", "@import", "fetch(", "innerHTML"}) {
      // The one address is a name: SVG's namespace.
      std::string text = page.text;
      for (std::size_t at; (at = text.find("http://www.w3.org/2000/svg")) != std::string::npos;) text.erase(at, 26);
      EXPECT_EQ(text.find(out), std::string::npos) << uri << " " << out;
    }
    EXPECT_TRUE(page.meta.at("ui").at("csp").at("connectDomains").as_array().empty());
  }
  EXPECT_EQ(registry.tool("get_customer")->meta.at("ui").at("resourceUri"), boost::json::value(guest_card_uri));
  EXPECT_EQ(registry.tool("get_customer")->meta.at("ui/resourceUri"), boost::json::value(guest_card_uri));
  EXPECT_TRUE(registry.extensions.contains("io.modelcontextprotocol/ui"));
}

}  // namespace
}  // namespace aremko::assistants
