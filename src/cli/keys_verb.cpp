#include "cli/keys_verb.h"

#include <ostream>

#include <fmt/format.h>

#include "base/civil.h"
#include "base/json_write.h"
#include "cli/complain.h"
#include "cli/render.h"

namespace aremko::cli {

namespace {

// A key as it is shown; never its text.
struct KeyRow {
  std::string id;
  std::string tenant;
  std::string scope;
  std::string label;
  std::string created_utc;
  std::optional<std::string> revoked_utc;
};
BOOST_DESCRIBE_STRUCT(KeyRow, (), (id, tenant, scope, label, created_utc, revoked_utc))

std::string utc(UnixSeconds at) { return Moment{static_cast<std::int32_t>(at / 60)}.iso() + "Z"; }

KeyRow row_of(const store::KeyInfo& info) {
  KeyRow out{info.key_id, info.tenant, std::string(json_name(info.scope)), info.label, utc(info.created_at), {}};
  if (info.revoked_at) out.revoked_utc = utc(*info.revoked_at);
  return out;
}

}  // namespace

KeysVerb::KeysVerb(CLI::App& root) : app_(root.add_subcommand("keys", "Claves de la API: create, list, revoke")) {
  app_->require_subcommand(1);
  create_ = app_->add_subcommand("create", "Crear una clave; se muestra una sola vez, en la última línea");
  create_->add_option("--scope", scope_, "read, write o admin (por defecto: read)")
      ->check(CLI::IsMember({"read", "write", "admin"}));
  create_->add_option("--label", label_, "De quién es: «recepción»");
  list_ = app_->add_subcommand("list", "Las claves del inquilino");
  revoke_ = app_->add_subcommand("revoke", "Anular una clave por su id; deja de servir en segundos");
  revoke_->add_option("id", key_id_, "Los 8 caracteres que muestra «keys list»")->required();
  for (CLI::App* verb : {create_, list_, revoke_}) verb->fallthrough();
}

int KeysVerb::run(Program& program, const Globals& globals, Streams& streams) {
  const auto store = program.open_store(globals);
  if (!store) return complain(store.error(), globals, streams);
  if (create_->parsed()) return create(program, **store, globals, streams);
  return list_->parsed() ? list(**store, globals, streams) : revoke(**store, globals, streams);
}

int KeysVerb::create(Program& program, store::Store& store, const Globals& globals, Streams& streams) {
  const auto tenants = program.tenants(globals);
  if (!tenants) return complain(tenants.error(), globals, streams);
  if (std::ranges::find(*tenants, globals.tenant) == tenants->end()) {
    return complain(error(Code::not_found,
                          fmt::format("El inquilino no está configurado; hay: {}.", fmt::join(*tenants, ", ")),
                          fmt::format("That tenant is not configured; there are: {}.", fmt::join(*tenants, ", "))),
                    globals, streams);
  }
  const auto key = store.keys().create(globals.tenant, *store::scope_named(scope_), label_, "cli", SystemClock().now());
  if (!key) return complain(key.error(), globals, streams);
  if (!globals.json) {
    streams.out << fmt::format("Clave {} de {}, permiso {}. Guárdela: no se mostrará otra vez.\n", key->info.key_id,
                               key->info.tenant, json_name(key->info.scope));
  }
  streams.out << key->text << "\n";
  return 0;
}

int KeysVerb::list(store::Store& store, const Globals& globals, Streams& streams) {
  std::vector<KeyRow> rows;
  for (const store::KeyInfo& info : store.keys().list(globals.tenant)) rows.push_back(row_of(info));
  const std::string text = aremko::json::to_json(rows);
  if (globals.json) {
    streams.out << text << "\n";
  } else if (rows.empty()) {
    streams.out << "No hay claves. Cree una con: aremko keys create --scope read\n";
  } else {
    streams.out << render(text, {.width = streams.width, .color = streams.out_is_terminal});
  }
  return 0;
}

int KeysVerb::revoke(store::Store& store, const Globals& globals, Streams& streams) {
  const auto revoked = store.keys().revoke(globals.tenant, key_id_, "cli", SystemClock().now());
  if (!revoked) return complain(revoked.error(), globals, streams);
  streams.out << fmt::format("Clave {} anulada.\n", revoked->key_id);
  return 0;
}

}  // namespace aremko::cli
