#pragma once
// What a Prometheus scraper sees: requests by route and status, their time, and how each tenant's data stands.

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "net/server.h"
#include "operations/context.h"

namespace aremko::rest {

/// Any thread may call any of it.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  /// Counts one request; a mutex and a look-up, no allocation after a route's first request.
  void count(const net::Finished& request);

  /// Prometheus text format 0.0.4, with the tenants' state as of now.
  std::string text(const operations::Services& services);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace aremko::rest
