#include "operations/access.h"

#include "base/text.h"
#include "operations/contact_question.h"

namespace aremko::operations {

namespace {

Error no_key() {
  return error(Code::unauthorized, "Falta la clave: envíela en X-API-Key. Se crea con «aremko keys create».",
               "No key: send it in X-API-Key. It is made with \"aremko keys create\".");
}

Error not_published() {
  Error out = error(Code::unavailable, "Todavía no hay datos: ninguna fuente se ha podido leer. Vea /api/v1/ready.",
                    "There is no data yet: no source could be read. See /api/v1/ready.");
  out.retry_after_s = 2;  // as often as sources are asked by default
  return out;
}

Result<Access> access_of(const Services& services, Scope needed, const Credentials& credentials,
                         Result<store::Principal> principal) {
  if (!principal) return fail(std::move(principal.error()));
  // Tenants' names are in small letters; who calls writes them as the house is called.
  const std::string asked = ascii_lower(trim(credentials.tenant));
  if (!asked.empty() && asked != principal->tenant) {
    if (services.tenant(asked) == nullptr) {
      return fail(error(Code::not_found, "Este servidor no tiene ese tenant; revise X-Tenant.",
                        "This server has no such tenant; check X-Tenant."));
    }
    return fail(error(Code::forbidden, "La clave es de otro tenant; revise X-Tenant.",
                      "The key is another tenant's; check X-Tenant."));
  }
  Tenant* tenant = services.tenant(principal->tenant);
  if (tenant == nullptr) {
    return fail(error(Code::not_found, "El tenant de la clave no está en este servidor.",
                      "The key's tenant is not on this server."));
  }
  if (!store::covers(principal->scope, needed)) {
    const std::string scope(json_name(needed));
    return fail(error(Code::forbidden, "La clave no alcanza: hace falta el alcance «" + scope + "».",
                      "The key does not suffice: the scope \"" + scope + "\" is needed."));
  }
  return Access{tenant, std::move(*principal), {.stop = credentials.stop}};
}

}  // namespace

bool shows_contacts(const Context& context) { return sees_contacts(context.principal().scope); }

Error asks_for_contacts() {
  return error(Code::forbidden, "Esta clave busca solo por nombre: por teléfono, RUT o e-mail busca una clave de alcance write.",
               "This key searches by name alone: by phone, RUT or e-mail searches a key of scope write.");
}

bool needs_worker(const Services& services, std::string_view key) {
  return !key.empty() && !services.keys->check(key);
}

Result<Access> authorise(const Services& services, Scope needed, const Credentials& credentials) {
  if (credentials.key.empty()) return fail(no_key());
  return access_of(services, needed, credentials, services.keys->authenticate(credentials.key));
}

std::optional<Result<Access>> authorise_at_once(const Services& services, Scope needed, const Credentials& credentials) {
  if (credentials.key.empty()) return fail(no_key());
  auto principal = services.keys->check(credentials.key);
  if (!principal) return std::nullopt;
  return access_of(services, needed, credentials, *std::move(principal));
}

Result<std::string> perform(Services& services, const Operation& operation, const Access& access,
                            std::string_view language, const Arguments& arguments) {
  Context context(services, access.tenant, access.principal, language, access.watch);
  if (operation.needs_snapshot && !context.has_snapshot()) return fail(not_published());
  return operation.call(context, arguments);
}

Result<std::string> perform(Services& services, const Operation& operation, const Credentials& credentials,
                            std::string_view language, const Arguments& arguments, std::string_view* tenant_name) {
  if (!operation.scope) return perform(services, operation, Access{}, language, arguments);
  const auto access = authorise(services, *operation.scope, credentials);
  if (!access) return fail(access.error());
  if (tenant_name != nullptr) *tenant_name = access->tenant->name;
  return perform(services, operation, *access, language, arguments);
}

Result<Deferred> perform_later(Services& services, const Operation& operation, const Credentials& credentials,
                               std::string_view language, const Arguments& arguments, std::string_view* tenant_name) {
  const auto access = authorise(services, operation.scope.value_or(Scope::admin), credentials);
  if (!access) return fail(access.error());
  *tenant_name = access->tenant->name;
  Context context(services, access->tenant, access->principal, language);
  if (operation.needs_snapshot && !context.has_snapshot()) return fail(not_published());
  return operation.defer(context, arguments);
}

}  // namespace aremko::operations
