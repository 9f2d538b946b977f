#include <boost/json/serialize.hpp>

#include "conformance/fixtures.h"

namespace aremko::conformance {

using mcp::Call;
using mcp::InputRequired;
using mcp::Object;
using mcp::Outcome;
using mcp::PromptResult;
using mcp::ResourceResult;

namespace {

Text both(const std::string& text) { return {text, text}; }

Outcome<ResourceResult> one(mcp::Contents contents) { return ResourceResult{.contents = {std::move(contents)}}; }

mcp::Resource text_resource(std::string uri, std::string name, std::string text) {
  return {.uri = std::move(uri),
          .name = name,
          .description = both("A resource for testing"),
          .mime = "text/plain",
          .read = [text = std::move(text)](Call& call) {
            return one({.uri = std::string(call.uri()), .mime = "text/plain", .text = text});
          }};
}

mcp::PromptMessage said(std::string_view text) { return {.content = mcp::text_block(text)}; }

Result<mcp::Completion> complete(Call&, std::string_view value) {
  mcp::Completion out;
  for (const std::string_view each : {"paris", "park", "party"}) {
    if (each.starts_with(value)) out.values.emplace_back(each);
  }
  return out;
}

mcp::PromptArgument argument(std::string name) {
  return {.name = name, .description = both("The argument " + name), .required = true, .complete = complete};
}

mcp::Prompt prompt(std::string name, std::vector<mcp::PromptArgument> arguments,
                   std::function<Outcome<PromptResult>(Call&)> get) {
  return {.name = std::move(name),
          .description = both("A prompt for testing"),
          .arguments = std::move(arguments),
          .get = std::move(get)};
}

}  // namespace

void add_resources(mcp::Registry& registry) {
  registry.add(
      text_resource("test://static-text", "static-text", "This is the content of the static text resource."));
  registry.add(text_resource("test://watched-resource", "watched-resource", "Watched."));
  registry.add(mcp::Resource{
      .uri = "test://static-binary",
      .name = "static-binary",
      .description = both("A red pixel"),
      .mime = "image/png",
      .read = [](Call& call) {
        return one({.uri = std::string(call.uri()), .mime = "image/png", .text = png(), .is_blob = true});
      }});
  registry.add(mcp::ResourceTemplate{
      .uri_template = "test://template/{id}/data",
      .name = "template-data",
      .description = both("Data of an id"),
      .mime = "application/json",
      .read = [](Call& call) {
        const Object data{{"id", call.argument("id")},
                          {"templateTest", true},
                          {"data", "Data for ID: " + std::string(call.argument("id"))}};
        return one(
            {.uri = std::string(call.uri()), .mime = "application/json", .text = boost::json::serialize(data)});
      }});
}

void add_prompts(mcp::Registry& registry) {
  registry.add(prompt("test_simple_prompt", {}, [](Call&) -> Outcome<PromptResult> {
    return PromptResult{.messages = {said("This is a simple prompt for testing.")}};
  }));
  registry.add(prompt(
      "test_prompt_with_arguments", {argument("arg1"), argument("arg2")}, [](Call& call) -> Outcome<PromptResult> {
        return PromptResult{.messages = {said(fmt::format("Prompt with arguments: arg1='{}', arg2='{}'",
                                                          call.argument("arg1"), call.argument("arg2")))}};
      }));
  registry.add(prompt(
      "test_prompt_with_embedded_resource", {argument("resourceUri")}, [](Call& call) -> Outcome<PromptResult> {
        return PromptResult{
            .messages = {{.content = mcp::resource_block({.uri = std::string(call.argument("resourceUri")),
                                                          .mime = "text/plain",
                                                          .text = "Embedded resource content for testing."})},
                         said("Please process the embedded resource above.")}};
      }));
  registry.add(prompt("test_prompt_with_image", {}, [](Call&) -> Outcome<PromptResult> {
    return PromptResult{
        .messages = {{.content = mcp::image_block(png(), "image/png")}, said("Please analyze the image above.")}};
  }));
  registry.add(prompt("test_input_required_result_prompt", {}, [](Call& call) -> Outcome<PromptResult> {
    const Object schema{{"type", "object"},
                        {"properties", Object{{"context", Object{{"type", "string"}}}}},
                        {"required", boost::json::array{"context"}}};
    const Object* answer = call.ask("user_context", mcp::elicit("What context should the prompt use?", schema));
    if (answer == nullptr) return InputRequired{};
    return PromptResult{.messages = {said("With " + boost::json::serialize(*answer))}};
  }));
}

}  // namespace aremko::conformance
