#include "store/decisions.h"

#include <limits>

#include "base/text.h"
#include "store/page_limit.h"

namespace aremko::store {
namespace {

DecisionEntry read_entry(const sql::Rows::Row& row) {
  const auto id = [&](std::size_t column) { return row.is_null(column) ? std::nullopt : std::optional(row.integer(column)); };
  return {.id = row.integer(0), .at = row.integer(1), .actor = row.string(2), .actor_label = row.string(13), .action = row.string(3),
          .subject = row.string(4), .before = row.string(5), .after = row.string(6), .reason = row.string(7), .legacy_id = row.string(8),
          .current_id = id(9), .first_id = id(10), .second_id = id(11), .kept_id = id(12), .stands = row.integer(14) != 0};
}

}  // namespace

Result<DecisionPage> Decisions::list(std::string_view tenant, const DecisionFilter& filter, std::size_t limit, std::string_view cursor) {
  if (auto refused = check_limit(limit)) return fail(*std::move(refused));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (!cursor.empty()) {
    const auto number = parse_int(cursor);
    if (!number) return fail(bad_cursor());
    before = *number;
  }
  DecisionPage page;
  // What no row can hold is in none, and PostgreSQL would refuse to look for it.
  if (!valid_utf8(filter.actor) || filter.actor.find('\0') != std::string::npos) return page;
  const auto connection = pool_.acquire();
  const std::string_view kind = filter.kind ? json_name(*filter.kind) : std::string_view{};
  const std::int64_t standing = filter.standing ? 1 : 0;
  for (const auto row : connection->run("list_decisions", {tenant, before, limit + 1, kind, filter.actor, standing})) {
    if (page.entries.size() == limit) {
      page.next = std::to_string(page.entries.back().id);
      break;
    }
    page.entries.push_back(read_entry(row));
  }
  return page;
}

}  // namespace aremko::store
