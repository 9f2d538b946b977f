#pragma once
// What people decided, of old records and of duplicates alike: the audit's lines, with whether they still hold.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sql/pool.h"

namespace aremko::store {

struct DecisionEntry {
  std::int64_t id = 0;      // its number in the audit
  UnixSeconds at = 0;
  std::string actor{};
  std::string actor_label{};  // whose the key is; else empty
  std::string action{};     // mapping.accept, mapping.reject, mapping.link, mapping.unlink, mapping.undo, people.same, …
  std::string subject{};    // the mapping's or the merge's UUID
  std::string before{};     // JSON, as the audit has it
  std::string after{};
  std::string reason{};
  std::string legacy_id{};                    // of a mapping
  std::optional<std::int64_t> current_id{};
  std::optional<std::int64_t> first_id{};     // of a merge
  std::optional<std::int64_t> second_id{};
  std::optional<std::int64_t> kept_id{};
  bool stands = false;      // nobody has decided on the same pair since
};

enum class DecisionKind : std::uint8_t { yes, no, undone };

constexpr std::string_view json_name(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::yes: return "yes";
    case DecisionKind::no: return "no";
    case DecisionKind::undone: return "undone";
  }
  return "";
}

struct DecisionFilter {
  std::optional<DecisionKind> kind{};
  std::string actor{};      // empty: anybody
  bool standing = false;    // only those that still hold
};

struct DecisionPage {
  std::vector<DecisionEntry> entries{};
  std::string next{};       // cursor; empty at the end
};

class Decisions {
 public:
  explicit Decisions(sql::Pool& pool) : pool_(pool) {}

  /// Newest first. `limit` 1–1,000; malformed for a cursor that is none of ours. SqlError when the store is away.
  Result<DecisionPage> list(std::string_view tenant, const DecisionFilter& filter, std::size_t limit, std::string_view cursor = {});

 private:
  sql::Pool& pool_;
};

}  // namespace aremko::store
