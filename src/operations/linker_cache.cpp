#include "operations/linker_cache.h"

#include <algorithm>

#include "base/text.h"
#include "operations/legacy_records.h"
#include "operations/people_records.h"

namespace aremko::operations {

namespace {

using SteadyClock = std::chrono::steady_clock;

std::uint64_t hash_of(const identity::Record& record, std::uint64_t seed) {
  for (const std::string_view text : {record.nombre, record.telefono, record.email, record.documento, record.ciudad}) {
    seed = hash64(text, seed + (record.excluded ? 1 : 0));
  }
  return seed;
}

std::uint64_t print_of(const snapshot::Snapshot& snapshot, snapshot::Row row) {
  return hash_of(legacy_record_of(snapshot, row), hash64(snapshot.legacy().legacy_id(row)));
}

std::vector<identity::Decided> rows_of(const snapshot::Snapshot& snapshot, std::span<const store::DecidedLink> decisions) {
  std::vector<identity::Decided> out;
  for (const store::DecidedLink& decision : decisions) {
    const auto legacy = row_of(snapshot, decision.record());
    const auto current = snapshot.unmerged_row(decision.current_id);
    if (legacy && current && *legacy < snapshot.legacy().file_size()) out.push_back({*legacy, *current, decision.accepted});
  }
  return out;
}

bool same(const std::weak_ptr<const void>& known, const std::shared_ptr<const void>& batch) { return known.lock() == batch; }

}  // namespace

std::optional<identity::Row> PeopleEngine::legacy_row(const snapshot::Snapshot& snapshot, snapshot::Row row) const {
  if (row >= snapshot.legacy().file_size()) return std::nullopt;
  if (same(legacy_, snapshot.legacy().file)) return row;
  const std::uint64_t print = print_of(snapshot, row);
  const auto found = std::ranges::find(*legacy_prints_, print);
  if (found == legacy_prints_->end()) return std::nullopt;
  return static_cast<identity::Row>(found - legacy_prints_->begin());
}

std::optional<identity::Row> PeopleEngine::current_row(const snapshot::Snapshot& snapshot, std::int64_t id) const {
  if (same(current_, snapshot.unmerged_ptr())) return snapshot.unmerged_row(id);
  const auto found = std::ranges::lower_bound(*current_ids_, id);
  if (found == current_ids_->end() || *found != id) return std::nullopt;
  return static_cast<identity::Row>(found - current_ids_->begin());
}

std::optional<snapshot::Row> PeopleEngine::customer(const snapshot::Snapshot& snapshot, identity::Row row) const {
  return snapshot.customer_row((*current_ids_)[row]);
}

LinkerCache::~LinkerCache() {
  {
    const std::scoped_lock lock(mutex_);
    if (running_) running_->stop.request_stop();
  }
  thread_.request_stop();
}

bool LinkerCache::answers(const snapshot::Snapshot& snapshot, const std::vector<identity::Decided>& decided) const {
  return engine_ && same(engine_->current_, snapshot.unmerged_ptr()) && same(engine_->legacy_, snapshot.legacy().file) &&
         engine_->decided_ == decided;
}

/// One that is running or waits and will do, else a new one. Who takes any engine shares the last that waits, brought up
/// to date; and before the first engine, the one that is on its way, for whatever people.
LinkerCache::BuildPtr LinkerCache::want(const snapshot::SnapshotPtr& snapshot, std::vector<identity::Decided> decided, bool exact) {
  const auto fits = [&](const BuildPtr& build) {
    return build->snapshot->unmerged_ptr() == snapshot->unmerged_ptr() &&
           build->snapshot->legacy().file == snapshot->legacy().file && build->decided == decided;
  };
  BuildPtr build;
  if (running_ && !running_->stop.stop_requested() && (fits(running_) || (!exact && engine_ == nullptr))) build = running_;
  for (const BuildPtr& waiting : queue_) {
    const bool wanted = !waiting->stop.stop_requested();
    if (build == nullptr && wanted && (fits(waiting) || (!exact && !waiting->exact))) build = waiting;
  }
  if (build == nullptr) build = queue_.emplace_back(std::make_shared<Build>());
  if (build != running_ && !build->exact) {
    build->snapshot = snapshot;
    build->decided = std::move(decided);
    build->exact = exact;
  }
  ++build->wanted_by;
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  changed_.notify_all();
  return build;
}

/// Until it is done or the time is over. Who is cancelled wants it no more.
void LinkerCache::wait(std::unique_lock<std::mutex>& lock, Build& build, const Watch& watch, SteadyClock::time_point end) {
  std::uint64_t heard = build.reports;
  while (!build.done && SteadyClock::now() < end) {
    if (watch.stop.stop_requested()) {
      if (--build.wanted_by == 0) build.stop.request_stop();
      throw Cancelled{};
    }
    changed_.wait_until(lock, watch.stop, end, [&] { return build.done || build.reports != heard; });
    if (build.done || build.reports == heard) continue;
    heard = build.reports;
    if (!watch.report) continue;
    const std::string phase = build.phase;
    const auto [step, steps] = std::pair(build.step, build.steps);
    lock.unlock();
    watch.report(phase, step, steps);
    lock.lock();
  }
}

PeopleEnginePtr LinkerCache::last(const snapshot::SnapshotPtr& snapshot, std::span<const store::DecidedLink> decisions,
                                  const Watch& watch, std::chrono::milliseconds moment, std::chrono::milliseconds patience) {
  auto decided = rows_of(*snapshot, decisions);
  std::unique_lock lock(mutex_);
  if (answers(*snapshot, decided)) return engine_;
  const BuildPtr build = want(snapshot, std::move(decided), false);
  wait(lock, *build, watch, SteadyClock::now() + (engine_ ? moment : patience));
  if (build->failed && !engine_) std::rethrow_exception(build->failed);
  return engine_;
}

PeopleEnginePtr LinkerCache::exact(const snapshot::SnapshotPtr& snapshot, std::span<const store::DecidedLink> decisions,
                                   const Watch& watch) {
  auto decided = rows_of(*snapshot, decisions);
  std::unique_lock lock(mutex_);
  while (!answers(*snapshot, decided)) {
    const BuildPtr build = want(snapshot, decided, true);
    wait(lock, *build, watch, SteadyClock::time_point::max());
    if (build->failed) std::rethrow_exception(build->failed);
  }
  return engine_;
}

void LinkerCache::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !queue_.empty(); })) {
    running_ = queue_.front();
    queue_.pop_front();
    const PeopleEnginePtr before = engine_;
    lock.unlock();
    PeopleEnginePtr built;
    std::exception_ptr failed;
    try {
      built = build(*running_, before);
    } catch (...) {
      failed = std::current_exception();
    }
    lock.lock();
    if (built) engine_ = std::move(built);
    running_->failed = failed;
    running_->done = true;
    running_.reset();
    changed_.notify_all();
  }
  for (const BuildPtr& build : queue_) build->done = true;
  changed_.notify_all();
}

PeopleEnginePtr LinkerCache::build(Build& wanted, const PeopleEnginePtr& before) {
  const snapshot::Snapshot& snapshot = *wanted.snapshot;
  const Watch watch{.report = [&](std::string_view phase, std::uint64_t done, std::uint64_t total) {
                      const std::scoped_lock lock(mutex_);
                      wanted.phase = phase;
                      wanted.step = done;
                      wanted.steps = total;
                      ++wanted.reports;
                      changed_.notify_all();
                    },
                    .stop = wanted.stop.get_token()};
  auto out = before ? std::make_shared<PeopleEngine>(*before) : std::make_shared<PeopleEngine>();
  if (!before || !same(before->current_, snapshot.unmerged_ptr()) || !same(before->legacy_, snapshot.legacy().file)) {
    const auto current = current_records(snapshot);
    auto legacy = legacy_records(snapshot);
    // Who stands only in the services file has nothing but a name, and stops being a person of their own once that
    // name is tied to somebody: the registry ties the customers file's rows.
    legacy.resize(snapshot.legacy().file_size());
    std::uint64_t people = legacy.size();
    for (const identity::Record& record : current) people = hash_of(record, people);
    std::vector<std::uint64_t> prints;
    prints.reserve(legacy.size());
    for (snapshot::Row row = 0; row < legacy.size(); ++row) people = hash64("", people ^ prints.emplace_back(print_of(snapshot, row)));
    if (!before || people != before->people_) {
      out->linker_ = std::make_shared<const identity::Linker>(current, legacy, wanted.decided, watch);
      out->people_ = people;
      out->decided_ = wanted.decided;
    }
    const auto& ids = snapshot.unmerged_ptr()->customers.id;
    out->current_ids_ = std::make_shared<const std::vector<std::int64_t>>(ids.begin(), ids.end());
    out->legacy_prints_ = std::make_shared<const std::vector<std::uint64_t>>(std::move(prints));
    out->current_ = snapshot.unmerged_ptr();
    out->legacy_ = snapshot.legacy().file;
  }
  if (wanted.decided != out->decided_) {
    out->linker_ = std::make_shared<const identity::Linker>(out->linker_->with(wanted.decided));
    out->decided_ = wanted.decided;
  }
  return out;
}

}  // namespace aremko::operations
