#pragma once
// What each column of an exported list says of a person. Inside `operations` only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analytics/reach.h"
#include "model/insights.h"
#include "model/people_table.h"
#include "model/proposal.h"
#include "operations/exports.h"
#include "operations/sheet.h"

namespace aremko::operations {

/// Somebody of the list, with what its columns ask of them.
struct Listed {
  snapshot::Row row = 0;
  PersonLine line{};
  analytics::Reach reach{};
  std::optional<CustomerInsights> insights{};  // where a column asks for them
  std::optional<Proposal> proposal{};
};

struct ExportColumn {
  std::string_view name;
  std::string_view es;
  std::string_view en;
  bool asks_insights = false;
  Cell (*cell)(const Listed& one, std::string_view language) = nullptr;
};

/// Those of a table that the names choose; `invalid` for one that there is not.
Result<std::vector<ExportColumn>> table_columns(const std::vector<std::string>& names);

/// Whether their phone, or their e-mail, is not for those who do not want to be reached.
bool phone_withheld(analytics::Reach reach);
bool email_withheld(analytics::Reach reach);

}  // namespace aremko::operations
