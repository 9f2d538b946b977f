#include "analytics/data_health.h"

#include <algorithm>
#include <chrono>
#include <future>

#include "analytics/data_health_parts.h"

namespace aremko::analytics {

namespace {

using health::ContactView;
using health::Row;
using health::SourcePart;

/// Runs the first on another thread when there is one. Rethrows.
void both(unsigned threads, const std::function<void()>& first, const std::function<void()>& second) {
  auto other = std::async(threads > 1 ? std::launch::async : std::launch::deferred, first);
  second();
  other.get();
}

bool watched(const snapshot::Snapshot& snapshot, std::string_view source) {
  return std::ranges::any_of(snapshot.source_states(), [&](const auto& state) { return state.name == source; });
}

void add(SourcePart part, DataHealth& out) {
  std::ranges::move(part.findings, std::back_inserter(out.findings));
  std::ranges::move(part.columns, std::back_inserter(out.columns));
  out.sources.push_back(std::move(part.report));
}

}  // namespace

DataHealth data_health(const snapshot::Snapshot& snapshot, unsigned threads) {
  const auto start = std::chrono::steady_clock::now();
  const sources::CurrentBatch& batch = snapshot.current();
  const auto& file = snapshot.legacy().file;
  const auto& services = snapshot.legacy().services;
  const bool has_current = batch.customers.size() > 0 || watched(snapshot, "aremko_db");

  std::unique_ptr<ContactView> current;
  std::unique_ptr<ContactView> legacy;
  both(
      threads,
      [&] {
        current = std::make_unique<ContactView>("aremko_db", IdKind::customer_id, batch.customers.contact, batch.report,
                                                [&](Row row) { return std::to_string(batch.customers.id[row]); });
      },
      [&] {
        if (!file) return;
        legacy = std::make_unique<ContactView>("clientes_legacy", IdKind::legacy_id, file->contact, file->report,
                                               [&](Row row) { return std::string(file->legacy_id[row]); });
      });

  SourcePart of_current, of_legacy, of_services;
  both(
      threads,
      [&] {
        of_current = health::contacts(*current, nullptr);
        health::consent_findings(batch, of_current);
      },
      [&] {
        // The live database bears witness of the file, and the file, which knows more of the same people, of the visits.
        if (legacy) of_legacy = health::contacts(*legacy, current.get());
        if (services) of_services = health::services(*services, legacy ? legacy.get() : current.get(), snapshot.live_rows());
      });

  DataHealth out;
  if (has_current) add(std::move(of_current), out);
  if (legacy) add(std::move(of_legacy), out);
  if (services) add(std::move(of_services), out);
  std::ranges::sort(out.findings, {}, [](const Finding& one) {
    return std::tuple(one.severity, -one.count, std::string_view(one.source), std::string_view(one.code),
                      std::string_view(one.column), std::string_view(one.detail.es));
  });
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return out;
}

namespace {

template <class Batch>
bool same(const std::weak_ptr<const Batch>& known, const std::shared_ptr<const Batch>& now) {
  return !known.owner_before(now) && !now.owner_before(known);
}

}  // namespace

std::shared_ptr<const DataHealth> DataHealthCache::get(const snapshot::Snapshot& snapshot) {
  // Held while counting: who asks meanwhile wants the same answer.
  const std::lock_guard lock(mutex_);
  const auto& people = snapshot.legacy();
  if (!health_ || !same(current_, snapshot.current_ptr()) || !same(legacy_, people.file) ||
      !same(services_, people.services)) {
    health_ = std::make_shared<const DataHealth>(data_health(snapshot));
    current_ = snapshot.current_ptr();
    legacy_ = people.file;
    services_ = people.services;
  }
  return health_;
}

}  // namespace aremko::analytics
