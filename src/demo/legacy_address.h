#pragma once
#include <string>

#include "demo/world.h"

namespace aremko::demo {

/// The Direccion cell: `City, Region` in the many spellings of the real file, now and then something else.
std::string legacy_address(const World& world, const Contact& contact, Rng& rng);

}  // namespace aremko::demo
