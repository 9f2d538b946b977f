#pragma once
// Mappings as rows and as audit text. Inside `store` only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "store/mappings.h"

namespace aremko::store {

std::optional<MappingStatus> status_named(std::string_view name);

/// The columns of find_mapping and its like, in their order; of a row that is kept, or of one that is passing by.
template <class Row>
Mapping read_mapping(Row&& row) {
  Mapping out{.id = std::string(row.text(0)),
              .legacy_id = std::string(row.text(1)),
              .current_id = row.integer(2),
              .confidence = row.real(3),
              .status = status_named(row.text(4)).value_or(MappingStatus::retired),
              .created_at = row.integer(6),
              .updated_at = row.integer(7)};
  if (!row.text(5).empty()) {
    for (const std::string_view reason : split(row.text(5), ',')) out.reasons.emplace_back(reason);
  }
  if (!row.is_null(8)) out.decided_by = std::string(row.text(8));
  if (!row.is_null(9)) out.decided_at = row.integer(9);
  if (!row.is_null(10)) out.note = std::string(row.text(10));
  out.record_id = std::string(row.text(11));
  out.print = std::string(row.text(12));
  return out;
}

/// A UUID (version 8) out of what makes a mapping unique, so that it is the same wherever it is made.
std::string mapping_id(std::string_view tenant, std::string_view record, std::int64_t current_id);

/// What no two records share: the record's own id, else its number and its row's print.
std::string record_key(const RecordRef& record);

/// Where a record is now; where it was when there is no `locate`.
RecordNow now_of(const Locate& locate, const RecordRef& record);
/// Whether two are of one record now: by where they are, and by themselves when that cannot be told.
bool same_record(const Locate& locate, const RecordRef& one, const RecordRef& other);

std::string join_reasons(const std::vector<std::string_view>& reasons);

/// {"status":"active","confidence":95,"reasons":"phone_exact,name_exact"}
std::string describe_state(MappingStatus status, double confidence, std::string_view reasons);
/// {"legacy_id":"1657"}
std::string describe_number(std::string_view legacy_id);
/// The same as describe_state with the ids before it.
std::string describe_link(std::string_view legacy_id, std::int64_t current_id, MappingStatus status,
                          double confidence, std::string_view reasons);

}  // namespace aremko::store
