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

/// Where a mapping stands when nobody has decided on it.
MappingStatus undecided(const Mapping& mapping, bool another_live) {
  const bool by_hand = mapping.reasons.size() == 1 && mapping.reasons[0] == kByHand;
  if (by_hand || mapping.confidence < pending_confidence) return MappingStatus::retired;
  return mapping.confidence >= live_confidence && !another_live ? MappingStatus::active : MappingStatus::pending;
}

struct AuditLine {
  std::string action;
  std::string id;
  std::string legacy_id;
  std::string before;
  std::string after;
};

/// One decision inside its transaction; audit lines are kept until all statements have run.
class Decider {
 public:
  Decider(TenantChange& change, std::string_view tenant, std::string_view who, std::string_view why, UnixSeconds now, const Locate& locate)
      : change_(change), db_(change.connection()), tenant_(tenant), who_(who), why_(why), now_(now), locate_(locate) {}

  /// Frees the legacy record for `chosen`: retires the other automatic mappings, and takes the record's key from those whose
  /// record it was before. False when a person accepted another one.
  bool make_room(const RecordRef& record, std::string_view chosen) {
    std::vector<Mapping> others = others_of(record, chosen);
    const auto of_record = [&](const Mapping& other) { return same_record(locate_, other.record(), record); };
    for (const Mapping& other : others) {
      if (other.status == MappingStatus::accepted && of_record(other)) return false;
    }
    for (Mapping& other : others) {
      const bool ours = of_record(other);
      if (!ours && other.record_id != record.record_id) continue;
      if (!ours) db_.run("free_record", {other.id});
      if (!is_live(other.status) && other.status != MappingStatus::pending) continue;
      const std::string before = state_of(other);
      other.status = MappingStatus::retired;
      db_.run("update_status", {other.id, json_name(other.status), now_});
      lines_.push_back({"mapping.retire", other.id, other.legacy_id, before, state_of(other)});
    }
    return true;
  }

  /// Sets the status, and that it is this person's word. False when it is no longer as it was read.
  [[nodiscard]] bool set(Mapping& mapping, MappingStatus status, const char* action) {
    std::optional<std::string> note;
    if (!why_.empty()) note = why_;
    return write(mapping, status, action, {std::string(who_), now_, std::move(note)});
  }

  /// Back to where it stands without this word: to what was accepted before an unlink, else to nobody's.
  [[nodiscard]] bool unset(Mapping& mapping) {
    if (unlinked_from_accepted(mapping)) {
      const sql::Rows rows = db_.run("last_acceptance", {tenant_, mapping.id});
      if (!rows.empty() && make_room(mapping.record(), mapping.id)) {
        std::optional<std::string> note;
        if (!rows[0].text(2).empty()) note = rows[0].string(2);
        return write(mapping, MappingStatus::accepted, "mapping.undo", {rows[0].string(0), rows[0].integer(1), std::move(note)});
      }
    }
    return write(mapping, undecided(mapping, another_is_live(mapping)), "mapping.undo", {});
  }

  void create(const Mapping& mapping) {
    db_.run("create_mapping", {mapping.id, tenant_, mapping.legacy_id, mapping.current_id, mapping.confidence,
                               json_name(mapping.status), kByHand, now_, mapping.decided_by, mapping.decided_at,
                               mapping.note, record_key(mapping.record()), mapping.record_id, mapping.print});
    lines_.push_back(
        {"mapping.link", mapping.id, mapping.legacy_id, "",
         describe_link(mapping.legacy_id, mapping.current_id, mapping.status, mapping.confidence, kByHand)});
  }

  bool another_is_live(const Mapping& mapping) {
    const auto others = others_of(mapping.record(), mapping.id);
    return std::ranges::any_of(others, [&](const Mapping& other) {
      return is_live(other.status) && same_record(locate_, other.record(), mapping.record());
    });
  }

  /// The mapping of just this record and customer, whatever its number was.
  std::optional<Mapping> of_pair(const RecordRef& record, std::int64_t current_id) {
    for (Mapping& known : others_of(record, {})) {
      if (known.current_id == current_id && same_record(locate_, known.record(), record)) return std::move(known);
    }
    return std::nullopt;
  }

  /// Not the id that the pair had when the record was another's.
  std::string new_id(const RecordRef& record, std::int64_t current_id) {
    std::string key = record_key(record);
    std::string id = mapping_id(tenant_, key, current_id);
    while (!db_.run("find_mapping", {tenant_, id}).empty()) id = mapping_id(tenant_, key += '+', current_id);
    return id;
  }

  void commit() {
    for (const AuditLine& line : lines_) change_.audit(line.action, line.id, line.before, line.after, why_, line.legacy_id);
    change_.commit(true);
  }

 private:
  struct Word {
    std::optional<std::string> by{};
    std::optional<UnixSeconds> at{};
    std::optional<std::string> note{};
  };
  bool write(Mapping& mapping, MappingStatus status, const char* action, Word word) {
    const std::string before = state_of(mapping);
    const MappingStatus was = std::exchange(mapping.status, status);
    mapping.updated_at = now_;
    mapping.decided_by = std::move(word.by);
    mapping.decided_at = word.at;
    mapping.note = std::move(word.note);
    const sql::Rows done = db_.run("decide_mapping", {mapping.id, json_name(status), now_, mapping.decided_by, mapping.decided_at,
                                                      mapping.note, json_name(was)});
    lines_.push_back({action, mapping.id, mapping.legacy_id, before, state_of(mapping)});
    return !done.empty();
  }

  bool unlinked_from_accepted(const Mapping& mapping) {
    const sql::Rows rows = db_.run("last_decision", {tenant_, mapping.id});
    return !rows.empty() && rows[0].text(0) == "mapping.unlink" && rows[0].text(1).find(R"("status":"accepted")") != std::string_view::npos;
  }

  /// All that may be of the record, but for one.
  std::vector<Mapping> others_of(const RecordRef& record, std::string_view but) {
    std::vector<Mapping> out;
    for (const auto row : db_.run("mappings_of_legacy", {tenant_, record.legacy_id, record.record_id})) {
      if (row.text(0) != but) out.push_back(read_mapping(row));
    }
    return out;
  }

  TenantChange& change_;
  sql::Connection& db_;
  std::string_view tenant_;
  std::string_view who_;
  std::string_view why_;
  UnixSeconds now_;
  const Locate& locate_;
  std::vector<AuditLine> lines_;
};

std::unexpected<Error> already_accepted() {
  return fail(error(Code::conflict,
                    "Ese registro histórico ya fue aceptado para otro cliente; deshaga aquello primero.",
                    "That legacy record was accepted for another customer; undo that first."));
}

std::unexpected<Error> already_decided() {
  return fail(error(Code::conflict, "Otra persona ya decidió sobre este vínculo; deshaga aquello primero.",
                    "Somebody has decided on this mapping already; undo that first."));
}

std::unexpected<Error> not_linked() {
  return fail(error(Code::conflict, "Ese registro no está vinculado con este cliente.", "That record is not tied to this customer."));
}

constexpr bool is_decided(MappingStatus status) { return status == MappingStatus::accepted || status == MappingStatus::rejected; }

}  // namespace

Result<Mapping> Mappings::decide(std::string_view tenant, std::string_view id, Decision decision,
                                 std::string_view who, std::string_view why, UnixSeconds now, const Locate& locate) {
  if (auto refused = check_text("reason", why, kLongestWhy)) return fail(*std::move(refused));
  auto found = find(tenant, id);
  if (!found) return found;
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, who, now);
  Decider decider(change, tenant, who, why, now, locate);
  // Read again under the lock: another process may have changed it.
  Mapping mapping = read_mapping(connection->run("find_mapping", {tenant, id})[0]);
  const MappingStatus wanted = decision == Decision::accept ? MappingStatus::accepted : MappingStatus::rejected;
  if (decision == Decision::undo) {
    if (!is_decided(mapping.status)) return mapping;
  } else if (decision != Decision::unlink || mapping.status == MappingStatus::rejected) {
    if (mapping.status == wanted && mapping.decided_by == who) return mapping;
    if (is_decided(mapping.status)) return already_decided();
  }
  bool done = false;
  switch (decision) {
    case Decision::accept:
      if (!decider.make_room(mapping.record(), mapping.id)) return already_accepted();
      done = decider.set(mapping, wanted, "mapping.accept");
      break;
    case Decision::reject:
      done = decider.set(mapping, wanted, "mapping.reject");
      break;
    case Decision::unlink:
      if (!is_live(mapping.status)) return not_linked();
      done = decider.set(mapping, wanted, "mapping.unlink");
      break;
    case Decision::undo:
      done = decider.unset(mapping);
      break;
  }
  if (!done) return already_decided();
  decider.commit();
  return mapping;
}

Result<Mapping> Mappings::link_by_hand(std::string_view tenant, const RecordRef& record, std::int64_t current_id,
                                       std::string_view who, std::string_view why, UnixSeconds now, const Locate& locate) {
  if (auto refused = check_text("reason", why, kLongestWhy)) return fail(*std::move(refused));
  if (auto refused = check_text("legacy_id", record.legacy_id, kLongestLegacyId)) return fail(*std::move(refused));
  if (record.legacy_id.empty()) return fail(invalid_field("legacy_id", "No puede ser vacío.", "It must not be empty."));
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, who, now);
  Decider decider(change, tenant, who, why, now, locate);
  auto known = decider.of_pair(record, current_id);
  if (known && known->status == MappingStatus::accepted && known->decided_by == who) return *known;
  if (known && is_decided(known->status)) return already_decided();
  const std::string id = known ? known->id : decider.new_id(record, current_id);
  if (!decider.make_room(record, id)) return already_accepted();
  Mapping mapping;
  if (known) {
    mapping = *std::move(known);
    if (!decider.set(mapping, MappingStatus::accepted, "mapping.link")) return already_decided();
  } else {
    mapping = {.id = id, .legacy_id = std::string(record.legacy_id), .current_id = current_id, .confidence = 100,
               .status = MappingStatus::accepted, .reasons = {std::string(kByHand)}, .created_at = now,
               .updated_at = now, .decided_by = std::string(who), .decided_at = now,
               .record_id = std::string(record.record_id), .print = std::string(record.print)};
    if (!why.empty()) mapping.note = std::string(why);
    decider.create(mapping);
  }
  decider.commit();
  return mapping;
}

}  // namespace aremko::store
