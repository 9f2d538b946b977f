#pragma once
// Answers shown in the documentation: the demo's María and Patricio, who do not exist. The files of examples/ are
// built in; a test holds them to the fields that are really answered.

#include <string_view>

#include "operations_examples.h"

namespace aremko::operations::examples {

inline constexpr std::string_view search = files::search_json;
inline constexpr std::string_view profile = files::profile_json;
inline constexpr std::string_view insights = files::insights_json;
inline constexpr std::string_view inactive = files::inactive_json;
inline constexpr std::string_view segment = files::segment_json;
inline constexpr std::string_view sync = files::sync_json;
inline constexpr std::string_view mapping = files::mapping_json;
inline constexpr std::string_view audit = files::audit_json;
inline constexpr std::string_view mappings = files::mappings_json;
inline constexpr std::string_view decision = files::decision_json;
inline constexpr std::string_view decisions = files::decisions_json;
inline constexpr std::string_view duplicates = files::duplicates_json;
inline constexpr std::string_view job = files::job_json;
inline constexpr std::string_view job_cancelled = files::job_cancelled_json;
inline constexpr std::string_view jobs = files::jobs_json;
inline constexpr std::string_view data_health = files::data_health_json;
inline constexpr std::string_view overview = files::overview_json;

}  // namespace aremko::operations::examples
