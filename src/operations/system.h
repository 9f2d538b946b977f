#pragma once
// Verbs about the server itself.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/result.h"
#include "operations/operation.h"

namespace aremko::operations {

struct Health {
  std::string status;   // "ok"
  std::string version;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status, version))
/// That the process lives; nothing else.
Result<Health> health(Context& context, const NoInput& input);

struct SourceReadiness {
  std::string name;
  bool ok = false;
  std::optional<std::string> detail;
  std::optional<std::int64_t> age_seconds;  // of the last good data
};
BOOST_DESCRIBE_STRUCT(SourceReadiness, (), (name, ok, detail, age_seconds))

struct TenantReadiness {
  std::string tenant;
  std::int64_t snapshot_version = 0;
  std::int64_t snapshot_age_seconds = 0;    // since it was built
  std::vector<SourceReadiness> sources;
};
BOOST_DESCRIBE_STRUCT(TenantReadiness, (), (tenant, snapshot_version, snapshot_age_seconds, sources))

struct Readiness {
  std::string status;   // "ready", or "degraded" while a source is down and its last good data is shown
  std::string store;    // "ok"
  std::vector<TenantReadiness> tenants;
};
BOOST_DESCRIBE_STRUCT(Readiness, (), (status, store, tenants))
/// `unavailable`, its fields saying why, while a tenant has nothing to show or the store does not answer.
Result<Readiness> ready(Context& context, const NoInput& input);

struct Refreshed {
  std::int64_t snapshot_version = 0;
  std::int64_t previous_version = 0;
  double seconds = 0;
};
BOOST_DESCRIBE_STRUCT(Refreshed, (), (snapshot_version, previous_version, seconds))
struct RefreshInput {
  std::optional<bool> accept_loss;
};
BOOST_DESCRIBE_STRUCT(RefreshInput, (), (accept_loss))

/// Reads what changed of the sources and publishes; waits for it.
Result<Refreshed> refresh(Context& context, const RefreshInput& input);

std::vector<Operation> system_operations();

}  // namespace aremko::operations
