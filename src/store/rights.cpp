#include "store/rights.h"

#include "base/enum_values.h"

namespace aremko::store {

std::optional<Scope> scope_named(std::string_view name) {
  for (const Scope scope : enum_values<Scope>) {
    if (json_name(scope) == name) return scope;
  }
  return std::nullopt;
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : enum_values<Role>) {
    if (json_name(role) == name) return role;
  }
  return std::nullopt;
}

Text spoken(Role role) {
  switch (role) {
    case Role::reception: return {"recepción", "reception"};
    case Role::marketing: return {"marketing", "marketing"};
    case Role::owner: return {"dueño", "owner"};
    case Role::administration: return {"administración", "administration"};
  }
  return {};
}

namespace {

Text what_for(Right right) {
  switch (right) {
    case Right::contacts: return {"ver teléfonos, correos y documentos", "to see phones, e-mails and identity documents"};
    case Right::exporting: return {"exportar listas", "to export lists"};
    case Right::deciding: return {"decidir quién es quién", "to decide who is who"};
    case Right::sending: return {"enviar mensajes", "to send messages"};
    case Right::settings: return {"cambiar los ajustes", "to change the settings"};
  }
  return {};
}

}  // namespace

Error lacks(Right right) {
  const Text what = what_for(right);
  return error(Code::forbidden,
               "No tiene permiso para " + what.es + "; lo da quien administra, en Ajustes, o una clave de mayor alcance.",
               "You have no right " + what.en + "; an administrator gives it, under Settings, or a key of a larger scope.");
}

}  // namespace aremko::store
