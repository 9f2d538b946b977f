#include "sources/django_columns.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace aremko::sources {

namespace {

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::ranges::find(types, type) != types.end();
}

/// Types that RowReader reads as asked; the rest is sent as text, and refused value by value if need be.
bool reads_as(As as, std::string_view type) {
  const bool whole = is_one_of(type, {"int2", "int4", "int8"});
  const bool text = is_one_of(type, {"varchar", "text", "bpchar", "citext", "name"});
  switch (as) {
    case As::integer: return whole;
    case As::text: return text || whole || is_one_of(type, {"uuid", "bool", "date"});
    case As::json: return text;
    case As::money: return whole || is_one_of(type, {"numeric", "float4", "float8"});
    case As::boolean: return whole || type == "bool";
    case As::date:
    case As::instant: return text || is_one_of(type, {"date", "timestamp", "timestamptz"});
  }
  return false;
}

std::string expression(sql::Engine engine, const Want& want, const sql::Column& column) {
  const std::string name = fmt::format("\"{}\"", column.name);
  if (engine == sql::Engine::sqlite || reads_as(want.as, column.type)) return name;
  if (want.as == As::money && column.type == "money") return name + "::numeric";
  return name + "::text";
}

/// Whether a value of the type can say what is asked, a row at a time: enumerations and domains can, as text; a container
/// of values cannot, nor a time a yes or no.
bool understood(sql::Engine engine, As as, std::string_view type) {
  if (engine == sql::Engine::sqlite || reads_as(as, type)) return true;
  if (as == As::json) return is_one_of(type, {"json", "jsonb"});
  if (type.starts_with('_') || is_one_of(type, {"json", "jsonb", "bytea", "xml", "hstore"})) return false;
  return as == As::text || !is_one_of(type, {"bool", "int2", "int4", "int8", "uuid", "date", "time", "timetz", "interval",
                                             "timestamp", "timestamptz"});
}

/// The permission we lack to read a table that shows no columns we may read; empty when there is no such table. A schema
/// that our role may not use hides its tables, as if they were not there.
Text lacking(sql::Connection& database, std::string_view table, bool seen) {
  if (seen) return {fmt::format("leer la tabla {}", table), fmt::format("read the database's table {}", table)};
  if (database.engine() == sql::Engine::sqlite) return {};
  const sql::Rows hidden = database.query(
      "SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
      "WHERE c.relname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT has_schema_privilege(n.oid, 'USAGE') "
      "AND n.nspname IN (SELECT btrim(s, ' \"') FROM unnest(string_to_array(current_setting('search_path'), ',')) s) LIMIT 1",
      {table});
  if (hidden.empty()) return {};
  return {fmt::format("usar el esquema {}, donde está la tabla {}", hidden[0].string(0), table),
          fmt::format("use the schema {} of the database, where the table {} is", hidden[0].string(0), table)};
}

std::string_view closed_es(Channels channels) {
  if (channels == by_email) return "nadie recibe correos";
  return channels == by_phone ? "nadie recibe WhatsApp ni SMS" : "nadie recibe mensajes";
}

std::uint64_t estimated_rows(sql::Connection& database, std::string_view table) {
  if (database.engine() == sql::Engine::sqlite) {
    try {
      const sql::Rows rows = database.query(fmt::format("SELECT max(rowid) FROM \"{}\"", table));
      return rows[0].is_null(0) ? 0 : static_cast<std::uint64_t>(std::max<std::int64_t>(0, rows[0].integer(0)));
    } catch (const sql::SqlError& failure) {
      if (failure.kind() == sql::Kind::undefined) return 0;  // a view has no rowid
      throw;
    }
  }
  const sql::Rows rows = database.query("SELECT reltuples::int8 FROM pg_class WHERE oid = to_regclass($1)",
                                        {table});
  return rows.empty() ? 0 : static_cast<std::uint64_t>(std::max<std::int64_t>(0, rows[0].integer(0)));
}

}  // namespace

void Catalogue::note_closed(TablePlan& plan, std::string what_es, Channels channels) {
  plan.closed |= channels;
  closed_ |= channels;
  notes_.push_back(fmt::format("{}: dice a quién no escribir, así que {} hasta que se pueda leer.", what_es,
                               closed_es(channels)));
}

/// Says what the table's absence means; true when there is something to read. `denied`: which permission we lack.
bool Catalogue::table_there(TablePlan& plan, Need need, const std::vector<Want>& wants, const Text& denied) {
  if (plan.exists) return true;
  if (need == Need::required) {
    denied.es.empty() ? fail_with(fmt::format("A la base de datos le falta la tabla {}.", plan.table),
                                  fmt::format("The database lacks the table {}.", plan.table))
                      : fail_with(fmt::format("No hay permiso para {} de la base de datos.", denied.es),
                                  fmt::format("There is no permission to {}.", denied.en));
    return false;
  }
  Channels closes = 0;
  for (const Want& want : wants) closes |= want.closes;
  if (!denied.es.empty() && closes != 0) {
    note_closed(plan, fmt::format("No hay permiso para {}", denied.es), closes);
  } else if (!denied.es.empty()) {
    notes_.push_back(fmt::format("No hay permiso para {}: se sigue sin ella.", denied.es));
  } else if (need == Need::optional) {
    notes_.push_back(fmt::format("Falta la tabla {}: se sigue sin ella.", plan.table));
  }
  return false;
}

/// Says what the column's absence means; false when nothing can be read without it.
bool Catalogue::missing(TablePlan& plan, const Want& want, bool denied) {
  const std::string_view why = denied ? "No hay permiso para leer" : "Falta";
  if (want.need == Need::required) {
    denied ? fail_with(fmt::format("No hay permiso para leer la columna {}.{} de la base de datos.", plan.table, want.column),
                       fmt::format("There is no permission to read the database's column {}.{}.", plan.table, want.column))
           : fail_with(fmt::format("A la tabla {} de la base de datos le falta la columna {}.", plan.table, want.column),
                       fmt::format("The database's table {} lacks the column {}.", plan.table, want.column));
    return false;
  }
  if (want.closes != 0 && (denied || want.need == Need::word)) {
    note_closed(plan, fmt::format("{} la columna {}.{}", why, plan.table, want.column), want.closes);
  } else if (denied || want.need == Need::optional) {
    notes_.push_back(fmt::format("{} la columna {}.{}: {}.", why, plan.table, want.column, want.without_es));
  }
  return true;
}

void Catalogue::look_ahead(const std::vector<std::string>& tables) {
  auto found = database_.columns_of(tables);
  for (std::size_t i = 0; i < tables.size(); ++i) columns_.emplace(tables[i], std::move(found[i]));
}

const std::vector<sql::Column>& Catalogue::columns(std::string_view table) {
  const auto known = columns_.find(table);
  return known != columns_.end() ? known->second : columns_.emplace(table, database_.columns(table)).first->second;
}

TablePlan Catalogue::look(std::string_view table, Need need, const std::vector<Want>& wants) {
  TablePlan plan;
  plan.table = table;
  asked_.emplace_back(table);
  if (!outcome_) return plan;
  const std::vector<sql::Column>& columns = this->columns(table);
  plan.exists = std::ranges::any_of(columns, &sql::Column::readable);
  const Text denial = plan.exists ? Text{} : lacking(database_, table, !columns.empty());
  if (!table_there(plan, need, wants, denial)) return plan;
  found_.push_back(table);
  std::string list;
  for (const Want& want : wants) {
    const auto found = std::ranges::find_if(
        columns, [&](const sql::Column& column) { return ascii_lower(column.name) == want.column; });
    const bool is_denied = found != columns.end() && !found->readable;  // asking for it would end the load
    const bool there = found != columns.end() && !is_denied;
    plan.has.push_back(there);
    if (!there && !missing(plan, want, is_denied)) return plan;
    if (there && want.closes != 0 && !understood(database_.engine(), want.as, found->type)) {
      note_closed(plan, fmt::format("La columna {}.{} es de un tipo que no se entiende ({})", table, want.column, found->type),
                  want.closes);
    }
    if (!list.empty()) list += ", ";
    list += there ? expression(database_.engine(), want, *found)
                  : database_.engine() == sql::Engine::sqlite ? "NULL" : "NULL::text";
  }
  plan.select = fmt::format("SELECT {} FROM \"{}\"", list, table);
  if (need != Need::extra) plan.rows = estimated_rows(database_, table);
  return plan;
}

std::vector<std::string> Catalogue::columns_like(std::string_view table, std::string_view prefix) {
  std::vector<std::string> out;
  for (const sql::Column& column : columns(table)) {
    std::string name = ascii_lower(column.name);
    const bool plain = std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || is_digits({&c, 1}) || c == '_'; });
    if (plain && name.starts_with(prefix)) out.push_back(std::move(name));
  }
  return out;
}

}  // namespace aremko::sources
