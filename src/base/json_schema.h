#pragma once
// JSON Schema (2020-12) of described structs, the same types json_write.h writes. Used at start, not in a request.
//
// With a Schemas every struct becomes a named schema that others refer to (OpenAPI's components); without one
// everything stands in place, which is what tools that cannot follow `$ref` need.

#include <algorithm>
#include <array>
#include <concepts>
#include <span>
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

// The schemas themselves are put together in json_schema.cpp: what is a template here is compiled anew for each of
// some hundreds of structs in each file that declares a verb with them.
using Build = boost::json::object (*)(Schemas*);
struct MemberSchema {
  std::string_view name;
  Build build;
};

boost::json::object typed(std::string_view type);
boost::json::object date_schema();
boost::json::object moment_schema();
boost::json::object as_of_schema();
boost::json::object enum_schema(std::span<const std::string_view> names);
boost::json::object list_schema(boost::json::object items);
boost::json::object map_schema(boost::json::object values);
boost::json::object tuple_schema(std::span<const Build> items, Schemas* shared);
boost::json::object struct_schema(std::span<const MemberSchema> members, Schemas* shared);
boost::json::object named_schema(std::string_view name, std::string_view full_name, std::span<const MemberSchema> members,
                                 Schemas* shared);

template <class T>
constexpr std::string_view full_type_name() {
  return __PRETTY_FUNCTION__;
}

template <class T>
inline constexpr Build build_of = &schema_of<std::remove_cvref_t<T>>;

template <class Struct, template <class...> class List, class... Member>
constexpr auto member_schemas(List<Member...>) {
  return std::array<MemberSchema, sizeof...(Member)>{
      MemberSchema{Member::name, build_of<decltype(std::declval<Struct&>().*Member::pointer)>}...};
}

template <class Tuple, std::size_t... i>
constexpr auto item_schemas(std::index_sequence<i...>) {
  return std::array<Build, sizeof...(i)>{build_of<std::tuple_element_t<i, Tuple>>...};
}

}  // namespace detail

template <class T>
boost::json::object schema_of(Schemas* shared) {
  if constexpr (std::is_same_v<T, JsonText>) {
    return {};
  } else if constexpr (std::is_same_v<T, bool>) {
    return detail::typed("boolean");
  } else if constexpr (std::is_floating_point_v<T>) {
    return detail::typed("number");
  } else if constexpr (std::is_integral_v<T>) {
    return detail::typed("integer");
  } else if constexpr (std::is_same_v<T, Date>) {
    return detail::date_schema();
  } else if constexpr (std::is_same_v<T, Moment>) {
    return detail::moment_schema();
  } else if constexpr (std::is_same_v<T, AsOf>) {
    return detail::as_of_schema();
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return detail::typed("string");
  } else if constexpr (detail::is_optional<T>) {
    return nullable(schema_of<typename T::value_type>(shared));
  } else if constexpr (detail::NamedEnum<T>) {
    std::array<std::string_view, enum_values<T>.size()> names;
    std::ranges::transform(enum_values<T>, names.begin(), [](T value) { return json_name(value); });
    return detail::enum_schema(names);
  } else if constexpr (detail::TextMap<T>) {
    return detail::map_schema(schema_of<typename T::mapped_type>(shared));
  } else if constexpr (detail::TupleLike<T>) {
    static constexpr auto items = detail::item_schemas<T>(std::make_index_sequence<std::tuple_size_v<T>>{});
    return detail::tuple_schema(items, shared);
  } else if constexpr (std::ranges::range<T>) {
    return detail::list_schema(schema_of<std::remove_cvref_t<std::ranges::range_value_t<T>>>(shared));
  } else {
    static_assert(boost::describe::has_describe_members<T>::value, "describe this struct with BOOST_DESCRIBE_STRUCT");
    using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
    static constexpr auto members = detail::member_schemas<T>(Members{});
    return detail::named_schema(type_name<T>(), detail::full_type_name<T>(), members, shared);
  }
}

}  // namespace aremko::json
