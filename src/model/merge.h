#pragma once
// What a person said of two of today's customers. A merge is kept by us; nothing is written to the booking system.

#include <cstdint>
#include <string_view>

namespace aremko {

enum class MergeVerdict : std::uint8_t {
  same,       // one person: every answer counts them once, whole
  different,  // two people: never proposed again
  undone,     // nobody's word any more
};

constexpr std::string_view json_name(MergeVerdict verdict) {
  switch (verdict) {
    case MergeVerdict::same: return "same";
    case MergeVerdict::different: return "different";
    case MergeVerdict::undone: return "undone";
  }
  return "";
}

/// Two customers' ids that stand for one person, as the snapshot needs them.
struct LiveMerge {
  std::int64_t kept_id = 0;   // the number the person goes by
  std::int64_t other_id = 0;

  friend bool operator==(const LiveMerge&, const LiveMerge&) = default;
};

}  // namespace aremko
