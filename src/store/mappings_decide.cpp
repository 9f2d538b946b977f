// What people decide: Mappings::decide and link_by_hand.

#include "base/text.h"
#include "store/mapping_rows.h"
#include "store/mappings.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

constexpr std::string_view kByHand = "by_hand";
constexpr std::size_t kLongestWhy = 1'000;
constexpr std::size_t kLongestLegacyId = 100;

std::string state_of(const Mapping& mapping) {
  std::string reasons;
  for (const std::string& reason : mapping.reasons) reasons += (reasons.empty() ? "" : ",") + reason;
  return describe_state(mapping.status, mapping.confidence, reasons);
}

std::optional<Error> check_text(const char* field, std::string_view text, std::size_t longest) {
  if (text.size() <= longest && valid_utf8(text) && text.find('\0') == std::string_view::npos) return std::nullopt;
  return invalid_field(field, fmt::format("Debe ser texto UTF-8 de a lo más {} bytes.", longest),
                       fmt::format("It must be UTF-8 text of at most {} bytes.", longest));
}

struct AuditLine {
  std::string action;
  std::string id;
  std::string before;
  std::string after;
};

/// One decision inside its transaction; audit lines are kept until all statements have run.
class Decider {
 public:
  Decider(TenantChange& change, std::string_view tenant, std::string_view who, std::string_view why, UnixSeconds now)
      : change_(change), db_(change.connection()), tenant_(tenant), who_(who), why_(why), now_(now) {}

  /// Frees the legacy record for `chosen`: retires the other automatic mappings. False when a person accepted
  /// another one.
  bool make_room(std::string_view legacy_id, std::string_view chosen) {
    const sql::Rows rows = db_.run("mappings_of_legacy", {tenant_, legacy_id});
    for (const auto row : rows) {
      if (row.text(0) != chosen && row.text(4) == json_name(MappingStatus::accepted)) return false;
    }
    for (const auto row : rows) {
      Mapping other = read_mapping(row);
      if (other.id == chosen || other.status == MappingStatus::rejected || other.status == MappingStatus::retired) {
        continue;
      }
      const std::string before = state_of(other);
      other.status = MappingStatus::retired;
      db_.run("update_status", {other.id, json_name(other.status), now_});
      lines_.push_back({"mapping.retire", other.id, before, state_of(other)});
    }
    return true;
  }

  /// Sets the status and who set it; nobody for an undo.
  void set(Mapping& mapping, MappingStatus status, const char* action, bool by_person) {
    const std::string before = state_of(mapping);
    mapping.status = status;
    mapping.updated_at = now_;
    mapping.decided_by = by_person ? std::optional(std::string(who_)) : std::nullopt;
    mapping.decided_at = by_person ? std::optional(now_) : std::nullopt;
    mapping.note = by_person && !why_.empty() ? std::optional(std::string(why_)) : std::nullopt;
    db_.run("decide_mapping",
            {mapping.id, json_name(status), now_, mapping.decided_by, mapping.decided_at, mapping.note});
    lines_.push_back({action, mapping.id, before, state_of(mapping)});
  }

  void create(const Mapping& mapping) {
    db_.run("create_mapping", {mapping.id, tenant_, mapping.legacy_id, mapping.current_id, mapping.confidence,
                               json_name(mapping.status), kByHand, now_, mapping.decided_by, mapping.decided_at,
                               mapping.note});
    lines_.push_back(
        {"mapping.link", mapping.id, "",
         describe_link(mapping.legacy_id, mapping.current_id, mapping.status, mapping.confidence, kByHand)});
  }

  bool another_is_live(const Mapping& mapping) {
    for (const auto row : db_.run("mappings_of_legacy", {tenant_, mapping.legacy_id})) {
      const Mapping other = read_mapping(row);
      if (other.id != mapping.id && is_live(other.status)) return true;
    }
    return false;
  }

  void commit() {
    for (const AuditLine& line : lines_) change_.audit(line.action, line.id, line.before, line.after, why_);
    change_.commit(true);
  }

 private:
  TenantChange& change_;
  sql::Connection& db_;
  std::string_view tenant_;
  std::string_view who_;
  std::string_view why_;
  UnixSeconds now_;
  std::vector<AuditLine> lines_;
};

std::unexpected<Error> already_accepted() {
  return fail(error(Code::conflict,
                    "Ese registro histórico ya fue aceptado para otro cliente; deshaga aquello primero.",
                    "That legacy record was accepted for another customer; undo that first."));
}

/// Where a mapping stands when nobody has decided on it.
MappingStatus undecided(const Mapping& mapping, bool another_live) {
  const bool by_hand = mapping.reasons.size() == 1 && mapping.reasons[0] == kByHand;
  if (by_hand || mapping.confidence < pending_confidence) return MappingStatus::retired;
  return mapping.confidence >= live_confidence && !another_live ? MappingStatus::active : MappingStatus::pending;
}

}  // namespace

Result<Mapping> Mappings::decide(std::string_view tenant, std::string_view id, Decision decision,
                                 std::string_view who, std::string_view why, UnixSeconds now) {
  if (auto refused = check_text("reason", why, kLongestWhy)) return fail(*std::move(refused));
  auto found = find(tenant, id);
  if (!found) return found;
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, who, now);
  Decider decider(change, tenant, who, why, now);
  // Read again under the lock: another process may have changed it.
  Mapping mapping = read_mapping(connection->run("find_mapping", {tenant, id})[0]);
  const bool decided = mapping.status == MappingStatus::accepted || mapping.status == MappingStatus::rejected;
  switch (decision) {
    case Decision::accept:
      if (mapping.status == MappingStatus::accepted) return mapping;
      if (!decider.make_room(mapping.legacy_id, mapping.id)) return already_accepted();
      decider.set(mapping, MappingStatus::accepted, "mapping.accept", true);
      break;
    case Decision::reject:
      if (mapping.status == MappingStatus::rejected) return mapping;
      decider.set(mapping, MappingStatus::rejected, "mapping.reject", true);
      break;
    case Decision::undo:
      if (!decided) return mapping;
      decider.set(mapping, undecided(mapping, decider.another_is_live(mapping)), "mapping.undo", false);
      break;
  }
  decider.commit();
  return mapping;
}

Result<Mapping> Mappings::link_by_hand(std::string_view tenant, std::string_view legacy_id, std::int64_t current_id,
                                       std::string_view who, std::string_view why, UnixSeconds now) {
  if (auto refused = check_text("reason", why, kLongestWhy)) return fail(*std::move(refused));
  if (auto refused = check_text("legacy_id", legacy_id, kLongestLegacyId)) return fail(*std::move(refused));
  if (legacy_id.empty()) return fail(invalid_field("legacy_id", "No puede ser vacío.", "It must not be empty."));
  const std::string id = mapping_id(tenant, legacy_id, current_id);
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, who, now);
  Decider decider(change, tenant, who, why, now);
  const sql::Rows rows = connection->run("find_mapping", {tenant, id});
  Mapping mapping;
  if (!rows.empty()) mapping = read_mapping(rows[0]);
  if (mapping.status == MappingStatus::accepted) return mapping;
  if (!decider.make_room(legacy_id, id)) return already_accepted();
  if (!rows.empty()) {
    decider.set(mapping, MappingStatus::accepted, "mapping.link", true);
  } else {
    mapping = {.id = id, .legacy_id = std::string(legacy_id), .current_id = current_id, .confidence = 100,
               .status = MappingStatus::accepted, .reasons = {std::string(kByHand)}, .created_at = now,
               .updated_at = now, .decided_by = std::string(who), .decided_at = now};
    if (!why.empty()) mapping.note = std::string(why);
    decider.create(mapping);
  }
  decider.commit();
  return mapping;
}

}  // namespace aremko::store
