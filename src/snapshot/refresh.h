#pragma once
// Keeps a tenant's snapshot fresh: asks its sources every so often whether they changed, loads what did, builds and
// publishes. A source that fails leaves its last good batch standing and is tried again; nothing needs a restart. One thread
// publishes, so that mappings reach readers while a source is slow to load, and all snapshots live in one arena's memory.

#include <atomic>
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
  /// Which customers are one person; token differs whenever it would. May be empty.
  std::function<std::vector<LiveMerge>()> merges{};
};

/// How many rows each source had when it had most, as it is kept between processes. Both may throw Outage; then what is known
/// here stands. May be empty.
struct Marks {
  std::function<std::optional<std::uint64_t>(std::string_view source)> most{};
  std::function<void(std::string_view source, std::uint64_t rows)> note{};
};

/// More than this share of what was there, and so many at least, is not lost at once by a spa's own work: a file cut off while
/// it was copied looks just so. Of a handful of rows, a person deletes a third in a minute.
inline constexpr double most_lost_at_once = 0.2;
inline constexpr std::uint64_t fewest_lost_at_once = 20;

struct RefresherOptions {
  std::string tenant;
  std::chrono::milliseconds interval{2000};
  /// A refresh that took t is followed by at least this many t of rest, so that loading never takes more than a
  /// quarter of the time. At a spa's size a refresh takes a tenth of a second and the interval decides.
  double rest = 3;
  unsigned threads = 2;
  /// A source that lost more than this share of the most rows it ever had (and `fewest_lost_at_once` or more) is held back: at
  /// once, little by little, or while nothing ran.
  double most_lost = most_lost_at_once;
  /// How long what is left has to stay as it is before it is shown none the less, as a loss that nobody has confirmed. A
  /// source without any row is never shown.
  std::chrono::milliseconds second_look{10'000};
  Marks marks{};
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
  /// Asks a load under way to give up, and waits until it has.
  void stop();

  /// Reads what changed, publishes when something did, and returns the version readers now see. Blocks; never runs
  /// beside another. `unavailable`, with the first source's reason, while nothing could be published yet.
  Result<std::uint64_t> refresh_now(const sources::Progress& progress = {});

  /// Publishes the mappings as they are now, without asking the sources; those asked for meanwhile share one publication.
  /// Waits for it to the end, or as long as a person likes to wait: false when that was not enough, and it comes a moment
  /// later.
  bool publish_links(bool to_the_end);

  /// How every source stands at this moment, whether or not something was published since.
  std::vector<SourceState> status() const;
  /// Why what was read is not published; nothing when it is.
  std::optional<Text> publish_fault() const;
  /// Which sources lost much at once, with how many rows; nothing when none has, or a person said that it is on purpose.
  std::optional<Text> loss() const;
  /// A person says that it is on purpose: the next refresh takes what is there.
  void accept_loss();

 private:
  /// A source that lost much, and has not got it back.
  struct Loss {
    std::uint64_t before = 0;  // rows
    std::uint64_t left = 0;
    std::string token;         // of the content that was looked at
    std::chrono::steady_clock::time_point since;
    bool shown = false;        // a second look found it the same
    bool accepted = false;
  };
  struct Watched {
    std::unique_ptr<sources::Source> source;
    std::optional<std::string> token;       // of the last good load
    std::optional<sources::Batch> batch;    // the last good one; guarded by state_mutex_
    std::optional<Loss> loss;               // guarded by state_mutex_
    std::uint64_t most = 0;                 // rows it had, but for what a person said is gone on purpose; guarded by state_mutex_
    std::optional<std::uint64_t> noted;     // of that, what is kept between processes; nothing: not asked yet; guarded by state_mutex_
    SourceState state;                      // guarded by state_mutex_
  };

  bool refresh_sources(const sources::Progress& progress);  // with work_mutex_ held
  std::optional<std::string> changed_token(Watched& watched);
  bool load_source(Watched& watched, std::string token, const sources::Progress& progress);
  bool much_gone(std::uint64_t before, std::uint64_t left) const;
  void learn_mark(Watched& watched, std::uint64_t rows);
  void note_marks();
  bool held_back(Watched& watched, const sources::Batch& batch, const std::string& token);
  void take(Watched& watched, sources::Batch batch, std::string token, double seconds);
  void failed(Watched& watched, const Error& error);
  void run(const std::stop_token& stop);

  std::uint64_t ask_to_publish();
  void wait_published(std::uint64_t request);
  void run_publisher(const std::stop_token& stop);
  // The publisher's thread alone:
  void publish_what_changed();
  bool refresh_links();
  void publish();
  void tell_first(const SnapshotPtr& built);

  std::vector<Watched> watched_;              // guarded by work_mutex_, but for what Watched says
  Links links_;
  std::atomic<bool> sources_changed_ = false;
  std::vector<LiveLink> live_;                // this and the next: the publisher's thread alone
  std::vector<LiveMerge> merges_;
  std::shared_ptr<const MergedPeople> merged_;  // of the last publication
  std::optional<std::string> links_token_;
  bool links_failed_ = false;
  bool first_told_ = false;
  bool unpublished_ = false;                  // something changed since the last publication
  std::atomic<std::uint64_t> version_ = 0;    // of the last publication
  std::atomic<std::chrono::milliseconds> took_{};  // the last publication
  const Clock& clock_;
  std::shared_ptr<const Zone> zone_;
  Holder& holder_;
  RefresherOptions options_;

  mutable std::mutex state_mutex_;
  std::optional<Text> publish_fault_;         // guarded by state_mutex_
  std::mutex work_mutex_;                     // one load at a time
  std::mutex wait_mutex_;
  std::condition_variable_any wake_;
  std::mutex publish_mutex_;
  std::condition_variable_any publish_wake_;
  std::uint64_t asked_ = 0;                   // guarded by publish_mutex_: requests to publish
  std::uint64_t done_ = 0;                    // guarded by publish_mutex_: those that were served, whatever came of it
  bool ended_ = false;                        // guarded by publish_mutex_
  std::jthread publisher_;
  std::jthread thread_;                       // last: it uses the others
};

}  // namespace aremko::snapshot
