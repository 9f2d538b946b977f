#include "store/audit.h"

#include <limits>

#include "base/text.h"
#include "store/page_limit.h"

namespace aremko::store {

Result<AuditPage> Audit::list(std::string_view tenant, const std::optional<std::string>& subject, std::size_t limit,
                              std::string_view cursor) {
  if (auto refused = check_limit(limit)) return fail(*std::move(refused));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (!cursor.empty()) {
    const auto number = parse_int(cursor);
    if (!number) return fail(bad_cursor());
    before = *number;
  }
  const auto connection = pool_.acquire();
  const sql::Rows rows = subject ? connection->run("list_audit_of", {tenant, before, limit + 1, *subject})
                                 : connection->run("list_audit", {tenant, before, limit + 1});
  AuditPage page;
  for (const auto row : rows) {
    if (page.entries.size() == limit) {
      page.next = std::to_string(page.entries.back().id);
      break;
    }
    page.entries.push_back({.id = row.integer(0), .at = row.integer(1), .actor = row.string(2),
                            .action = row.string(3), .subject = row.string(4), .before = row.string(5),
                            .after = row.string(6), .reason = row.string(7)});
  }
  return page;
}

}  // namespace aremko::store
