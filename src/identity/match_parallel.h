#pragma once
// For this room alone.

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace aremko::identity::match {

// Runs `work(from, to)` over [0, count) on all processors.
template <class Work>
void in_parallel(std::size_t count, const Work& work) {
  const std::size_t threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 1 + count / 4'096);
  std::vector<std::jthread> running;
  for (std::size_t t = 1; t < threads; ++t) {
    running.emplace_back([&, t] { work(count * t / threads, count * (t + 1) / threads); });
  }
  work(0, count / threads);
}

}  // namespace aremko::identity::match
