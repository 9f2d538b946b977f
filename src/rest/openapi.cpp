#include "rest/openapi.h"

#include <set>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/json_schema.h"
#include "model/job.h"
#include "operations/all.h"

namespace aremko::rest {

namespace {

using boost::json::array;
using boost::json::object;
using operations::Operation;
using operations::Parameter;
using operations::Where;

struct Words {
  std::string_view language;
  std::string in(std::string_view es, std::string_view en) const { return std::string(language == "en" ? en : es); }
  const std::string& in(const Text& text) const { return text.in(language); }
};

std::string_view method_key(operations::Verb verb) {
  switch (verb) {
    case operations::Verb::get: return "get";
    case operations::Verb::post: return "post";
    case operations::Verb::put: return "put";
    case operations::Verb::delete_: return "delete";
  }
  return "";
}

object reference(std::string_view section, std::string_view name) {
  return {{"$ref", fmt::format("#/components/{}/{}", section, name)}};
}

// A parameter's example in its own type: the text "12" of an integer is 12.
boost::json::value typed_example(const Parameter& parameter) {
  const auto* type = parameter.schema.if_contains("type");
  const bool text = type != nullptr && *type == "string";
  return text ? boost::json::value(parameter.example) : boost::json::parse(parameter.example);
}

object parameter_object(const Parameter& parameter, const Words& words) {
  object out{{"name", parameter.name},
             {"in", parameter.where == Where::path ? "path" : "query"},
             {"description", words.in(parameter.about)},
             {"required", parameter.required},
             {"schema", parameter.schema}};
  if (!parameter.example.empty()) out["example"] = typed_example(parameter);
  return out;
}

object body_object(const Operation& operation, const Words& words) {
  object properties;
  array required;
  for (const Parameter& parameter : operation.parameters) {
    if (parameter.where != Where::body) continue;
    object schema = parameter.schema;
    schema["description"] = words.in(parameter.about);
    properties[parameter.name] = std::move(schema);
    if (parameter.required) required.emplace_back(parameter.name);
  }
  object schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  const bool needed = !required.empty();
  if (needed) schema["required"] = std::move(required);
  return {{"required", needed}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
}

// The refusals every operation of its kind has, and its own.
std::set<Code> refusals_of(const Operation& operation) {
  std::set<Code> out(operation.refusals.begin(), operation.refusals.end());
  if (operation.scope) out.insert({Code::unauthorized, Code::forbidden});
  if (operation.needs_tenant) out.insert(Code::not_found);
  if (!operation.parameters.empty()) out.insert(Code::invalid);
  out.insert({Code::malformed, Code::unavailable});
  return out;
}

std::string_view component_name(Code code) {
  switch (code) {
    case Code::malformed: return "Malformed";
    case Code::unauthorized: return "Unauthorized";
    case Code::forbidden: return "Forbidden";
    case Code::not_found: return "NotFound";
    case Code::not_allowed: return "NotAllowed";
    case Code::conflict: return "Conflict";
    case Code::too_large: return "TooLarge";
    case Code::invalid: return "Invalid";
    case Code::too_many: return "TooMany";
    case Code::internal: return "Internal";
    case Code::unavailable: return "Unavailable";
  }
  return "";
}

// RFC 7240: the answer to `Prefer: respond-async`.
object accepted_object(const Words& words, json::Schemas& shared) {
  const object text{{"type", "string"}};
  return {{"description", words.in("Con `Prefer: respond-async`: el trabajo, por consultar en `Location`.",
                                   "With `Prefer: respond-async`: the job, to be asked for at `Location`.")},
          {"headers",
           {{"Location", {{"description", words.in("La dirección del trabajo.", "The job's address.")}, {"schema", text}}},
            {"Preference-Applied", {{"description", "respond-async"}, {"schema", text}}}}},
          {"content", {{"application/json", {{"schema", json::schema_of<JobView>(&shared)}}}}}};
}

object responses_of(const Operation& operation, const Words& words, json::Schemas& shared) {
  object media{{"schema", operation.output_schema(&shared)}};
  if (!operation.example.empty()) media["example"] = boost::json::parse(operation.example);
  object out{{"200",
              {{"description", words.in("La respuesta.", "The answer.")},
               {"content", {{"application/json", std::move(media)}}}}}};
  if (operation.defer) out["202"] = accepted_object(words, shared);
  for (const Code code : refusals_of(operation)) {
    out[std::to_string(http_status(code))] = reference("responses", component_name(code));
  }
  return out;
}

object operation_object(const Operation& operation, const Words& words, json::Schemas& shared) {
  array parameters;
  bool has_body = false;
  for (const Parameter& parameter : operation.parameters) {
    if (parameter.where == Where::body) has_body = true;
    else parameters.emplace_back(parameter_object(parameter, words));
  }
  if (operation.scope) parameters.emplace_back(reference("parameters", "Tenant"));
  parameters.emplace_back(reference("parameters", "Language"));
  if (operation.defer) parameters.emplace_back(reference("parameters", "Prefer"));

  std::string description = words.in(operation.description);
  if (operation.scope) {
    if (!description.empty()) description += "\n\n";
    description += words.in("Alcance de la clave: `", "Key scope: `") + std::string(json_name(*operation.scope)) + "`.";
    if (operation.right) description += words.in(" Permiso: `", " Right: `") + std::string(json_name(*operation.right)) + "`.";
  }
  object out{{"operationId", operation.name}, {"tags", {operation.group}}, {"summary", words.in(operation.summary)}};
  if (!description.empty()) out["description"] = description;
  out["parameters"] = std::move(parameters);
  if (has_body) out["requestBody"] = body_object(operation, words);
  out["responses"] = responses_of(operation, words, shared);
  out["security"] = operation.scope ? array{object{{"ApiKey", array{}}}, object{{"Session", array{}}}} : array{};
  if (operation.scope) out["x-scope"] = json_name(*operation.scope);
  if (operation.right) out["x-right"] = json_name(*operation.right);
  return out;
}

Text refusal_text(Code code) {
  switch (code) {
    case Code::malformed: return {"La petición no se pudo leer.", "The request could not be read."};
    case Code::unauthorized: return {"Falta la clave, o no es de este servidor.", "No key, or not one of this server's."};
    case Code::forbidden: return {"La clave no alcanza, o es de otro tenant.", "The key lacks the scope, or is another tenant's."};
    case Code::not_found: return {"No existe.", "There is no such thing."};
    case Code::not_allowed: return {"Ese método no vale aquí.", "That method is not taken here."};
    case Code::conflict: return {"No se puede en el estado de ahora; `detail` dice por qué.", "Not as things stand; `detail` says why."};
    case Code::too_large: return {"Demasiado grande.", "Too large."};
    case Code::invalid: return {"Un dato está fuera de lo permitido; `errors` dice cuál.", "A value is not allowed; `errors` says which."};
    case Code::too_many: return {"Demasiadas peticiones; `Retry-After` dice cuándo seguir.", "Too many requests; `Retry-After` says when to go on."};
    case Code::internal: return {"Un fallo nuestro.", "A fault of ours."};
    case Code::unavailable: return {"Una fuente o el almacén no está disponible.", "A source or the store is down."};
  }
  return {};
}

object problem_schema() {
  const object text{{"type", "string"}};
  const object entry{{"type", "object"},
                     {"properties", {{"field", text}, {"message", text}}},
                     {"required", {"field", "message"}}};
  return {{"type", "object"},
          {"description", "RFC 9457"},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", text},
            {"errors", {{"type", "array"}, {"items", entry}}}}},
          {"required", {"type", "title", "status", "detail"}}};
}

object refusal_responses(std::span<const Operation> all, const Words& words) {
  std::set<Code> used;
  for (const Operation& operation : all) used.merge(refusals_of(operation));
  object out;
  for (const Code code : used) {
    out[component_name(code)] = object{
        {"description", words.in(refusal_text(code))},
        {"content", {{"application/problem+json", {{"schema", reference("schemas", "Problem")}}}}}};
  }
  return out;
}

object header_parameters(const Words& words) {
  const object tenant{{"name", "X-Tenant"},
                      {"in", "header"},
                      {"required", false},
                      {"description", words.in("El tenant; sin él, el de la clave.", "The tenant; the key's own when left out.")},
                      {"schema", {{"type", "string"}}},
                      {"example", "aremko"}};
  const object language{{"name", "Accept-Language"},
                        {"in", "header"},
                        {"required", false},
                        {"description", words.in("Idioma de los errores: `es` (por omisión) o `en`.",
                                                 "Language of errors: `es` (the default) or `en`.")},
                        {"schema", {{"type", "string"}}},
                        {"example", words.language}};
  const object prefer{{"name", "Prefer"},
                      {"in", "header"},
                      {"required", false},
                      {"description", words.in("`respond-async`: responder de inmediato con un trabajo (RFC 7240).",
                                               "`respond-async`: answer at once with a job (RFC 7240).")},
                      {"schema", {{"type", "string"}}},
                      {"example", "respond-async"}};
  return {{"Tenant", tenant}, {"Language", language}, {"Prefer", prefer}};
}

array tags_of(std::span<const Operation> all, const Words& words) {
  array out;
  for (const operations::Group& group : operations::all_groups()) {
    const bool used = std::ranges::any_of(all, [&](const Operation& operation) { return operation.group == group.name; });
    if (used) out.push_back(object{{"name", group.name}, {"description", words.in(group.about)}});
  }
  return out;
}

object info_object(std::string_view version, const Words& words) {
  return {{"title", "Aremko MCP"},
          {"version", version},
          {"summary", words.in("La historia completa de cada cliente de un spa, de todas sus fuentes.",
                               "A spa guest's whole history, from every source.")},
          {"description",
           words.in("Une la base de datos viva y los archivos históricos, y responde con el cliente entero. Todo `as_of` "
                    "mueve el instante del análisis; los montos son pesos chilenos enteros; los errores son RFC 9457.",
                    "Unites the live database and the legacy files, and answers with the whole customer. `as_of` moves the "
                    "instant of an analysis; amounts are whole Chilean pesos; errors are RFC 9457.")},
          {"license", {{"name", "Apache License 2.0"}, {"identifier", "Apache-2.0"}}}};
}

}  // namespace

std::string openapi(std::span<const Operation> all, std::string_view version, std::string_view language) {
  const Words words{language};
  json::Schemas shared;
  object paths;
  for (const Operation& operation : all) {
    auto& at = paths[operation.path];
    if (!at.is_object()) at = object{};
    at.as_object()[method_key(operation.verb)] = operation_object(operation, words, shared);
  }
  object schemas = shared.named();
  schemas["Problem"] = problem_schema();
  const object key{{"type", "apiKey"},
                   {"in", "header"},
                   {"name", "X-API-Key"},
                   {"description", words.in("Se crea con `aremko keys create`.", "Made with `aremko keys create`.")}};
  const object session{{"type", "apiKey"},
                       {"in", "cookie"},
                       {"name", "aremko_session"},
                       {"description", words.in("La de una persona que entró con nombre y PIN; lo que cambia algo pide además `X-Aremko-Session`.",
                                                "Of a person who signed in with name and PIN; what changes something asks for `X-Aremko-Session` besides.")}};
  const object document{{"openapi", "3.1.0"},
                        {"info", info_object(version, words)},
                        {"servers", {{{"url", "/"}}}},
                        {"security", array{object{{"ApiKey", array{}}}, object{{"Session", array{}}}}},
                        {"tags", tags_of(all, words)},
                        {"paths", std::move(paths)},
                        {"components",
                         {{"securitySchemes", {{"ApiKey", key}, {"Session", session}}},
                          {"parameters", header_parameters(words)},
                          {"responses", refusal_responses(all, words)},
                          {"schemas", std::move(schemas)}}}};
  return boost::json::serialize(document);
}

}  // namespace aremko::rest
