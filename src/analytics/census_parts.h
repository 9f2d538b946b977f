#pragma once
// Splits a pass over all customers between threads.

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// One part for few rows: a thread costs as much as some thousand of them.
inline std::size_t parts_for(std::size_t rows, unsigned threads) {
  return rows < 20'000 ? 1 : std::max<std::size_t>(1, threads);
}

/// Calls f(part, from, to) for each part of the rows, each on its own thread but the first. `f` must not throw.
template <class Function>
void in_parts(snapshot::Row rows, std::size_t parts, Function f) {
  const auto bound = [&](std::size_t part) { return static_cast<snapshot::Row>(std::size_t{rows} * part / parts); };
  std::vector<std::jthread> others;
  for (std::size_t part = 1; part < parts; ++part) {
    others.emplace_back([&f, part, from = bound(part), to = bound(part + 1)] { f(part, from, to); });
  }
  f(std::size_t{0}, snapshot::Row{0}, bound(1));
}

}  // namespace aremko::analytics
