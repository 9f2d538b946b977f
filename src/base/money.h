#pragma once
#include <cstdint>

namespace aremko {

/// Whole Chilean pesos; there are no cents. Any real amount fits many times over.
using Pesos = std::int64_t;

}  // namespace aremko
