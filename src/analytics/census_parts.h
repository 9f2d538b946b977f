#pragma once
// Splits a pass over everybody between threads.

#include <algorithm>
#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

#include "snapshot/snapshot.h"

namespace aremko::analytics {

/// One part for few rows: a thread costs as much as some thousand of them.
inline std::size_t parts_for(std::size_t rows, unsigned threads) {
  return rows < 20'000 ? 1 : std::max<std::size_t>(1, threads);
}

/// Calls f(part, from, to) for each part of the rows, each on its own thread but the first. Rethrows what one of
/// them throws, once all have ended.
template <class Function>
void in_parts(snapshot::Row rows, std::size_t parts, Function f) {
  const auto bound = [&](std::size_t part) { return static_cast<snapshot::Row>(std::size_t{rows} * part / parts); };
  std::vector<std::exception_ptr> failed(parts);
  const auto run = [&](std::size_t part) {
    try {
      f(part, bound(part), bound(part + 1));
    } catch (...) {
      failed[part] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t part = 1; part < parts; ++part) others.emplace_back([&run, part] { run(part); });
    run(0);
  }
  for (const auto& failure : failed) {
    if (failure) std::rethrow_exception(failure);
  }
}

}  // namespace aremko::analytics
