#pragma once
// Who changed what, when and why. Rows are added, never changed: the database itself refuses.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sql/pool.h"

namespace aremko::store {

struct AuditEntry {
  std::int64_t id = 0;  // 1, 2, 3 … within the tenant, without gaps
  UnixSeconds at = 0;
  std::string actor{};    // "sync", a key's public id, a person's of the house, "cli"
  std::string action{};   // "mapping.create", "mapping.update", "mapping.retire", "mapping.move", "mapping.return", "mapping.accept", "mapping.reject",
                          // "mapping.undo", "mapping.link", "mapping.unlink", "people.same", "people.different", "people.undo",
                          // "key.create", "key.revoke", "staff.add", "staff.role", "staff.secret", "staff.revoke",
                          // "device.revoke", "people.export"
  std::string subject{};  // a mapping's UUID, a key's public id
  std::string before{};   // short JSON of what changed; empty for a new thing
  std::string after{};
  std::string reason{};
  std::string legacy_id{};                    // of the mapping that the subject is, as it was then; else empty
  std::optional<std::int64_t> current_id{};
  std::string actor_label{};                  // whose the key is that did it; else empty

  friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// Which entries; all that are given hold.
struct AuditFilter {
  std::optional<std::string> subject{};         // a mapping's UUID, a key's public id
  std::optional<std::string> legacy_id{};       // all mappings of the legacy record
  std::optional<std::int64_t> current_id{};     // all mappings of the customer
  std::optional<std::string> action{};
};

struct AuditPage {
  std::vector<AuditEntry> entries{};
  std::string next{};  // cursor; empty at the end
};

class Audit {
 public:
  explicit Audit(sql::Pool& pool) : pool_(pool) {}

  /// Newest first. `limit` 1–1,000; malformed for a cursor that is none of ours. SqlError when the store is away.
  Result<AuditPage> list(std::string_view tenant, const AuditFilter& filter, std::size_t limit,
                         std::string_view cursor = {});

  /// What was done and changed nothing that is kept, such as an export; on disk when it returns. `after` is short JSON.
  void note(std::string_view tenant, std::string_view actor, std::string_view action, std::string_view subject,
            std::string_view after, UnixSeconds now);

 private:
  sql::Pool& pool_;
};

}  // namespace aremko::store
