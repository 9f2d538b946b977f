#include "cli/match_fields.h"

#include <toml++/toml.h>

namespace aremko::cli {

namespace {

using identity::match::Kind;

struct Declared {
  std::vector<Kind> kinds;
  MatchSide side;
};

Error bad_key(std::string key, std::string_view es, std::string_view en) {
  return invalid_field(std::move(key), std::string(es), std::string(en));
}

Result<void> add_columns(Declared& out, Kind kind, const std::string& key, const toml::node& node) {
  const auto add = [&](const toml::node& one) {
    const auto text = one.value<std::string>();
    if (!text || text->empty()) return false;
    out.kinds.push_back(kind);
    out.side.columns.push_back(*text);
    return true;
  };
  bool good = true;
  if (const auto* list = node.as_array()) {
    for (const toml::node& one : *list) good = good && add(one);
  } else {
    good = add(node);
  }
  if (good) return {};
  return fail(bad_key(key, "Debe ser el nombre de una columna o una lista de ellos.", "Must be a column's name or a list of them."));
}

Result<Declared> read_side(const toml::table& table, const std::string& where) {
  Declared out;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (name == "id") {
      out.side.id = node.value_or(std::string());
      continue;
    }
    const auto kind = identity::match::kind_of(name);
    if (!kind) {
      return fail(bad_key(where + name,
                          "No es una clase de columna: id, name, given_name, surname, phone, email, national_id, date, place, "
                          "address, postcode o text.",
                          "No kind of column: id, name, given_name, surname, phone, email, national_id, date, place, address, "
                          "postcode or text."));
    }
    if (const auto added = add_columns(out, *kind, where + name, node); !added) return fail(added.error());
  }
  if (out.side.id.empty()) return fail(bad_key(where + "id", "Falta la columna del identificador.", "The id's column is missing."));
  if (out.kinds.empty()) {
    return fail(bad_key(where + "name", "Falta declarar al menos una columna.", "At least one column must be declared."));
  }
  if (out.kinds.size() > identity::match::Input::max_columns) {
    return fail(bad_key(where + "text", "Son demasiadas columnas (16 a lo más).", "Too many columns (16 at most)."));
  }
  return out;
}

}  // namespace

MatchFields guide_fields() {
  return {.kinds = {Kind::name, Kind::phone, Kind::email, Kind::national_id, Kind::place},
          .left = {.id = "Auto Increment", .columns = {"Client", "Telefono", "Email", "Documento Identidad", "Direccion"}},
          .right = {.id = "id", .columns = {"nombre", "telefono", "email", "documento_identidad", "ciudad"}}};
}

Result<MatchFields> read_match_fields(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    const std::string name = file.filename().string();
    return fail(error(Code::not_found, "No existe el archivo " + name + ".", "There is no file " + name + "."));
  }
  try {
    const toml::table all = toml::parse_file(file.string());
    const auto* left = all["left"].as_table();
    const auto* right = all["right"].as_table();
    auto first = read_side(left != nullptr ? *left : all, left != nullptr ? "left." : "");
    if (!first) return fail(first.error());
    if (right == nullptr) return MatchFields{first->kinds, first->side, first->side, true};
    auto second = read_side(*right, "right.");
    if (!second) return fail(second.error());
    // Tables come sorted by key, so the same declarations stand in the same order.
    if (first->kinds != second->kinds) {
      return fail(bad_key("right", "Los dos lados deben declarar las mismas clases de columnas, igual número de cada una.",
                          "Both sides must declare the same kinds of columns, the same number of each."));
    }
    return MatchFields{first->kinds, first->side, second->side, true};
  } catch (const toml::parse_error& problem) {
    const auto line = problem.source().begin.line;
    return fail(error(Code::malformed, fmt::format("fields.toml no se pudo leer: línea {}.", line),
                      fmt::format("fields.toml could not be read: line {}.", line)));
  }
}

}  // namespace aremko::cli
