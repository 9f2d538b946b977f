#pragma once
// Makes a confidence mean what it says: where the truth is known of some pairs (both have a valid RUT, or a person
// decided), what was claimed without that knowledge is held against it (Platt 1999). For this room alone.

#include <span>

namespace aremko::identity::match {

/// One claim: its log-odds, and what came of it.
struct Outcome {
  double log_odds = 0;
  bool same = false;
  double weight = 1;  // how many outcomes it stands for
};

class Calibration {
 public:
  Calibration() = default;
  /// The most probable correction `slope · x + offset`, given that beforehand none is. `known` are pairs judged by their
  /// RUTs, of which one in a hundred is somebody else's or mistyped; `decided` by people.
  static Calibration fit(std::span<const Outcome> known, std::span<const Outcome> decided);

  double apply(double log_odds) const { return slope_ * log_odds + offset_; }
  double slope() const { return slope_; }
  double offset() const { return offset_; }

 private:
  double slope_ = 1;
  double offset_ = 0;
};

}  // namespace aremko::identity::match
