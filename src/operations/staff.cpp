#include "operations/staff.h"

#include <ranges>

#include "base/enum_values.h"
#include "base/text.h"
#include "normalize/text.h"
#include "operations/context.h"
#include "store/secret.h"

namespace aremko::operations {

namespace {

constexpr std::size_t least_pin = 6;

Moment local(const Context& context, const std::optional<UnixSeconds>& at) {
  return at ? context.tenant().zone->local(*at) : Moment{};
}

StaffView view_of(const Context& context, const store::StaffMember& one) {
  StaffView out{.id = one.staff_id, .name = one.name, .role = one.role, .rights = {}, .created = local(context, one.created_at),
                .last_used = local(context, one.last_used_at), .revoked = local(context, one.revoked_at)};
  for (const Right right : enum_values<Right>) {
    if (store::rights_of(one.role).has(right)) out.rights.push_back(right);
  }
  return out;
}

KeyView view_of(const Context& context, const store::KeyInfo& one) {
  return {one.key_id, one.scope, one.label, local(context, one.created_at), local(context, one.revoked_at), {}};
}

/// 123456, 987654, 777777.
bool is_a_run(std::string_view digits) {
  for (const int step : {-1, 0, 1}) {
    if (std::ranges::all_of(std::views::iota(std::size_t{1}, digits.size()), [&](std::size_t i) { return digits[i] - digits[i - 1] == step; })) return true;
  }
  return false;
}

/// Whoever is in by another's word is out at once.
void take_effect(const Context& context) { context.services().keys->refresh(); }

}  // namespace

std::optional<Error> weak_pin(std::string_view pin) {
  if (pin.size() < least_pin) {
    return invalid_field("pin", "Debe tener al menos 6 cifras, o ser una frase.", "It must have at least 6 digits, or be a passphrase.");
  }
  const bool digits = std::ranges::all_of(pin, [](char c) { return c >= '0' && c <= '9'; });
  if (std::ranges::all_of(pin, [&](char c) { return c == pin.front(); }) || (digits && is_a_run(pin))) {
    return invalid_field("pin", "Se adivina al primer intento: elija otro.", "It is guessed at once: choose another.");
  }
  return std::nullopt;
}

Result<store::StaffMember> hire(store::Staff& staff, std::string_view tenant, std::string_view name, Role role, std::string_view pin,
                                std::string_view actor, UnixSeconds now) {
  if (auto weak = weak_pin(pin)) return fail(*std::move(weak));
  const std::string_view written = trim(name);
  const std::string folded = normalize::fold(written);
  return staff.add(tenant, {written, folded}, role, store::secret_hash(pin), actor, now);
}

Result<StaffList> list_staff(Context& context, const NoInput&) {
  StaffList out;
  for (const store::StaffMember& one : context.store().staff().list(context.tenant().name)) out.people.push_back(view_of(context, one));
  return out;
}

Result<StaffView> add_staff(Context& context, const AddStaffInput& input) {
  const auto added = hire(context.store().staff(), context.tenant().name, input.name, input.role, input.pin, context.principal().key_id, context.now());
  if (!added) return fail(added.error());
  return view_of(context, *added);
}

Result<StaffView> change_staff(Context& context, const ChangeStaffInput& input) {
  if (!input.role && !input.pin) {
    return fail(invalid_field("role", "No dice qué cambiar: rol o PIN.", "It does not say what to change: role or PIN."));
  }
  if (input.pin) {
    if (auto weak = weak_pin(*input.pin)) return fail(*std::move(weak));
  }
  store::Staff& staff = context.store().staff();
  const std::string& tenant = context.tenant().name;
  Result<store::StaffMember> changed;
  if (input.role) changed = staff.set_role(tenant, input.staff_id, *input.role, context.principal().key_id, context.now());
  if (input.role && !changed) return fail(changed.error());
  if (input.pin) changed = staff.set_secret(tenant, input.staff_id, store::secret_hash(*input.pin), context.principal().key_id, context.now());
  if (!changed) return fail(changed.error());
  take_effect(context);
  return view_of(context, *changed);
}

Result<StaffView> revoke_staff(Context& context, const StaffIdInput& input) {
  const auto revoked = context.store().staff().revoke(context.tenant().name, input.staff_id, context.principal().key_id, context.now());
  if (!revoked) return fail(revoked.error());
  take_effect(context);
  return view_of(context, *revoked);
}

Result<DeviceList> list_devices(Context& context, const NoInput&) {
  store::Staff& staff = context.store().staff();
  const Browser* browser = context.browser();
  const auto here = browser != nullptr && store::is_token(browser->device) ? staff.device(store::token_hash(browser->device)) : std::nullopt;
  DeviceList out;
  for (store::Device& one : staff.devices(context.tenant().name)) {
    const bool this_one = here && here->device_id == one.device_id;
    out.devices.push_back({.id = std::move(one.device_id), .label = std::move(one.label), .people = std::move(one.people),
                           .remembered = one.remembered, .this_one = this_one, .last_used = local(context, one.last_used_at),
                           .revoked = local(context, one.revoked_at)});
  }
  return out;
}

Result<DeviceView> revoke_device(Context& context, const DeviceIdInput& input) {
  const auto revoked = context.store().staff().revoke_device(context.tenant().name, input.device_id, context.principal().key_id, context.now());
  if (!revoked) return fail(revoked.error());
  take_effect(context);
  return DeviceView{.id = revoked->device_id, .label = revoked->label, .people = {}, .last_used = {}, .revoked = local(context, revoked->revoked_at)};
}

Result<KeyList> list_keys(Context& context, const NoInput&) {
  KeyList out;
  for (const store::KeyInfo& one : context.store().keys().list(context.tenant().name)) out.keys.push_back(view_of(context, one));
  return out;
}

Result<KeyView> create_key(Context& context, const CreateKeyInput& input) {
  auto made = context.store().keys().create(context.tenant().name, input.scope, input.label, context.principal().key_id, context.now());
  if (!made) return fail(made.error());
  KeyView out = view_of(context, made->info);
  out.key = std::move(made->text);
  return out;
}

Result<KeyView> revoke_key(Context& context, const KeyIdInput& input) {
  const auto revoked = context.store().keys().revoke(context.tenant().name, input.key_id, context.principal().key_id, context.now());
  if (!revoked) return fail(revoked.error());
  take_effect(context);
  return view_of(context, *revoked);
}

namespace {

Declaration setting(std::string_view name, Text summary, Verb verb, std::string_view path, Effect effect, std::vector<Note> notes = {}) {
  Declaration out{.name = name,
                  .group = "settings",
                  .summary = std::move(summary),
                  .verb = verb,
                  .path = path,
                  .scope = Scope::admin,
                  .right = Right::settings,
                  .cost = Cost::store,
                  .effect = effect,
                  .needs_snapshot = false,
                  .notes = std::move(notes)};
  if (verb != Verb::get) out.refusals = {Code::conflict};
  return out;
}

Note id_note(std::string_view name, Text about) {
  return {.name = name, .about = std::move(about), .where = Where::path, .min = 1, .max = 64, .example = "Ab3dE6gH"};
}

Note in_body(std::string_view name, Text about, bool required, std::optional<std::int64_t> max = {}, std::string_view example = {}) {
  return {.name = name, .about = std::move(about), .where = Where::body, .required = required,
          .min = max ? std::optional<std::int64_t>(1) : std::nullopt, .max = max, .example = example};
}

const Text staff_id{"Su id, como lo da la lista.", "Their id, as the list gives it."};
const Text new_pin{"Un PIN de al menos 6 cifras, o una frase.", "A PIN of at least 6 digits, or a passphrase."};
const Text what_role{"Qué hace en el local; de eso sale qué puede.", "What they do in the house; of that comes what they may."};

void add_people(std::vector<Operation>& out) {
  out.push_back(declare(setting("list_staff", {"Las personas del local y qué puede cada una", "The people of the house, and what each may do"},
                                Verb::get, "/api/v1/aremko/staff", Effect::reads),
                        &list_staff));
  out.push_back(declare(setting("add_staff", {"Agregar una persona", "Add a person"}, Verb::post, "/api/v1/aremko/staff", Effect::adds,
                                {in_body("name", {"Su nombre.", "Their name."}, true, 100, "Rosa"), in_body("role", what_role, true, {}, "reception"),
                                 in_body("pin", new_pin, true, 128, "482915")}),
                        &add_staff));
  out.push_back(declare(setting("change_staff", {"Cambiar el rol o el PIN de una persona", "Change a person's role or PIN"}, Verb::put,
                                "/api/v1/aremko/staff/{staff_id}", Effect::repeats,
                                {id_note("staff_id", staff_id), in_body("role", what_role, false, {}, "marketing"), in_body("pin", new_pin, false, 128, "482915")}),
                        &change_staff));
  out.push_back(declare(setting("revoke_staff", {"Quitar a una persona: sale de todas partes en segundos", "Remove a person: they are out everywhere within seconds"},
                                Verb::post, "/api/v1/aremko/staff/{staff_id}/revoke", Effect::repeats, {id_note("staff_id", staff_id)}),
                        &revoke_staff));
}

void add_devices_and_keys(std::vector<Operation>& out) {
  out.push_back(declare(setting("list_devices", {"Los equipos desde los que se ha entrado", "The devices that people signed in from"}, Verb::get,
                                "/api/v1/aremko/devices", Effect::reads),
                        &list_devices));
  out.push_back(declare(setting("revoke_device", {"Olvidar un equipo: quien esté ahí sale en segundos", "Forget a device: whoever is there is out within seconds"},
                                Verb::post, "/api/v1/aremko/devices/{device_id}/revoke", Effect::repeats,
                                {id_note("device_id", {"El id del equipo, como lo da la lista.", "The device's id, as the list gives it."})}),
                        &revoke_device));
  out.push_back(declare(setting("list_keys", {"Las claves de programas", "The keys of programs"}, Verb::get, "/api/v1/aremko/keys", Effect::reads), &list_keys));
  out.push_back(declare(setting("create_key", {"Crear una clave para un programa; se muestra una sola vez", "Make a key for a program; it is shown once"},
                                Verb::post, "/api/v1/aremko/keys", Effect::adds,
                                {in_body("scope", {"Hasta dónde llega.", "How far it reaches."}, true, {}, "read"),
                                 in_body("label", {"De quién es: «página web».", "Whose it is: \"web site\"."}, true, 100, "página web")}),
                        &create_key));
  out.push_back(declare(setting("revoke_key", {"Anular una clave; deja de servir en segundos", "Revoke a key; it ceases to work within seconds"}, Verb::post,
                                "/api/v1/aremko/keys/{key_id}/revoke", Effect::repeats,
                                {id_note("key_id", {"Los 8 caracteres que da la lista.", "The 8 characters that the list gives."})}),
                        &revoke_key));
}

}  // namespace

std::vector<Operation> staff_operations() {
  std::vector<Operation> out;
  add_people(out);
  add_devices_and_keys(out);
  return out;
}

}  // namespace aremko::operations
