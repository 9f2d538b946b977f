#include "assistants/tool_maker.h"

#include <algorithm>

#include <boost/json/serialize.hpp>

#include "assistants/guest_search.h"
#include "base/json_read.h"
#include "base/text.h"
#include "operations/access.h"
#include "operations/all.h"

namespace aremko::assistants {

namespace {

// Clients refuse results of more than some 25,000 tokens. Spanish JSON has about three bytes a token.
constexpr std::size_t most_bytes = 60'000;

/// With a choice of fields nothing of what may be left out is required.
void forget_required(boost::json::value& schema) {
  if (auto* object = schema.if_object()) {
    object->erase("required");
    for (auto& member : *object) forget_required(member.value());
  } else if (auto* array = schema.if_array()) {
    for (auto& item : *array) forget_required(item);
  }
}

/// `{"type": ["integer", "null"]}` in two branches: clients that know one type a schema drop what has two.
void split_types(boost::json::value& schema) {
  if (auto* array = schema.if_array()) {
    for (auto& item : *array) split_types(item);
    return;
  }
  auto* object = schema.if_object();
  if (object == nullptr) return;
  for (auto& member : *object) split_types(member.value());
  const auto* types = object->if_contains("type");
  if (types == nullptr || !types->is_array() || types->as_array().size() != 2 || types->as_array()[1] != "null") return;
  Object branch = *object;
  branch["type"] = boost::json::value(types->as_array()[0]);
  if (auto* names = branch.if_contains("enum"); names != nullptr && names->is_array()) {
    auto& list = names->as_array();
    for (std::size_t i = list.size(); i-- > 0;) {
      if (list[i].is_null()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  schema = Object{{"anyOf", boost::json::array{std::move(branch), Object{{"type", "null"}}}}};
}

Object& properties_of(Object& schema) { return schema.at("properties").as_object(); }

Object& chosen_from(Object& schema, const std::string& list) {
  if (list.empty()) return properties_of(schema);
  return properties_of(properties_of(schema).at(list).as_object().at("items").as_object());
}

boost::json::array field_names(Object& schema, const std::string& list, const std::vector<std::string>& always) {
  boost::json::array out;
  for (const auto& member : chosen_from(schema, list)) {
    if (std::ranges::find(always, member.key()) == always.end()) out.emplace_back(member.key());
  }
  return out;
}

void keep_only(Object& object, const std::vector<std::string>& fields, const std::vector<std::string>& always) {
  Object kept;
  for (auto& member : object) {
    const std::string_view key = member.key();
    if (std::ranges::find(fields, key) != fields.end() || std::ranges::find(always, key) != always.end()) kept[key] = member.value();
  }
  object = std::move(kept);
}

}  // namespace

ToolMaker::ToolMaker(ToolDeclaration declaration, Object output_schema)
    : declaration_(std::move(declaration)), output_schema_(std::move(output_schema)),
      parameters_(std::make_shared<std::vector<operations::Parameter>>()) {}

Tool ToolMaker::make(bool has_fields, std::function<Outcome<ToolResult>(Call&)> run) {
  operations::require_notes(declaration_.name, declaration_.notes.size(), parameters_->size());
  if (has_fields) {
    for (operations::Parameter& parameter : *parameters_) {
      if (parameter.name != "fields") continue;
      parameter.schema["items"] = Object{
          {"type", "string"}, {"enum", field_names(output_schema_, declaration_.list, declaration_.always)}};
    }
  }
  boost::json::value whole = std::move(output_schema_);
  if (has_fields) forget_required(whole);
  split_types(whole);
  output_schema_ = std::move(whole.as_object());
  operations::Operation shape;
  shape.parameters = *parameters_;
  Tool out{.name = declaration_.name,
           .title = declaration_.title,
           .description = declaration_.description,
           .input_schema = shape.input_schema("es"),
           .output_schema = output_schema_,
           .effect = declaration_.effect,
           .scope = declaration_.scope,
           .cost = declaration_.cost,
           .run = std::move(run)};
  out.schema_in = [shape](std::string_view language) { return shape.input_schema(language); };
  if (!declaration_.card.empty()) {
    // Hosts of the extension's first drafts read the flat key.
    out.meta = Object{{"ui", Object{{"resourceUri", declaration_.card}}}, {"ui/resourceUri", declaration_.card}};
  }
  return out;
}

Result<std::string> choose_fields(std::string structured, const std::vector<std::string>& fields, const std::string& list,
                                  const std::vector<std::string>& always) {
  auto tree = json::parse(structured);
  if (!tree) return fail(std::move(tree.error()));
  Object& whole = tree->as_object();
  if (list.empty()) keep_only(whole, fields, always);
  else for (auto& item : whole.at(list).as_array()) keep_only(item.as_object(), fields, always);
  return boost::json::serialize(*tree);
}

std::optional<Error> unknown_field(const std::vector<operations::Parameter>& parameters, const std::vector<std::string>& fields,
                                   const std::vector<std::string>& always) {
  if (fields.empty()) return std::nullopt;
  const auto at = std::ranges::find(parameters, std::string_view("fields"), &operations::Parameter::name);
  const auto& names = at->schema.at("items").as_object().at("enum").as_array();
  std::string known;
  for (const auto& name : names) known += (known.empty() ? "" : ", ") + std::string(name.as_string());
  for (const std::string& field : fields) {
    if (std::ranges::find(always, field) != always.end()) continue;
    if (std::ranges::any_of(names, [&](const auto& name) { return std::string_view(name.as_string()) == field; })) continue;
    return invalid_field("fields", "No es un campo de la respuesta; los hay: " + known + ".",
                         "Not a field of the answer; there are: " + known + ".");
  }
  return std::nullopt;
}

ToolResult bounded(std::string text, std::string structured, std::string_view language) {
  if (text.size() + structured.size() <= most_bytes) return mcp::text_result(text, JsonText{std::move(structured)});
  return mcp::error_result(language == "en"
                          ? "The answer is too long for a conversation: ask for fewer with `limit`, or name the `fields` you need."
                          : "La respuesta es demasiado larga para una conversación: pida menos con `limit`, o nombre en `fields` lo que necesita.");
}

std::optional<Error> not_ready(Call& call) {
  if (call.context().has_snapshot()) return std::nullopt;
  return error(Code::unavailable, "Todavía no hay datos: ninguna fuente se ha podido leer. Pruebe en unos segundos.",
               "There is no data yet: no source could be read. Try again in some seconds.");
}

Note cursor_note() {
  return {.name = "cursor",
          .about = {"El `next` de la respuesta anterior, para seguir.", "The previous answer's `next`, to go on."},
          .min = 1,
          .max = 200};
}

Note fields_note() {
  return {.name = "fields",
          .about = {"Solo estos campos; por omisión, todos.", "Only these fields; all by default."}};
}

Note contact_note() {
  return {.name = "include_contact",
          .about = {"Incluir teléfono, e-mail y documento; solo si hacen falta. Pide una clave de alcance write.",
                    "Include phone, e-mail and document; only when they are needed. Asks for a key of scope write."}};
}

Note limit_note(std::int64_t max) {
  return {.name = "limit", .about = {"Máximo de resultados.", "At most so many results."}, .min = 1, .max = max};
}

std::optional<Error> contact_refused(Call& call, bool asked) {
  if (!asked || may_see_contact(call)) return std::nullopt;
  return error(Code::forbidden,
               "Esta clave no puede ver datos de contacto: repita sin include_contact, o use una clave de alcance write.",
               "This key may not see contact details: repeat without include_contact, or use a key of scope write.");
}

Result<boost::json::value> ask_operation(Call& call, std::string_view operation, const Object& arguments) {
  const operations::Operation* found = operations::find_operation(operation);
  if (found == nullptr) return fail(error(Code::internal, "Esta versión no sabe hacerlo.", "This version cannot do that."));
  const auto answer = found->call(call.context(), operations::Arguments{.json = &arguments});
  if (!answer) return fail(answer.error());
  return json::parse(*answer);
}

}  // namespace aremko::assistants
