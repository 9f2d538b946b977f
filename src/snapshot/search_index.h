#pragma once
// What search() looks things up in: one PeopleIndex for the current customers, one for the legacy people.

#include <cstdint>
#include <string_view>
#include <vector>

#include "snapshot/contact_index.h"
#include "snapshot/name_index.h"
#include "snapshot/snapshot.h"

namespace aremko::snapshot {

/// One side's people, numbered by rank: more visits first, then the more recent one, then by row. Who was merged into another
/// is found by what their own row says, too: they have a rank of their own, whose row is the other's.
class PeopleIndex {
 public:
  enum class Side : std::uint8_t { current, legacy };
  PeopleIndex(const Snapshot& snapshot, Side side);

  Row row_of(Rank rank) const { return entry_of_[rank] < people_ ? entry_of_[rank] : merged_[entry_of_[rank] - people_].customer; }
  Rank rank_of(Row row) const { return rank_of_[row]; }
  Rank people() const { return static_cast<Rank>(entry_of_.size()); }
  /// Whether some row has more than one rank.
  bool repeats() const { return !merged_.empty(); }
  const NameIndex& names() const { return names_; }
  const ContactIndex& contacts() const { return contacts_; }
  ContactTexts texts(const Snapshot& snapshot) const;
  Side side() const { return side_; }
  std::size_t memory() const;

 private:
  Side side_;
  Row people_ = 0;
  std::vector<MergedRow> merged_;
  std::vector<Row> entry_of_;   // a row, or `people_` and a place in merged_
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
