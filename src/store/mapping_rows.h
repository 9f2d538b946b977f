#pragma once
// Mappings as rows and as audit text. Inside `store` only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/value.h"
#include "store/mappings.h"

namespace aremko::store {

/// The columns of find_mapping and its like, in their order.
Mapping read_mapping(const sql::Rows::Row& row);
std::optional<MappingStatus> status_named(std::string_view name);

/// A UUID (version 8) out of what makes a mapping unique, so that it is the same wherever it is made.
std::string mapping_id(std::string_view tenant, std::string_view legacy_id, std::int64_t current_id);

std::string join_reasons(const std::vector<std::string_view>& reasons);

/// {"status":"active","confidence":95,"reasons":"phone_exact,name_exact"}
std::string describe_state(MappingStatus status, double confidence, std::string_view reasons);
/// The same with the ids before it.
std::string describe_link(std::string_view legacy_id, std::int64_t current_id, MappingStatus status,
                          double confidence, std::string_view reasons);

}  // namespace aremko::store
