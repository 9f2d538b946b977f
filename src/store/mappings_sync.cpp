// Mappings::apply_sync: reads what is known, plans, writes the difference.

#include <unordered_set>

#include "store/mapping_rows.h"
#include "store/mappings.h"
#include "store/sync_plan.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

/// The SELECT is in the query file with the others, though COPY cannot run a prepared one.
std::vector<KnownMapping> read_known(sql::Connection& connection, std::string_view tenant, const Locate& locate) {
  std::vector<KnownMapping> out;
  const auto reader = connection.read(connection.options().queries->find("all_mappings").sql, {tenant});
  while (reader->next()) {
    out.push_back({.legacy_id = std::string(reader->text(0)), .current_id = reader->integer(1),
                   .confidence = reader->real(2),
                   .status = status_named(reader->text(3)).value_or(MappingStatus::retired),
                   .reasons = std::string(reader->text(4)), .id = std::string(reader->text(5)),
                   .record_id = std::string(reader->text(6)), .print = std::string(reader->text(7)),
                   .key = std::string(reader->text(8)), .decided = reader->integer(9) != 0});
    if (locate) out.back().now = locate(out.back().record());
  }
  return out;
}

class SyncWriter {
 public:
  SyncWriter(std::string_view tenant, const std::vector<KnownMapping>& known, std::span<const ProposedLink> links,
             const SyncPlan& plan, UnixSeconds now, const Watch& watch)
      : tenant_(tenant), known_(known), links_(links), plan_(plan), now_(now), watch_(watch),
        changes_(plan.retire.size() + plan.aside.size() + plan.move.size() + plan.back.size() + plan.update.size() + plan.create.size()) {
    for (const KnownMapping& one : known) taken_.insert(one.id);
  }

  void write(sql::Connection& connection) {
    wrote(0);
    // At most one mapping of a legacy record is live at any moment, so what ceases comes before what begins.
    retire(connection, "update_status", plan_.retire);
    retire(connection, "set_aside", plan_.aside);
    update(connection, false);
    // Keys may go round among records, so all are given up before the first is taken.
    for (const auto* which : {&plan_.free, &plan_.move}) {
      connection.run_many("free_record", which->size(),
                          [&](std::size_t i, std::vector<sql::Param>& params) { params.emplace_back(known_[(*which)[i]].id); });
    }
    move(connection);
    update(connection, true);
    connection.run_many("update_status", plan_.back.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
      params.insert(params.end(), {known_[plan_.back[i]].id, json_name(MappingStatus::accepted), now_});
    });
    wrote(plan_.update.size());
    if (!plan_.create.empty()) create(connection);
  }

  void audit(TenantChange& change) {
    phase_ = "audit.write";
    wrote_ = 0;
    const auto state = [](const KnownMapping& known) { return describe_state(known.status, known.confidence, known.reasons); };
    const auto becomes = [&](std::string_view action, std::size_t k, MappingStatus status, std::string_view why) {
      wrote(1);
      const KnownMapping& known = known_[k];
      change.audit(action, known.id, state(known), describe_state(status, known.confidence, known.reasons), why, known.found() == RecordNow::Found::here ? known.number() : std::string_view(known.legacy_id));
    };
    for (const std::size_t k : plan_.retire) becomes("mapping.retire", k, MappingStatus::retired, "");
    for (const std::size_t k : plan_.aside) becomes("mapping.retire", k, MappingStatus::retired, "record_changed");
    for (const std::size_t k : plan_.move) {
      wrote(1);
      const KnownMapping& known = known_[k];
      if (known.legacy_id == known.number()) continue;  // only its key: nothing that anybody sees
      change.audit("mapping.move", known.id, describe_number(known.legacy_id), describe_number(known.number()), "", known.number());
    }
    for (const std::size_t k : plan_.back) becomes("mapping.return", k, MappingStatus::accepted, "");
    for (const SyncPlan::Found& found : plan_.update) {
      wrote(1);
      const KnownMapping& known = known_[found.known];
      const ProposedLink& link = links_[found.link];
      change.audit("mapping.update", known.id, state(known),
                   describe_state(found.status, link.confidence, join_reasons(link.reasons)), "", link.legacy_id);
    }
    for (const SyncPlan::Found& found : plan_.create) {
      wrote(1);
      const ProposedLink& link = links_[found.link];
      change.audit("mapping.create", id_of(link), "",
                   describe_link(link.legacy_id, link.current_id, found.status, link.confidence,
                                 join_reasons(link.reasons)),
                   "", link.legacy_id);
    }
  }

 private:
  static RecordRef record_of(const ProposedLink& link) { return {link.legacy_id, link.record_id, link.print}; }
  /// Not the id that the pair had when the record was another's.
  std::string id_of(const ProposedLink& link) const {
    std::string key = record_key(record_of(link));
    std::string id = mapping_id(tenant_, key, link.current_id);
    while (taken_.contains(id)) id = mapping_id(tenant_, key += '+', link.current_id);
    return id;
  }

  void retire(sql::Connection& connection, std::string_view query, const std::vector<std::size_t>& which) {
    connection.run_many(query, which.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
      params.insert(params.end(), {known_[which[i]].id, json_name(MappingStatus::retired), now_});
    });
    wrote(which.size());
  }

  void update(sql::Connection& connection, bool live) {
    std::vector<SyncPlan::Found> some;
    std::ranges::copy_if(plan_.update, std::back_inserter(some),
                         [&](const SyncPlan::Found& found) { return is_live(found.status) == live; });
    connection.run_many("update_found", some.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
      const ProposedLink& link = links_[some[i].link];
      reasons_ = join_reasons(link.reasons);
      params.insert(params.end(), {known_[some[i].known].id, link.confidence, json_name(some[i].status), reasons_, now_});
    });
  }

  void move(sql::Connection& connection) {
    connection.run_many("move_record", plan_.move.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
      const KnownMapping& known = known_[plan_.move[i]];
      key_ = record_key({known.now->legacy_id, known.now->record_id, known.now->print});
      params.insert(params.end(), {known.id, known.now->legacy_id, known.now->record_id, known.now->print, key_});
    });
    wrote(plan_.move.size());
  }

  void wrote(std::size_t count) {
    const std::size_t before = wrote_;
    wrote_ += count;
    constexpr std::size_t every = 4096;
    if (count != 1 || before / every != wrote_ / every) watch_.at(phase_, wrote_, changes_);
  }

  void create(sql::Connection& connection) {
    const auto writer =
        connection.write("aremko_mapping", {"id", "tenant", "legacy_id", "current_id", "confidence", "status",
                                            "reasons", "created_at", "updated_at", "record", "record_id", "print",
                                            "made_as"});
    for (const SyncPlan::Found& found : plan_.create) {
      const ProposedLink& link = links_[found.link];
      writer->text(id_of(link));
      writer->text(tenant_);
      writer->text(link.legacy_id);
      writer->integer(link.current_id);
      writer->real(link.confidence);
      writer->text(json_name(found.status));
      writer->text(join_reasons(link.reasons));
      writer->integer(now_);
      writer->integer(now_);
      writer->text(record_key(record_of(link)));
      writer->text(link.record_id);
      writer->text(link.print);
      writer->text(link.legacy_id);
      writer->end_row();
      wrote(1);
    }
    writer->finish();
  }

  std::string_view tenant_;
  const std::vector<KnownMapping>& known_;
  std::span<const ProposedLink> links_;
  const SyncPlan& plan_;
  UnixSeconds now_;
  const Watch& watch_;
  std::size_t changes_;
  std::size_t wrote_ = 0;
  std::unordered_set<std::string_view> taken_;
  std::string_view phase_ = "registry.write";
  std::string reasons_;  // what the parameters of the statement being bound view
  std::string key_;
};

}  // namespace

SyncCounts Mappings::apply_sync(std::string_view tenant, std::span<const ProposedLink> links, std::string_view actor,
                                UnixSeconds now, const SyncTerms& terms) {
  terms.watch.at("registry.write", 0, links.size());
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  // A million links in one statement may take longer than a request's statement may.
  if (connection->engine() == sql::Engine::postgres) connection->script("SET LOCAL statement_timeout = '30min'");
  std::vector<KnownMapping> known = read_known(*connection, tenant, terms.locate);
  terms.watch.at("registry.write", 0, links.size());
  const SyncPlan plan = plan_sync(known, links, terms.examined);
  SyncWriter writer(tenant, known, links, plan, now, terms.watch);
  writer.write(*connection);
  if (terms.claim && !Jobs::finish(*connection, *terms.claim, terms.result(plan.counts), now)) throw Cancelled{};
  writer.audit(change);
  terms.watch.at("audit.write", static_cast<std::uint64_t>(plan.counts.changes()),
                 static_cast<std::uint64_t>(plan.counts.changes()));
  // A record's new key alone is no change that anybody made, but readers have to know it.
  const bool keys_alone = plan.counts.changes() == 0 && plan.move.size() + plan.free.size() > 0;
  keys_alone ? change.commit_unaudited() : change.commit(true, terms.claim.has_value());
  return plan.counts;
}

void Mappings::adopt(std::string_view tenant, const Locate& locate, UnixSeconds now) {
  const auto connection = pool_.acquire();
  if (connection->run("mappings_without_print", {tenant}).empty()) return;
  TenantChange change(*connection, tenant, "", now);
  // Read again under the lock: another process may have done it.
  struct Adopted {
    std::string id, key, legacy_id, record_id, print;
  };
  std::vector<Adopted> adopted;
  for (const auto row : connection->run("mappings_without_print", {tenant})) {
    const RecordNow found = locate({row.text(1), {}, {}});
    const bool here = found.found == RecordNow::Found::here;
    std::string key = here ? record_key({found.legacy_id, found.record_id, found.print}) : fmt::format("x{}", row.text(0));
    adopted.push_back({row.string(0), std::move(key), row.string(1), found.record_id, here ? found.print : "-"});
  }
  connection->run_many("move_record", adopted.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
    const Adopted& one = adopted[i];
    params.insert(params.end(), {one.id, one.legacy_id, one.record_id, one.print, one.key});
  });
  change.commit_unaudited();
}

}  // namespace aremko::store
