// Mappings::apply_sync: reads what is known, plans, writes the difference.

#include "store/mapping_rows.h"
#include "store/mappings.h"
#include "store/sync_plan.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

/// The SELECT is in the query file with the others, though COPY cannot run a prepared one.
std::vector<KnownMapping> read_known(sql::Connection& connection, std::string_view tenant) {
  std::vector<KnownMapping> out;
  const auto reader = connection.read(connection.options().queries->find("all_mappings").sql, {tenant});
  while (reader->next()) {
    out.push_back({.legacy_id = std::string(reader->text(0)), .current_id = reader->integer(1),
                   .confidence = reader->real(2),
                   .status = status_named(reader->text(3)).value_or(MappingStatus::retired),
                   .reasons = std::string(reader->text(4))});
  }
  return out;
}

class SyncWriter {
 public:
  SyncWriter(std::string_view tenant, const std::vector<KnownMapping>& known, std::span<const ProposedLink> links,
             const SyncPlan& plan, UnixSeconds now, const Watch& watch)
      : tenant_(tenant), known_(known), links_(links), plan_(plan), now_(now), watch_(watch),
        changes_(plan.retire.size() + plan.update.size() + plan.create.size()) {}

  void write(sql::Connection& connection) {
    wrote(0);
    // At most one mapping of a legacy record is live at any moment, so what ceases comes before what begins.
    connection.run_many("update_status", plan_.retire.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
      id_ = id_of(known_[plan_.retire[i]]);
      params.insert(params.end(), {id_, json_name(MappingStatus::retired), now_});
    });
    wrote(plan_.retire.size());
    for (const bool live : {false, true}) {
      std::vector<SyncPlan::Found> some;
      std::ranges::copy_if(plan_.update, std::back_inserter(some),
                           [&](const SyncPlan::Found& found) { return is_live(found.status) == live; });
      connection.run_many("update_found", some.size(), [&](std::size_t i, std::vector<sql::Param>& params) {
        const ProposedLink& link = links_[some[i].link];
        id_ = id_of(known_[some[i].known]);
        reasons_ = join_reasons(link.reasons);
        params.insert(params.end(), {id_, link.confidence, json_name(some[i].status), reasons_, now_});
      });
    }
    wrote(plan_.update.size());
    if (!plan_.create.empty()) create(connection);
  }

  void audit(TenantChange& change) {
    phase_ = "audit.write";
    wrote_ = 0;
    for (const std::size_t k : plan_.retire) {
      wrote(1);
      const KnownMapping& known = known_[k];
      change.audit("mapping.retire", id_of(known), describe_state(known.status, known.confidence, known.reasons),
                   describe_state(MappingStatus::retired, known.confidence, known.reasons), "");
    }
    for (const SyncPlan::Found& found : plan_.update) {
      wrote(1);
      const KnownMapping& known = known_[found.known];
      const ProposedLink& link = links_[found.link];
      change.audit("mapping.update", id_of(known), describe_state(known.status, known.confidence, known.reasons),
                   describe_state(found.status, link.confidence, join_reasons(link.reasons)), "");
    }
    for (const SyncPlan::Found& found : plan_.create) {
      wrote(1);
      const ProposedLink& link = links_[found.link];
      change.audit("mapping.create", mapping_id(tenant_, link.legacy_id, link.current_id), "",
                   describe_link(link.legacy_id, link.current_id, found.status, link.confidence,
                                 join_reasons(link.reasons)),
                   "");
    }
  }

 private:
  std::string id_of(const KnownMapping& known) const {
    return mapping_id(tenant_, known.legacy_id, known.current_id);
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
                                            "reasons", "created_at", "updated_at"});
    for (const SyncPlan::Found& found : plan_.create) {
      const ProposedLink& link = links_[found.link];
      writer->text(mapping_id(tenant_, link.legacy_id, link.current_id));
      writer->text(tenant_);
      writer->text(link.legacy_id);
      writer->integer(link.current_id);
      writer->real(link.confidence);
      writer->text(json_name(found.status));
      writer->text(join_reasons(link.reasons));
      writer->integer(now_);
      writer->integer(now_);
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
  std::string_view phase_ = "registry.write";
  std::string id_;       // what the parameters of the statement being bound view
  std::string reasons_;
};

}  // namespace

SyncCounts Mappings::apply_sync(std::string_view tenant, std::span<const ProposedLink> links, std::string_view actor,
                                UnixSeconds now, const SyncTerms& terms) {
  terms.watch.at("registry.write", 0, links.size());
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  // A million links in one statement may take longer than a request's statement may.
  if (connection->engine() == sql::Engine::postgres) connection->script("SET LOCAL statement_timeout = '30min'");
  std::vector<KnownMapping> known = read_known(*connection, tenant);
  terms.watch.at("registry.write", 0, links.size());
  const SyncPlan plan = plan_sync(known, links, terms.examined);
  SyncWriter writer(tenant, known, links, plan, now, terms.watch);
  writer.write(*connection);
  if (terms.claim && !Jobs::finish(*connection, *terms.claim, terms.result(plan.counts), now)) throw Cancelled{};
  writer.audit(change);
  terms.watch.at("audit.write", static_cast<std::uint64_t>(plan.counts.changes()),
                 static_cast<std::uint64_t>(plan.counts.changes()));
  change.commit(true, terms.claim.has_value());
  return plan.counts;
}

}  // namespace aremko::store
