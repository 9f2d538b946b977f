#include "mcp/arguments.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/json_read.h"
#include "base/text.h"

namespace aremko::mcp {

namespace {

using boost::json::value;
using operations::Parameter;

std::optional<std::string_view> string_of(const value& given) {
  return given.is_string() ? std::optional<std::string_view>(trim(given.get_string())) : std::nullopt;
}

std::string_view type_of(const Parameter& parameter) {
  const auto* type = parameter.schema.if_contains("type");
  return type != nullptr && type->is_string() ? std::string_view(type->get_string()) : std::string_view();
}

/// What a model writes for an optional that it does not want to give.
bool left_out(const Parameter& parameter, const value& given) {
  if (given.is_null()) return true;
  const auto text = string_of(given);
  if (parameter.required || !text) return false;
  if (text->empty()) return true;
  const bool free_text = type_of(parameter) == "string" && parameter.choices.empty() && !parameter.schema.contains("format");
  const std::string word = ascii_lower(*text);
  return !free_text && (word == "null" || word == "none" || word == "undefined");
}

/// The whole text as a number, as JSON would write it: "5", "5.0".
std::optional<double> number_in(std::string_view text) {
  double out = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(out)) return std::nullopt;
  return out;
}

value as_number(const value& given) {
  const auto text = string_of(given);
  if (!text) return given;
  if (const auto whole = parse_int(*text)) return value(*whole);
  const auto number = number_in(*text);
  return number ? value(*number) : given;
}

value as_flag(const value& given) {
  constexpr std::array<std::string_view, 5> yes{"true", "1", "yes", "sí", "si"};
  constexpr std::array<std::string_view, 3> no{"false", "0", "no"};
  const std::string word = ascii_lower(string_of(given).value_or(""));
  if (given == 1 || std::ranges::find(yes, word) != yes.end()) return true;
  if (given == 0 || std::ranges::find(no, word) != no.end()) return false;
  return given;
}

/// One of `names`, however it is written.
value as_choice(const value& given, std::span<const std::string_view> names) {
  const auto text = string_of(given);
  if (!text) return given;
  const auto at = std::ranges::find_if(names, [&](std::string_view name) { return operations::detail::same_choice(*text, name); });
  return at == names.end() ? given : value(*at);
}

/// A JSON text, or words with commas between.
boost::json::array items_in(std::string_view text) {
  if (text.starts_with('[')) {
    if (auto tree = json::parse(text); tree && tree->is_array()) return std::move(tree->as_array());
  }
  boost::json::array out;
  for (const std::string_view word : split(text, ',')) {
    if (!trim(word).empty()) out.emplace_back(trim(word));
  }
  return out;
}

value as_list(const Parameter& parameter, const value& given) {
  const auto text = string_of(given);
  if (!text && !given.is_array()) return given;
  boost::json::array out = text ? items_in(*text) : given.get_array();
  const auto* items = parameter.schema.if_contains("items");
  const auto* names = items == nullptr ? nullptr : items->as_object().if_contains("enum");
  if (names == nullptr) return out;
  std::vector<std::string_view> choices;
  for (const value& name : names->as_array()) choices.push_back(name.as_string());
  for (value& item : out) item = as_choice(item, choices);
  return out;
}

value as_meant(const Parameter& parameter, const value& given) {
  const std::string_view type = type_of(parameter);
  if (!parameter.choices.empty()) return as_choice(given, parameter.choices);
  if (parameter.is_flag) return as_flag(given);
  if (parameter.is_list) return as_list(parameter, given);
  if (type == "integer" || type == "number") return as_number(given);
  const auto text = text_of(given);
  return text ? value(parameter.schema.contains("format") ? std::string(trim(*text)) : *text) : given;
}

}  // namespace

std::optional<std::string> text_of(const value& given) {
  if (given.is_string()) return std::string(given.get_string());
  if (given.is_int64()) return std::to_string(given.get_int64());
  if (given.is_uint64()) return std::to_string(given.get_uint64());
  const double* number = given.if_double();
  const bool whole = number != nullptr && std::trunc(*number) == *number && std::abs(*number) < 1e15;
  return whole ? std::optional(fmt::format("{:.0f}", *number)) : std::nullopt;  // 984280796.0
}

Object as_meant(std::span<const Parameter> parameters, const Object& arguments) {
  Object out;
  for (const auto& argument : arguments) {
    const auto at = std::ranges::find(parameters, std::string_view(argument.key()), &Parameter::name);
    if (at == parameters.end()) {
      if (!argument.value().is_null()) out[argument.key()] = argument.value();  // refused by its name
    } else if (!left_out(*at, argument.value())) {
      out[argument.key()] = as_meant(*at, argument.value());
    }
  }
  return out;
}

std::optional<Object> arguments_of(const Object& params) {
  const auto* given = params.if_contains("arguments");
  if (given == nullptr || given->is_null()) return Object{};
  if (const auto* object = given->if_object()) return *object;
  const auto text = string_of(*given);
  if (!text) return std::nullopt;
  if (text->empty()) return Object{};
  auto tree = json::parse(*text);
  return tree && tree->is_object() ? std::optional(std::move(tree->as_object())) : std::nullopt;
}

}  // namespace aremko::mcp
