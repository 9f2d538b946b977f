#pragma once
// Which lane a cost is: the same for every door.

#include "net/router.h"
#include "operations/operation.h"

namespace aremko::operations {

constexpr net::Work lane_of(Cost cost) {
  switch (cost) {
    case Cost::light: return net::Work::light;
    case Cost::quick: return net::Work::quick;
    case Cost::walk: return net::Work::walk;
    case Cost::store: return net::Work::wait;
  }
  return net::Work::wait;
}

}  // namespace aremko::operations
