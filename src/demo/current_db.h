#pragma once
// Fills the booking system's tables.

#include <cstdint>
#include <string_view>
#include <vector>

#include "demo/demo.h"
#include "demo/live_file.h"
#include "demo/plan.h"
#include "demo/target.h"
#include "demo/world.h"

namespace aremko::demo {

/// Calls on every 4,096th step, so that a progress bar costs nothing.
class Ticker {
 public:
  Ticker(const Progress& progress, std::string_view phase, std::uint64_t total)
      : progress_(progress), phase_(phase), total_(total) {}
  ~Ticker() {
    if (progress_) progress_(phase_, done_, total_);
  }
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  void step() {
    if ((++done_ & 4095) == 0 && progress_) progress_(phase_, done_, total_);
  }

 private:
  const Progress& progress_;
  std::string_view phase_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
};

/// Customers, and what is known around them (demo/around_customers.h).
void write_customers(const World& world, Target& target, const Progress& progress, DemoSummary& summary);
/// Sales, as plan_sales() orders them, with all that hangs off them. Returns those that the services file has too.
std::vector<SoldLive> write_sales(const World& world, Target& target, const Progress& progress, DemoSummary& summary);

}  // namespace aremko::demo
