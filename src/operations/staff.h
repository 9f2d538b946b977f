#pragma once
// Verbs of the settings: people of the house, their devices, and the keys of programs.

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/civil.h"
#include "base/result.h"
#include "operations/operation.h"
#include "store/staff.h"

namespace aremko::operations {

using store::Role;

struct StaffView {
  std::string id;
  std::string name;
  Role role = Role::reception;
  std::vector<Right> rights;
  Moment created;      // local
  Moment last_used;    // null: never signed in
  Moment revoked;      // null: works here
};
BOOST_DESCRIBE_STRUCT(StaffView, (), (id, name, role, rights, created, last_used, revoked))

struct StaffList {
  std::vector<StaffView> people;  // those who work here first, by name
};
BOOST_DESCRIBE_STRUCT(StaffList, (), (people))
Result<StaffList> list_staff(Context& context, const NoInput& input);

struct AddStaffInput {
  std::string name;
  Role role = Role::reception;
  std::string pin;
};
BOOST_DESCRIBE_STRUCT(AddStaffInput, (), (name, role, pin))
Result<StaffView> add_staff(Context& context, const AddStaffInput& input);

struct ChangeStaffInput {
  std::string staff_id;
  std::optional<Role> role;
  std::optional<std::string> pin;
};
BOOST_DESCRIBE_STRUCT(ChangeStaffInput, (), (staff_id, role, pin))
Result<StaffView> change_staff(Context& context, const ChangeStaffInput& input);

struct StaffIdInput {
  std::string staff_id;
};
BOOST_DESCRIBE_STRUCT(StaffIdInput, (), (staff_id))
Result<StaffView> revoke_staff(Context& context, const StaffIdInput& input);

struct DeviceView {
  std::string id;
  std::string label;                // "Chrome, Windows"
  std::vector<std::string> people;  // who signed in there, latest first
  bool remembered = false;
  bool this_one = false;            // the one that asks
  Moment last_used;                 // local
  Moment revoked;                   // null: in use
};
BOOST_DESCRIBE_STRUCT(DeviceView, (), (id, label, people, remembered, this_one, last_used, revoked))

struct DeviceList {
  std::vector<DeviceView> devices;  // latest use first
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (devices))
Result<DeviceList> list_devices(Context& context, const NoInput& input);

struct DeviceIdInput {
  std::string device_id;
};
BOOST_DESCRIBE_STRUCT(DeviceIdInput, (), (device_id))
Result<DeviceView> revoke_device(Context& context, const DeviceIdInput& input);

struct KeyView {
  std::string id;
  store::Scope scope = store::Scope::read;
  std::string label;
  Moment created;                   // local
  Moment revoked;                   // null: it works
  std::optional<std::string> key;   // the whole of it, once, when it is made
};
BOOST_DESCRIBE_STRUCT(KeyView, (), (id, scope, label, created, revoked, key))

struct KeyList {
  std::vector<KeyView> keys;  // newest first
};
BOOST_DESCRIBE_STRUCT(KeyList, (), (keys))
Result<KeyList> list_keys(Context& context, const NoInput& input);

struct CreateKeyInput {
  store::Scope scope = store::Scope::read;
  std::string label;
};
BOOST_DESCRIBE_STRUCT(CreateKeyInput, (), (scope, label))
Result<KeyView> create_key(Context& context, const CreateKeyInput& input);

struct KeyIdInput {
  std::string key_id;
};
BOOST_DESCRIBE_STRUCT(KeyIdInput, (), (key_id))
Result<KeyView> revoke_key(Context& context, const KeyIdInput& input);

/// Why a PIN or passphrase is too easily guessed; nothing when it is not.
std::optional<Error> weak_pin(std::string_view pin);

/// Adds somebody: for every door. Takes some 60 ms.
Result<store::StaffMember> hire(store::Staff& staff, std::string_view tenant, std::string_view name, Role role, std::string_view pin,
                                std::string_view actor, UnixSeconds now);

std::vector<Operation> staff_operations();

}  // namespace aremko::operations
