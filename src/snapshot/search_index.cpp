#include "snapshot/search_index.h"

#include "snapshot/radix_sort.h"
#include "snapshot/stages.h"

namespace aremko::snapshot {

PeopleIndex::PeopleIndex(const Snapshot& snapshot, Side side) : side_(side) {
  const bool current = side == Side::current;
  const Row people = current ? snapshot.customers().size() : snapshot.legacy().size();
  const PersonId first = current ? 0 : snapshot.customers().size();
  std::vector<KeyedRow> order(people);
  for (Row row = 0; row < people; ++row) {
    const std::size_t from = snapshot.visit_begin()[first + row];
    const std::size_t to = snapshot.visit_begin()[first + row + 1];
    const std::uint64_t few = 0xFFFFU - std::min<std::uint64_t>(to - from, 0xFFFFU);
    const std::int32_t last = to > from ? snapshot.visit_at()[to - 1].minutes : Moment::none().minutes;
    const std::uint32_t long_ago = ~(static_cast<std::uint32_t>(last) ^ 0x8000'0000U);
    order[row] = {(few << 32U) | long_ago, row};
  }
  radix_sort(order);
  row_of_.reserve(people);
  rank_of_.resize(people);
  for (Rank rank = 0; rank < people; ++rank) {
    row_of_.push_back(order[rank].row);
    rank_of_[order[rank].row] = rank;
  }
  std::vector<KeyedRow>().swap(order);

  names_ = NameIndex(people, [&](Rank rank) {
    return current ? snapshot.customers().contact.nombre[row_of_[rank]] : snapshot.legacy().nombre(row_of_[rank]);
  });
  contacts_ = ContactIndex(people, texts(snapshot));
}

ContactTexts PeopleIndex::texts(const Snapshot& snapshot) const {
  if (side_ == Side::current) {
    const sources::ContactColumns& contact = snapshot.customers().contact;
    return {[&contact, this](Rank rank) { return contact.telefono[row_of_[rank]]; },
            [&contact, this](Rank rank) { return contact.email[row_of_[rank]]; },
            [&contact, this](Rank rank) { return contact.documento[row_of_[rank]]; }};
  }
  const LegacyPeople& people = snapshot.legacy();
  return {[&people, this](Rank rank) { return people.telefono(row_of_[rank]); },
          [&people, this](Rank rank) { return people.email(row_of_[rank]); },
          [&people, this](Rank rank) { return people.documento(row_of_[rank]); }};
}

std::size_t PeopleIndex::memory() const {
  return (row_of_.capacity() + rank_of_.capacity()) * sizeof(Row) + names_.memory() + contacts_.memory();
}

SearchIndex::SearchIndex(const Snapshot& snapshot, unsigned threads) {
  run_both(
      threads, [&] { current_ = std::make_unique<const PeopleIndex>(snapshot, PeopleIndex::Side::current); },
      [&] { legacy_ = std::make_unique<const PeopleIndex>(snapshot, PeopleIndex::Side::legacy); });
}

}  // namespace aremko::snapshot
