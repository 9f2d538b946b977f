#include "mcp/content.h"

#include <boost/json/serialize.hpp>

#include "mcp/base64.h"

namespace aremko::mcp {

namespace {

/// `{"type":"…"` to which members are appended.
std::string open_block(std::string_view type) {
  std::string out = "{\"type\":";
  json::write_text(out, type);
  return out;
}

void member(std::string& out, std::string_view name, std::string_view value) {
  out += ',';
  json::write_text(out, name);
  out += ':';
  json::write_text(out, value);
}

JsonText bytes_block(std::string_view type, std::string_view bytes, std::string_view mime) {
  std::string out = open_block(type);
  member(out, "data", base64(bytes));
  member(out, "mimeType", mime);
  out += '}';
  return {std::move(out)};
}

}  // namespace

JsonText text_block(std::string_view text, const Object& annotations) {
  std::string out = open_block("text");
  member(out, "text", text);
  if (!annotations.empty()) out += ",\"annotations\":" + boost::json::serialize(annotations);
  out += '}';
  return {std::move(out)};
}

JsonText image_block(std::string_view bytes, std::string_view mime) { return bytes_block("image", bytes, mime); }
JsonText audio_block(std::string_view bytes, std::string_view mime) { return bytes_block("audio", bytes, mime); }

JsonText link_block(std::string_view uri, std::string_view name, std::string_view mime,
                    std::string_view description) {
  std::string out = open_block("resource_link");
  member(out, "uri", uri);
  member(out, "name", name);
  if (!mime.empty()) member(out, "mimeType", mime);
  if (!description.empty()) member(out, "description", description);
  out += '}';
  return {std::move(out)};
}

void write_contents(std::string& out, const Contents& contents) {
  out += "{\"uri\":";
  json::write_text(out, contents.uri);
  if (!contents.mime.empty()) member(out, "mimeType", contents.mime);
  if (contents.is_blob) {
    member(out, "blob", base64(contents.text));
  } else {
    member(out, "text", contents.text);
  }
  if (!contents.meta.empty()) out += ",\"_meta\":" + boost::json::serialize(contents.meta);
  out += '}';
}

JsonText resource_block(const Contents& contents) {
  std::string out = open_block("resource") + ",\"resource\":";
  write_contents(out, contents);
  out += '}';
  return {std::move(out)};
}

ToolResult text_result(std::string_view text, JsonText structured) {
  return {.content = {text_block(text)}, .structured = std::move(structured)};
}

ToolResult error_result(std::string_view text) { return {.content = {text_block(text)}, .is_error = true}; }

Question sample(std::string_view prompt, std::int64_t max_tokens, std::string_view system) {
  const Object message{{"role", "user"}, {"content", {{"type", "text"}, {"text", prompt}}}};
  Object params{{"messages", boost::json::array{message}}, {"maxTokens", max_tokens}};
  if (!system.empty()) params["systemPrompt"] = system;
  return {Ask::sampling, std::move(params)};
}

Question elicit(std::string_view message, Object schema) {
  return {Ask::elicitation, {{"message", message}, {"requestedSchema", std::move(schema)}}};
}

Question list_roots() { return {Ask::roots, {}}; }

std::string sampled_text(const Object& answer) {
  std::string out;
  const auto take = [&out](const boost::json::value& block) {
    const auto* object = block.if_object();
    const auto* type = object == nullptr ? nullptr : object->if_contains("type");
    const auto* text = object == nullptr ? nullptr : object->if_contains("text");
    if (type == nullptr || text == nullptr || *type != "text" || !text->is_string()) return;
    out += std::string_view(text->get_string());
  };
  const auto* content = answer.if_contains("content");
  if (content == nullptr) return out;
  if (const auto* blocks = content->if_array()) {
    for (const auto& block : *blocks) take(block);
  } else {
    take(*content);
  }
  return out;
}

}  // namespace aremko::mcp
