#pragma once
// What the house sells and how: the catalogue, its places, masseuses, packs, prizes, and the days on which it is closed.

#include "demo/target.h"
#include "demo/world.h"

namespace aremko::demo {

void write_house(const World& world, Target& target);

}  // namespace aremko::demo
