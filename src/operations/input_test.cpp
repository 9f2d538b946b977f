// Every operation's every input, out of range, of the wrong type, unknown, twice and missing.
#include <gtest/gtest.h>

#include <set>

#include "operations/test_house.h"

namespace aremko::operations {
namespace {

using testing::House;

class Inputs : public ::testing::Test {
 protected:
  /// What makes a call of `operation` valid: its required parameters by their examples.
  static std::vector<Argument> valid(const Operation& operation) {
    std::vector<Argument> out;
    for (const Parameter& parameter : operation.parameters) {
      if (parameter.required) out.push_back({parameter.name, parameter.example, {}});
    }
    return out;
  }

  static std::vector<Argument> with(const Operation& operation, std::string_view name, std::string_view value) {
    std::vector<Argument> out = valid(operation);
    std::erase_if(out, [&](const Argument& argument) { return argument.name == name; });
    out.push_back({name, value, {}});
    return out;
  }

  void refused(const Operation& operation, std::string_view field, std::vector<Argument> arguments,
               std::string_view what) {
    const auto answer = house.call(operation.name, std::move(arguments));
    ASSERT_FALSE(answer) << operation.name << " " << field << " takes " << what;
    EXPECT_EQ(answer.error().code, Code::invalid) << operation.name << " " << field << " " << what;
    ASSERT_FALSE(answer.error().fields.empty());
    EXPECT_EQ(answer.error().fields[0].field, field) << operation.name << " " << what;
    EXPECT_FALSE(answer.error().fields[0].message.es.empty());
    EXPECT_FALSE(answer.error().fields[0].message.en.empty());
  }

  static bool is_of_texts(const Parameter& parameter) {
    return parameter.schema.at("items").as_object().at("type") == "string";
  }

  static std::vector<std::string> bad_values(const Parameter& parameter) {
    if (parameter.is_flag) return {"quizás", "2", "", "verdadero"};
    if (parameter.is_list && is_of_texts(parameter)) return {"", "a,,b"};
    if (parameter.is_list) return {"abc", "", "1,2"};
    if (!parameter.choices.empty()) return {"nadie", "", "VIP; DROP TABLE"};
    if (parameter.schema.contains("format")) {
      return {"2023-02-29", "1989-12-31", "2099-01-01", "ayer", "", "14-03-2024", "2024-3-14"};
    }
    if (parameter.schema.at("type") == "integer") {
      std::vector<std::string> out{"abc", "", "1.5", "1e3", " 1", "+1", "99999999999999999999999"};
      if (parameter.min) out.push_back(std::to_string(*parameter.min - 1));
      if (parameter.max) out.push_back(std::to_string(*parameter.max + 1));
      return out;
    }
    return {"", "  ", std::string(static_cast<std::size_t>(*parameter.max) + 1, 'x')};
  }

  House house;
};

TEST_F(Inputs, EveryBadValueIsRefusedByItsField) {
  for (const Operation& operation : all_operations()) {
    for (const Parameter& parameter : operation.parameters) {
      for (const std::string& value : bad_values(parameter)) {
        refused(operation, parameter.name, with(operation, parameter.name, value), value);
      }
    }
  }
}

TEST_F(Inputs, EveryRangeTakesItsEnds) {
  for (const Operation& operation : all_operations()) {
    for (const Parameter& parameter : operation.parameters) {
      if (parameter.schema.at("type") != "integer" || parameter.where == Where::path) continue;
      if (parameter.where == Where::body && parameter.name.ends_with("_id")) continue;  // who it is counts, not the range
      for (const auto& end : {parameter.min, parameter.max}) {
        ASSERT_TRUE(end) << operation.name << " " << parameter.name << " has no limit";
        EXPECT_TRUE(house.call(operation.name, with(operation, parameter.name, std::to_string(*end))))
            << operation.name << " " << parameter.name << " " << *end;
      }
    }
  }
}

TEST_F(Inputs, UnknownAndRepeatedParametersAreRefused) {
  for (const Operation& operation : all_operations()) {
    auto arguments = valid(operation);
    arguments.push_back({"meses", "12", {}});
    refused(operation, "meses", arguments, "an unknown parameter");
    if (operation.parameters.empty()) continue;
    const Parameter& first = operation.parameters[0];
    const std::string value = first.example.empty() ? "1" : first.example;
    auto twice = with(operation, first.name, value);
    twice.push_back({first.name, value, {}});
    const auto answer = house.call(operation.name, twice);
    ASSERT_FALSE(answer) << operation.name;
    EXPECT_EQ(answer.error().fields[0].field, first.name);
  }
}

TEST_F(Inputs, MissingOnesAreNamed) {
  for (const Operation& operation : all_operations()) {
    for (const Parameter& parameter : operation.parameters) {
      if (!parameter.required) continue;
      auto arguments = valid(operation);
      std::erase_if(arguments, [&](const Argument& argument) { return argument.name == parameter.name; });
      refused(operation, parameter.name, arguments, "nothing");
    }
  }
}

TEST_F(Inputs, AllFaultsAreToldAtOnce) {
  const auto answer = house.call("inactive_customers", {{"months", "0", {}}, {"limit", "501", {}}, {"as_of", "hoy", {}}, {"x", "1", {}}});
  ASSERT_FALSE(answer);
  std::set<std::string> fields;
  for (const FieldError& fault : answer.error().fields) fields.insert(fault.field);
  EXPECT_EQ(fields, (std::set<std::string>{"months", "limit", "as_of", "x"}));
}

TEST_F(Inputs, AQueryParameterDoesNotStandForAPathParameter) {
  const auto answer = house.call("customer_profile", {{"customer_id", "123", Where::path}, {"customer_id", "124", Where::query}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().fields[0].field, "customer_id");
}

TEST_F(Inputs, JsonArgumentsAreAsStrictAsText) {
  const Operation& operation = *find_operation("inactive_customers");
  const Access access{&house.tenant(), {.key_id = "test", .tenant = "aremko", .scope = Scope::admin}};
  const auto call = [&](std::string_view text) {
    const auto tree = json::parse(text);
    return perform(house.services(), operation, access, "es", Arguments{.json = &tree->as_object()});
  };
  EXPECT_TRUE(call(R"({"months": 12, "limit": 5, "as_of": "2024-03-14"})"));
  EXPECT_TRUE(call(R"({"months": 12, "as_of": null})"));
  for (const char* text : {R"({"months": "12"})", R"({"months": 12.5})", R"({"months": 37})", R"({"monhts": 12})",
                           R"({"as_of": "1800-01-01"})", R"({"as_of": 5})", R"({"months": []})"}) {
    const auto answer = call(text);
    ASSERT_FALSE(answer) << text;
    EXPECT_EQ(answer.error().code, Code::invalid);
    EXPECT_EQ(answer.error().fields.size(), 1u);
  }
}

TEST_F(Inputs, SegmentsAreReadInAnyCase) {
  for (const char* name : {"At Risk", "at risk", "AT_RISK", "at-risk", "VIP", "vip", "champions", "Occasional"}) {
    EXPECT_TRUE(house.call("segment_customers", {{"segment", name, {}}})) << name;
  }
}

}  // namespace
}  // namespace aremko::operations
