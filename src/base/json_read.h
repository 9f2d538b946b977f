#pragma once
// JSON into described structs, strictly: a wrong type, a missing field and an unknown one are faults, each with its
// path (`filters.months`, `items[2].name`), and all of them are found in one pass. The counterpart of json_write.h.
//
// bool, integers, double, text, Date, Moment, optional (null or absent = empty), vectors, maps with text keys, enums
// with `json_name`, described structs. Numbers are not read from text nor text from numbers; 1.0 is an integer.

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>

#include "base/enum_values.h"
#include "base/json_write.h"
#include "base/result.h"

namespace aremko::json {

using Faults = std::vector<FieldError>;

/// Enough for a person to mend; more are not looked for. A megabyte of small faults would be five megabytes of answer.
inline constexpr std::size_t most_faults = 20;

/// A JSON text as a tree. `malformed` when it is no JSON (the detail says at which byte), nests deeper than 32
/// levels (nothing we read comes near it), or is no valid UTF-8. A byte order mark before it is passed over (RFC 8259
/// 8.1): shells on Windows write one.
Result<boost::json::value> parse(std::string_view text);

namespace faults {
Text not_boolean();
Text not_integer();
Text not_number();
Text not_text();
Text not_date();    // YYYY-MM-DD
Text not_moment();  // YYYY-MM-DDTHH:MM:SS
Text not_array();
Text not_object();
Text missing();
Text unknown_field();
Text out_of_range(std::int64_t least, std::uint64_t most);
Text not_one_of(const std::vector<std::string_view>& names);
}  // namespace faults

/// An enum's names as JSON has them.
template <detail::NamedEnum Enum>
std::vector<std::string_view> enum_names() {
  std::vector<std::string_view> out;
  for (const Enum value : enum_values<Enum>) out.push_back(json_name(value));
  return out;
}

std::optional<Moment> parse_moment(std::string_view text);

namespace detail {

inline std::string inside(const std::string& path, std::string_view name) {
  return path.empty() ? std::string(name) : path + "." + std::string(name);
}

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Nothing beyond what 64 bits hold.
inline std::optional<std::int64_t> whole_number(double value) {
  constexpr double bound = 9'223'372'036'854'775'808.0;  // 2^63
  return value >= -bound && value < bound ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
}

template <class Int>
void read_integer(const boost::json::value& from, const std::string& path, Int& out, Faults& found) {
  const auto range = [] {
    return faults::out_of_range(static_cast<std::int64_t>(std::numeric_limits<Int>::min()),
                                static_cast<std::uint64_t>(std::numeric_limits<Int>::max()));
  };
  if (const auto* value = from.if_int64()) {
    return std::in_range<Int>(*value) ? void(out = static_cast<Int>(*value)) : found.push_back({path, range()});
  }
  if (const auto* value = from.if_uint64()) {
    return std::in_range<Int>(*value) ? void(out = static_cast<Int>(*value)) : found.push_back({path, range()});
  }
  if (from.is_double() && std::trunc(from.get_double()) == from.get_double()) {  // 1.0 and 1e3: integers to JSON Schema
    const auto value = whole_number(from.get_double());
    return value && std::in_range<Int>(*value) ? void(out = static_cast<Int>(*value)) : found.push_back({path, range()});
  }
  found.push_back({path, faults::not_integer()});
}

}  // namespace detail

/// Reads `from` into `out` and adds what is wrong to `found`; `out` keeps its value where there is a fault.
template <class T>
void read(const boost::json::value& from, const std::string& path, T& out, Faults& found);

namespace detail {

template <class Enum>
void read_enum(const boost::json::value& from, const std::string& path, Enum& out, Faults& found) {
  if (const auto* text = from.if_string()) {
    for (const Enum value : enum_values<Enum>) {
      if (json_name(value) == std::string_view(*text)) return void(out = value);
    }
  }
  found.push_back({path, faults::not_one_of(enum_names<Enum>())});
}

template <class Struct>
void read_struct(const boost::json::value& from, const std::string& path, Struct& out, Faults& found) {
  using Members = boost::describe::describe_members<Struct, boost::describe::mod_public | boost::describe::mod_inherited>;
  const auto* object = from.if_object();
  if (object == nullptr) return found.push_back({path, faults::not_object()});
  for (const auto& field : *object) {
    bool known = false;
    boost::mp11::mp_for_each<Members>([&](auto member) { known = known || field.key() == member.name; });
    if (!known) found.push_back({inside(path, std::string_view(field.key()).substr(0, 64)), faults::unknown_field()});
    if (found.size() >= most_faults) return;
  }
  boost::mp11::mp_for_each<Members>([&](auto member) {
    auto& target = out.*member.pointer;
    if (const auto* value = object->if_contains(member.name)) {
      read(*value, inside(path, member.name), target, found);
    } else if constexpr (!is_optional<std::remove_cvref_t<decltype(target)>>) {
      found.push_back({inside(path, member.name), faults::missing()});
    }
  });
}

template <class T>
void read_list(const boost::json::value& from, const std::string& path, std::vector<T>& out, Faults& found) {
  const auto* array = from.if_array();
  if (array == nullptr) return found.push_back({path, faults::not_array()});
  out.clear();
  for (std::size_t i = 0; i < array->size() && found.size() < most_faults; ++i) {
    T item{};
    read((*array)[i], path + "[" + std::to_string(i) + "]", item, found);
    out.push_back(std::move(item));
  }
}

template <class Map>
void read_map(const boost::json::value& from, const std::string& path, Map& out, Faults& found) {
  const auto* object = from.if_object();
  if (object == nullptr) return found.push_back({path, faults::not_object()});
  out.clear();
  for (const auto& field : *object) {
    if (found.size() >= most_faults) return;
    read(field.value(), inside(path, field.key()), out[std::string(field.key())], found);
  }
}

template <class T>
void read_parsed(const boost::json::value& from, const std::string& path, T& out, Faults& found,
                 std::optional<T> (*parse)(std::string_view), Text (*fault)()) {
  const auto* text = from.if_string();
  const auto value = text == nullptr ? std::nullopt : parse(*text);
  value ? void(out = *value) : found.push_back({path, fault()});
}

}  // namespace detail

template <class T>
void read(const boost::json::value& from, const std::string& path, T& out, Faults& found) {
  if constexpr (detail::is_optional<T>) {
    if (from.is_null()) return out.reset();
    typename T::value_type inner{};
    const std::size_t before = found.size();
    read(from, path, inner, found);
    if (found.size() == before) out = std::move(inner);
  } else if constexpr (std::is_same_v<T, bool>) {
    from.is_bool() ? void(out = from.get_bool()) : found.push_back({path, faults::not_boolean()});
  } else if constexpr (std::is_floating_point_v<T>) {
    from.is_number() ? void(out = from.to_number<T>()) : found.push_back({path, faults::not_number()});
  } else if constexpr (std::is_integral_v<T>) {
    detail::read_integer(from, path, out, found);
  } else if constexpr (std::is_same_v<T, std::string>) {
    from.is_string() ? void(out = std::string_view(from.get_string())) : found.push_back({path, faults::not_text()});
  } else if constexpr (std::is_same_v<T, Date>) {
    detail::read_parsed<Date>(from, path, out, found, &Date::parse_iso, &faults::not_date);
  } else if constexpr (std::is_same_v<T, Moment>) {
    detail::read_parsed<Moment>(from, path, out, found, &parse_moment, &faults::not_moment);
  } else if constexpr (detail::NamedEnum<T>) {
    detail::read_enum(from, path, out, found);
  } else if constexpr (detail::is_vector<T>) {
    detail::read_list(from, path, out, found);
  } else if constexpr (detail::TextMap<T>) {
    detail::read_map(from, path, out, found);
  } else {
    static_assert(boost::describe::has_describe_members<T>::value, "describe this struct with BOOST_DESCRIBE_STRUCT");
    detail::read_struct(from, path, out, found);
  }
}

/// The error that carries such faults: `invalid` (422).
Error faulty(Faults found);

/// A whole JSON text as a T: `malformed` when it is no JSON, `invalid` with every field's fault.
template <class T>
Result<T> from_json(std::string_view text) {
  auto tree = parse(text);
  if (!tree) return fail(std::move(tree.error()));
  T out{};
  Faults found;
  read(*tree, "", out, found);
  if (!found.empty()) return fail(faulty(std::move(found)));
  return out;
}

}  // namespace aremko::json
