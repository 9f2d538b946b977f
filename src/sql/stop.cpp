#include "sql/stop.h"

#include <sys/eventfd.h>

#include <atomic>

namespace aremko::sql {
namespace {

std::atomic<bool> stopped = false;

}  // namespace

int stop_descriptor() noexcept {
  static const int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);  // open as long as the process lives
  return descriptor;
}

void stop_waiting() noexcept {
  stopped = true;
  eventfd_write(stop_descriptor(), 1);
}

bool waiting_stopped() noexcept { return stopped; }

}  // namespace aremko::sql
