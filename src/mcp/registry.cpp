#include "mcp/registry.h"

#include <stdexcept>

#include "net/http.h"

namespace aremko::mcp {

namespace {

template <class Entries>
auto* named(const Entries& entries, std::string_view wanted) {
  const auto at =
      std::ranges::find(entries, wanted, [](const auto& entry) -> std::string_view { return entry.name; });
  return at == entries.end() ? nullptr : &*at;
}

void require(bool holds, std::string_view what, const std::string& of) {
  if (!holds) throw std::logic_error(std::string(what) + ": " + of);
}

/// Matches `{name}` as one segment without '/'; the values are percent-decoded into `variables`.
bool match_template(std::string_view pattern, std::string_view uri, Object& variables) {
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    const std::string_view literal = pattern.substr(0, open);
    if (!uri.starts_with(literal)) return false;
    uri.remove_prefix(literal.size());
    if (open == std::string_view::npos) return uri.empty();
    const std::size_t close = pattern.find('}', open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    pattern.remove_prefix(close + 1);
    const std::size_t end = std::min(pattern.empty() ? uri.size() : uri.find(pattern.front()), uri.size());
    const std::string_view value = uri.substr(0, end);
    std::string decoded;
    if (value.empty() || value.contains('/') || !net::percent_decode(value, false, decoded)) return false;
    variables[name] = decoded;
    uri.remove_prefix(end);
  }
  return uri.empty();
}

}  // namespace

void Registry::add(Tool entry) {
  require(!entry.name.empty() && entry.run, "a tool without name or function", entry.name);
  require(tool(entry.name) == nullptr, "a second tool of that name", entry.name);
  const auto* type = entry.input_schema.if_contains("type");
  require(entry.schema_in || (type != nullptr && *type == "object"), "a tool's input is no object", entry.name);
  tools_.push_back(std::move(entry));
}

void Registry::add(Resource entry) {
  require(!entry.uri.empty() && !entry.name.empty() && entry.read, "an incomplete resource", entry.uri);
  require(resource(entry.uri) == nullptr, "a second resource of that URI", entry.uri);
  resources_.push_back(std::move(entry));
}

void Registry::add(ResourceTemplate entry) {
  require(entry.uri_template.contains('{') && !entry.name.empty() && entry.read, "an incomplete template",
          entry.uri_template);
  require(resource_template(entry.uri_template) == nullptr, "a second equal template", entry.uri_template);
  templates_.push_back(std::move(entry));
}

void Registry::add(Prompt entry) {
  require(!entry.name.empty() && entry.get, "an incomplete prompt", entry.name);
  require(prompt(entry.name) == nullptr, "a second prompt of that name", entry.name);
  prompts_.push_back(std::move(entry));
}

const Tool* Registry::tool(std::string_view wanted) const { return named(tools_, wanted); }
const Prompt* Registry::prompt(std::string_view wanted) const { return named(prompts_, wanted); }

const Resource* Registry::resource(std::string_view uri) const {
  const auto at = std::ranges::find(resources_, uri, &Resource::uri);
  return at == resources_.end() ? nullptr : &*at;
}

const ResourceTemplate* Registry::resource_template(std::string_view uri_template) const {
  const auto at = std::ranges::find(templates_, uri_template, &ResourceTemplate::uri_template);
  return at == templates_.end() ? nullptr : &*at;
}

Registry::Match Registry::match(std::string_view uri) const {
  for (const ResourceTemplate& each : templates_) {
    Object variables;
    if (match_template(each.uri_template, uri, variables)) return {&each, std::move(variables)};
  }
  return {};
}

}  // namespace aremko::mcp
