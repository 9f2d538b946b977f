#pragma once
// A mapping ties one legacy record to one current customer.

#include <cstdint>
#include <string>
#include <string_view>

namespace aremko {

enum class MappingStatus {
  active,    // found by a sync, confidence 85 or more
  pending,   // found by a sync, 70–84: waits for a person
  accepted,  // a person said yes; survives every later sync
  rejected,  // a person said no; survives every later sync
  retired,   // a later sync no longer finds it
};

constexpr std::string_view json_name(MappingStatus status) {
  switch (status) {
    case MappingStatus::active: return "active";
    case MappingStatus::pending: return "pending";
    case MappingStatus::accepted: return "accepted";
    case MappingStatus::rejected: return "rejected";
    case MappingStatus::retired: return "retired";
  }
  return "";
}

/// Only live mappings make a legacy record part of a person.
constexpr bool is_live(MappingStatus status) {
  return status == MappingStatus::active || status == MappingStatus::accepted;
}

/// How a list of mappings is ordered, the first the most.
enum class MappingOrder {
  worth,       // what a person's decision on it is worth, see operations/mapping_worth.h
  confidence,
  recent,      // the last change
};

constexpr std::string_view json_name(MappingOrder order) {
  switch (order) {
    case MappingOrder::worth: return "worth";
    case MappingOrder::confidence: return "confidence";
    case MappingOrder::recent: return "recent";
  }
  return "";
}

/// Which legacy record something is of. Its number may move with another export, so it comes last in finding it again; see
/// Snapshot::find_record.
struct RecordRef {
  std::string_view legacy_id{};  // its number when it was last seen
  std::string_view record_id{};  // what the file calls the record itself; empty when it has no such column
  std::string_view print{};      // snapshot::RecordPrint of its row; empty when the row was never seen
};

/// What the snapshot needs of a live mapping.
struct LiveLink {
  std::string legacy_id{};
  std::int64_t current_id = 0;
  double confidence = 0;     // percent, 0–100
  std::string mapping_id{};  // UUID
  std::string record_id{};   // as in RecordRef
  std::string print{};
  std::string made_as{};     // the number when the mapping was made; empty: the same

  RecordRef record() const { return {legacy_id, record_id, print}; }
};

}  // namespace aremko
