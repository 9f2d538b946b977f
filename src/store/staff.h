#pragma once
// People of the house: who works here as what, from which browsers, and who is signed in. Secrets come as hashes (secret.h).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sql/pool.h"
#include "store/keys.h"
#include "store/rights.h"

namespace aremko::store {

struct StaffMember {
  std::string staff_id{};
  std::string tenant{};
  std::string name{};
  Role role = Role::reception;
  UnixSeconds created_at = 0;
  std::optional<UnixSeconds> revoked_at{};
  std::optional<UnixSeconds> last_used_at{};
};

/// A name as it is written, and as names are compared.
struct StaffName {
  std::string_view written;
  std::string_view folded;
};

/// What signing in compares with.
struct StaffSecret {
  StaffMember member{};
  std::string secret{};
};

/// A browser, with whoever signed in there.
struct Device {
  std::string device_id{};
  std::string label{};             // "Chrome, Windows"
  bool remembered = false;
  UnixSeconds created_at = 0;
  std::optional<UnixSeconds> revoked_at{};
  UnixSeconds last_used_at = 0;
  std::vector<std::string> people{};  // latest first
};

struct KnownDevice {
  std::string device_id{};
  std::string tenant{};
  bool remembered = false;
};

/// Somebody signs in from a browser.
struct SignIn {
  const StaffMember* member = nullptr;
  std::string_view device_id{};    // known already; empty for a new one
  std::string_view device_hash{};  // of a new one
  std::string_view label{};
  bool remembered = false;
  std::string_view session_hash{};
};

/// Who is signed in, as SessionRing holds it.
struct SessionHash {
  std::string hash{};
  Principal principal{};
  bool locked = false;
  UnixSeconds last_used_at = 0;
};

/// Calls block and throw SqlError when the store is away.
class Staff {
 public:
  explicit Staff(sql::Pool& pool) : pool_(pool) {}

  /// `conflict` when somebody here bears the name; `invalid` for no name, or one of more than 60 characters.
  Result<StaffMember> add(std::string_view tenant, StaffName name, Role role, std::string_view secret,
                          std::string_view actor, UnixSeconds now);
  /// Those who work here first, by name.
  std::vector<StaffMember> list(std::string_view tenant);
  /// not_found for an unknown id, another tenant's, or somebody who has left; `conflict` when nobody of administration would stay.
  Result<StaffMember> set_role(std::string_view tenant, std::string_view staff_id, Role role, std::string_view actor, UnixSeconds now);
  /// Ends their sessions.
  Result<StaffMember> set_secret(std::string_view tenant, std::string_view staff_id, std::string_view secret,
                                 std::string_view actor, UnixSeconds now);
  /// Revoking twice changes nothing.
  Result<StaffMember> revoke(std::string_view tenant, std::string_view staff_id, std::string_view actor, UnixSeconds now);
  std::optional<StaffSecret> named(std::string_view tenant, std::string_view folded);
  /// Whether anybody works here; of every tenant together when none is given.
  bool any(std::string_view tenant = {});

  std::vector<Device> devices(std::string_view tenant);
  /// Ends the sessions of whoever is signed in there.
  Result<Device> revoke_device(std::string_view tenant, std::string_view device_id, std::string_view actor, UnixSeconds now);
  std::optional<KnownDevice> device(std::string_view hash);
  /// Names for the door of a remembered device.
  std::vector<std::string> people_of(std::string_view device_id);

  void begin(const SignIn& one, UnixSeconds now);
  void end(std::string_view session_hash, UnixSeconds now);
  void lock(std::string_view session_hash);
  void used(std::string_view session_hash, UnixSeconds at);
  /// Whoever is signed in and was here after `since`.
  std::vector<SessionHash> working(UnixSeconds since);

 private:
  Result<StaffMember> find(sql::Connection& connection, std::string_view tenant, std::string_view staff_id);
  sql::Pool& pool_;
};

}  // namespace aremko::store
