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

}  // namespace aremko::json
