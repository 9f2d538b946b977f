#include "base/json_read.h"

#include <gtest/gtest.h>

#include "base/json_schema.h"

namespace aremko::json {
namespace {

enum class Colour { red, dark_blue };
std::string_view json_name(Colour colour) { return colour == Colour::red ? "rojo" : "azul oscuro"; }

struct Inner {
  int count = 0;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (count, note))

struct Outer {
  std::string name;
  bool on = false;
  double share = 0;
  std::uint8_t small = 0;
  Date day;
  Moment at;
  Colour colour = Colour::red;
  std::vector<Inner> items;
  std::map<std::string, int> counts;
  std::optional<Inner> extra;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (name, on, share, small, day, at, colour, items, counts, extra))

std::vector<std::string> fields_of(const Error& error) {
  std::vector<std::string> out;
  for (const FieldError& fault : error.fields) out.push_back(fault.field);
  return out;
}

TEST(JsonRead, EnumeratorsAreFoundByTheCompiler) {
  EXPECT_EQ(enum_values<Colour>.size(), 2u);
  EXPECT_EQ(enum_values<Code>.size(), 11u);
  EXPECT_EQ(enum_names<Colour>(), (std::vector<std::string_view>{"rojo", "azul oscuro"}));
}

TEST(JsonRead, ReadsBackWhatTheWriterWrote) {
  const Outer value{.name = "Ñandú \"x\"\n", .on = true, .share = 0.25, .small = 200, .day = Date::of(2024, 2, 29),
                    .at = Moment::at(Date::of(2024, 2, 29), 14, 30), .colour = Colour::dark_blue,
                    .items = {{1, "uno"}, {2, std::nullopt}}, .counts = {{"a", 1}}, .extra = std::nullopt};
  const std::string text = to_json(value);
  const auto back = from_json<Outer>(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(to_json(*back), text);
}

TEST(JsonRead, ANumberWithoutAFractionIsAnInteger) {
  EXPECT_EQ(from_json<Inner>(R"({"count": 1.0})")->count, 1);
  EXPECT_EQ(from_json<Inner>(R"({"count": -2e3})")->count, -2000);
  for (const char* text : {R"({"count": 1.5})", R"({"count": 1e300})", R"({"count": 3e9})", R"({"count": "1"})", R"({"count": true})"}) {
    EXPECT_FALSE(from_json<Inner>(text)) << text;
  }
}

TEST(JsonRead, AByteOrderMarkIsPassedOver) {
  EXPECT_EQ(from_json<Inner>("\xEF\xBB\xBF{\"count\": 1}")->count, 1);
  EXPECT_FALSE(from_json<Inner>("\xEF\xBB\xBF\xEF\xBB\xBF{\"count\": 1}"));
}

TEST(JsonRead, NamesEveryFaultByItsPath) {
  const auto read = from_json<Outer>(R"({"name": 5, "on": "true", "share": "x", "small": 256, "day": "2023-02-29",
      "at": "2024-01-01T25:00:00", "colour": "verde", "items": [{"count": 1.5}, {"count": 1, "odd": 2}], "counts": {"a": null}})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Code::invalid);
  EXPECT_EQ(fields_of(read.error()), (std::vector<std::string>{"name", "on", "share", "small", "day", "at", "colour",
                                                               "items[0].count", "items[1].odd", "counts.a"}));
}

TEST(JsonRead, AnEndlessListOfFaultsIsCutOff) {
  std::string names, numbers;
  for (int i = 0; i < 50'000; ++i) {
    names += fmt::format("\"k{}\":1,", i);
    numbers += "7,";
  }
  const std::string items = "[" + numbers + "7]";
  for (const std::string& text : {"{" + names + "\"count\":1}", "{\"name\":\"\",\"items\":" + items + "}",
                                  "{\"counts\":{" + names + "\"a\":null}}"}) {
    const auto read = from_json<Outer>(text);
    ASSERT_FALSE(read);
    EXPECT_LE(read.error().fields.size(), most_faults + 1);
    EXPECT_GE(read.error().fields.size(), 5U);
  }
  const auto long_name = from_json<Inner>("{\"" + std::string(100'000, 'x') + "\":1}");
  ASSERT_FALSE(long_name);
  EXPECT_LT(long_name.error().fields[0].field.size(), 100U);
}

TEST(JsonRead, MissingFieldsAreNamedAndOptionalOnesMayBeAbsent) {
  const auto read = from_json<Inner>("{}");
  ASSERT_FALSE(read);
  EXPECT_EQ(fields_of(read.error()), (std::vector<std::string>{"count"}));
}

TEST(JsonRead, WhatIsNoJsonIsMalformed) {
  for (const char* text : {"", "{", "{} x", "nul", "{\"a\":\"\xff\"}", "[1,]"}) {
    const auto read = parse(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, Code::malformed);
  }
  EXPECT_FALSE(parse(std::string(40, '[') + std::string(40, ']')));
  EXPECT_TRUE(parse(" {} \n"));
}

TEST(JsonSchema, DescribesWhatTheWriterWrites) {
  Schemas shared;
  EXPECT_EQ(schema_of<Outer>(&shared).at("$ref").as_string(), "#/components/schemas/Outer");
  const auto& outer = shared.named().at("Outer").as_object();
  const auto& fields = outer.at("properties").as_object();
  EXPECT_EQ(outer.at("required").as_array().size(), 10u);
  EXPECT_EQ(fields.at("small").at("type").as_string(), "integer");
  EXPECT_EQ(fields.at("colour").at("enum").as_array().size(), 2u);
  EXPECT_EQ(fields.at("items").at("items").at("$ref").as_string(), "#/components/schemas/Inner");
  EXPECT_EQ(fields.at("extra").at("anyOf").as_array().size(), 2u);
  EXPECT_TRUE(shared.named().contains("Inner"));
  EXPECT_EQ(schema_of<Outer>().at("properties").at("extra").at("type").as_array().size(), 2u);
}

}  // namespace
}  // namespace aremko::json
