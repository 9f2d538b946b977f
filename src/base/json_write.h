#pragma once
// JSON out of described structs, straight into one string: no tree, no virtual call. A struct is described once
// with BOOST_DESCRIBE_STRUCT and its member names are the JSON keys. Text must be valid UTF-8 (the edges see to it).
//
// bool, integers, double (shortest form; NaN and infinities become null), text, Date ("2024-03-14"), Moment
// ("2020-03-15T14:30:00"), both null when unknown, optional (null when empty), pair and tuple (arrays), ranges,
// maps with text keys (objects, in the map's order), enums with `std::string_view json_name(E)`, described structs,
// and JsonText (already JSON).

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "base/civil.h"

namespace aremko::json {

/// A piece of JSON written elsewhere; copied as it is.
struct JsonText {
  std::string text;
};

void write_text(std::string& out, std::string_view text);  // quoted and escaped
void write_date(std::string& out, Date date);
void write_moment(std::string& out, Moment moment);

template <class T>
void write(std::string& out, const T& value);

namespace detail {

template <class T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
  { json_name(value) } -> std::convertible_to<std::string_view>;
};

template <class T>
concept TextMap = std::ranges::range<T> && requires { typename T::mapped_type; } &&
                  std::convertible_to<typename T::key_type, std::string_view>;

template <class T>
concept TupleLike = requires { std::tuple_size<T>::value; } && !std::ranges::range<T>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
void write_number(std::string& out, T value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

template <class Range>
void write_array(std::string& out, const Range& range) {
  out += '[';
  bool first = true;
  for (const auto& item : range) {
    if (!std::exchange(first, false)) out += ',';
    write(out, item);
  }
  out += ']';
}

template <class Map>
void write_map(std::string& out, const Map& map) {
  out += '{';
  bool first = true;
  for (const auto& [key, item] : map) {
    if (!std::exchange(first, false)) out += ',';
    write_text(out, key);
    out += ':';
    write(out, item);
  }
  out += '}';
}

/// `,"name":`, put together by the compiler: a profile has some hundred and fifty keys, and each is one append.
template <class Member>
inline constexpr auto key_text = [] {
  constexpr std::string_view name = Member::name;
  std::array<char, name.size() + 4> text{};
  text[0] = ',';
  text[1] = '"';
  std::ranges::copy(name, text.begin() + 2);
  text[name.size() + 2] = '"';
  text[name.size() + 3] = ':';
  return text;
}();

template <class Struct>
void write_struct(std::string& out, const Struct& value) {
  using Members = boost::describe::describe_members<Struct, boost::describe::mod_public | boost::describe::mod_inherited>;
  if constexpr (boost::mp11::mp_empty<Members>::value) {
    out += "{}";
  } else {
    const std::size_t begin = out.size();
    boost::mp11::mp_for_each<Members>([&](auto member) {
      out.append(key_text<decltype(member)>.data(), key_text<decltype(member)>.size());
      write(out, value.*member.pointer);
    });
    out[begin] = '{';  // where the first key's comma was
    out += '}';
  }
}

}  // namespace detail

template <class T>
void write(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, JsonText>) {
    out += value.text;
  } else if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_floating_point_v<T>) {
    std::isfinite(value) ? detail::write_number(out, value) : void(out += "null");
  } else if constexpr (std::is_integral_v<T>) {
    detail::write_number(out, value);
  } else if constexpr (std::is_same_v<T, Date>) {
    write_date(out, value);
  } else if constexpr (std::is_same_v<T, Moment>) {
    write_moment(out, value);
  } else if constexpr (std::is_same_v<T, AsOf>) {
    write_date(out, value.date());
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    write_text(out, value);
  } else if constexpr (detail::is_optional<T>) {
    value ? write(out, *value) : void(out += "null");
  } else if constexpr (detail::NamedEnum<T>) {
    write_text(out, json_name(value));
  } else if constexpr (detail::TextMap<T>) {
    detail::write_map(out, value);
  } else if constexpr (detail::TupleLike<T>) {
    out += '[';
    bool first = true;
    std::apply([&](const auto&... item) {
      ((std::exchange(first, false) ? void() : void(out += ','), write(out, item)), ...);
    }, value);
    out += ']';
  } else if constexpr (std::ranges::range<T>) {
    detail::write_array(out, value);
  } else {
    static_assert(boost::describe::has_describe_members<T>::value, "describe this struct with BOOST_DESCRIBE_STRUCT");
    detail::write_struct(out, value);
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  write(out, value);
  return out;
}

}  // namespace aremko::json
