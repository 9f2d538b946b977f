#pragma once
// What search() looks things up in: one PeopleIndex for the current customers, one for the legacy people.

#include <cstdint>
#include <string_view>
#include <vector>

#include "snapshot/contact_index.h"
#include "snapshot/name_index.h"
#include "snapshot/snapshot.h"

namespace aremko::snapshot {

/// One side's people, numbered by rank: more visits first, then the more recent one, then by row.
class PeopleIndex {
 public:
  enum class Side : std::uint8_t { current, legacy };
  PeopleIndex(const Snapshot& snapshot, Side side);

  Row row_of(Rank rank) const { return row_of_[rank]; }
  Rank rank_of(Row row) const { return rank_of_[row]; }
  Rank people() const { return static_cast<Rank>(row_of_.size()); }
  const NameIndex& names() const { return names_; }
  const ContactIndex& contacts() const { return contacts_; }
  ContactTexts texts(const Snapshot& snapshot) const;
  Side side() const { return side_; }
  std::size_t memory() const;

 private:
  Side side_;
  std::vector<Row> row_of_;
  std::vector<Rank> rank_of_;
  NameIndex names_;
  ContactIndex contacts_;
};

class SearchIndex {
 public:
  SearchIndex(const Snapshot& snapshot, unsigned threads);
  const PeopleIndex& current() const { return *current_; }
  const PeopleIndex& legacy() const { return *legacy_; }
  std::size_t memory() const { return current_->memory() + legacy_->memory(); }

 private:
  std::unique_ptr<const PeopleIndex> current_;
  std::unique_ptr<const PeopleIndex> legacy_;
};

}  // namespace aremko::snapshot
