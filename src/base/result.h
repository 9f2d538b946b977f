#pragma once
// The value, or the Error that says why there is none. Outages and faults are exceptions; see Outage.

#include <expected>
#include <stdexcept>
#include <string>

#include "base/error.h"

namespace aremko {

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }

/// Something outside failed in a way no caller can mend: a database that went away, a disk that is full.
/// Thrown where it happens, caught in one place at each door, and answered as `error()`.
class Outage : public std::runtime_error {
 public:
  explicit Outage(Error error) : std::runtime_error(error.detail.en), error_(std::move(error)) {}
  const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace aremko
