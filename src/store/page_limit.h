#pragma once
// What every list here refuses. Inside `store` only.

#include <optional>

#include "base/error.h"

namespace aremko::store {

inline constexpr std::size_t max_page = 1'000;  // a page stays well under a megabyte

inline std::optional<Error> check_limit(std::size_t limit) {
  if (limit >= 1 && limit <= max_page) return std::nullopt;
  return invalid_field("limit", "Debe estar entre 1 y 1000.", "It must be from 1 to 1000.");
}

inline Error bad_cursor() {
  Error out = error(Code::malformed, "El cursor no es uno que diera este servidor.",
                    "The cursor is none that this server gave.");
  out.fields.push_back({"cursor", {"No se entiende.", "It cannot be read."}});
  return out;
}

}  // namespace aremko::store
