#pragma once
// The verb that shows who changed what.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/result.h"
#include "operations/operation.h"

namespace aremko::operations {

struct AuditInput {
  std::optional<std::string> subject;
  std::optional<std::string> legacy_id;
  std::optional<std::int64_t> customer_id;
  std::optional<std::string> action;
  std::int64_t limit = 100;
  std::optional<std::string> cursor;
};
BOOST_DESCRIBE_STRUCT(AuditInput, (), (subject, legacy_id, customer_id, action, limit, cursor))

struct AuditRow {
  std::int64_t id = 0;
  Moment at;            // local
  std::string actor;                        // a key's public id, or cli
  std::optional<std::string> actor_label;   // whose the key is
  std::string action;
  std::string subject;
  std::optional<std::string> legacy_id;     // of the mapping that the subject is
  std::optional<std::int64_t> current_id;
  std::string summary;                      // one sentence, in the language asked for
  std::optional<json::JsonText> before;
  std::optional<json::JsonText> after;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (),
                      (id, at, actor, actor_label, action, subject, legacy_id, current_id, summary, before, after,
                       reason))

struct AuditTrail {
  std::vector<AuditRow> entries;  // newest first
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(AuditTrail, (), (entries, next))
Result<AuditTrail> audit_trail(Context& context, const AuditInput& input);

std::vector<Operation> audit_operations();

}  // namespace aremko::operations
