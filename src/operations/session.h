#pragma once
// Who asks; and how a person of the house comes in, is locked out for a while, and leaves.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/result.h"
#include "operations/operation.h"

namespace aremko::operations {

using store::Role;

/// Who asks, as a door's own pages need it.
struct Session {
  std::string tenant;
  store::Scope scope = store::Scope::read;
  std::string label;              // the key's, or the person's name
  std::optional<Role> role;       // a person's; a key has none
  std::vector<Right> rights;
  std::optional<std::int64_t> idle_minutes;  // of a person: then the PIN is asked for again
  Moment now;                     // local
  std::string version;            // the program's
  std::string time_zone;          // the tenant's, an IANA name
  std::optional<std::string> booking_url;  // where a booking is made by hand; null: nobody said
};
BOOST_DESCRIBE_STRUCT(Session, (), (tenant, scope, label, role, rights, idle_minutes, now, version, time_zone, booking_url))
Result<Session> session(Context& context, const NoInput& input);

struct SignInInput {
  std::string name;
  std::string pin;
  bool remember = true;
  std::optional<std::string> tenant;
};
BOOST_DESCRIBE_STRUCT(SignInInput, (), (name, pin, remember, tenant))
/// `unauthorized` alike for an unknown name and a wrong secret; `too_many` after some of them.
Result<Session> sign_in(Context& context, const SignInInput& input);

struct Door {
  bool anybody = false;                // somebody works here: otherwise the first is made at a shell
  std::optional<std::string> tenant;   // null: there are several, and this browser belongs to none
  std::vector<std::string> people;     // who signed in from this browser, where it is to be remembered
  std::int64_t idle_minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Door, (), (anybody, tenant, people, idle_minutes))
Result<Door> door(Context& context, const NoInput& input);

struct Left {
  bool left = true;
};
BOOST_DESCRIBE_STRUCT(Left, (), (left))
struct SignOutInput {
  bool forget = false;
};
BOOST_DESCRIBE_STRUCT(SignOutInput, (), (forget))
Result<Left> sign_out(Context& context, const SignOutInput& input);

struct Locked {
  bool locked = true;
};
BOOST_DESCRIBE_STRUCT(Locked, (), (locked))
Result<Locked> lock_session(Context& context, const NoInput& input);

/// "Chrome, Windows", from a User-Agent.
std::string device_label(std::string_view agent);

std::vector<Operation> session_operations();

}  // namespace aremko::operations
