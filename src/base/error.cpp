#include "base/error.h"

namespace aremko {

int http_status(Code code) {
  switch (code) {
    case Code::malformed: return 400;
    case Code::unauthorized: return 401;
    case Code::forbidden: return 403;
    case Code::not_found: return 404;
    case Code::not_allowed: return 405;
    case Code::conflict: return 409;
    case Code::too_large: return 413;
    case Code::invalid: return 422;
    case Code::too_many: return 429;
    case Code::internal: return 500;
    case Code::unavailable: return 503;
  }
  return 500;
}

Error error(Code code, std::string es, std::string en) {
  return Error{.code = code, .detail = {std::move(es), std::move(en)}};
}

Error invalid_field(std::string field, std::string es, std::string en) {
  Error out = error(Code::invalid, "Hay un dato de entrada fuera de lo permitido; vea «errors».",
                    "An input value is not allowed; see \"errors\".");
  out.fields.push_back({std::move(field), {std::move(es), std::move(en)}});
  return out;
}

}  // namespace aremko
