#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "conformance/fixtures.h"

namespace aremko::conformance {

using mcp::Ask;
using mcp::Call;
using mcp::InputRequired;
using mcp::Object;
using mcp::Outcome;
using mcp::Question;
using mcp::ToolResult;

namespace {

Object parsed(std::string_view json) { return boost::json::parse(json).as_object(); }

/// A flat object schema with one required member.
Object one_member(std::string_view name, std::string_view type) {
  return {{"type", "object"},
          {"properties", Object{{name, Object{{"type", type}}}}},
          {"required", boost::json::array{name}}};
}

/// A tool that asks one question and answers with what came.
mcp::Tool asking(std::string name, std::string key, std::function<Question(Call&)> question, std::string prefix,
                 Object schema = no_arguments()) {
  const std::string description = "Asks the client, and says what it answered";
  return {.name = std::move(name),
          .description = {description, description},
          .input_schema = std::move(schema),
          .run = [key = std::move(key), question = std::move(question),
                  prefix = std::move(prefix)](Call& call) -> Outcome<ToolResult> {
            const Object* answer = call.ask(key, question(call));
            if (answer == nullptr) return InputRequired{};
            const std::string sampled = mcp::sampled_text(*answer);
            return mcp::text_result(prefix + (sampled.empty() ? boost::json::serialize(*answer) : sampled));
          }};
}

Question name_question(Call&) { return mcp::elicit("What is your name?", one_member("name", "string")); }
Question confirm_question(Call&) { return mcp::elicit("Please confirm", one_member("ok", "boolean")); }

constexpr std::string_view user_schema = R"({"type":"object","properties":{
"username":{"type":"string","description":"User's response"},
"email":{"type":"string","description":"User's email address"}},"required":["username","email"]})";

constexpr std::string_view defaults_schema = R"({"type":"object","properties":{
"name":{"type":"string","description":"Name","default":"John Doe"},
"age":{"type":"integer","description":"Age","default":30},
"score":{"type":"number","description":"Score","default":95.5},
"status":{"type":"string","description":"Status","enum":["active","inactive","pending"],"default":"active"},
"verified":{"type":"boolean","description":"Verified","default":true}},"required":[]})";

constexpr std::string_view enums_schema = R"({"type":"object","properties":{
"untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
"titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},
{"const":"value3","title":"Third Option"}]},
"legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},
"untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},
"titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},
{"const":"value3","title":"Third Choice"}]}}},"required":[]})";

Outcome<ToolResult> with_state(Call& call, std::string_view state) {
  const Object* answer = call.ask("confirm", confirm_question(call));
  if (answer == nullptr) return InputRequired{{{"step", state}}};
  if (call.state() != Object{{"step", state}}) return mcp::error_result("The state did not come back.");
  return mcp::text_result("state-ok");
}

Outcome<ToolResult> several_inputs(Call& call) {
  const Object* name = call.ask("user_name", name_question(call));
  const Object* greeting = call.ask("greeting", mcp::sample("Generate a greeting", 50));
  const Object* roots = call.ask("client_roots", mcp::list_roots());
  if (name == nullptr || greeting == nullptr || roots == nullptr) return InputRequired{};
  return mcp::text_result(mcp::sampled_text(*greeting) + boost::json::serialize(*name) +
                          boost::json::serialize(*roots));
}

Outcome<ToolResult> two_rounds(Call& call) {
  const Object* name = call.ask("step1", mcp::elicit("Step 1: What is your name?", one_member("name", "string")));
  if (name == nullptr) return InputRequired{{{"round", 1}}};
  const Object* color =
      call.ask("step2", mcp::elicit("Step 2: What is your favorite color?", one_member("color", "string")));
  if (color == nullptr) return InputRequired{{{"round", 2}}};
  return mcp::text_result(boost::json::serialize(*name) + boost::json::serialize(*color));
}

/// Asks only for what the client takes.
Outcome<ToolResult> by_capabilities(Call& call) {
  bool waits = false;
  if (call.can(Ask::sampling)) waits = call.ask("sampled", mcp::sample("Say something", 50)) == nullptr || waits;
  if (call.can(Ask::elicitation)) waits = call.ask("elicited", name_question(call)) == nullptr || waits;
  if (waits) return InputRequired{};
  return mcp::text_result("Asked for all that this client takes.");
}

mcp::Tool plain(std::string name, std::function<Outcome<ToolResult>(Call&)> run) {
  return {.name = std::move(name),
          .description = {"Pide datos al cliente", "Asks the client"},
          .input_schema = no_arguments(),
          .run = std::move(run)};
}

}  // namespace

void add_asking_tools(mcp::Registry& registry) {
  registry.add(asking(
      "test_sampling", "answer", [](Call& call) { return mcp::sample(call.argument("prompt"), 100); },
      "LLM response: ", one_member("prompt", "string")));
  registry.add(asking(
      "test_elicitation", "answer",
      [](Call& call) { return mcp::elicit(call.argument("message"), parsed(user_schema)); },
      "User response: ", one_member("message", "string")));
  registry.add(asking(
      "test_elicitation_sep1034_defaults", "answer",
      [](Call&) { return mcp::elicit("Please review these values", parsed(defaults_schema)); },
      "Elicitation completed: "));
  registry.add(asking(
      "test_elicitation_sep1330_enums", "answer",
      [](Call&) { return mcp::elicit("Please choose", parsed(enums_schema)); }, "Elicitation completed: "));
  registry.add(asking(
      "test_missing_capability", "answer", [](Call&) { return mcp::sample("Anything", 10); }, ""));
  registry.add(asking("test_streaming_elicitation", "user_name", name_question, "Hello, "));
  registry.add(asking("test_input_required_result_elicitation", "user_name", name_question, "Hello, "));
  registry.add(asking(
      "test_input_required_result_sampling", "capital_question",
      [](Call&) { return mcp::sample("What is the capital of France?", 100); }, ""));
  registry.add(asking(
      "test_input_required_result_list_roots", "client_roots", [](Call&) { return mcp::list_roots(); }, "Roots: "));
  registry.add(
      plain("test_input_required_result_request_state", [](Call& call) { return with_state(call, "requested"); }));
  registry.add(
      plain("test_input_required_result_tampered_state", [](Call& call) { return with_state(call, "sealed"); }));
  registry.add(plain("test_input_required_result_multiple_inputs", several_inputs));
  registry.add(plain("test_input_required_result_multi_round", two_rounds));
  registry.add(plain("test_input_required_result_capabilities", by_capabilities));
}

}  // namespace aremko::conformance
