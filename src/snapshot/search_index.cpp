#include "snapshot/search_index.h"

#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

PeopleIndex::PeopleIndex(const Snapshot& snapshot, Side side) : side_(side) {
  const bool current = side == Side::current;
  people_ = current ? snapshot.customers().size() : snapshot.legacy().size();
  if (current) merged_.assign(snapshot.merged().begin(), snapshot.merged().end());
  const PersonId first = current ? 0 : snapshot.customers().size();
  const auto entries = static_cast<Row>(people_ + merged_.size());
  std::vector<KeyedRow> order(entries);
  for (Row entry = 0; entry < entries; ++entry) {
    const Row row = entry < people_ ? entry : merged_[entry - people_].customer;
    const std::size_t from = snapshot.visit_begin()[first + row];
    const std::size_t to = snapshot.visit_begin()[first + row + 1];
    const std::uint64_t few = 0xFFFFU - std::min<std::uint64_t>(to - from, 0xFFFFU);
    const std::int32_t last = to > from ? snapshot.visit_at()[to - 1].minutes : Moment::none().minutes;
    const std::uint32_t long_ago = ~(static_cast<std::uint32_t>(last) ^ 0x8000'0000U);
    order[entry] = {(few << 32U) | long_ago, entry};
  }
  radix_sort(order);
  entry_of_.reserve(entries);
  rank_of_.resize(people_);
  for (Rank rank = 0; rank < entries; ++rank) {
    entry_of_.push_back(order[rank].row);
    if (order[rank].row < people_) rank_of_[order[rank].row] = rank;
  }
  std::vector<KeyedRow>().swap(order);

  names_ = NameIndex(entries, [&](Rank rank) {
    const Row entry = entry_of_[rank];
    if (entry >= people_) return snapshot.unmerged_ptr()->customers.contact.nombre[merged_[entry - people_].was];
    return current ? snapshot.customers().contact.nombre[entry] : snapshot.legacy().nombre(entry);
  });
  contacts_ = ContactIndex(entries, texts(snapshot));
}

ContactTexts PeopleIndex::texts(const Snapshot& snapshot) const {
  if (side_ == Side::current) {
    const auto of = [&snapshot, this](sources::TextColumn sources::ContactColumns::* column) {
      const sources::TextColumn& now = snapshot.customers().contact.*column;
      const sources::TextColumn& was = snapshot.unmerged_ptr()->customers.contact.*column;
      return [&now, &was, this](Rank rank) {
        const Row entry = entry_of_[rank];
        return entry < people_ ? now[entry] : was[merged_[entry - people_].was];
      };
    };
    return {of(&sources::ContactColumns::telefono), of(&sources::ContactColumns::email), of(&sources::ContactColumns::documento)};
  }
  const LegacyPeople& people = snapshot.legacy();
  return {[&people, this](Rank rank) { return people.telefono(entry_of_[rank]); },
          [&people, this](Rank rank) { return people.email(entry_of_[rank]); },
          [&people, this](Rank rank) { return people.documento(entry_of_[rank]); }};
}

std::size_t PeopleIndex::memory() const {
  return (entry_of_.capacity() + rank_of_.capacity()) * sizeof(Row) + merged_.capacity() * sizeof(MergedRow) + names_.memory() + contacts_.memory();
}

SearchIndex::SearchIndex(const Snapshot& snapshot, unsigned threads) {
  run_both(
      threads, [&] { current_ = std::make_unique<const PeopleIndex>(snapshot, PeopleIndex::Side::current); },
      [&] { legacy_ = std::make_unique<const PeopleIndex>(snapshot, PeopleIndex::Side::legacy); });
}

}  // namespace aremko::snapshot
