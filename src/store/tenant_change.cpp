#include "store/tenant_change.h"

namespace aremko::store {

TenantChange::TenantChange(sql::Connection& connection, std::string_view tenant, std::string_view actor,
                           UnixSeconds now)
    : connection_(connection), tenant_(tenant), actor_(actor), now_(now), transaction_(connection) {
  const sql::Rows counters = connection_.run("lock_tenant", {tenant_});
  audit_seq_ = counters[0].integer(0);
  mapping_version_ = counters[0].integer(1);
}

void TenantChange::audit(std::string_view action, std::string_view subject, std::string_view before,
                         std::string_view after, std::string_view reason, std::string_view legacy_id) {
  if (writer_ == nullptr) {
    writer_ = connection_.write("aremko_audit", {"tenant", "seq", "at", "actor", "action", "subject", "before_state",
                                                 "after_state", "reason", "legacy_id"});
  }
  writer_->text(tenant_);
  writer_->integer(++audit_seq_);
  writer_->integer(now_);
  writer_->text(actor_);
  writer_->text(action);
  writer_->text(subject);
  writer_->text(before);
  writer_->text(after);
  writer_->text(reason);
  legacy_id.empty() ? writer_->null() : writer_->text(legacy_id);
  writer_->end_row();
}

void TenantChange::commit(bool mappings_changed, bool always) {
  if (writer_ == nullptr) {
    if (always) transaction_.commit();
    return;
  }
  writer_->finish();
  writer_.reset();
  if (mappings_changed) ++mapping_version_;
  connection_.run("advance_tenant", {tenant_, audit_seq_, mapping_version_});
  transaction_.commit();
}

void TenantChange::commit_unaudited() {
  connection_.run("advance_tenant", {tenant_, audit_seq_, ++mapping_version_});
  transaction_.commit();
}

}  // namespace aremko::store
