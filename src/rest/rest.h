#pragma once
// The HTTP door: routes, documents and metrics over the operations. It only translates.

#include <filesystem>
#include <string>

#include "net/router.h"
#include "net/server.h"
#include "operations/context.h"
#include "rest/metrics.h"

namespace aremko::rest {

/// Every operation at its path, /openapi.json, /docs, /metrics (behind an admin key), and the dashboard built into
/// the folder `web`; without one, / leads to /docs. `services` and `metrics` must outlive the server.
net::Router make_router(operations::Services& services, Metrics& metrics, const std::filesystem::path& web = {});

/// /metrics alone and without a key, for a port that only a scraper reaches.
net::Router make_metrics_router(const operations::Services& services, Metrics& metrics);

/// One log line a request (method, route pattern, status, microseconds, bytes, tenant, the key's public part, the number of the
/// one record that was asked for; of refusals the peer's address) and its metrics.
net::Observer make_observer(Metrics& metrics);

}  // namespace aremko::rest
