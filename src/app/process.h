#pragma once
// The wiring: from a configuration to tenants with their sources, the store and its keys.

#include <memory>
#include <string_view>
#include <vector>

#include "app/config.h"
#include "base/clock.h"
#include "operations/context.h"
#include "operations/job_runner.h"
#include "operations/tries.h"
#include "snapshot/refresh.h"
#include "store/key_ring.h"
#include "store/store.h"

namespace aremko::app {

/// One process's tenants. Destroyed in an order that leaves no thread behind.
class Process {
 public:
  /// Opens the store (throws Outage when it cannot be had) and prepares every tenant of the configuration, or the
  /// one that is `only`. Reads no source yet. The clock must outlive the process.
  static Result<std::unique_ptr<Process>> open(const Config& config, const Clock& clock, std::string_view only = {});

  operations::Services& services() { return services_; }

  /// Reads a tenant's sources now, whatever changed; an error when nothing could be read.
  Result<std::uint64_t> refresh(std::string_view tenant, const sources::Progress& progress);

  /// From now on the sources are asked every so often whether they changed, and queued jobs are done.
  void watch();

 private:
  struct Watched {
    operations::Tenant* tenant = nullptr;
    std::unique_ptr<snapshot::Refresher> refresher;
  };

  Process() = default;
  Result<void> add_tenant(const TenantConfig& tenant, const Config& config);

  const Clock* clock_ = nullptr;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::SessionRing> sessions_;
  operations::Tries tries_;
  std::unique_ptr<store::KeyRing> keys_;  // its thread refreshes the sessions too
  operations::Services services_;
  std::vector<Watched> watched_;  // their threads publish into services_
  std::vector<std::unique_ptr<operations::JobRunner>> runners_;  // last: what they do uses all the others
};

}  // namespace aremko::app
