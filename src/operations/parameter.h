#pragma once
// One input of an operation, from the member of a struct and the note beside it: how it is read from text or JSON,
// what is refused, and how it is shown in schemas.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/json/object.hpp>

#include "base/json_schema.h"
#include "base/result.h"
#include "base/text.h"

namespace aremko::operations {

class Context;

enum class Where : std::uint8_t { path, query, body };

/// What the author of an operation says of one member of its input. A member that is a std::optional may be left
/// out; any other is required in the path, and elsewhere when `required` says so, else keeps its default.
struct Note {
  std::string_view name;
  Text about;
  Where where = Where::query;
  bool required = false;
  std::optional<std::int64_t> min{};  // of a number; of a text, its length in characters
  std::optional<std::int64_t> max{};
  std::string_view example{};         // as text
  /// A check that needs to know more, such as the day it is; returns what is wrong.
  std::optional<Text> (*check)(const Context& context, std::string_view value) = nullptr;
};

struct Parameter {
  std::string name;
  Text about;
  Where where = Where::query;
  bool required = false;
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;
  std::string example;
  std::optional<Text> (*check)(const Context& context, std::string_view value) = nullptr;
  std::vector<std::string_view> choices;  // for an enum: its names
  bool is_flag = false;                   // a boolean
  bool is_list = false;                   // a list: in a body only
  boost::json::object schema;             // with bounds and default, without description
};

/// A value as text, from a path, a query string or a command line.
struct Argument {
  std::string_view name;
  std::string_view text;
  std::optional<Where> where{};  // nothing: wherever the parameter stands
};

/// All that a door hands in.
struct Arguments {
  std::span<const Argument> text{};
  const boost::json::object* json = nullptr;   // a body, or a tool's arguments
  std::optional<Where> json_where{};           // nothing: it may hold any parameter
};

/// Longest text accepted for a parameter that names no maximum: no field of a source is longer.
inline constexpr std::int64_t default_max_length = 500;

/// The bounds, the default and the rest into a parameter; `default_json` is "null" when there is none.
Parameter parameter_of(const Note* note, std::string_view operation, std::string_view member,
                       boost::json::object schema, bool optional, std::string_view default_json);
void require_notes(std::string_view operation, std::size_t notes, std::size_t members);

namespace detail {

template <class T>
struct Inner { using type = T; };
template <class T>
struct Inner<std::optional<T>> { using type = T; };

/// Enum names compare without case, and with `_` or `-` for a space: `at_risk` is "At Risk".
bool same_choice(std::string_view given, std::string_view name);

bool parse_flag(std::string_view text, bool& out);  // true, false, 1, 0

template <class T>
std::optional<Text> parse_text(std::string_view text, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!parse_flag(text, out)) return json::faults::not_boolean();
  } else if constexpr (std::is_integral_v<T>) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc{} || end != text.data() + text.size()) return json::faults::not_integer();
  } else if constexpr (std::is_floating_point_v<T>) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc{} || end != text.data() + text.size()) return json::faults::not_number();
  } else if constexpr (std::is_same_v<T, Date>) {
    const auto date = Date::parse_iso(text);
    if (!date) return json::faults::not_date();
    out = *date;
  } else if constexpr (std::is_enum_v<T>) {
    for (const T value : enum_values<T>) {
      if (same_choice(text, json_name(value))) {
        out = value;
        return std::nullopt;
      }
    }
    return json::faults::not_one_of(json::enum_names<T>());
  } else if constexpr (std::is_same_v<T, std::string>) {
    out = text;
  } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
    for (const std::string_view one : split(text, ',')) {  // a shell has no lists
      if (trim(one).empty()) return json::faults::missing();
      out.emplace_back(trim(one));
    }
  } else {
    return json::faults::not_array();  // other lists and objects come as JSON only
  }
  return std::nullopt;
}

}  // namespace detail

template <class T>
Parameter make_parameter(const Note* note, std::string_view operation, std::string_view member, const T& value) {
  using Inner = typename detail::Inner<T>::type;
  constexpr bool optional = !std::is_same_v<Inner, T>;
  boost::json::object schema;
  if constexpr (std::is_same_v<Inner, Date>) {
    schema = {{"type", "string"}, {"format", "date"}};  // an input's date is never null
  } else {
    schema = json::schema_of<Inner>();
  }
  Parameter out = parameter_of(note, operation, member, std::move(schema), optional, json::to_json(value));
  if constexpr (std::is_enum_v<Inner>) out.choices = json::enum_names<Inner>();
  out.is_flag = std::is_same_v<Inner, bool>;
  out.is_list = json::detail::is_vector<Inner>;
  return out;
}

/// Finds and reads the arguments of one call, and gathers all faults.
class Binder {
 public:
  /// Notes unknown and repeated arguments at once.
  Binder(const std::vector<Parameter>& parameters, const Context& context, const Arguments& arguments);

  /// The `index`-th parameter into `out`, which keeps its value when there is no such argument.
  template <class T>
  void read(std::size_t index, T& out) {
    const Parameter& parameter = parameters_[index];
    typename detail::Inner<T>::type value{};
    if (const Argument* argument = text_of(parameter)) {
      if (auto wrong = detail::parse_text(argument->text, value)) return refuse(parameter.name, std::move(*wrong));
      if (!within(parameter, value) || !passes(parameter, argument->text)) return;
    } else if (const boost::json::value* given = json_of(parameter)) {
      const std::size_t before = faults_.size();
      json::read(*given, parameter.name, value, faults_);
      if (faults_.size() != before || !within(parameter, value)) return;
      if (given->is_string() && !passes(parameter, given->get_string())) return;
    } else {
      if (parameter.required) refuse(parameter.name, json::faults::missing());
      return;
    }
    out = std::move(value);
  }

  /// All that was wrong, or nothing.
  std::optional<Error> fault();

 private:
  const Argument* text_of(const Parameter& parameter) const;
  const boost::json::value* json_of(const Parameter& parameter) const;
  void refuse(std::string_view name, Text message) { faults_.push_back({std::string(name), std::move(message)}); }
  bool passes(const Parameter& parameter, std::string_view text);
  bool within_number(const Parameter& parameter, std::int64_t value);
  bool within_length(const Parameter& parameter, std::string_view value);
  void find_unknown();

  template <class T>
  bool within(const Parameter& parameter, const T& value) {
    if constexpr (std::is_same_v<T, bool>) return true;
    else if constexpr (std::is_integral_v<T>) return within_number(parameter, static_cast<std::int64_t>(value));
    else if constexpr (std::is_same_v<T, std::string>) return within_length(parameter, value);
    else return true;
  }

  const std::vector<Parameter>& parameters_;
  const Context& context_;
  const Arguments& arguments_;
  json::Faults faults_;
};

}  // namespace aremko::operations
