#pragma once
// What a database can refuse, as kinds. The engine's own message is never kept: PostgreSQL puts bound values
// (so personal data) into it, and SQLite names files. A sentence of ours and the SQLSTATE stay.

#include <string>
#include <string_view>

#include "base/result.h"
#include "sql/url.h"

namespace aremko::sql {

enum class Kind {
  unavailable,  // down, unreachable, went away, damaged
  denied,       // a wrong password, a missing permission
  busy,         // locked by another writer, deadlock, serialisation failure: try again
  full,         // disk, memory or a page limit
  read_only,
  constraint,   // unique, foreign key, not null, check
  undefined,    // no such table, column, function or schema
  timeout,      // the statement or the wait took too long
  bad_value,    // a value that its column cannot hold, or that cannot be read as asked
  other,        // a fault of ours: wrong SQL
};

std::string_view kind_name(Kind kind);

/// Names the database in sentences: {"el almacén", "the store"}.
using Label = Text;

/// An Outage whose error() has a Code by kind: unavailable (busy says when to retry), conflict for constraint,
/// internal for `other` and `bad_value`.
class SqlError : public Outage {
 public:
  SqlError(Kind kind, const Label& label, std::string sqlstate = {});
  /// The same with words of its own behind the database's name: {"no se puede abrir: …", "cannot be opened: …"}.
  SqlError(Kind kind, const Label& label, std::string sqlstate, const Text& says);

  Kind kind() const { return kind_; }
  /// Five characters from PostgreSQL; "sqlite:<extended code>" from SQLite; empty when there is none.
  const std::string& sqlstate() const { return sqlstate_; }

 private:
  Kind kind_;
  std::string sqlstate_;
};

/// The kind a PostgreSQL SQLSTATE stands for. An empty one means that the connection was lost.
Kind kind_of_sqlstate(std::string_view sqlstate);
/// The kind of a SQLite (extended) result code; `message` only tells a missing table from wrong SQL.
Kind kind_of_sqlite(int code, std::string_view message);

}  // namespace aremko::sql
