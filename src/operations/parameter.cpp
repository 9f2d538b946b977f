#include "operations/parameter.h"

#include <stdexcept>

#include <boost/json/parse.hpp>

#include "base/text.h"

namespace aremko::operations {

namespace {

std::int64_t characters(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

Text between(std::optional<std::int64_t> min, std::optional<std::int64_t> max) {
  if (min && max) {
    return {fmt::format("Debe estar entre {} y {}.", *min, *max), fmt::format("Must be between {} and {}.", *min, *max)};
  }
  if (min) return {fmt::format("Debe ser {} o más.", *min), fmt::format("Must be {} or more.", *min)};
  return {fmt::format("Debe ser {} o menos.", *max), fmt::format("Must be {} or less.", *max)};
}

void put_bounds(boost::json::object& schema, const Parameter& parameter) {
  const bool text = schema.contains("type") && schema.at("type") == "string";
  if (text && (schema.contains("enum") || schema.contains("format"))) return;
  if (parameter.min) schema[text ? "minLength" : "minimum"] = *parameter.min;
  if (parameter.max) schema[text ? "maxLength" : "maximum"] = *parameter.max;
}

}  // namespace

Parameter parameter_of(const Note* note, std::string_view operation, std::string_view member,
                       boost::json::object schema, bool optional, std::string_view default_json) {
  if (note == nullptr || note->name != member) {
    throw std::logic_error(fmt::format("operation {}: no note for {}", operation, member));
  }
  Parameter out{};
  out.name = member;
  out.about = note->about;
  out.where = note->where;
  out.required = note->where == Where::path || note->required;
  out.min = note->min;
  out.max = note->max;
  out.example = note->example;
  out.check = note->check;
  if (!out.max && schema.contains("type") && schema.at("type") == "string") out.max = default_max_length;
  put_bounds(schema, out);
  if (!optional && !out.required) schema["default"] = boost::json::parse(default_json);
  out.schema = std::move(schema);
  return out;
}

void require_notes(std::string_view operation, std::size_t notes, std::size_t members) {
  if (notes != members) throw std::logic_error(fmt::format("operation {}: notes and members differ", operation));
}

namespace detail {

bool same_choice(std::string_view given, std::string_view name) {
  const auto plain = [](char c) {
    if (c == '_' || c == '-') return ' ';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(trim(given), name, [&](char a, char b) { return plain(a) == plain(b); });
}

bool parse_flag(std::string_view text, bool& out) {
  const std::string plain = ascii_lower(text);
  out = plain == "true" || plain == "1";
  return out || plain == "false" || plain == "0";
}

}  // namespace detail

Binder::Binder(const std::vector<Parameter>& parameters, const Context& context, const Arguments& arguments)
    : parameters_(parameters), context_(context), arguments_(arguments) {
  find_unknown();
}

void Binder::find_unknown() {
  const auto known = [&](std::string_view name, std::optional<Where> where) {
    return std::ranges::any_of(parameters_, [&](const Parameter& parameter) {
      return parameter.name == name && (!where || *where == parameter.where);
    });
  };
  const auto refuse_unknown = [&](std::string_view name, std::optional<Where> where) {
    std::vector<std::string_view> names;
    for (const Parameter& parameter : parameters_) {
      if (!where || *where == parameter.where) names.push_back(parameter.name);
    }
    const std::string list = fmt::format("{}", fmt::join(names, ", "));
    refuse(name, names.empty() ? Text{"No existe; aquí no se admite ningún parámetro.", "Unknown; none is taken here."}
                               : Text{"No existe; se admiten: " + list + ".", "Unknown; these are taken: " + list + "."});
  };
  for (std::size_t i = 0; i < arguments_.text.size() && faults_.size() < json::most_faults; ++i) {
    const Argument& argument = arguments_.text[i];
    if (!known(argument.name, argument.where)) {
      // What a stranger sends may be anything; a name that is none of ours is cut before it is said back.
      refuse_unknown(argument.name.substr(0, 64), argument.where);
    } else if (std::any_of(arguments_.text.begin(), arguments_.text.begin() + static_cast<std::ptrdiff_t>(i),
                           [&](const Argument& earlier) { return earlier.name == argument.name; })) {
      refuse(argument.name, {"Se dio más de una vez.", "Given more than once."});
    }
  }
  if (arguments_.json == nullptr) return;
  for (const auto& field : *arguments_.json) {
    if (faults_.size() >= json::most_faults) return;
    if (!known(field.key(), arguments_.json_where)) {
      refuse_unknown(std::string_view(field.key()).substr(0, 64), arguments_.json_where);
    }
  }
}

const Argument* Binder::text_of(const Parameter& parameter) const {
  for (const Argument& argument : arguments_.text) {
    if (argument.name == parameter.name && (!argument.where || *argument.where == parameter.where)) return &argument;
  }
  return nullptr;
}

const boost::json::value* Binder::json_of(const Parameter& parameter) const {
  if (arguments_.json == nullptr || (arguments_.json_where && *arguments_.json_where != parameter.where)) return nullptr;
  const boost::json::value* value = arguments_.json->if_contains(parameter.name);
  return value != nullptr && value->is_null() && !parameter.required ? nullptr : value;
}

bool Binder::passes(const Parameter& parameter, std::string_view text) {
  if (parameter.check == nullptr) return true;
  auto wrong = parameter.check(context_, text);
  if (wrong) refuse(parameter.name, std::move(*wrong));
  return !wrong;
}

bool Binder::within_number(const Parameter& parameter, std::int64_t value) {
  if ((!parameter.min || value >= *parameter.min) && (!parameter.max || value <= *parameter.max)) return true;
  refuse(parameter.name, between(parameter.min, parameter.max));
  return false;
}

bool Binder::within_length(const Parameter& parameter, std::string_view value) {
  if (parameter.min && characters(trim(value)) < *parameter.min) {
    refuse(parameter.name, {fmt::format("Debe tener al menos {} caracteres.", *parameter.min),
                            fmt::format("Must have at least {} characters.", *parameter.min)});
    return false;
  }
  if (parameter.max && characters(value) > *parameter.max) {
    refuse(parameter.name, {fmt::format("Debe tener a lo más {} caracteres.", *parameter.max),
                            fmt::format("Must have at most {} characters.", *parameter.max)});
    return false;
  }
  return true;
}

std::optional<Error> Binder::fault() {
  if (faults_.empty()) return std::nullopt;
  return json::faulty(std::move(faults_));
}

}  // namespace aremko::operations
