#include "net/problem.h"

#include "base/json_write.h"

namespace aremko::net {

namespace {

struct Status {
  int number;
  std::string_view slug;  // the last part of the problem's type
  std::string_view es;
  std::string_view en;
};

constexpr Status statuses[] = {
    {200, "", "OK", "OK"},
    {201, "", "Creado", "Created"},
    {202, "", "Aceptado", "Accepted"},
    {204, "", "Sin contenido", "No Content"},
    {301, "", "Movido", "Moved Permanently"},
    {302, "", "Encontrado", "Found"},
    {303, "", "Vea otro", "See Other"},
    {304, "", "Sin cambios", "Not Modified"},
    {307, "", "Redirección temporal", "Temporary Redirect"},
    {308, "", "Redirección permanente", "Permanent Redirect"},
    {400, "malformed", "Solicitud ilegible", "Bad Request"},
    {401, "unauthorized", "Sin autorización", "Unauthorized"},
    {403, "forbidden", "Prohibido", "Forbidden"},
    {404, "not-found", "No encontrado", "Not Found"},
    {405, "not-allowed", "Método no permitido", "Method Not Allowed"},
    {406, "not-acceptable", "No aceptable", "Not Acceptable"},
    {408, "timeout", "Se agotó el tiempo de la solicitud", "Request Timeout"},
    {409, "conflict", "Conflicto", "Conflict"},
    {413, "too-large", "Contenido demasiado grande", "Content Too Large"},
    {415, "unsupported-media-type", "Tipo de contenido no admitido", "Unsupported Media Type"},
    {422, "invalid", "Datos inválidos", "Unprocessable Content"},
    {429, "too-many", "Demasiadas solicitudes", "Too Many Requests"},
    {431, "headers-too-large", "Encabezados demasiado grandes", "Request Header Fields Too Large"},
    {500, "internal", "Error interno", "Internal Server Error"},
    {501, "not-implemented", "No implementado", "Not Implemented"},
    {503, "unavailable", "Servicio no disponible", "Service Unavailable"},
    {505, "version", "Versión de HTTP no admitida", "HTTP Version Not Supported"},
};

const Status& find(int number) {
  static constexpr Status unknown{0, "error", "Error", "Error"};
  for (const auto& status : statuses) {
    if (status.number == number) return status;
  }
  return unknown;
}

std::string body_of(int number, const Text& detail, const std::vector<FieldError>& fields,
                    std::string_view language) {
  const auto& status = find(number);
  // A tag URI (RFC 4151) names the problem for good without claiming that a page stands there.
  std::string out = R"({"type":"tag:aremko.cl,2024:problem/)";
  out.append(status.slug).append(R"(","title":)");
  json::write_text(out, language == "en" ? status.en : status.es);
  out.append(R"(,"status":)").append(std::to_string(number)).append(R"(,"detail":)");
  json::write_text(out, detail.in(language));
  if (!fields.empty()) {
    out.append(R"(,"errors":[)");
    for (std::size_t i = 0; i < fields.size(); ++i) {
      out.append(i == 0 ? R"({"field":)" : R"(,{"field":)");
      json::write_text(out, fields[i].field);
      out.append(R"(,"message":)");
      json::write_text(out, fields[i].message.in(language));
      out += '}';
    }
    out += ']';
  }
  out += '}';
  return out;
}

Response response_of(int status, const Text& detail, const std::vector<FieldError>& fields,
                     std::string_view language) {
  Response out{.status = status, .content_type = "application/problem+json"};
  out.body = body_of(status, detail, fields, language);
  out.headers.add("Content-Language", language == "en" ? "en" : "es");
  return out;
}

}  // namespace

std::string_view status_title(int status, std::string_view language) {
  return language == "en" ? find(status).en : find(status).es;
}

Response problem(const Error& error, std::string_view language) {
  auto out = response_of(http_status(error.code), error.detail, error.fields, language);
  if (error.retry_after_s > 0) out.headers.add("Retry-After", std::to_string(error.retry_after_s));
  return out;
}

Response problem(int status, const Text& detail, std::string_view language) {
  return response_of(status, detail, {}, language);
}

Response beyond_share(std::string_view language) {
  auto many = error(Code::too_many, "Ya tiene demasiadas solicitudes en espera; envíe menos a la vez.",
                    "You have too many requests waiting already; send fewer at once.");
  many.retry_after_s = 1;
  return problem(many, language);
}

}  // namespace aremko::net
