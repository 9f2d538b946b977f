// The publisher's half of Refresher.
#include <malloc.h>

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "snapshot/builder.h"
#include "snapshot/refresh.h"

namespace aremko::snapshot {

namespace {

constexpr std::chrono::milliseconds quick{300};  // a publication at a spa's size takes a tenth of a second
constexpr std::chrono::milliseconds longest_rest{3'000};

}  // namespace

std::uint64_t Refresher::ask_to_publish() {
  const std::lock_guard lock(publish_mutex_);
  ++asked_;
  publish_wake_.notify_all();
  return asked_;
}

void Refresher::wait_published(std::uint64_t request) {
  std::unique_lock lock(publish_mutex_);
  publish_wake_.wait(lock, [&] { return done_ >= request || ended_; });
}

bool Refresher::publish_links(bool to_the_end) {
  using std::chrono::milliseconds;
  // At a spa's size who decides sees it done. Where it takes longer, people who decide one after the other are not kept.
  constexpr milliseconds patience{2'000}, short_patience{40};
  const std::uint64_t request = ask_to_publish();
  std::unique_lock lock(publish_mutex_);
  const auto served = [&] { return done_ >= request || ended_; };
  if (to_the_end) publish_wake_.wait(lock, served);
  else publish_wake_.wait_for(lock, took_.load() <= quick ? patience : short_patience, served);
  return done_ >= request;
}

std::optional<Text> Refresher::publish_fault() const {
  const std::lock_guard state(state_mutex_);
  return publish_fault_;
}

void Refresher::run_publisher(const std::stop_token& stop) {
  std::unique_lock lock(publish_mutex_);
  while (true) {
    publish_wake_.wait(lock, stop, [this] { return asked_ > done_; });
    if (stop.stop_requested()) break;
    const std::uint64_t request = asked_, before = version_;
    lock.unlock();
    publish_what_changed();
    lock.lock();
    done_ = request;
    publish_wake_.notify_all();
    // A publication takes two processors: where it takes long, one in a row would leave none to whoever asks.
    if (version_ != before && took_.load() > quick) {
      publish_wake_.wait_for(lock, stop, std::min(took_.load(), longest_rest), [] { return false; });
    }
  }
  ended_ = true;
  publish_wake_.notify_all();
}

void Refresher::publish_what_changed() {
  std::optional<Text> fault;
  try {
    unpublished_ = sources_changed_.exchange(false) || unpublished_;
    unpublished_ = refresh_links() || unpublished_;
    if (!unpublished_) return;
    publish();
    unpublished_ = false;
  } catch (const std::bad_alloc&) {
    // What readers hold stays, and the next round builds again.
    fault = Text{"No alcanzó la memoria para publicar lo leído.", "There was not enough memory to publish what was read."};
  } catch (...) {
    fault = Text{"Lo leído no se pudo publicar por una falla interna.", "What was read could not be published: an internal fault."};
  }
  if (fault) log::failure("publish_failed", {{"tenant", options_.tenant}, {"reason", std::string_view(fault->en)}});
  const std::lock_guard state(state_mutex_);
  publish_fault_ = std::move(fault);
}

/// A store that does not answer leaves the mappings known last.
bool Refresher::refresh_links() {
  if (!links_.token) return false;
  std::string reason = "internal fault";
  try {
    std::string token = links_.token();
    if (links_token_ != token) {
      auto merges = links_.merges ? links_.merges() : std::vector<LiveMerge>{};
      live_ = links_.load();
      merges_ = std::move(merges);
      links_token_ = std::move(token);
      links_failed_ = false;
      return true;
    }
    links_failed_ = false;
    return false;
  } catch (const Outage& outage) {
    reason = outage.error().detail.en;
  } catch (...) {
    // Said below.
  }
  if (!std::exchange(links_failed_, true)) {
    log::warning("mappings_failed", {{"tenant", options_.tenant}, {"reason", std::string_view(reason)}});
  }
  return false;
}

void Refresher::tell_first(const SnapshotPtr& built) {
  if (first_told_ || !links_.first || !links_token_) return;
  {
    const std::lock_guard state(state_mutex_);
    if (!std::ranges::all_of(watched_, [](const Watched& watched) { return watched.batch.has_value(); })) return;
  }
  try {
    links_.first(*built);
    first_told_ = true;
  } catch (...) {
    // Told again with the next one.
  }
}

void Refresher::publish() {
  const auto start = std::chrono::steady_clock::now();
  BuildInput input;
  input.version = version_ + 1;
  input.built_at = clock_.now();
  input.zone = zone_;
  input.links = live_;
  bool any = false;
  {
    const std::lock_guard state(state_mutex_);
    for (const Watched& watched : watched_) {
      input.states.push_back(watched.state);
      if (!watched.batch) continue;
      any = true;
      if (const auto* current = std::get_if<std::shared_ptr<const sources::CurrentBatch>>(&*watched.batch)) {
        input.current = *current;
      } else if (const auto* legacy = std::get_if<std::shared_ptr<const sources::LegacyCustomersBatch>>(&*watched.batch)) {
        input.legacy = *legacy;
      } else {
        input.services = std::get<std::shared_ptr<const sources::LegacyServicesBatch>>(*watched.batch);
      }
    }
  }
  if (!any) return;
  input.merges = merges_;
  // What was merged is kept: decisions on old records, and sources that did not change, copy nobody.
  if (!merged_ || merged_->of != input.current || merged_->by != merges_) merged_ = merge_people(input.current, merges_);
  input.merged = merged_;
  SnapshotPtr built = Builder::build(std::move(input), options_.threads);
  const auto people = static_cast<std::int64_t>(built->person_count());
  tell_first(built);
  holder_.publish(std::move(built));
  ++version_;
  const auto took = std::chrono::steady_clock::now() - start;
  took_ = std::chrono::duration_cast<std::chrono::milliseconds>(took);
  log::info("publish", {{"tenant", options_.tenant}, {"version", static_cast<std::int64_t>(version_.load())},
                        {"people", people}, {"seconds", std::chrono::duration<double>(took).count()}});
  // What the one before took is free now, scattered between what lives; the allocator gives it back only when told.
  malloc_trim(0);
}

}  // namespace aremko::snapshot
