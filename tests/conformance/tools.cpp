#include <thread>

#include <boost/json/parse.hpp>

#include "conformance/fixtures.h"
#include "mcp/base64.h"

namespace aremko::conformance {

using mcp::Call;
using mcp::Object;
using mcp::Outcome;
using mcp::Tool;
using mcp::ToolResult;

namespace {

using Run = std::function<Outcome<ToolResult>(Call&)>;

Tool tool(std::string name, std::string description, Run run, Object schema = no_arguments()) {
  return {.name = std::move(name),
          .description = {description, description},
          .input_schema = std::move(schema),
          .run = std::move(run)};
}

void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(50)); }

// The fixture of json-schema-2020-12, whose every keyword must come through.
constexpr std::string_view full_schema = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
"$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
"properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},"contactMethod":{"type":"string",
"enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},
"allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
"if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
"then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false})";

void add_contents(mcp::Registry& registry) {
  registry.add(tool("test_simple_text", "Answers with a text", [](Call&) -> Outcome<ToolResult> {
    return mcp::text_result("This is a simple text response for testing.");
  }));
  registry.add(tool("test_image_content", "Answers with an image", [](Call&) -> Outcome<ToolResult> {
    return ToolResult{.content = {mcp::image_block(png(), "image/png")}};
  }));
  registry.add(tool("test_audio_content", "Answers with a sound", [](Call&) -> Outcome<ToolResult> {
    return ToolResult{.content = {mcp::audio_block(wav(), "audio/wav")}};
  }));
  registry.add(tool("test_embedded_resource", "Answers with a resource", [](Call&) -> Outcome<ToolResult> {
    return ToolResult{.content = {mcp::resource_block({.uri = "test://embedded-resource",
                                                       .mime = "text/plain",
                                                       .text = "This is an embedded resource content."})}};
  }));
  registry.add(tool("test_multiple_content_types", "Answers with several things", [](Call&) -> Outcome<ToolResult> {
    return ToolResult{.content = {mcp::text_block("Multiple content types test:"),
                                  mcp::image_block(png(), "image/png"),
                                  mcp::resource_block({.uri = "test://mixed-content-resource",
                                                       .mime = "application/json",
                                                       .text = R"({"test":"data","value":123})"})}};
  }));
  registry.add(tool("test_error_handling", "Always fails", [](Call&) -> Outcome<ToolResult> {
    return mcp::error_result("This tool intentionally returns an error for testing");
  }));
}

Outcome<ToolResult> log_three(Call& call) {
  call.log(mcp::LogLevel::info, "test", "Tool execution started");
  pause();
  call.log(mcp::LogLevel::info, "test", "Tool processing data");
  pause();
  call.log(mcp::LogLevel::info, "test", "Tool execution completed");
  return mcp::text_result("Logged three messages.");
}

Outcome<ToolResult> report_three(Call& call) {
  call.progress(0, 100);
  pause();
  call.progress(50, 100);
  pause();
  call.progress(100, 100);
  return mcp::text_result("Reported three times.");
}

}  // namespace

// 1×1, and 8 samples of 8 kHz: the smallest that are what they say.
std::string png() {
  return *mcp::base64_decoded(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==");
}
std::string wav() {
  return *mcp::base64_decoded("UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQgAAACAgICAgICAgA==");
}

void add_tools(mcp::Registry& registry, mcp::Changes& changes) {
  add_contents(registry);
  registry.add(tool("test_tool_with_logging", "Logs three messages", log_three));
  registry.add(tool("test_logging_tool", "Logs three messages", log_three));
  registry.add(tool("test_tool_with_progress", "Reports progress three times", report_three));
  registry.add(
      tool("test_reconnection", "Closes its stream before it answers", [](Call& call) -> Outcome<ToolResult> {
        pause();
        call.close_stream();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return mcp::text_result("Reconnection test completed successfully.");
      }));
  registry.add(
      tool("test_trigger_tool_change", "Says that the tools changed", [&changes](Call&) -> Outcome<ToolResult> {
        changes.list_changed(mcp::Changes::List::tools);
        return mcp::text_result("Told.");
      }));
  registry.add(
      tool("test_trigger_prompt_change", "Says that the prompts changed", [&changes](Call&) -> Outcome<ToolResult> {
        changes.list_changed(mcp::Changes::List::prompts);
        return mcp::text_result("Told.");
      }));
  registry.add(tool(
      "json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features",
      [](Call&) -> Outcome<ToolResult> { return mcp::text_result("Taken."); },
      boost::json::parse(full_schema).as_object()));
  registry.add(tool("test_mirrored_header", "Has a parameter that is mirrored in a header",
                    [](Call& call) -> Outcome<ToolResult> { return mcp::text_result(call.argument("region")); },
                    {{"type", "object"},
                     {"properties", Object{{"region", Object{{"type", "string"}, {"x-mcp-header", "Region"}}}}}}));
}

}  // namespace aremko::conformance
