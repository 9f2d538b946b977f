#include "store/audit.h"

#include <limits>

#include "base/text.h"
#include "store/page_limit.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

bool can_be_stored(const std::optional<std::string>& text) {
  return !text || (valid_utf8(*text) && text->find('\0') == std::string::npos);
}

sql::Rows look_up(sql::Connection& connection, std::string_view tenant, const AuditFilter& filter, std::int64_t before,
                  std::size_t count) {
  const std::int64_t customer = filter.current_id.value_or(-1);
  const std::string action = filter.action.value_or("");
  if (filter.subject) {
    return connection.run("list_audit_of", {tenant, before, count, *filter.subject, filter.legacy_id.value_or(""), customer, action});
  }
  if (filter.legacy_id) {
    return connection.run("list_audit_of_legacy", {tenant, before, count, *filter.legacy_id, customer, action});
  }
  if (filter.current_id) return connection.run("list_audit_of_customer", {tenant, before, count, customer, action});
  return connection.run("list_audit", {tenant, before, count, action});
}

AuditEntry read_entry(const sql::Rows::Row& row) {
  AuditEntry out{.id = row.integer(0), .at = row.integer(1), .actor = row.string(2), .action = row.string(3),
                 .subject = row.string(4), .before = row.string(5), .after = row.string(6), .reason = row.string(7),
                 .legacy_id = row.string(8), .actor_label = row.string(10)};
  if (!row.is_null(9)) out.current_id = row.integer(9);
  return out;
}

}  // namespace

Result<AuditPage> Audit::list(std::string_view tenant, const AuditFilter& filter, std::size_t limit,
                              std::string_view cursor) {
  if (auto refused = check_limit(limit)) return fail(*std::move(refused));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (!cursor.empty()) {
    const auto number = parse_int(cursor);
    if (!number) return fail(bad_cursor());
    before = *number;
  }
  AuditPage page;
  // What no row can hold is in none, and PostgreSQL would refuse to look for it.
  if (!can_be_stored(filter.subject) || !can_be_stored(filter.legacy_id) || !can_be_stored(filter.action)) return page;
  const auto connection = pool_.acquire();
  for (const auto row : look_up(*connection, tenant, filter, before, limit + 1)) {
    if (page.entries.size() == limit) {
      page.next = std::to_string(page.entries.back().id);
      break;
    }
    page.entries.push_back(read_entry(row));
  }
  return page;
}

void Audit::note(std::string_view tenant, std::string_view actor, std::string_view action, std::string_view subject,
                 std::string_view after, UnixSeconds now) {
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  change.audit(action, subject, "", after, "");
  change.commit(false);
}

}  // namespace aremko::store
