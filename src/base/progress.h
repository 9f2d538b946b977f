#pragma once
// How long work tells where it is, and hears that nobody wants it any more.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

namespace aremko {

/// Thrown by work that was asked to stop, once it has left everything as it was; caught where the work was started.
struct Cancelled {};

struct Watch {
  /// May be empty. Called by one thread at a time; `total` 0: not known.
  std::function<void(std::string_view phase, std::uint64_t done, std::uint64_t total)> report{};
  std::stop_token stop{};

  /// Reports, or throws Cancelled. Cheap enough for every few thousand rows.
  void at(std::string_view phase, std::uint64_t done = 0, std::uint64_t total = 0) const {
    if (stop.stop_requested()) throw Cancelled{};
    if (report) report(phase, done, total);
  }
};

}  // namespace aremko
