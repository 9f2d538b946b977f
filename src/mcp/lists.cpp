#include "mcp/lists.h"

#include <algorithm>

#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "mcp/base64.h"

namespace aremko::mcp {

namespace {

constexpr std::string_view languages[] = {"es", "en"};

void add_text(Object& to, std::string_view name, const Text& text, std::string_view language) {
  if (!text.in(language).empty()) to[name] = text.in(language);
}

Object tool_json(const Tool& tool, std::string_view language) {
  Object annotations{{"readOnlyHint", tool.effect == Effect::reads},
                     {"destructiveHint", tool.effect == Effect::destroys},
                     {"idempotentHint", tool.effect == Effect::reads || tool.effect == Effect::repeats},
                     {"openWorldHint", tool.open_world}};
  add_text(annotations, "title", tool.title, language);
  Object out{{"name", tool.name}};
  add_text(out, "title", tool.title, language);
  add_text(out, "description", tool.description, language);
  out["inputSchema"] = tool.schema_in ? tool.schema_in(language) : tool.input_schema;
  if (tool.output_schema) out["outputSchema"] = *tool.output_schema;
  out["annotations"] = std::move(annotations);
  if (!tool.meta.empty()) out["_meta"] = tool.meta;
  return out;
}

template <class AnyResource>
Object resource_json(const AnyResource& resource, std::string_view at, const std::string& where,
                     std::string_view language) {
  Object out{{at, where}, {"name", resource.name}};
  add_text(out, "title", resource.title, language);
  add_text(out, "description", resource.description, language);
  if (!resource.mime.empty()) out["mimeType"] = resource.mime;
  if (!resource.annotations.empty()) out["annotations"] = resource.annotations;
  if (!resource.meta.empty()) out["_meta"] = resource.meta;
  return out;
}

Object prompt_json(const Prompt& prompt, std::string_view language) {
  Object out{{"name", prompt.name}};
  add_text(out, "title", prompt.title, language);
  add_text(out, "description", prompt.description, language);
  boost::json::array arguments;
  for (const PromptArgument& argument : prompt.arguments) {
    Object one{{"name", argument.name}};
    add_text(one, "title", argument.title, language);
    add_text(one, "description", argument.description, language);
    one["required"] = argument.required;
    arguments.push_back(std::move(one));
  }
  if (!arguments.empty()) out["arguments"] = std::move(arguments);
  return out;
}

/// A cursor is the place where the next page begins. Opaque by form alone: there is nothing to guard.
std::string cursor_of(std::size_t place) { return base64_url("p" + std::to_string(place)); }

std::optional<std::size_t> place_of(std::string_view cursor) {
  if (cursor.empty()) return 0;
  const auto text = base64_url_decoded(cursor);
  const auto place = text && text->starts_with('p') ? parse_int(std::string_view(*text).substr(1)) : std::nullopt;
  if (!place || *place <= 0) return std::nullopt;
  return static_cast<std::size_t>(*place);
}

}  // namespace

Lists::Lists(const Registry& registry) : page_size_(registry.page_size) {
  const auto list = [this](std::string_view method, std::string_view member, const auto& of, auto&& json_of) {
    List out{method, member, {}};
    for (const auto& each : of) {
      Entry entry{.scope = each.scope, .json = {}};
      for (std::size_t i = 0; i < 2; ++i) entry.json[i] = boost::json::serialize(json_of(each, languages[i]));
      out.entries.push_back(std::move(entry));
    }
    lists_.push_back(std::move(out));
  };
  list("tools/list", "tools", registry.tools(), tool_json);
  list("prompts/list", "prompts", registry.prompts(), prompt_json);
  list("resources/list", "resources", registry.resources(), [](const Resource& each, std::string_view language) {
    return resource_json(each, "uri", each.uri, language);
  });
  list("resources/templates/list", "resourceTemplates", registry.templates(),
       [](const ResourceTemplate& each, std::string_view language) {
         return resource_json(each, "uriTemplate", each.uri_template, language);
       });
  for (const Tool& tool : registry.tools()) {
    mirrored_.push_back(mirrored_parameters(tool.schema_in ? tool.schema_in("es") : tool.input_schema));
  }
}

bool Lists::is_list(std::string_view method) {
  return method == "tools/list" || method == "prompts/list" || method == "resources/list" ||
         method == "resources/templates/list";
}

Lists::Page Lists::page(std::string_view method, std::string_view language, Scope scope,
                        std::string_view cursor) const {
  const List& list = *std::ranges::find(lists_, method, &List::method);
  const auto first = place_of(cursor);
  if (!first || (*first > 0 && *first >= list.entries.size())) return {.valid = false};
  std::string out = fmt::format("\"{}\":[", list.member);
  std::size_t place = *first;
  std::size_t taken = 0;
  for (; place < list.entries.size() && taken < page_size_; ++place) {
    const Entry& entry = list.entries[place];
    if (!store::covers(scope, entry.scope)) continue;
    if (taken++ > 0) out += ',';
    out += entry.json[language == "en" ? 1 : 0];
  }
  out += ']';
  if (place < list.entries.size()) out += fmt::format(",\"nextCursor\":\"{}\"", cursor_of(place));
  return {.members = std::move(out)};
}

}  // namespace aremko::mcp
