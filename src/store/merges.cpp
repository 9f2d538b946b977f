#include "store/merges.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/enum_values.h"
#include "base/text.h"
#include "store/mapping_rows.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

constexpr std::size_t kLongestWhy = 1'000;

template <class Row>
Merge read_merge(Row&& row) {
  Merge out{.id = std::string(row.text(0)), .first_id = row.integer(1), .second_id = row.integer(2), .kept_id = row.integer(3),
            .created_at = row.integer(5), .decided_by = std::string(row.text(6)), .decided_at = row.integer(7)};
  for (const MergeVerdict verdict : enum_values<MergeVerdict>) {
    if (json_name(verdict) == row.text(4)) out.verdict = verdict;
  }
  if (!row.is_null(8)) out.note = std::string(row.text(8));
  return out;
}

std::vector<Merge> read_standing(sql::Connection& connection, std::string_view tenant) {
  std::vector<Merge> out;
  for (const auto row : connection.run("standing_merges", {tenant})) out.push_back(read_merge(row));
  return out;
}

std::string state_of(const Merge& merge) {
  return fmt::format(R"({{"verdict":"{}","kept_id":{},"other_id":{}}})", json_name(merge.verdict), merge.kept_id, merge.other_id());
}

/// Who is one person with whom, by all that was said.
class Groups {
 public:
  explicit Groups(const std::vector<Merge>& standing) {
    for (const Merge& merge : standing) {
      if (merge.verdict == MergeVerdict::same) parent_[root(merge.first_id)] = root(merge.second_id);
    }
  }
  std::int64_t root(std::int64_t id) {
    auto at = parent_.find(id);
    while (at != parent_.end() && at->second != id) {
      id = at->second;
      at = parent_.find(id);
    }
    return id;
  }

 private:
  std::map<std::int64_t, std::int64_t> parent_;
};

std::optional<Error> contradiction(const std::vector<Merge>& standing, const Merge& said) {
  Groups groups(standing);
  const auto [one, other] = std::pair(groups.root(said.first_id), groups.root(said.second_id));
  if (said.verdict == MergeVerdict::different) {
    if (one != other) return std::nullopt;
    return error(Code::conflict, "Otras decisiones dicen que esas dos fichas son la misma persona; deshaga aquello primero.",
                 "Other decisions say that these two are one person; undo those first.");
  }
  for (const Merge& merge : standing) {
    if (merge.verdict != MergeVerdict::different) continue;
    const auto ends = std::pair(groups.root(merge.first_id), groups.root(merge.second_id));
    if (ends != std::pair(one, other) && ends != std::pair(other, one)) continue;
    return error(Code::conflict,
                 fmt::format("Se dijo que las fichas {} y {} son personas distintas; deshaga aquello primero.", merge.first_id, merge.second_id),
                 fmt::format("It was said that {} and {} are two people; undo that first.", merge.first_id, merge.second_id));
  }
  return std::nullopt;
}

std::optional<Error> check_why(std::string_view why) {
  if (why.size() <= kLongestWhy && valid_utf8(why) && why.find('\0') == std::string_view::npos) return std::nullopt;
  return invalid_field("reason", fmt::format("Debe ser texto UTF-8 de a lo más {} bytes.", kLongestWhy),
                       fmt::format("It must be UTF-8 text of at most {} bytes.", kLongestWhy));
}

Error already_decided() {
  return error(Code::conflict, "Otra persona ya decidió sobre estas dos fichas; deshaga aquello primero.",
               "Somebody has decided on these two already; undo that first.");
}

std::optional<std::string> note_of(std::string_view why) {
  return why.empty() ? std::nullopt : std::optional(std::string(why));
}

}  // namespace

std::string merge_id(std::string_view tenant, std::int64_t one, std::int64_t other) {
  return mapping_id(tenant, fmt::format("merge {}", std::min(one, other)), std::max(one, other));
}

Result<Merge> Merges::decide(std::string_view tenant, std::int64_t kept_id, std::int64_t other_id, MergeVerdict verdict,
                             std::string_view who, std::string_view why, UnixSeconds now) {
  if (auto refused = check_why(why)) return fail(*std::move(refused));
  if (kept_id == other_id) return fail(invalid_field("other_id", "Es la misma ficha.", "It is the same customer."));
  const auto connection = pool_.acquire();
  // Holds the tenant's lock from here on: what is read stays true until it is written.
  TenantChange change(*connection, tenant, who, now);
  Merge said{.id = merge_id(tenant, kept_id, other_id), .first_id = std::min(kept_id, other_id), .second_id = std::max(kept_id, other_id),
             .kept_id = kept_id, .verdict = verdict, .created_at = now, .decided_by = std::string(who), .decided_at = now, .note = note_of(why)};
  std::optional<Merge> known;
  if (const auto rows = connection->run("merge_of_pair", {tenant, said.first_id, said.second_id}); !rows.empty()) known = read_merge(rows[0]);
  if (known && known->verdict != MergeVerdict::undone) {
    if (known->verdict == verdict && known->decided_by == who) return *known;
    return fail(already_decided());
  }
  if (auto refused = contradiction(read_standing(*connection, tenant), said)) return fail(*std::move(refused));
  if (known) {
    said.created_at = known->created_at;
    const auto done = connection->run("decide_merge", {said.id, kept_id, json_name(verdict), who, now, said.note, json_name(known->verdict)});
    if (done.empty()) return fail(already_decided());
  } else {
    connection->run("create_merge", {said.id, tenant, said.first_id, said.second_id, kept_id, json_name(verdict), now, who, said.note});
  }
  change.audit(verdict == MergeVerdict::same ? "people.same" : "people.different", said.id, known ? state_of(*known) : std::string(),
               state_of(said), why);
  change.commit(true);
  return said;
}

Result<Merge> Merges::undo(std::string_view tenant, std::string_view id, std::string_view who, std::string_view why, UnixSeconds now) {
  if (auto refused = check_why(why)) return fail(*std::move(refused));
  if (auto found = find(tenant, id); !found) return found;
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, who, now);
  Merge merge = read_merge(connection->run("find_merge", {tenant, id})[0]);
  if (merge.verdict == MergeVerdict::undone) return merge;
  const std::string before = state_of(merge);
  const MergeVerdict was = std::exchange(merge.verdict, MergeVerdict::undone);
  merge.decided_by = who;
  merge.decided_at = now;
  merge.note = note_of(why);
  connection->run("decide_merge", {merge.id, merge.kept_id, json_name(merge.verdict), who, now, merge.note, json_name(was)});
  change.audit("people.undo", merge.id, before, state_of(merge), why);
  change.commit(true);
  return merge;
}

Result<Merge> Merges::find(std::string_view tenant, std::string_view id) {
  if (valid_utf8(id) && id.find('\0') == std::string_view::npos) {
    const sql::Rows rows = pool_.acquire()->run("find_merge", {tenant, id});
    if (!rows.empty()) return read_merge(rows[0]);
  }
  return fail(error(Code::not_found, "No existe esa decisión.", "There is no such decision."));
}

std::optional<Merge> Merges::of_pair(std::string_view tenant, std::int64_t one, std::int64_t other) {
  const sql::Rows rows = pool_.acquire()->run("merge_of_pair", {tenant, std::min(one, other), std::max(one, other)});
  return rows.empty() ? std::nullopt : std::optional(read_merge(rows[0]));
}

std::vector<Merge> Merges::standing(std::string_view tenant) { return read_standing(*pool_.acquire(), tenant); }

std::vector<LiveMerge> Merges::live(std::string_view tenant) {
  std::vector<LiveMerge> out;
  for (const Merge& merge : standing(tenant)) {
    if (merge.verdict == MergeVerdict::same) out.push_back({merge.kept_id, merge.other_id()});
  }
  return out;
}

}  // namespace aremko::store
