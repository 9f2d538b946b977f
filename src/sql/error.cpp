#include "sql/error.h"

#include <sqlite3.h>

namespace aremko::sql {
namespace {

struct Sentence {
  Code code;
  const char* es;
  const char* en;
};

Sentence sentence_of(Kind kind) {
  constexpr Code down = Code::unavailable;
  switch (kind) {
    case Kind::unavailable: return {down, "no responde o se cortó la conexión.", "does not answer."};
    case Kind::denied:
      return {down, "rechaza la contraseña o el permiso.", "refuses the password or the permission."};
    case Kind::busy:
      return {down, "está bloqueado por otra escritura; inténtelo de nuevo.",
              "is locked by another writer; try again."};
    case Kind::full: return {down, "no tiene más espacio; no se escribió nada.", "is full; nothing was written."};
    case Kind::read_only:
      return {down, "es de solo lectura; no se escribió nada.", "is read-only; nothing was written."};
    case Kind::constraint:
      return {Code::conflict, "ya contiene algo que lo impide.", "already holds something that forbids it."};
    case Kind::undefined:
      return {down, "no tiene una tabla o columna que se necesita.", "lacks a table or column that is needed."};
    case Kind::timeout: return {down, "tardó demasiado en responder.", "took too long to answer."};
    case Kind::bad_value:
      return {Code::internal, "contiene o recibió un valor imposible.", "holds or was given an impossible value."};
    case Kind::other: break;
  }
  return {Code::internal, "rechazó una consulta.", "refused a query."};
}

Text words_of(Kind kind, std::string_view sqlstate) {
  if (kind == Kind::unavailable && sqlstate.starts_with("sqlite:")) {
    return {"no se puede abrir o leer: revise la ruta, los permisos y que el archivo esté sano.",
            "cannot be opened or read: check the path, the permissions and that the file is sound."};
  }
  const Sentence sentence = sentence_of(kind);
  return {sentence.es, sentence.en};
}

Error make_error(Kind kind, const Label& label, const Text& says) {
  Error out = error(sentence_of(kind).code, label.es + " " + says.es, label.en + " " + says.en);
  if (kind == Kind::busy || kind == Kind::timeout) out.retry_after_s = 1;
  for (std::string* text : {&out.detail.es, &out.detail.en}) {
    if (!text->empty() && (*text)[0] >= 'a' && (*text)[0] <= 'z') (*text)[0] = static_cast<char>((*text)[0] - 32);
  }
  return out;
}

}  // namespace

std::string_view kind_name(Kind kind) {
  switch (kind) {
    case Kind::unavailable: return "unavailable";
    case Kind::denied: return "denied";
    case Kind::busy: return "busy";
    case Kind::full: return "full";
    case Kind::read_only: return "read_only";
    case Kind::constraint: return "constraint";
    case Kind::undefined: return "undefined";
    case Kind::timeout: return "timeout";
    case Kind::bad_value: return "bad_value";
    case Kind::other: return "other";
  }
  return "other";
}

SqlError::SqlError(Kind kind, const Label& label, std::string sqlstate)
    : SqlError(kind, label, sqlstate, words_of(kind, sqlstate)) {}

SqlError::SqlError(Kind kind, const Label& label, std::string sqlstate, const Text& says)
    : Outage(make_error(kind, label, says)), kind_(kind), sqlstate_(std::move(sqlstate)) {}

Kind kind_of_sqlstate(std::string_view state) {
  if (state.size() != 5) return Kind::unavailable;
  const std::string_view group = state.substr(0, 2);
  if (state == "57014") return Kind::timeout;
  if (state == "25006") return Kind::read_only;
  if (state == "55P03" || group == "40") return Kind::busy;
  if (state == "42P01" || state == "42703" || state == "42883" || state == "3F000") return Kind::undefined;
  if (state == "42501" || group == "28") return Kind::denied;
  if (group == "08" || group == "57" || group == "3D" || group == "58" || group == "XX" || state == "53300" ||
      state == "25P03") {
    return Kind::unavailable;
  }
  if (group == "53") return Kind::full;
  if (group == "23") return Kind::constraint;
  if (group == "22") return Kind::bad_value;
  return Kind::other;
}

Kind kind_of_sqlite(int code, std::string_view message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return Kind::busy;
    case SQLITE_FULL:
    case SQLITE_NOMEM: return Kind::full;
    case SQLITE_READONLY: return Kind::read_only;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Kind::unavailable;
    case SQLITE_PERM:
    case SQLITE_AUTH: return Kind::denied;
    case SQLITE_CONSTRAINT: return Kind::constraint;
    case SQLITE_INTERRUPT: return Kind::timeout;
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH: return Kind::bad_value;
    case SQLITE_SCHEMA: return Kind::undefined;
    default: break;
  }
  const bool missing = message.starts_with("no such ") || message.find("has no column") != std::string_view::npos;
  return missing ? Kind::undefined : Kind::other;
}

}  // namespace aremko::sql
