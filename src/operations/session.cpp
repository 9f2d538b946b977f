#include "operations/session.h"

#include "base/enum_values.h"
#include "base/text.h"
#include "normalize/text.h"
#include "operations/context.h"
#include "operations/tries.h"
#include "store/secret.h"

namespace aremko::operations {

namespace {

constexpr int free_tries = 4;        // of a name, at one place
constexpr int free_of_address = 20;  // of an address, of browsers that nobody signed in with yet: a house may share one

Session session_of(const Context& context, const Tenant& tenant, const store::Principal& who) {
  Session out{.tenant = tenant.name, .scope = who.scope, .label = who.label, .role = who.role, .rights = {}, .idle_minutes = {},
              .now = tenant.zone->local(context.now()), .version = context.services().version, .time_zone = tenant.zone->name(), .booking_url = {}};
  if (!tenant.booking_url.empty()) out.booking_url = tenant.booking_url;
  for (const Right right : enum_values<Right>) {
    if (who.may(right)) out.rights.push_back(right);
  }
  if (who.role && context.services().sessions != nullptr) {
    out.idle_minutes = std::chrono::duration_cast<std::chrono::minutes>(context.services().sessions->idle()).count();
  }
  return out;
}

/// The browser, when it is one and a page of ours asks.
Result<Browser*> browser_of(const Context& context) {
  if (context.browser() == nullptr || context.services().sessions == nullptr) {
    return fail(error(Code::not_allowed, "Solo se entra desde un navegador.", "One signs in from a browser only."));
  }
  if (!context.browser()->our_page) {
    return fail(error(Code::forbidden, "La petición no viene de una página de este servidor: falta X-Aremko-Session.",
                      "The request is not of a page of this server: X-Aremko-Session is missing."));
  }
  return context.browser();
}

std::optional<store::KnownDevice> device_of(const Context& context) {
  const Browser* browser = context.browser();
  if (browser == nullptr || !store::is_token(browser->device)) return std::nullopt;
  auto known = context.store().staff().device(store::token_hash(browser->device));
  if (known && context.services().tenant(known->tenant) == nullptr) known.reset();
  return known;
}

/// Whose door it is: the one that is named, else the browser's, else the only one there is.
Tenant* house_of(const Services& services, std::string_view named, const std::optional<store::KnownDevice>& device) {
  if (!named.empty()) return services.tenant(ascii_lower(trim(named)));
  if (device) return services.tenant(device->tenant);
  return services.tenants.size() == 1 ? services.tenants.begin()->second.get() : nullptr;
}

Error too_early(int seconds) {
  Error out = error(Code::too_many, fmt::format("Demasiados intentos: espere {} segundos.", seconds),
                    fmt::format("Too many tries: wait {} seconds.", seconds));
  out.retry_after_s = seconds;
  return out;
}

/// The same sentence whoever it was: it tells nobody who works here.
Error not_them() {
  return error(Code::unauthorized, "El nombre o el PIN no corresponden.", "Name and PIN do not belong together.");
}

/// Seconds to wait before the next try from here.
int wait_for(Tries& tries, const std::string& who, const Browser& browser, bool known_device, UnixSeconds now) {
  if (const int wait = tries.take(who, free_tries, now); wait > 0) return wait;
  // Strangers at one address do not keep out whoever sits at a browser of the house.
  return known_device ? 0 : tries.take(fmt::format("peer\n{}", browser.peer), free_of_address, now);
}

/// Whoever of these houses bears the name and has that secret.
Result<store::StaffMember> proven(const Context& context, const std::vector<std::string>& houses, std::string_view folded, std::string_view pin) {
  std::vector<store::StaffMember> found;
  bool compared = false;
  for (const std::string& house : houses) {
    const auto known = context.store().staff().named(house, folded);
    if (!known) continue;
    compared = true;
    if (store::secret_matches(known->secret, pin)) found.push_back(known->member);
  }
  if (!compared) store::take_as_long(pin);
  if (found.empty()) return fail(not_them());
  if (found.size() > 1) {
    return fail(invalid_field("tenant", "Trabaja en varios locales: escriba en cuál entra.", "You work in several houses: say which one you enter."));
  }
  return found.front();
}

/// Where to look for them: in the house that is meant, or in all when nobody said which.
std::vector<std::string> houses_of(const Services& services, const Tenant* meant, bool named) {
  if (meant != nullptr) return {meant->name};
  std::vector<std::string> out;
  for (const auto& [name, tenant] : services.tenants) {
    if (!named) out.push_back(name);
  }
  return out;
}

void let_in(const Context& context, Browser& browser, const store::StaffMember& member, const std::optional<store::KnownDevice>& device,
            bool remember) {
  store::Staff& staff = context.store().staff();
  const std::string token = store::random_token();
  if (store::is_token(browser.session)) staff.end(store::token_hash(browser.session), context.now());
  const bool same_house = device && device->tenant == member.tenant;
  const std::string fresh = same_house ? std::string(browser.device) : store::random_token();
  staff.begin({.member = &member,
               .device_id = same_house ? std::string_view(device->device_id) : std::string_view(),
               .device_hash = store::token_hash(fresh),
               .label = device_label(browser.agent),
               .remembered = remember,
               .session_hash = store::token_hash(token)},
              context.now());
  browser.keep_session = token;
  browser.keep_device = fresh;
  browser.remembered = remember;
  context.services().keys->refresh();
}

}  // namespace

std::string device_label(std::string_view agent) {
  const auto first_of = [&](std::initializer_list<std::pair<std::string_view, std::string_view>> all, std::string_view otherwise) {
    for (const auto& [mark, name] : all) {
      if (agent.contains(mark)) return name;
    }
    return otherwise;
  };
  const auto browser = first_of({{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}, "");
  const auto system = first_of({{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "ChromeOS"},
                                {"Mac OS", "macOS"}, {"Linux", "Linux"}}, "");
  if (browser.empty() || system.empty()) return std::string(browser.empty() ? system : browser);
  return fmt::format("{}, {}", browser, system);
}

Result<Session> session(Context& context, const NoInput&) { return session_of(context, context.tenant(), context.principal()); }

Result<Session> sign_in(Context& context, const SignInInput& input) {
  const auto browser = browser_of(context);
  if (!browser) return fail(browser.error());
  const auto device = device_of(context);
  const Tenant* meant = house_of(context.services(), input.tenant.value_or(""), device);
  const std::string folded = normalize::fold(input.name);
  const std::string who = fmt::format("name\n{}\n{}\n{}", meant == nullptr ? "" : meant->name, folded, device ? device->device_id : "");
  Tries& tries = *context.services().tries;
  if (const int wait = wait_for(tries, who, **browser, device.has_value(), context.now()); wait > 0) return fail(too_early(wait));
  const auto member = proven(context, houses_of(context.services(), meant, input.tenant.has_value()), folded, input.pin);
  if (!member) return fail(member.error());
  tries.forgive(who);
  let_in(context, **browser, *member, device, input.remember);
  return session_of(context, *context.services().tenant(member->tenant),
                    {.key_id = member->staff_id, .tenant = member->tenant, .scope = store::scope_of(member->role), .label = member->name, .role = member->role});
}

Result<Door> door(Context& context, const NoInput&) {
  Door out;
  const auto device = device_of(context);
  if (const Tenant* house = house_of(context.services(), "", device)) out.tenant = house->name;
  out.anybody = context.store().staff().any(out.tenant.value_or(""));
  if (device && device->remembered) out.people = context.store().staff().people_of(device->device_id);
  if (context.services().sessions != nullptr) {
    out.idle_minutes = std::chrono::duration_cast<std::chrono::minutes>(context.services().sessions->idle()).count();
  }
  return out;
}

Result<Left> sign_out(Context& context, const SignOutInput& input) {
  const auto browser = browser_of(context);
  if (!browser) return fail(browser.error());
  if (store::is_token((*browser)->session)) {
    context.store().staff().end(store::token_hash((*browser)->session), context.now());
    context.services().keys->refresh();
  }
  (*browser)->keep_session = "";
  if (input.forget) (*browser)->keep_device = "";
  return Left{};
}

Result<Locked> lock_session(Context& context, const NoInput&) {
  const auto browser = browser_of(context);
  if (!browser) return fail(browser.error());
  if (store::is_token((*browser)->session)) {
    context.services().sessions->lock((*browser)->session);
    context.store().staff().lock(store::token_hash((*browser)->session));
  }
  return Locked{};
}

namespace {

Declaration open_door(std::string_view name, Text summary, Text description, Verb verb, std::string_view path) {
  return {.name = name,
          .group = "session",
          .summary = std::move(summary),
          .description = std::move(description),
          .verb = verb,
          .path = path,
          .scope = std::nullopt,
          .cost = Cost::store,
          .effect = verb == Verb::get ? Effect::reads : Effect::repeats,
          .needs_snapshot = false,
          .needs_tenant = false};
}

Operation sign_in_operation() {
  Declaration out = open_door("sign_in", {"Entrar con nombre y PIN, desde un navegador", "Sign in with name and PIN, from a browser"},
                              {"Deja la sesión en una cookie que ninguna página puede leer. Pide el encabezado `X-Aremko-Session`. Tras unos "
                               "intentos fallidos hay que esperar, cada vez más.",
                               "Leaves the session in a cookie that no page can read. Asks for the header `X-Aremko-Session`. After some failed "
                               "tries one has to wait, each time longer."},
                              Verb::post, "/api/v1/aremko/session");
  out.refusals = {Code::unauthorized, Code::forbidden, Code::too_many};
  out.notes = {{.name = "name", .about = {"El nombre de la persona, sin distinguir mayúsculas ni acentos.", "The person's name, in any case, with or without accents."},
                .where = Where::body, .required = true, .min = 1, .max = 100, .example = "Rosa"},
               {.name = "pin", .about = {"Su PIN o frase.", "Their PIN or passphrase."}, .where = Where::body, .required = true, .min = 1, .max = 128, .example = "482915"},
               {.name = "remember", .about = {"Recordar este equipo: la puerta mostrará el nombre.", "Remember this device: its door will show the name."}, .where = Where::body},
               {.name = "tenant", .about = {"El local, donde hay varios y el equipo no es de ninguno.", "The house, where there are several and the device is of none."},
                .where = Where::body, .min = 1, .max = 64, .example = "aremko"}};
  return declare(std::move(out), &sign_in);
}

}  // namespace

std::vector<Operation> session_operations() {
  std::vector<Operation> out;
  out.push_back(declare(Declaration{.name = "session",
                                    .group = "session",
                                    .summary = {"Quién pregunta y qué puede", "Who asks, and what they may do"},
                                    .path = "/api/v1/aremko/session",
                                    .needs_snapshot = false},
                        &session));
  out.push_back(sign_in_operation());
  out.push_back(declare(open_door("door", {"Qué muestra la puerta de este navegador", "What this browser's door shows"},
                                  {"Los nombres solo en un equipo que se pidió recordar.", "Names only on a device that was to be remembered."},
                                  Verb::get, "/api/v1/aremko/session/door"),
                        &door));
  Declaration leave = open_door("sign_out", {"Salir", "Sign out"}, {}, Verb::post, "/api/v1/aremko/session/end");
  leave.refusals = {Code::forbidden};
  leave.notes = {{.name = "forget", .about = {"Olvidar también este equipo.", "Forget this device too."}, .where = Where::body}};
  out.push_back(declare(std::move(leave), &sign_out));
  Declaration lock = open_door("lock_session", {"Bloquear: el PIN se pide de nuevo", "Lock: the PIN is asked for again"}, {}, Verb::post,
                               "/api/v1/aremko/session/lock");
  lock.refusals = {Code::forbidden};
  out.push_back(declare(std::move(lock), &lock_session));
  return out;
}

}  // namespace aremko::operations
