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

/// Without the columns that our role may not read: an owner may keep some from us, and asking would end the load.
void drop_unreadable(sql::Connection& database, std::string_view table, std::vector<sql::Column>& columns) {
  if (database.engine() == sql::Engine::sqlite) return;
  const sql::Rows readable = database.query(
      "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped "
      "AND has_column_privilege(attrelid, attnum, 'SELECT')",
      {table});
  std::vector<std::string> names;
  for (const sql::Rows::Row row : readable) names.push_back(row.string(0));
  std::erase_if(columns, [&](const sql::Column& column) { return std::ranges::find(names, column.name) == names.end(); });
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

Result<TablePlan> plan_table(sql::Connection& database, std::string_view table, Need need,
                             std::initializer_list<Want> wants, std::vector<std::string>& notes_es) {
  TablePlan plan;
  plan.table = table;
  std::vector<sql::Column> columns = database.columns(table);
  const bool there_but = !columns.empty();
  drop_unreadable(database, table, columns);
  plan.exists = !columns.empty();
  if (there_but && !plan.exists) {
    if (need == Need::required) {
      return fail(error(Code::unavailable, fmt::format("No hay permiso para leer la tabla {} de la base de datos.", table),
                        fmt::format("There is no permission to read the database's table {}.", table)));
    }
    notes_es.push_back(fmt::format("No hay permiso para leer la tabla {}: se sigue sin ella.", table));
    return plan;
  }
  if (!plan.exists) {
    if (need == Need::required) {
      return fail(error(Code::unavailable, fmt::format("A la base de datos le falta la tabla {}.", table),
                        fmt::format("The database lacks the table {}.", table)));
    }
    notes_es.push_back(fmt::format("Falta la tabla {}: se sigue sin ella.", table));
    return plan;
  }
  std::string list;
  for (const Want& want : wants) {
    const auto found = std::ranges::find_if(
        columns, [&](const sql::Column& column) { return ascii_lower(column.name) == want.column; });
    const bool there = found != columns.end();
    plan.has.push_back(there);
    if (!there && want.need == Need::required) {
      return fail(error(Code::unavailable,
                        fmt::format("A la tabla {} de la base de datos le falta la columna {}.", table, want.column),
                        fmt::format("The database's table {} lacks the column {}.", table, want.column)));
    }
    if (!there) notes_es.push_back(fmt::format("Falta la columna {}.{}: se sigue sin ella.", table, want.column));
    if (!list.empty()) list += ", ";
    list += there ? expression(database.engine(), want, *found)
                  : database.engine() == sql::Engine::sqlite ? "NULL" : "NULL::text";
  }
  plan.select = fmt::format("SELECT {} FROM \"{}\"", list, table);
  plan.rows = estimated_rows(database, table);
  return plan;
}

}  // namespace aremko::sources
