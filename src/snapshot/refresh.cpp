#include "snapshot/refresh.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "base/progress.h"

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
  return error(Code::unavailable,
               "La fuente quedó vacía; sigue en uso lo último leído. Si es a propósito: POST /api/v1/aremko/refresh?accept_loss=true.",
               "The source has become empty; what was read last stays in use. If this is on purpose: POST "
               "/api/v1/aremko/refresh?accept_loss=true.");
}

Error lost_much(std::uint64_t before, std::uint64_t left) {
  return error(Code::unavailable,
               fmt::format("La fuente tiene {} filas, y tenía {}; sigue en uso lo leído antes hasta ver que queda así. Si es a "
                           "propósito: POST /api/v1/aremko/refresh?accept_loss=true.", left, before),
               fmt::format("The source has {} rows, and had {}; what was read before stays in use until it is seen to stay so. If "
                           "this is on purpose: POST /api/v1/aremko/refresh?accept_loss=true.", left, before));
}

Text shown_none_the_less(std::uint64_t before, std::uint64_t left) {
  return {fmt::format("La fuente tiene {} filas, y tenía {}; se muestra así, pero no se sincroniza. Si es a propósito: POST "
                      "/api/v1/aremko/refresh?accept_loss=true.", left, before),
          fmt::format("The source has {} rows, and had {}; it is shown so, but not synced. If this is on purpose: POST "
                      "/api/v1/aremko/refresh?accept_loss=true.", left, before)};
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
    watched_.push_back({.source = std::move(source), .token = {}, .batch = {}, .loss = {}, .noted = {}, .state = std::move(state)});
  }
  publisher_ = std::jthread([this](const std::stop_token& stop) { run_publisher(stop); });
}

Refresher::~Refresher() {
  stop();
  publisher_.request_stop();
  publisher_.join();
}

void Refresher::start() {
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Refresher::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Refresher::run(const std::stop_token& stop) {
  const sources::Progress give_up = [&](std::string_view, std::uint64_t, std::uint64_t) {
    if (stop.stop_requested()) throw Cancelled{};
  };
  while (!stop.stop_requested()) {
    const auto start = SteadyClock::now();
    try {
      const std::lock_guard work(work_mutex_);
      sources_changed_ = refresh_sources(give_up) || sources_changed_;
    } catch (...) {
      // Memory ran out between two guarded calls: readers keep what they have, and the next round tries again.
      log::failure("refresh_failed", {{"tenant", options_.tenant}});
    }
    wait_published(ask_to_publish());
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>((SteadyClock::now() - start) * options_.rest);
    std::unique_lock wait(wait_mutex_);
    wake_.wait_for(wait, stop, std::max(options_.interval, rest), [] { return false; });
  }
}

Result<std::uint64_t> Refresher::refresh_now(const sources::Progress& progress) {
  {
    const std::lock_guard work(work_mutex_);
    sources_changed_ = refresh_sources(progress) || sources_changed_;
  }
  wait_published(ask_to_publish());
  if (const std::uint64_t version = version_; version > 0) return version;
  const std::lock_guard state(state_mutex_);
  for (const Watched& watched : watched_) {
    if (!watched.state.ok) return fail(error(Code::unavailable, watched.state.detail_es, watched.state.detail_en));
  }
  if (publish_fault_) return fail(error(Code::unavailable, publish_fault_->es, publish_fault_->en));
  return fail(unexpected_fault());
}

std::vector<SourceState> Refresher::status() const {
  const std::lock_guard state(state_mutex_);
  std::vector<SourceState> out;
  for (const Watched& watched : watched_) out.push_back(watched.state);
  return out;
}

std::optional<Text> Refresher::loss() const {
  const std::lock_guard state(state_mutex_);
  Text out;
  for (const Watched& watched : watched_) {
    if (!watched.loss || watched.loss->accepted) continue;
    const auto [before, left] = std::pair(watched.loss->before, watched.loss->left);
    out.es += fmt::format("{}{}: {} de {} filas", out.es.empty() ? "" : ", ", watched.state.name, left, before);
    out.en += fmt::format("{}{}: {} of {} rows", out.en.empty() ? "" : ", ", watched.state.name, left, before);
  }
  if (out.es.empty()) return std::nullopt;
  return out;
}

void Refresher::accept_loss() {
  {
    const std::lock_guard state(state_mutex_);
    for (Watched& watched : watched_) {
      if (!watched.loss) continue;
      if (!watched.loss->shown) {
        watched.loss->accepted = true;
        continue;
      }
      watched.most = watched.loss->left;
      watched.loss.reset();  // the next look finds it well
    }
  }
  note_marks();
}

/// A source that waits for its server leaves the processor to one that reads a file: the first of those that changed is
/// loaded here, the others beside it.
bool Refresher::refresh_sources(const sources::Progress& progress) {
  std::vector<std::pair<Watched*, std::string>> changed;
  for (Watched& watched : watched_) {
    if (auto token = changed_token(watched)) changed.emplace_back(&watched, std::move(*token));
  }
  if (changed.empty()) {
    note_marks();
    return false;
  }
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
  note_marks();
  return news;
}

/// The token of a source that is to be loaded; nothing when it cannot be asked, or is as it was.
std::optional<std::string> Refresher::changed_token(Watched& watched) {
  const auto token = guarded<std::string>([&] { return watched.source->change_token(); });
  if (!token) {
    failed(watched, token.error());
    return std::nullopt;
  }
  const std::lock_guard state(state_mutex_);
  // What is held back is not read again before its second look is due.
  const auto& loss = watched.loss;
  if (loss && !loss->shown && !loss->accepted && loss->token == *token &&
      (loss->left == 0 || SteadyClock::now() - loss->since < options_.second_look)) {
    return std::nullopt;
  }
  if (watched.token == *token) {
    if (loss && loss->shown) return std::nullopt;
    // Seen unchanged is seen working: a source that was away and came back as it was is well again.
    watched.loss.reset();
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
  const auto before = watched.token;
  auto batch = guarded<sources::Batch>([&] { return watched.source->load(progress); });
  if (!batch) {
    failed(watched, batch.error());
    return false;
  }
  learn_mark(watched, report_of(*batch).rows_kept);
  if (!held_back(watched, *batch, token)) take(watched, std::move(*batch), std::move(token), seconds_since(start));
  return watched.token.has_value() && watched.token != before;
}

bool Refresher::much_gone(std::uint64_t before, std::uint64_t left) const {
  const auto much = static_cast<std::uint64_t>(static_cast<double>(before) * options_.most_lost);
  return left + much < before && (left == 0 || before - left >= fewest_lost_at_once);
}

/// What is kept between processes is asked for once, and again where it would make a loss: another process may have been told
/// that it is on purpose.
void Refresher::learn_mark(Watched& watched, std::uint64_t rows) {
  if (!options_.marks.most) return;
  {
    const std::lock_guard state(state_mutex_);
    if (watched.noted && !much_gone(watched.most, rows)) return;
  }
  try {
    const std::uint64_t kept = options_.marks.most(watched.source->name()).value_or(0);
    const std::lock_guard state(state_mutex_);
    if (!watched.noted) watched.most = std::max(watched.most, kept);
    else if (*watched.noted != kept) watched.most = kept;
    watched.noted = kept;
  } catch (...) {
    // The store is away: what is known here stands.
  }
}

/// Told when it grew by a hundredth, or a person said that it is less: not at each guest who comes.
void Refresher::note_marks() {
  if (!options_.marks.note) return;
  for (Watched& watched : watched_) {
    std::uint64_t most = 0;
    {
      const std::lock_guard state(state_mutex_);
      most = watched.most;
      const std::uint64_t noted = watched.noted.value_or(most);
      if (most >= noted && most <= noted + noted / 100) continue;
    }
    try {
      options_.marks.note(watched.source->name(), most);
      const std::lock_guard state(state_mutex_);
      watched.noted = most;
    } catch (...) {
      // Again with the next look.
    }
  }
}

/// Whether too much is gone to believe it.
bool Refresher::held_back(Watched& watched, const sources::Batch& batch, const std::string& token) {
  Error reason;
  {
    const std::lock_guard state(state_mutex_);
    auto& loss = watched.loss;
    const std::uint64_t before = watched.most;
    const std::uint64_t left = report_of(batch).rows_kept;
    const bool shrunk = much_gone(before, left);
    if (!shrunk || (loss && loss->accepted)) {
      watched.most = shrunk ? left : std::max(watched.most, left);
      loss.reset();
      return false;
    }
    if (!watched.batch) {  // there is nothing older to go on with
      loss = Loss{.before = before, .left = left, .token = token, .since = SteadyClock::now(), .shown = true};
      return false;
    }
    // A file that is still being copied, or a table that is still being emptied, is not the same at the second look.
    const auto near = before / 100;
    const bool same = loss && left + near >= loss->left && left <= loss->left + near;
    if (loss && loss->shown) {
      loss->before = before;
      loss->left = left;
      return false;
    }
    if (same && left > 0 && SteadyClock::now() - loss->since >= options_.second_look) {
      loss->shown = true;
      return false;
    }
    const auto since = same ? loss->since : SteadyClock::now();
    loss = Loss{.before = before, .left = left, .token = token, .since = since};
    reason = left == 0 ? came_back_empty() : lost_much(before, left);
  }
  failed(watched, reason);
  return true;
}

void Refresher::take(Watched& watched, sources::Batch batch, std::string token, double seconds) {
  const sources::LoadReport report = report_of(batch);
  watched.token = std::move(token);
  log::info("load", {{"tenant", options_.tenant}, {"source", watched.source->name()},
                     {"rows", static_cast<std::int64_t>(report.rows_kept)},
                     {"refused", static_cast<std::int64_t>(report.rows_refused)}, {"seconds", seconds}});
  const std::lock_guard state(state_mutex_);
  watched.batch = std::move(batch);
  const Text says = watched.loss ? shown_none_the_less(watched.loss->before, watched.loss->left) : Text{};
  watched.state.ok = !watched.loss;
  watched.state.detail_es = says.es;
  watched.state.detail_en = says.en;
  watched.state.description = watched.source->describe();
  watched.state.last_good = clock_.now();
  watched.state.report = report;
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

}  // namespace aremko::snapshot
