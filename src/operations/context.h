#pragma once
// What a call sees: the tenant it is for, who asks, and the snapshot it is answered from, taken once.

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/census.h"
#include "analytics/data_health.h"
#include "analytics/history.h"
#include "base/clock.h"
#include "base/progress.h"
#include "base/result.h"
#include "operations/browser.h"
#include "operations/duplicates_cache.h"
#include "operations/job_work.h"
#include "operations/linker_cache.h"
#include "operations/parameter.h"
#include "snapshot/holder.h"
#include "snapshot/snapshot.h"
#include "store/key_ring.h"
#include "store/store.h"

namespace aremko::operations {

/// One business. Tenants of a process share nothing but the process and its store.
struct Tenant {
  std::string name;
  std::shared_ptr<const Zone> zone;
  std::string booking_url;  // where a booking is made by hand; empty = not known
  snapshot::Holder holder;
  analytics::CensusCache census;
  LinkerCache linkers;
  DuplicatesCache duplicates;
  analytics::DataHealthCache data_health;
  /// Reads what changed of the sources, takes the store's live mappings, publishes and returns the new version;
  /// waits for all that. An error when there is nothing to publish yet.
  std::function<Result<std::uint64_t>()> refresh;
  /// Publishes the store's live mappings without asking the sources. Waits for it to the end, or a moment: false when it is
  /// not published by then, and will be soon.
  std::function<bool(bool to_the_end)> publish_links;
  /// Why what was read is not published; nothing when it is.
  std::function<std::optional<Text>()> publish_fault;
  /// Which sources lost much at once, with how many rows, and that a person says it is on purpose.
  std::function<std::optional<Text>()> loss;
  std::function<void()> accept_loss;
  std::atomic<bool> loss_accepted = false;  // a person said so, and no sync has been made since
  /// How the sources stand now, before the first publication too.
  std::function<std::vector<snapshot::SourceState>()> source_states;
  JobBoard jobs;  // long work in the hands of this process
};

/// The process: what every call may reach. Filled by `app`, lives as long as the doors.
struct Services {
  const Clock* clock = nullptr;
  store::Store* store = nullptr;
  store::KeyRing* keys = nullptr;
  store::SessionRing* sessions = nullptr;  // null where nobody signs in: at a shell
  Tries* tries = nullptr;                  // beside it
  std::map<std::string, std::unique_ptr<Tenant>, std::less<>> tenants;
  std::string version = "0";

  Tenant* tenant(std::string_view name) const {
    const auto at = tenants.find(name);
    return at == tenants.end() ? nullptr : at->second.get();
  }
};

class Context {
 public:
  /// `tenant` may be null for an operation that needs none. `principal.key_id` is who the audit names: "cli" at a shell.
  /// Long work reports to `watch`, and stops when it is asked to.
  Context(Services& services, Tenant* tenant, store::Principal principal, std::string_view language, Watch watch = {},
          Browser* browser = nullptr);

  Services& services() const { return *services_; }
  store::Store& store() const { return *services_->store; }
  Tenant& tenant() const { return *tenant_; }
  bool has_tenant() const { return tenant_ != nullptr; }
  const store::Principal& principal() const { return principal_; }
  std::string_view language() const { return language_; }
  const Watch& watch() const { return watch_; }
  /// Where the caller sits; null at a door without browsers.
  Browser* browser() const { return browser_; }

  bool has_snapshot() const { return snapshot_ != nullptr; }
  const snapshot::Snapshot& snapshot() const { return *snapshot_; }
  /// Answers' texts are views into it: it goes into their `kept`.
  const snapshot::SnapshotPtr& snapshot_ptr() const { return snapshot_; }

  /// How the sources stand at this moment: one may have failed since the snapshot was made.
  std::vector<snapshot::SourceState> source_states() const;

  UnixSeconds now() const { return services_->clock->now(); }
  /// Now, in the tenant's zone.
  Moment local_now() const { return tenant_->zone->local(now()); }
  /// The moment of an analysis: the end of the day asked for, else now.
  AsOf as_of(const std::optional<Date>& day) const {
    return day ? AsOf::end_of(*day) : AsOf{local_now()};
  }
  const analytics::RfmThresholds& thresholds() const { return tenant_->census.thresholds(); }
  std::shared_ptr<const analytics::Census> census(AsOf as_of) const { return tenant_->census.get(snapshot(), as_of); }

  /// `not_found` for an id that the snapshot does not have at as_of.
  Result<snapshot::Row> customer(std::int64_t id, AsOf as_of) const;
  Result<snapshot::Row> legacy(std::string_view legacy_id, AsOf as_of) const;

 private:
  Services* services_;
  Tenant* tenant_;
  store::Principal principal_;
  std::string_view language_;
  Watch watch_;
  Browser* browser_;
  snapshot::SnapshotPtr snapshot_;
};

/// The notes of inputs that many operations share.
Note as_of_note();  // from 1990-01-01 (before any source) to ten years ahead (an analysis of what is booked)
Note limit_note(std::int64_t max);
Note offset_note();
Note customer_id_note();
Note legacy_id_note();

}  // namespace aremko::operations
