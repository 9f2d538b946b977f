#pragma once
// Who stands more than once among a business's own customers: the engine of match.h on one list.

#include <memory>
#include <span>
#include <vector>

#include "base/progress.h"
#include "identity/linker.h"
#include "identity/match.h"
#include "identity/record.h"

namespace aremko::identity {

/// In a Candidate `legacy` is the row that comes first, `current` the other.
class PeoplePairs {
 public:
  /// Reads the records, and keeps none of their texts' views; staff pairs with nobody. Throws Cancelled.
  explicit PeoplePairs(std::span<const Record> people, const Watch& watch = {});

  /// Pairs that are one person rather than not, by their rows.
  const std::vector<Candidate>& pairs() const { return pairs_; }
  /// Any two, whatever they are worth, with all that is known of their evidence. Neither may be staff.
  Candidate explain(Row one, Row other) const;
  bool has(Row row) const { return place_of(row) < rows_.size() && rows_[place_of(row)] == row; }

 private:
  std::size_t place_of(Row row) const;

  std::vector<Row> rows_;  // of the matcher's: staff is not among them
  std::unique_ptr<const match::Matcher> matcher_;
  std::vector<Candidate> pairs_;
};

}  // namespace aremko::identity
