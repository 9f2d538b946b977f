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

}  // namespace

bool may(const Context& context, Right right) { return context.principal().may(right); }

Error asks_for_contacts() {
  return error(Code::forbidden, "Esta clave busca solo por nombre: por teléfono, RUT o e-mail busca una clave de alcance write.",
               "This key searches by name alone: by phone, RUT or e-mail searches a key of scope write.");
}

bool needs_worker(const Services& services, std::string_view key) {
  return !key.empty() && !services.keys->check(key);
}

namespace {

Result<Access> access_of(const Services& services, Needed needed, const Credentials& credentials,
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
  // A person is told of the right: keys' scopes are nothing to them.
  if (needed.right && !principal->may(*needed.right) && (principal->role || store::covers(principal->scope, needed.scope))) {
    return fail(store::lacks(*needed.right));
  }
  if (!store::covers(principal->scope, needed.scope)) {
    if (principal->role) {
      const Text role = store::spoken(*principal->role);
      return fail(error(Code::forbidden, "El rol «" + role.es + "» no llega hasta aquí; pídalo a quien administra.",
                        "The role \"" + role.en + "\" does not reach this; ask an administrator."));
    }
    const std::string scope(json_name(needed.scope));
    return fail(error(Code::forbidden, "La clave no alcanza: hace falta el alcance «" + scope + "».",
                      "The key does not suffice: the scope \"" + scope + "\" is needed."));
  }
  return Access{tenant, std::move(*principal), {.stop = credentials.stop}, credentials.browser};
}

bool shows_session(const Services& services, const Credentials& credentials) {
  return credentials.key.empty() && !credentials.session.empty() && services.sessions != nullptr;
}

Result<store::Principal> signed_in(const Services& services, const Credentials& credentials) {
  if (auto known = services.sessions->check(credentials.session, credentials.in_use)) return *std::move(known);
  const auto looked = services.keys->look_again();
  if (!looked) return fail(looked.error());
  if (*looked) {
    if (auto known = services.sessions->check(credentials.session, credentials.in_use)) return *std::move(known);
  }
  return fail(error(Code::unauthorized, "La sesión terminó: entre de nuevo.", "The session is over: sign in again."));
}

}  // namespace

Result<Access> authorise(const Services& services, Needed needed, const Credentials& credentials) {
  if (shows_session(services, credentials)) return access_of(services, needed, credentials, signed_in(services, credentials));
  if (credentials.key.empty()) return fail(no_key());
  return access_of(services, needed, credentials, services.keys->authenticate(credentials.key));
}

std::optional<Result<Access>> authorise_at_once(const Services& services, Needed needed, const Credentials& credentials) {
  if (credentials.key.empty() && !shows_session(services, credentials)) return fail(no_key());
  auto principal = shows_session(services, credentials) ? services.sessions->check(credentials.session, credentials.in_use)
                                                        : services.keys->check(credentials.key);
  if (!principal) return std::nullopt;
  return access_of(services, needed, credentials, *std::move(principal));
}

Result<std::string> perform(Services& services, const Operation& operation, const Access& access,
                            std::string_view language, const Arguments& arguments) {
  if (operation.right && !access.principal.may(*operation.right)) return fail(store::lacks(*operation.right));
  Context context(services, access.tenant, access.principal, language, access.watch, access.browser);
  if (operation.needs_snapshot && !context.has_snapshot()) return fail(not_published());
  return operation.call(context, arguments);
}

Result<std::string> perform(Services& services, const Operation& operation, const Credentials& credentials,
                            std::string_view language, const Arguments& arguments, std::string_view* tenant_name) {
  if (!operation.scope) return perform(services, operation, Access{.browser = credentials.browser}, language, arguments);
  const auto access = authorise(services, {*operation.scope, operation.right}, credentials);
  if (!access) return fail(access.error());
  if (tenant_name != nullptr) *tenant_name = access->tenant->name;
  return perform(services, operation, *access, language, arguments);
}

Result<Deferred> perform_later(Services& services, const Operation& operation, const Credentials& credentials,
                               std::string_view language, const Arguments& arguments, std::string_view* tenant_name) {
  const auto access = authorise(services, {operation.scope.value_or(Scope::admin), operation.right}, credentials);
  if (!access) return fail(access.error());
  *tenant_name = access->tenant->name;
  Context context(services, access->tenant, access->principal, language);
  if (operation.needs_snapshot && !context.has_snapshot()) return fail(not_published());
  return operation.defer(context, arguments);
}

}  // namespace aremko::operations
