#include "snapshot/refresh.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/log.h"
#include "snapshot/builder.h"

namespace aremko::snapshot {

namespace {

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

Error unexpected_fault() {
  return error(Code::internal, "La fuente no se pudo leer por una falla interna.",
               "The source could not be read because of an internal fault.");
}

// A file cut to its header or a table in the middle of a restore: nobody loses all customers at once.
Error came_back_empty() {
  return error(Code::unavailable, "La fuente quedó vacía; sigue en uso lo último leído. Si es a propósito, reinicie el servidor.",
               "The source has become empty; what was read last stays in use. If this is on purpose, restart the server.");
}

// What a source throws is an outage of its own, or a fault of ours; neither may end the thread.
template <class T, class Call>
Result<T> guarded(const Call& call) {
  try {
    return call();
  } catch (const Outage& outage) {
    return fail(outage.error());
  } catch (...) {
    return fail(unexpected_fault());
  }
}

const sources::LoadReport& report_of(const sources::Batch& batch) {
  return std::visit([](const auto& loaded) -> const sources::LoadReport& { return loaded->report; }, batch);
}

}  // namespace

Refresher::Refresher(std::vector<std::unique_ptr<sources::Source>> sources, Links links, const Clock& clock,
                     std::shared_ptr<const Zone> zone, Holder& holder, RefresherOptions options)
    : links_(std::move(links)), clock_(clock), zone_(std::move(zone)), holder_(holder), options_(std::move(options)) {
  for (auto& source : sources) {
    SourceState state;
    state.name = source->name();
    state.description = source->describe();
    state.detail_es = "Todavía no se ha leído.";
    state.detail_en = "Not read yet.";
    watched_.push_back({.source = std::move(source), .token = {}, .batch = {}, .state = std::move(state)});
  }
}

Refresher::~Refresher() { stop(); }

void Refresher::start() {
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Refresher::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Refresher::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto start = SteadyClock::now();
    try {
      const std::lock_guard work(work_mutex_);
      refresh({});
    } catch (...) {
      // Memory ran out between two guarded calls: readers keep what they have, and the next round tries again.
      log::failure("refresh_failed", {{"tenant", options_.tenant}});
    }
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>((SteadyClock::now() - start) * options_.rest);
    std::unique_lock wait(wait_mutex_);
    wake_.wait_for(wait, stop, std::max(options_.interval, rest), [] { return false; });
  }
}

Result<std::uint64_t> Refresher::refresh_now(const sources::Progress& progress) {
  const std::lock_guard work(work_mutex_);
  refresh(progress);
  if (version_ > 0) return version_;
  const std::lock_guard state(state_mutex_);
  for (const Watched& watched : watched_) {
    if (!watched.state.ok) return fail(error(Code::unavailable, watched.state.detail_es, watched.state.detail_en));
  }
  return fail(unexpected_fault());
}

std::vector<SourceState> Refresher::status() const {
  const std::lock_guard state(state_mutex_);
  std::vector<SourceState> out;
  for (const Watched& watched : watched_) out.push_back(watched.state);
  return out;
}

void Refresher::refresh(const sources::Progress& progress) {
  unpublished_ = refresh_sources(progress) || unpublished_;
  unpublished_ = refresh_links() || unpublished_;
  const bool any = std::ranges::any_of(watched_, [](const Watched& watched) { return watched.batch.has_value(); });
  if (!unpublished_ || !any) return;
  try {
    publish();
    unpublished_ = false;
  } catch (...) {
    // Out of memory, most likely: what readers hold stays, and the next round builds again.
    log::failure("publish_failed", {{"tenant", options_.tenant}});
  }
}

/// A source that waits for its server leaves the processor to one that reads a file: the first of those that changed is
/// loaded here, the others beside it.
bool Refresher::refresh_sources(const sources::Progress& progress) {
  std::vector<std::pair<Watched*, std::string>> changed;
  for (Watched& watched : watched_) {
    if (auto token = changed_token(watched)) changed.emplace_back(&watched, std::move(*token));
  }
  if (changed.empty()) return false;
  std::mutex telling;
  const sources::Progress told = [&](std::string_view phase, std::uint64_t done, std::uint64_t total) {
    const std::lock_guard one(telling);
    progress(phase, done, total);
  };
  const sources::Progress none;
  const sources::Progress& tell = progress ? told : none;
  std::atomic<bool> news{false};
  const auto load = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      try {
        if (load_source(*changed[i].first, std::move(changed[i].second), tell)) news = true;
      } catch (...) {
        // Out of memory, most likely, before what was loaded was taken or after: to publish once too often is harmless.
        log::failure("refresh_failed", {{"tenant", options_.tenant}});
        news = true;
      }
    }
  };
  {
    std::jthread others;
    if (changed.size() > 1 && options_.threads > 1) {
      others = std::jthread([&] { load(1, changed.size()); });
      load(0, 1);
    } else {
      load(0, changed.size());
    }
  }
  return news;
}

/// The token of a source that is to be loaded; nothing when it cannot be asked, or is as it was.
std::optional<std::string> Refresher::changed_token(Watched& watched) {
  const auto token = guarded<std::string>([&] { return watched.source->change_token(); });
  if (!token) {
    failed(watched, token.error());
    return std::nullopt;
  }
  if (watched.token == *token) {
    // Seen unchanged is seen working: a source that was away and came back as it was is well again.
    const std::lock_guard state(state_mutex_);
    watched.state.ok = true;
    watched.state.detail_es.clear();
    watched.state.detail_en.clear();
    watched.state.last_good = clock_.now();
    return std::nullopt;
  }
  return *token;
}

bool Refresher::load_source(Watched& watched, std::string token, const sources::Progress& progress) {
  const auto start = SteadyClock::now();
  auto batch = guarded<sources::Batch>([&] { return watched.source->load(progress); });
  if (!batch) {
    failed(watched, batch.error());
    return false;
  }
  if (watched.batch && report_of(*batch).rows_kept == 0 && report_of(*watched.batch).rows_kept > 0) {
    failed(watched, came_back_empty());
    return false;
  }
  watched.token = std::move(token);
  watched.batch = std::move(*batch);
  const sources::LoadReport& report = report_of(*watched.batch);
  log::info("load", {{"tenant", options_.tenant}, {"source", watched.source->name()},
                     {"rows", static_cast<std::int64_t>(report.rows_kept)},
                     {"refused", static_cast<std::int64_t>(report.rows_refused)}, {"seconds", seconds_since(start)}});
  const std::lock_guard state(state_mutex_);
  watched.state.ok = true;
  watched.state.detail_es.clear();
  watched.state.detail_en.clear();
  watched.state.description = watched.source->describe();
  watched.state.last_good = clock_.now();
  watched.state.report = report;
  return true;
}

void Refresher::failed(Watched& watched, const Error& error) {
  const std::lock_guard state(state_mutex_);
  if (watched.state.ok || watched.state.detail_en != error.detail.en) {
    log::warning("source_failed", {{"tenant", options_.tenant}, {"source", watched.source->name()},
                                   {"reason", std::string_view(error.detail.en)}});
  }
  watched.state.ok = false;
  watched.state.detail_es = error.detail.es;
  watched.state.detail_en = error.detail.en;
}

bool Refresher::refresh_links() {
  if (!links_.token) return false;
  const auto token = guarded<std::string>([&]() -> Result<std::string> { return links_.token(); });
  if (token && links_token_ == *token) {
    links_failed_ = false;
    return false;
  }
  auto live = token ? guarded<std::vector<LiveLink>>([&]() -> Result<std::vector<LiveLink>> { return links_.load(); })
                    : Result<std::vector<LiveLink>>(fail(token.error()));
  if (!live) {
    if (!std::exchange(links_failed_, true)) {
      log::warning("mappings_failed", {{"tenant", options_.tenant}, {"reason", std::string_view(live.error().detail.en)}});
    }
    return false;
  }
  links_failed_ = false;
  links_token_ = *token;
  live_ = std::move(*live);
  return true;
}

void Refresher::tell_first(const SnapshotPtr& built) {
  if (first_told_ || !links_.first || !links_token_) return;
  if (!std::ranges::all_of(watched_, [](const Watched& watched) { return watched.batch.has_value(); })) return;
  const auto told = guarded<bool>([&]() -> Result<bool> {
    links_.first(*built);
    return true;
  });
  first_told_ = told.has_value();
}

void Refresher::publish() {
  const auto start = SteadyClock::now();
  BuildInput input;
  input.version = version_ + 1;
  input.built_at = clock_.now();
  input.zone = zone_;
  input.links = live_;
  input.states = status();
  for (const Watched& watched : watched_) {
    if (!watched.batch) continue;
    if (const auto* current = std::get_if<std::shared_ptr<const sources::CurrentBatch>>(&*watched.batch)) {
      input.current = *current;
    } else if (const auto* legacy = std::get_if<std::shared_ptr<const sources::LegacyCustomersBatch>>(&*watched.batch)) {
      input.legacy = *legacy;
    } else {
      input.services = std::get<std::shared_ptr<const sources::LegacyServicesBatch>>(*watched.batch);
    }
  }
  SnapshotPtr built = Builder::build(std::move(input), options_.threads);
  const auto people = static_cast<std::int64_t>(built->person_count());
  tell_first(built);
  holder_.publish(std::move(built));
  ++version_;
  log::info("publish", {{"tenant", options_.tenant}, {"version", static_cast<std::int64_t>(version_)},
                        {"people", people}, {"seconds", seconds_since(start)}});
}

}  // namespace aremko::snapshot
