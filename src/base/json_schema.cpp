#include "base/json_schema.h"

#include <stdexcept>

namespace aremko::json {

bool Schemas::reserve(std::string_view name, std::string_view full_name) {
  const auto [at, added] = full_names_.try_emplace(std::string(name), full_name);
  if (!added && at->second != full_name) {
    throw std::logic_error("two structs share the schema name " + std::string(name));
  }
  return added;
}

boost::json::object nullable(boost::json::object schema) {
  auto* type = schema.if_contains("type");
  if (type == nullptr) return schema.empty() ? schema : boost::json::object{{"anyOf", {schema, {{"type", "null"}}}}};
  if (type->is_array()) return schema;
  if (auto* names = schema.if_contains("enum")) names->as_array().emplace_back(nullptr);
  *type = boost::json::array{*type, "null"};
  return schema;
}

namespace detail {

boost::json::object typed(std::string_view type) { return {{"type", type}}; }

boost::json::object date_schema() { return {{"type", {"string", "null"}}, {"format", "date"}}; }

boost::json::object moment_schema() {
  // Local wall-clock time without an offset, so not RFC 3339's date-time.
  return {{"type", {"string", "null"}}, {"pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$"}};
}

boost::json::object as_of_schema() { return {{"type", "string"}, {"format", "date"}}; }

boost::json::object enum_schema(std::span<const std::string_view> names) {
  return {{"type", "string"}, {"enum", boost::json::array(names.begin(), names.end())}};
}

boost::json::object list_schema(boost::json::object items) { return {{"type", "array"}, {"items", std::move(items)}}; }

boost::json::object map_schema(boost::json::object values) {
  return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}

boost::json::object tuple_schema(std::span<const Build> items, Schemas* shared) {
  boost::json::array prefix;
  for (const Build build : items) prefix.emplace_back(build(shared));
  const auto size = static_cast<std::int64_t>(items.size());
  return {{"type", "array"}, {"prefixItems", std::move(prefix)}, {"minItems", size}, {"maxItems", size}};
}

boost::json::object struct_schema(std::span<const MemberSchema> members, Schemas* shared) {
  boost::json::object properties;
  boost::json::array required;
  for (const MemberSchema& member : members) {
    properties[member.name] = member.build(shared);
    required.emplace_back(member.name);
  }
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

boost::json::object named_schema(std::string_view name, std::string_view full_name, std::span<const MemberSchema> members,
                                 Schemas* shared) {
  if (shared == nullptr) return struct_schema(members, nullptr);
  if (shared->reserve(name, full_name)) shared->define(name, struct_schema(members, shared));
  return Schemas::reference(name);
}

}  // namespace detail

}  // namespace aremko::json
