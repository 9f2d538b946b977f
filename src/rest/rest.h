#pragma once
// The HTTP door: routes, documents and metrics over the operations. It only translates.

#include <string>

#include "net/router.h"
#include "net/server.h"
#include "operations/context.h"
#include "rest/metrics.h"

namespace aremko::rest {

/// Every operation at its path, /openapi.json, /docs and /metrics (behind an admin key). `services` and `metrics`
/// must outlive the server.
net::Router make_router(operations::Services& services, Metrics& metrics);

/// /metrics alone and without a key, for a port that only a scraper reaches.
net::Router make_metrics_router(const operations::Services& services, Metrics& metrics);

/// One log line a request (method, route pattern, status, microseconds, tenant) and its metrics.
net::Observer make_observer(Metrics& metrics);

}  // namespace aremko::rest
