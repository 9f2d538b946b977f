#include "operations/linker_cache.h"

#include <algorithm>

#include "base/text.h"
#include "operations/legacy_records.h"
#include "operations/people_records.h"

namespace aremko::operations {

namespace {

std::uint64_t hash_of(std::span<const identity::Record> records, std::uint64_t seed) {
  for (const identity::Record& record : records) {
    for (const std::string_view text : {record.nombre, record.telefono, record.email, record.documento, record.ciudad}) {
      seed = hash64(text, seed + (record.excluded ? 1 : 0));
    }
  }
  return seed;
}

std::vector<identity::Decided> rows_of(const snapshot::Snapshot& snapshot, std::span<const store::DecidedLink> decisions) {
  std::vector<identity::Decided> out;
  for (const store::DecidedLink& decision : decisions) {
    const auto legacy = row_of(snapshot, decision.record());
    const auto current = snapshot.customer_row(decision.current_id);
    if (legacy && current && *legacy < snapshot.legacy().file_size()) out.push_back({*legacy, *current, decision.accepted});
  }
  return out;
}

}  // namespace

std::shared_ptr<const identity::Linker> LinkerCache::get(const snapshot::Snapshot& snapshot,
                                                         std::span<const store::DecidedLink> decisions, const Watch& watch) {
  const std::scoped_lock lock(mutex_);
  auto decided = rows_of(snapshot, decisions);
  const std::shared_ptr<const void> current_batch = snapshot.current_ptr();
  const std::shared_ptr<const void> legacy_batch = snapshot.legacy().file;
  if (linker_ == nullptr || current_.lock() != current_batch || legacy_.lock() != legacy_batch) {
    const auto current = current_records(snapshot);
    auto legacy = legacy_records(snapshot);
    // Who stands only in the services file has nothing but a name, and stops being a person of their own once that
    // name is tied to somebody: the registry ties the customers file's rows.
    legacy.resize(snapshot.legacy().file_size());
    const std::uint64_t people = hash_of(legacy, hash_of(current, current.size()) + legacy.size());
    if (linker_ == nullptr || people != people_) {
      linker_.reset();  // the old one's memory serves the new
      linker_ = std::make_shared<const identity::Linker>(current, legacy, decided, watch);
      people_ = people;
      decided_ = decided;
    }
    current_ = current_batch;
    legacy_ = legacy_batch;
  }
  if (decided != decided_) {
    linker_ = std::make_shared<const identity::Linker>(linker_->with(decided));
    decided_ = std::move(decided);
  }
  return linker_;
}

}  // namespace aremko::operations
