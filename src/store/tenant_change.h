#pragma once
// One change of one tenant's rows: a transaction that holds the tenant's lock, and its audit. Inside `store` only.

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "sql/connection.h"

namespace aremko::store {

class TenantChange {
 public:
  /// Waits for other writers of the tenant; SqlError (busy) when they take too long.
  TenantChange(sql::Connection& connection, std::string_view tenant, std::string_view actor, UnixSeconds now);

  sql::Connection& connection() { return connection_; }

  /// Adds a row. The first one begins a bulk write: all other statements of the change come before.
  /// `legacy_id`: of the mapping that the subject is, as its number is now; empty for anything else.
  void audit(std::string_view action, std::string_view subject, std::string_view before, std::string_view after,
             std::string_view reason, std::string_view legacy_id = {});

  /// Without an audit row nothing was changed, and the transaction is dropped, unless `always`.
  void commit(bool mappings_changed, bool always = false);
  /// What nobody decided and no audit tells: mappings are the same, but readers have to read them again.
  void commit_unaudited();

 private:
  sql::Connection& connection_;
  std::string tenant_;
  std::string actor_;
  UnixSeconds now_;
  sql::Transaction transaction_;
  std::int64_t audit_seq_ = 0;
  std::int64_t mapping_version_ = 0;
  std::unique_ptr<sql::BulkWriter> writer_;
};

}  // namespace aremko::store
