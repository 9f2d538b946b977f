#pragma once
// Who of today's customers are one person by somebody's word, or are not. Ids alone.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/merge.h"
#include "sql/pool.h"

namespace aremko::store {

struct Merge {
  std::string id{};            // UUID; the same for the same tenant and pair
  std::int64_t first_id = 0;   // the smaller id
  std::int64_t second_id = 0;
  std::int64_t kept_id = 0;
  MergeVerdict verdict = MergeVerdict::same;
  UnixSeconds created_at = 0;
  std::string decided_by{};    // who said it; of an undone one, who undid it
  UnixSeconds decided_at = 0;
  std::optional<std::string> note{};

  std::int64_t other_id() const { return kept_id == first_id ? second_id : first_id; }
  friend bool operator==(const Merge&, const Merge&) = default;
};

/// Calls block, and throw SqlError when the store is away. Every change raises Mappings::version.
class Merges {
 public:
  explicit Merges(sql::Pool& pool) : pool_(pool) {}

  /// Two different ids are one person, who goes by `kept_id` (one of them), or are two. conflict when the pair was decided
  /// already, unless by the same person in the same way, which changes nothing; and when it contradicts what others said: two of
  /// one group cannot be different, nor can groups with such a pair become one. invalid for an id with itself, and for a
  /// `why` of more than 1,000 bytes.
  Result<Merge> decide(std::string_view tenant, std::int64_t kept_id, std::int64_t other_id, MergeVerdict verdict,
                       std::string_view who, std::string_view why, UnixSeconds now);
  /// not_found; an undone one stays so and changes nothing.
  Result<Merge> undo(std::string_view tenant, std::string_view id, std::string_view who, std::string_view why, UnixSeconds now);

  Result<Merge> find(std::string_view tenant, std::string_view id);
  std::optional<Merge> of_pair(std::string_view tenant, std::int64_t one, std::int64_t other);
  /// Those that hold, of both verdicts; the oldest decision first.
  std::vector<Merge> standing(std::string_view tenant);
  /// Those of them that make one person of two, in the same order.
  std::vector<LiveMerge> live(std::string_view tenant);

 private:
  sql::Pool& pool_;
};

/// The UUID of a pair, whatever was said of it.
std::string merge_id(std::string_view tenant, std::int64_t one, std::int64_t other);

}  // namespace aremko::store
