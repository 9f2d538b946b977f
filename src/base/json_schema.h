#pragma once
// JSON Schema (2020-12) of described structs, the same types json_write.h writes. Used at start, not in a request.
//
// With a Schemas every struct becomes a named schema that others refer to (OpenAPI's components); without one
// everything stands in place, which is what tools that cannot follow `$ref` need.

#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/json_read.h"

namespace aremko::json {

/// A type's own name without namespaces: "CustomerProfile".
template <class T>
constexpr std::string_view type_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(text.rfind("T = ") + 4);
  text.remove_suffix(1);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

/// Named schemas; two structs of one name that differ are a fault of ours (std::logic_error).
class Schemas {
 public:
  /// True when the name is new: then `define` must follow.
  bool reserve(std::string_view name, std::string_view full_name);
  void define(std::string_view name, boost::json::object schema) { named_[name] = std::move(schema); }
  static boost::json::object reference(std::string_view name) {
    return {{"$ref", "#/components/schemas/" + std::string(name)}};
  }
  const boost::json::object& named() const { return named_; }

 private:
  boost::json::object named_;
  std::map<std::string, std::string, std::less<>> full_names_;
};

/// `{"type": "string"}` → `{"type": ["string", "null"]}`; anything else → anyOf with null.
boost::json::object nullable(boost::json::object schema);

template <class T>
boost::json::object schema_of(Schemas* shared = nullptr);

namespace detail {

template <class T>
constexpr std::string_view full_type_name() {
  return __PRETTY_FUNCTION__;
}

template <class Struct>
boost::json::object struct_schema(Schemas* shared) {
  using Members = boost::describe::describe_members<Struct, boost::describe::mod_public | boost::describe::mod_inherited>;
  boost::json::object properties;
  boost::json::array required;
  boost::mp11::mp_for_each<Members>([&](auto member) {
    using Member = std::remove_cvref_t<decltype(std::declval<Struct&>().*member.pointer)>;
    properties[member.name] = schema_of<Member>(shared);
    required.emplace_back(member.name);
  });
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

template <class Enum>
boost::json::object enum_schema() {
  boost::json::array names;
  for (const Enum value : enum_values<Enum>) names.emplace_back(json_name(value));
  return {{"type", "string"}, {"enum", std::move(names)}};
}

template <class Tuple>
boost::json::object tuple_schema(Schemas* shared) {
  boost::json::array items;
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (items.emplace_back(schema_of<std::remove_cvref_t<std::tuple_element_t<i, Tuple>>>(shared)), ...);
  }(std::make_index_sequence<std::tuple_size_v<Tuple>>{});
  const auto size = static_cast<std::int64_t>(items.size());
  return {{"type", "array"}, {"prefixItems", std::move(items)}, {"minItems", size}, {"maxItems", size}};
}

template <class Struct>
boost::json::object named_schema(Schemas* shared) {
  if (shared == nullptr) return struct_schema<Struct>(nullptr);
  constexpr std::string_view name = type_name<Struct>();
  if (shared->reserve(name, full_type_name<Struct>())) shared->define(name, struct_schema<Struct>(shared));
  return Schemas::reference(name);
}

}  // namespace detail

template <class T>
boost::json::object schema_of(Schemas* shared) {
  if constexpr (std::is_same_v<T, JsonText>) {
    return {};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_floating_point_v<T>) {
    return {{"type", "number"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}};
  } else if constexpr (std::is_same_v<T, Date>) {
    return {{"type", {"string", "null"}}, {"format", "date"}};
  } else if constexpr (std::is_same_v<T, Moment>) {
    // Local wall-clock time without an offset, so not RFC 3339's date-time.
    return {{"type", {"string", "null"}}, {"pattern", "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$"}};
  } else if constexpr (std::is_same_v<T, AsOf>) {
    return {{"type", "string"}, {"format", "date"}};
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return {{"type", "string"}};
  } else if constexpr (detail::is_optional<T>) {
    return nullable(schema_of<typename T::value_type>(shared));
  } else if constexpr (detail::NamedEnum<T>) {
    return detail::enum_schema<T>();
  } else if constexpr (detail::TextMap<T>) {
    return {{"type", "object"}, {"additionalProperties", schema_of<typename T::mapped_type>(shared)}};
  } else if constexpr (detail::TupleLike<T>) {
    return detail::tuple_schema<T>(shared);
  } else if constexpr (std::ranges::range<T>) {
    return {{"type", "array"}, {"items", schema_of<std::remove_cvref_t<std::ranges::range_value_t<T>>>(shared)}};
  } else {
    static_assert(boost::describe::has_describe_members<T>::value, "describe this struct with BOOST_DESCRIBE_STRUCT");
    return detail::named_schema<T>(shared);
  }
}

}  // namespace aremko::json
