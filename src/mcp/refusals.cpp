#include "mcp/refusals.h"

#include "mcp/changes.h"
#include "mcp/quotas.h"
#include "mcp/session.h"

namespace aremko::mcp {

namespace {

template <class... Numbers>
RpcError refusal(std::string_view language, std::string_view es, std::string_view en, Numbers... numbers) {
  return {.code = rpc_code::too_much,
          .message = fmt::format(fmt::runtime(language == "en" ? en : es), numbers...),
          .http_status = 429};
}

}  // namespace

RpcError too_many_subscriptions(std::string_view language) {
  return refusal(language, "Hay demasiadas suscripciones: caben {} por sesión o escucha y {} por clave. Termine alguna.",
                 "There are too many subscriptions: there is room for {} in a session or stream and {} for a key. End some of them.",
                 Changes::most_uris, Quotas::most_subscriptions);
}

RpcError too_many_streams(std::string_view language) {
  return refusal(language, "Esta clave tiene abiertos los {} flujos de eventos que caben. Cierre alguno.",
                 "This key has the {} event streams open that there is room for. Close some of them.", Quotas::most_streams);
}

RpcError too_many_sessions(std::string_view language) {
  return refusal(language, "Esta clave tiene {} sesiones en uso, las que caben. Termine alguna.",
                 "This key has {} sessions in use, as many as there is room for. End some of them.",
                 Sessions::most_of_a_key);
}

RpcError too_many_questions(std::string_view language) {
  return refusal(language,
                 "Hay demasiadas preguntas sin responder: caben {} por sesión y {} por clave. Responda o cancele alguna.",
                 "There are too many unanswered questions: there is room for {} in a session and {} for a key. Answer or cancel some of them.",
                 Session::most_questions, Quotas::most_questions);
}

RpcError too_much_work(std::string_view language) {
  return refusal(language, "Esta clave tiene en curso todas las solicitudes que caben. Intente de nuevo en un momento.",
                 "This key has as many requests under way as there is room for. Try again in a moment.");
}

RpcError too_busy(std::string_view language) {
  return {.message = language == "en" ? "The server is busy; try again in a moment."
                                      : "El servidor está ocupado; intente de nuevo en un momento.",
          .http_status = 503};
}

}  // namespace aremko::mcp
