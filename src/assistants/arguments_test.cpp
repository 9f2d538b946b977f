// What clients send for arguments, and what is made of it.
#include "mcp/arguments.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "assistants/product.h"
#include "operations/test_house.h"

namespace aremko::assistants {
using namespace mcp;

namespace {

class Arguments : public ::testing::Test {
 protected:
  struct Silent final : Outlet {
    void progress(double, double, std::string_view) override {}
    void log(LogLevel, std::string_view, const boost::json::value&) override {}
  };

  /// The tool's answer to arguments as JSON text; the fields that were refused, when it was.
  std::string run(std::string_view tool, std::string_view arguments) {
    Silent silent;
    Call call({house.services(), &house.tenant(), {.key_id = "test", .tenant = "aremko", .scope = Scope::admin, .label = {}}, "es"},
              boost::json::parse(arguments).as_object(), client, silent, {});
    const auto outcome = registry.tool(tool)->run(call);
    if (outcome) return std::get<ToolResult>(*outcome).structured.text;
    std::string out = "refused";
    for (const FieldError& field : outcome.error().fields) out += " " + field.field;
    return out;
  }
  /// The same answer as with the arguments as they should be.
  void same(std::string_view tool, std::string_view sent, std::string_view meant) {
    const std::string answer = run(tool, meant);
    EXPECT_FALSE(answer.starts_with("refused")) << meant;
    EXPECT_EQ(run(tool, sent), answer) << sent;
  }

  operations::testing::House house;
  Registry registry = product(house.services());
  Client client;
};

TEST_F(Arguments, NumbersInEveryDress) {
  for (const char* sent : {R"({"customer_id": 123.0})", R"({"customer_id": "123"})", R"({"customer_id": " 123 "})", R"({"customer_id": "123.0"})",
                           R"({"customer_id": 1.23e2})"}) {
    same("get_customer", sent, R"({"customer_id": 123})");
  }
  same("list_inactive_customers", R"({"months": "6", "limit": "5"})", R"({"months": 6, "limit": 5})");
}

TEST_F(Arguments, WhatWasLeftOutInWords) {
  for (const char* sent : {R"({"customer_id": 123, "as_of": null})", R"({"customer_id": 123, "as_of": ""})", R"({"customer_id": 123, "as_of": "None"})",
                           R"({"customer_id": 123, "fields": "", "include_contact": ""})", R"({"customer_id": 123, "fields": null, "include_contact": null})"}) {
    same("get_customer", sent, R"({"customer_id": 123})");
  }
  same("list_services", R"({"cursor": null})", "{}");  // nothing, of what the tool does not know
  same("search_customers", R"({"query": "maria", "cursor": "", "source": "", "limit": ""})", R"({"query": "maria"})");
}

TEST_F(Arguments, FlagsChoicesAndLists) {
  same("get_customer", R"({"customer_id": 123, "include_contact": "TRUE"})", R"({"customer_id": 123, "include_contact": true})");
  same("get_customer", R"({"customer_id": 123, "include_contact": "false"})", R"({"customer_id": 123, "include_contact": false})");
  same("get_customer", R"({"customer_id": 123, "include_contact": 1})", R"({"customer_id": 123, "include_contact": true})");
  same("search_customers", R"({"query": "maria", "source": "ALL"})", R"({"query": "maria", "source": "all"})");
  for (const char* sent : {R"({"segment": "at risk"})", R"({"segment": "AT_RISK"})", R"({"segment": " At-Risk "})"}) {
    same("list_segment_customers", sent, R"({"segment": "At Risk"})");
  }
  for (const char* sent : {R"({"query": "maria", "fields": "[\"ciudad\", \"score\"]"})", R"({"query": "maria", "fields": "ciudad, score"})",
                           R"({"query": "maria", "fields": ["Ciudad", "SCORE"]})"}) {
    same("search_customers", sent, R"({"query": "maria", "fields": ["ciudad", "score"]})");
  }
}

TEST_F(Arguments, ATextThatCameAsANumber) {
  same("search_customers", R"({"query": 987654321})", R"({"query": "987654321"})");
  same("search_customers", R"({"query": 56987654321.0})", R"({"query": "56987654321"})");
}

TEST_F(Arguments, WhatCannotBeReadIsRefusedByItsField) {
  for (const auto& [tool, sent, field] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"get_customer", R"({"customer_id": "uno"})", "customer_id"},
           {"get_customer", R"({"customer_id": 1.5})", "customer_id"},
           {"get_customer", R"({"customer_id": "1.5"})", "customer_id"},
           {"get_customer", R"({"customer_id": ""})", "customer_id"},
           {"get_customer", R"({"customer_id": null})", "customer_id"},
           {"get_customer", R"({"customer_id": true})", "customer_id"},
           {"get_customer", R"({"customer_id": "1e999"})", "customer_id"},
           {"get_customer", R"({"customer_id": [123]})", "customer_id"},
           {"get_customer", R"({"customer_id": 123, "include_contact": "quizás"})", "include_contact"},
           {"get_customer", R"({"customer_id": 123, "include_contact": 2})", "include_contact"},
           {"get_customer", R"({"customer_id": 123, "as_of": "ayer"})", "as_of"},
           {"get_customer", R"({"customer_id": 123, "as_of": 20240314})", "as_of"},
           {"get_customer", R"({"customer_id": 123, "cliente": 1})", "cliente"},
           {"search_customers", R"({"query": "maria", "source": "todo"})", "source"},
           {"search_customers", R"({"query": "maria", "fields": ["nope"]})", "fields"},
           {"get_customer", R"({"customer_id": 123, "fields": ["segment", "rut"]})", "fields"},
           {"search_customers", R"({"query": ""})", "query"},
           {"search_customers", R"({"query": {"nombre": "maria"}})", "query"},
           {"search_customers", R"({"query": "maria", "limit": "51"})", "limit"},
           {"list_segment_customers", R"({"segment": "perdido"})", "segment"}}) {
    EXPECT_EQ(run(tool, sent), "refused " + field) << sent;
  }
}

TEST_F(Arguments, TheWholeObjectAsAText) {
  const auto read = [](std::string_view params) { return mcp::arguments_of(boost::json::parse(params).as_object()); };
  EXPECT_EQ(read(R"({})"), Object{});
  EXPECT_EQ(read(R"({"arguments": null})"), Object{});
  EXPECT_EQ(read(R"({"arguments": ""})"), Object{});
  EXPECT_EQ(read(R"({"arguments": "{\"customer_id\": 1}"})"), (Object{{"customer_id", 1}}));
  EXPECT_FALSE(read(R"({"arguments": "uno"})"));
  EXPECT_FALSE(read(R"({"arguments": [1]})"));
}

}  // namespace
}  // namespace aremko::assistants
