#include "store/staff.h"

#include "base/json_write.h"
#include "base/text.h"
#include "store/secret.h"
#include "store/tenant_change.h"

namespace aremko::store {
namespace {

constexpr std::size_t kLongestName = 60;

Role stored_role(std::string_view name) { return role_named(name).value_or(Role::reception); }  // the table allows no other

bool can_be_stored(std::string_view text) { return valid_utf8(text) && text.find('\0') == std::string_view::npos; }

StaffMember read_member(const sql::Rows::Row& row) {
  StaffMember out{.staff_id = row.string(0), .tenant = row.string(1), .name = row.string(2), .role = stored_role(row.text(3)),
                  .created_at = row.integer(4)};
  if (!row.is_null(5)) out.revoked_at = row.integer(5);
  if (!row.is_null(6)) out.last_used_at = row.integer(6);
  return out;
}

std::string describe(const StaffMember& one) {
  std::string out = fmt::format(R"({{"role":"{}","name":)", json_name(one.role));
  json::write_text(out, one.name);
  return out + "}";
}

Error nobody() { return error(Code::not_found, "Esa persona no está en este local.", "That person does not work here."); }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Why nobody may be called that; nothing when they may.
std::optional<Error> wrong_name(StaffName name) {
  const bool fits = !name.folded.empty() && characters(name.written) <= kLongestName && can_be_stored(name.written) &&
                    std::ranges::none_of(name.written, [](char c) { return static_cast<unsigned char>(c) < ' '; });
  if (fits) return std::nullopt;
  return invalid_field("name", "Debe tener letras y a lo más 60 caracteres.", "It must have letters and at most 60 characters.");
}

/// Whether `one` is all that stands between the house and a locked office.
bool last_administrator(sql::Connection& connection, const StaffMember& one) {
  return one.role == Role::administration && connection.run("count_administrators", {one.tenant})[0].integer(0) <= 1;
}

Error would_lock_out() {
  return error(Code::conflict, "Es la única persona de administración: agregue otra antes.",
               "Nobody else is of administration: add somebody first.");
}

}  // namespace

Result<StaffMember> Staff::find(sql::Connection& connection, std::string_view tenant, std::string_view staff_id) {
  if (!can_be_stored(staff_id)) return fail(nobody());
  const sql::Rows found = connection.run("find_staff", {tenant, staff_id});
  if (found.empty()) return fail(nobody());
  return read_member(found[0]);
}

Result<StaffMember> Staff::add(std::string_view tenant, StaffName name, Role role, std::string_view secret,
                               std::string_view actor, UnixSeconds now) {
  if (auto wrong = wrong_name(name)) return fail(*std::move(wrong));
  StaffMember out{.staff_id = random_id(), .tenant = std::string(tenant), .name = std::string(name.written), .role = role, .created_at = now};
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  if (!connection->run("find_staff_named", {tenant, name.folded}).empty()) {
    return fail(error(Code::conflict, "Ya hay alguien con ese nombre; agregue un apellido.",
                      "Somebody bears that name already; add a surname."));
  }
  connection->run("add_staff", {out.staff_id, tenant, name.written, name.folded, json_name(role), secret, now});
  change.audit("staff.add", out.staff_id, "", describe(out), "");
  change.commit(false);
  return out;
}

std::vector<StaffMember> Staff::list(std::string_view tenant) {
  std::vector<StaffMember> out;
  for (const auto row : pool_.acquire()->run("list_staff", {tenant})) out.push_back(read_member(row));
  return out;
}

Result<StaffMember> Staff::set_role(std::string_view tenant, std::string_view staff_id, Role role, std::string_view actor,
                                    UnixSeconds now) {
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  auto one = find(*connection, tenant, staff_id);
  if (!one) return one;
  if (one->revoked_at) return fail(nobody());
  if (one->role == role) return one;
  if (last_administrator(*connection, *one)) return fail(would_lock_out());
  const std::string before = describe(*one);
  connection->run("set_staff_role", {staff_id, json_name(role)});
  one->role = role;
  change.audit("staff.role", staff_id, before, describe(*one), "");
  change.commit(false);
  return one;
}

Result<StaffMember> Staff::set_secret(std::string_view tenant, std::string_view staff_id, std::string_view secret,
                                      std::string_view actor, UnixSeconds now) {
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  auto one = find(*connection, tenant, staff_id);
  if (!one) return one;
  if (one->revoked_at) return fail(nobody());
  connection->run("set_staff_secret", {staff_id, secret});
  connection->run("end_sessions_of_staff", {staff_id, now});
  change.audit("staff.secret", staff_id, "", "", "");
  change.commit(false);
  return one;
}

Result<StaffMember> Staff::revoke(std::string_view tenant, std::string_view staff_id, std::string_view actor, UnixSeconds now) {
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  auto one = find(*connection, tenant, staff_id);
  if (!one || one->revoked_at) return one;
  if (last_administrator(*connection, *one)) return fail(would_lock_out());
  connection->run("revoke_staff", {staff_id, now});
  connection->run("end_sessions_of_staff", {staff_id, now});
  change.audit("staff.revoke", staff_id, describe(*one), "", "");
  change.commit(false);
  one->revoked_at = now;
  return one;
}

std::optional<StaffSecret> Staff::named(std::string_view tenant, std::string_view folded) {
  if (folded.empty() || !can_be_stored(folded) || !can_be_stored(tenant)) return std::nullopt;
  const sql::Rows found = pool_.acquire()->run("find_staff_named", {tenant, folded});
  if (found.empty()) return std::nullopt;
  const auto row = found[0];
  return StaffSecret{{.staff_id = row.string(0), .tenant = row.string(1), .name = row.string(2), .role = stored_role(row.text(3))},
                     row.string(4)};
}

bool Staff::any(std::string_view tenant) { return pool_.acquire()->run("count_staff", {tenant})[0].integer(0) > 0; }

std::vector<Device> Staff::devices(std::string_view tenant) {
  std::vector<Device> out;
  for (const auto row : pool_.acquire()->run("list_devices", {tenant})) {
    auto at = std::ranges::find(out, row.text(0), &Device::device_id);
    if (at == out.end()) {
      Device one{.device_id = row.string(0), .label = row.string(1), .remembered = row.integer(6) != 0,
                 .created_at = row.integer(2), .last_used_at = row.integer(4)};
      if (!row.is_null(3)) one.revoked_at = row.integer(3);
      out.push_back(std::move(one));
      at = out.end() - 1;
    }
    at->people.push_back(row.string(5));
  }
  return out;
}

Result<Device> Staff::revoke_device(std::string_view tenant, std::string_view device_id, std::string_view actor, UnixSeconds now) {
  const auto connection = pool_.acquire();
  TenantChange change(*connection, tenant, actor, now);
  const sql::Rows found = can_be_stored(device_id) ? connection->run("find_device_by_id", {tenant, device_id}) : sql::Rows();
  if (found.empty()) return fail(error(Code::not_found, "Ese equipo no está en este local.", "There is no such device here."));
  Device out{.device_id = found[0].string(0), .label = found[0].string(1), .created_at = found[0].integer(2)};
  if (!found[0].is_null(3)) {
    out.revoked_at = found[0].integer(3);
    return out;
  }
  connection->run("revoke_device", {device_id, now});
  change.audit("device.revoke", device_id, "", "", "");
  change.commit(false);
  out.revoked_at = now;
  return out;
}

std::optional<KnownDevice> Staff::device(std::string_view hash) {
  const sql::Rows found = pool_.acquire()->run("find_device", {hash});
  if (found.empty()) return std::nullopt;
  return KnownDevice{found[0].string(0), found[0].string(1), found[0].integer(2) != 0};
}

std::vector<std::string> Staff::people_of(std::string_view device_id) {
  std::vector<std::string> out;
  for (const auto row : pool_.acquire()->run("staff_of_device", {device_id})) out.push_back(row.string(0));
  return out;
}

void Staff::begin(const SignIn& one, UnixSeconds now) {
  const auto connection = pool_.acquire();
  sql::Transaction transaction(*connection);
  const std::int64_t remembered = one.remembered ? 1 : 0;
  std::string device(one.device_id);
  if (device.empty()) {
    device = random_id();
    connection->run("add_device", {device, one.member->tenant, one.device_hash, one.label, remembered, now});
  } else {
    connection->run("renew_device", {device, one.label, remembered});
  }
  connection->run("begin_session", {device, one.member->staff_id, one.session_hash, now});
  transaction.commit();
}

void Staff::end(std::string_view session_hash, UnixSeconds now) { pool_.acquire()->run("end_session", {session_hash, now}); }

void Staff::lock(std::string_view session_hash) { pool_.acquire()->run("lock_session", {session_hash}); }

void Staff::used(std::string_view session_hash, UnixSeconds at) { pool_.acquire()->run("use_session", {session_hash, at}); }

std::vector<SessionHash> Staff::working(UnixSeconds since) {
  std::vector<SessionHash> out;
  for (const auto row : pool_.acquire()->run("working_sessions", {since})) {
    const Role role = stored_role(row.text(6));
    out.push_back({.hash = row.string(0),
                   .principal = {.key_id = row.string(3), .tenant = row.string(4), .scope = scope_of(role), .label = row.string(5), .role = role},
                   .locked = row.integer(1) != 0,
                   .last_used_at = row.integer(2)});
  }
  return out;
}

}  // namespace aremko::store
