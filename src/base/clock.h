#pragma once
// The clock is passed in, so that a test decides what time it is; Zone turns instants into local moments.

#include <cstdint>
#include <string>
#include <vector>

#include "base/civil.h"
#include "base/result.h"

namespace aremko {

/// Seconds since 1970-01-01T00:00:00Z.
using UnixSeconds = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixSeconds now() const = 0;
};

class SystemClock final : public Clock {
 public:
  UnixSeconds now() const override;
};

/// For tests and `--as-of`: stands still until told otherwise. Not for several threads at once.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(UnixSeconds now) : now_(now) {}
  UnixSeconds now() const override { return now_; }
  void set(UnixSeconds now) { now_ = now; }

 private:
  UnixSeconds now_;
};

/// A time zone's offsets, copied out of the system's tzdata for 1900–2100 so that a look-up is a binary search.
/// After 2037 the zone's last known offset holds (a limit of the tz library).
class Zone {
 public:
  /// `name` as in tzdata, e.g. "America/Santiago".
  static Result<Zone> load(const std::string& name);

  const std::string& name() const { return name_; }
  Moment local(UnixSeconds utc) const;
  /// The instant of a local moment; the earlier one where a clock change makes two.
  UnixSeconds utc(Moment local) const;
  /// Seconds east of UTC at an instant.
  std::int32_t offset_at(UnixSeconds utc) const;

 private:
  struct Transition {
    UnixSeconds from;
    std::int32_t offset_s;
  };
  std::string name_;
  std::vector<Transition> transitions_;  // ascending; never empty
};

}  // namespace aremko
