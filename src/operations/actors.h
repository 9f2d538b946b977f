#pragma once
// Whose word something is, as people read it.

#include <string>
#include <string_view>

#include "base/error.h"
#include "operations/context.h"

namespace aremko::operations {

/// The label of the key with this public id, "línea de comandos", or the id itself where nobody says whose it is.
Text actor_name(const Context& context, std::string_view actor);

/// "Recepción, el 26-11-2026 a las 14:02", in the tenant's zone.
Text who_and_when(const Context& context, std::string_view actor, UnixSeconds at);

}  // namespace aremko::operations
