#include "identity/match_calibrate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace aremko::identity::match {

namespace {

constexpr double reach = 8;         // log-odds beyond it count as this much: 99.97 %
constexpr double width = 0.1;       // of a bin
constexpr std::size_t bins = static_cast<std::size_t>(2 * reach / width) + 1;
constexpr double foreign_rut = 0.01;
constexpr double slope_spread = 0.15;  // beforehand: standard deviations about 1 and 0
constexpr double offset_spread = 0.5;

struct Bin {
  double same = 0;
  double other = 0;
};
using Bins = std::array<Bin, bins>;

Bins sorted_into_bins(std::span<const Outcome> outcomes) {
  Bins out{};
  for (const Outcome& outcome : outcomes) {
    const double x = std::clamp(outcome.log_odds, -reach, reach);
    Bin& bin = out[static_cast<std::size_t>(std::lround((x + reach) / width))];
    (outcome.same ? bin.same : bin.other) += outcome.weight;
  }
  return out;
}

double ln_likelihood(const Bins& counts, double slope, double offset, double wrong_labels) {
  double sum = 0;
  for (std::size_t i = 0; i < bins; ++i) {
    if (counts[i].same + counts[i].other == 0) continue;
    const double x = static_cast<double>(i) * width - reach;
    const double p = 1 / (1 + std::exp(-(slope * x + offset)));
    const double seen = std::clamp(p * (1 - wrong_labels) + (1 - p) * wrong_labels, 1e-9, 1 - 1e-9);
    sum += counts[i].same * std::log(seen) + counts[i].other * std::log1p(-seen);
  }
  return sum;
}

}  // namespace

Calibration Calibration::fit(std::span<const Outcome> known, std::span<const Outcome> decided) {
  const Bins by_rut = sorted_into_bins(known);
  const Bins by_people = sorted_into_bins(decided);
  const auto worth = [&](double slope, double offset) {
    const double s = (slope - 1) / slope_spread;
    const double o = offset / offset_spread;
    return ln_likelihood(by_rut, slope, offset, foreign_rut) + ln_likelihood(by_people, slope, offset, 0.002) - (s * s + o * o) / 2;
  };
  // Two numbers and a smooth hill: walk uphill with steps that shrink.
  Calibration best;
  double most = worth(best.slope_, best.offset_);
  for (double step = 0.2; step > 0.002;) {
    bool higher = false;
    for (const auto& [ds, db] : {std::pair(step, 0.0), std::pair(-step, 0.0), std::pair(0.0, step), std::pair(0.0, -step),
                                 std::pair(step, -step), std::pair(-step, step)}) {
      const double slope = std::clamp(best.slope_ + ds / 2, 0.5, 1.5);
      const double offset = std::clamp(best.offset_ + db, -2.0, 2.0);
      const double now = worth(slope, offset);
      if (now <= most) continue;
      most = now;
      best.slope_ = slope;
      best.offset_ = offset;
      higher = true;
    }
    if (!higher) step /= 2;
  }
  return best;
}

}  // namespace aremko::identity::match
