#pragma once
// Keeps a tenant's snapshot fresh: asks its sources every so often whether they changed, loads what did, builds and
// publishes. A source that fails leaves its last good batch standing and is tried again; nothing needs a restart.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "snapshot/holder.h"
#include "snapshot/snapshot.h"
#include "sources/source.h"

namespace aremko::snapshot {

/// Where live mappings come from. Both may throw Outage; then the mappings known last stand.
struct Links {
  std::function<std::vector<LiveLink>()> load;
  std::function<std::string()> token;  // differs whenever load() would
  /// Told of the first snapshot that has every source, and again with the next one when it threw Outage: mappings from before
  /// records were remembered learn theirs from it. May be empty.
  std::function<void(const Snapshot&)> first{};
};

struct RefresherOptions {
  std::string tenant;
  std::chrono::milliseconds interval{2000};
  /// A refresh that took t is followed by at least this many t of rest, so that loading never takes more than a
  /// quarter of the time. At a spa's size a refresh takes a tenth of a second and the interval decides.
  double rest = 3;
  unsigned threads = 2;
};

class Refresher {
 public:
  /// Publishes into `holder`, which with the clock must outlive it. Reads nothing yet.
  Refresher(std::vector<std::unique_ptr<sources::Source>> sources, Links links, const Clock& clock,
            std::shared_ptr<const Zone> zone, Holder& holder, RefresherOptions options);
  ~Refresher();
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

  /// Begins to watch, on a thread of its own.
  void start();
  /// Waits for a refresh under way.
  void stop();

  /// Reads what changed, publishes when something did, and returns the version readers now see. Blocks; never runs
  /// beside another. `unavailable`, with the first source's reason, while nothing could be published yet.
  Result<std::uint64_t> refresh_now(const sources::Progress& progress = {});

  /// How every source stands at this moment, whether or not something was published since.
  std::vector<SourceState> status() const;

 private:
  struct Watched {
    std::unique_ptr<sources::Source> source;
    std::optional<std::string> token;       // of the last good load
    std::optional<sources::Batch> batch;    // the last good one
    SourceState state;
  };

  void refresh(const sources::Progress& progress);  // with work_mutex_ held
  bool refresh_sources(const sources::Progress& progress);
  std::optional<std::string> changed_token(Watched& watched);
  bool load_source(Watched& watched, std::string token, const sources::Progress& progress);
  bool refresh_links();
  void failed(Watched& watched, const Error& error);
  void publish();
  void tell_first(const SnapshotPtr& built);
  void run(const std::stop_token& stop);

  std::vector<Watched> watched_;              // guarded by work_mutex_, but for the states
  Links links_;
  std::vector<LiveLink> live_;                // guarded by work_mutex_
  std::optional<std::string> links_token_;    // guarded by work_mutex_
  bool links_failed_ = false;                 // guarded by work_mutex_
  bool first_told_ = false;                   // guarded by work_mutex_
  bool unpublished_ = false;                  // guarded by work_mutex_; something changed since the last publication
  std::uint64_t version_ = 0;                 // guarded by work_mutex_
  const Clock& clock_;
  std::shared_ptr<const Zone> zone_;
  Holder& holder_;
  RefresherOptions options_;

  mutable std::mutex state_mutex_;            // guards Watched::state
  std::mutex work_mutex_;                     // one refresh at a time
  std::mutex wait_mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;                       // last: it uses the others
};

}  // namespace aremko::snapshot
