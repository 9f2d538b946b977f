#include "cli/staff_verb.h"

#include <iostream>
#include <ostream>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "base/civil.h"
#include "base/json_write.h"
#include "cli/complain.h"
#include "cli/render.h"
#include "operations/staff.h"
#include "store/secret.h"

namespace aremko::cli {

namespace {

struct StaffRow {
  std::string id;
  std::string name;
  std::string role;
  std::string created_utc;
  std::optional<std::string> last_used_utc;
  std::optional<std::string> revoked_utc;
};
BOOST_DESCRIBE_STRUCT(StaffRow, (), (id, name, role, created_utc, last_used_utc, revoked_utc))

std::string utc(UnixSeconds at) { return Moment{static_cast<std::int32_t>(at / 60)}.iso() + "Z"; }

StaffRow row_of(const store::StaffMember& one) {
  StaffRow out{one.staff_id, one.name, std::string(json_name(one.role)), utc(one.created_at), {}, {}};
  if (one.last_used_at) out.last_used_utc = utc(*one.last_used_at);
  if (one.revoked_at) out.revoked_utc = utc(*one.revoked_at);
  return out;
}

/// What is typed is not shown while this lives.
class Hidden {
 public:
  Hidden() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    hidden_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~Hidden() {
    if (hidden_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Hidden(const Hidden&) = delete;
  Hidden& operator=(const Hidden&) = delete;

 private:
  termios before_{};
  bool hidden_ = false;
};

}  // namespace

StaffVerb::StaffVerb(CLI::App& root) : app_(root.add_subcommand("staff", "Personas del local que entran al panel: add, list, revoke, pin")) {
  app_->require_subcommand(1);
  add_ = app_->add_subcommand("add", "Agregar una persona; su PIN se pide, o se lee de la entrada");
  add_->add_option("name", name_, "Su nombre: «Rosa»")->required();
  add_->add_option("--role", role_, "reception, marketing, owner o administration (por defecto: reception)")
      ->check(CLI::IsMember({"reception", "marketing", "owner", "administration"}));
  list_ = app_->add_subcommand("list", "Las personas del local");
  revoke_ = app_->add_subcommand("revoke", "Quitar a una persona por su id; sale de todas partes en segundos");
  pin_ = app_->add_subcommand("pin", "Dar un PIN nuevo a una persona por su id");
  for (CLI::App* verb : {revoke_, pin_}) verb->add_option("id", id_, "Los 8 caracteres que muestra «staff list»")->required();
  for (CLI::App* verb : {add_, pin_}) verb->add_option("--pin", secret_, "El PIN (queda en el historial del shell: mejor escribirlo cuando se pide)");
  for (CLI::App* verb : {add_, list_, revoke_, pin_}) verb->fallthrough();
}

int StaffVerb::run(Program& program, const Globals& globals, Streams& streams) {
  const auto store = program.open_store(globals);
  if (!store) return complain(store.error(), globals, streams);
  if (add_->parsed()) return add(program, **store, globals, streams);
  if (list_->parsed()) return list(**store, globals, streams);
  return revoke_->parsed() ? revoke(**store, globals, streams) : pin(**store, globals, streams);
}

std::string StaffVerb::read_pin(Streams& streams) const {
  if (!secret_.empty()) return secret_;
  const bool asks = isatty(STDIN_FILENO) == 1;
  if (asks) streams.err << "PIN (6 cifras o más, o una frase): " << std::flush;
  const Hidden hidden;
  std::string out;
  std::getline(std::cin, out);
  if (asks) streams.err << "\n";
  return out;
}

int StaffVerb::add(Program& program, store::Store& store, const Globals& globals, Streams& streams) {
  const auto tenants = program.tenants(globals);
  if (!tenants) return complain(tenants.error(), globals, streams);
  if (std::ranges::find(*tenants, globals.tenant) == tenants->end()) {
    return complain(error(Code::not_found, fmt::format("El inquilino no está configurado; hay: {}.", fmt::join(*tenants, ", ")),
                          fmt::format("That tenant is not configured; there are: {}.", fmt::join(*tenants, ", "))),
                    globals, streams);
  }
  const auto added = operations::hire(store.staff(), globals.tenant, name_, *store::role_named(role_), read_pin(streams), "cli", SystemClock().now());
  if (!added) return complain(added.error(), globals, streams);
  if (globals.json) {
    streams.out << aremko::json::to_json(row_of(*added)) << "\n";
  } else {
    streams.out << fmt::format("{} entra ahora al panel con su nombre y su PIN ({}, id {}).\n", added->name, store::spoken(added->role).es, added->staff_id);
  }
  return 0;
}

int StaffVerb::list(store::Store& store, const Globals& globals, Streams& streams) {
  std::vector<StaffRow> rows;
  for (const store::StaffMember& one : store.staff().list(globals.tenant)) rows.push_back(row_of(one));
  const std::string text = aremko::json::to_json(rows);
  if (globals.json) {
    streams.out << text << "\n";
  } else if (rows.empty()) {
    streams.out << "No hay nadie. Agregue a la primera persona con: aremko staff add NOMBRE --role administration\n";
  } else {
    streams.out << render(text, {.width = streams.width, .color = streams.out_is_terminal});
  }
  return 0;
}

int StaffVerb::revoke(store::Store& store, const Globals& globals, Streams& streams) {
  const auto revoked = store.staff().revoke(globals.tenant, id_, "cli", SystemClock().now());
  if (!revoked) return complain(revoked.error(), globals, streams);
  streams.out << fmt::format("{} ya no entra.\n", revoked->name);
  return 0;
}

int StaffVerb::pin(store::Store& store, const Globals& globals, Streams& streams) {
  const std::string secret = read_pin(streams);
  if (const auto weak = operations::weak_pin(secret)) return complain(*weak, globals, streams);
  const auto changed = store.staff().set_secret(globals.tenant, id_, store::secret_hash(secret), "cli", SystemClock().now());
  if (!changed) return complain(changed.error(), globals, streams);
  streams.out << fmt::format("{} tiene un PIN nuevo y entra de nuevo en todas partes.\n", changed->name);
  return 0;
}

}  // namespace aremko::cli
