#pragma once
// The one place where a key is asked for, and where an operation is run on somebody's behalf.

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"
#include "operations/context.h"
#include "operations/operation.h"

namespace aremko::operations {

/// What a caller shows; empty when not given.
struct Credentials {
  std::string_view key;
  std::string_view tenant;
  std::stop_token stop{};  // nobody waits for the answer any more
  std::string_view session{};    // of somebody who signed in; a key beside it wins
  bool in_use = true;            // somebody is there: not a page that asks by itself
  Browser* browser = nullptr;    // where they sit
};

/// What a verb asks of its caller.
struct Needed {
  Needed(Scope least, std::optional<Right> and_right = {}) : scope(least), right(and_right) {}  // NOLINT: a scope alone is one
  Scope scope;
  std::optional<Right> right;
};

struct Access {
  Tenant* tenant = nullptr;
  store::Principal principal{};
  Watch watch{};  // told of long work's progress; its stop ends it
  Browser* browser = nullptr;
};

/// Whose share of the workers somebody's work takes beside their own: the tenant's, where others wait for them too.
inline std::string sharing(const Services& services, const store::Principal& principal) {
  return services.tenants.size() > 1 ? principal.tenant : std::string();
}

/// `unauthorized` without a key of ours, `forbidden` for another tenant or a smaller scope, `not_found` for a tenant
/// this process does not serve. Blocks only where needs_worker() says so.
Result<Access> authorise(const Services& services, Needed needed, const Credentials& credentials);

/// The same from memory alone, never blocking; nothing when the store has to be asked.
std::optional<Result<Access>> authorise_at_once(const Services& services, Needed needed, const Credentials& credentials);

/// Whether authorise() may have to ask the store: a key of the right shape that is not known in memory.
bool needs_worker(const Services& services, std::string_view key);

/// Authorises, parses, acts: the answer as JSON. `tenant_name`, when given, is set to the tenant that was reached; it
/// lives as long as `services`. An Outage goes through to the door.
Result<std::string> perform(Services& services, const Operation& operation, const Credentials& credentials,
                            std::string_view language, const Arguments& arguments,
                            std::string_view* tenant_name = nullptr);

/// The same as a job, for an operation that can be one: `defer`.
Result<Deferred> perform_later(Services& services, const Operation& operation, const Credentials& credentials,
                               std::string_view language, const Arguments& arguments, std::string_view* tenant_name);

/// The same for a caller whose access is settled already.
Result<std::string> perform(Services& services, const Operation& operation, const Access& access,
                            std::string_view language, const Arguments& arguments);

}  // namespace aremko::operations
