#include "operations/operation.h"

namespace aremko::operations {

const Parameter* Operation::parameter(std::string_view parameter_name) const {
  const auto at = std::ranges::find(parameters, parameter_name, &Parameter::name);
  return at == parameters.end() ? nullptr : &*at;
}

boost::json::object Operation::input_schema(std::string_view language) const {
  boost::json::object properties;
  boost::json::array required;
  for (const Parameter& parameter : parameters) {
    boost::json::object schema = parameter.schema;
    schema["description"] = parameter.about.in(language);
    properties[parameter.name] = std::move(schema);
    if (parameter.required) required.emplace_back(parameter.name);
  }
  boost::json::object out{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

}  // namespace aremko::operations
